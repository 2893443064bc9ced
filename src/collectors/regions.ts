import { closest, distance } from 'fastest-levenshtein';
import { listed, malformed } from './paging.ts';
import type { Reader } from './reader.ts';

/** Regions by name, as the account sees them. */
export type KnownRegions = ReadonlyMap<string, { readonly enabled: boolean }>;

/** Where each partition always answers (`@aws-sdk`'s partition table); names that fit no other row are commercial. */
const ALWAYS_ON: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, 'cn-north-1'],
  [/^us-gov-/, 'us-gov-west-1'],
  [/^eusc-/, 'eusc-de-east-1'],
  [/^us-iso-/, 'us-iso-east-1'],
  [/^us-isob-/, 'us-isob-east-1'],
  [/^us-isof-/, 'us-isof-south-1'],
  [/^eu-isoe-/, 'eu-isoe-west-1'],
];

/** A region of the same partition that needs no opting in: the one to ask about the others. */
export function alwaysOnRegion(region: string): string {
  return ALWAYS_ON.find(([pattern]) => pattern.test(region))?.[1] ?? 'us-east-1';
}

/**
 * All regions of the partition, not only the enabled ones, asked of a region that is always on: in a region that the
 * account has not opted in to, AWS answers AuthFailure to everything, this call included.
 * @throws CallFailed when the list cannot be had; that is no gap, only one explanation less.
 */
export async function knownRegions(reader: Reader): Promise<KnownRegions> {
  const { Regions } = await reader.call('DescribeRegions', { AllRegions: true });
  const rows = listed(reader, 'DescribeRegions', Regions);
  // A list that knows no region at all proves none missing.
  if (rows.length === 0) throw malformed(reader, 'DescribeRegions', 'the list of regions is empty');
  return new Map(
    rows.flatMap(({ RegionName, OptInStatus }) =>
      RegionName ? [[RegionName, { enabled: OptInStatus !== 'not-opted-in' }] as const] : [],
    ),
  );
}

/** The name that was probably meant; null when nothing is near, or the list is not known. */
export function didYouMean(region: string, known: KnownRegions | null): string | null {
  if (!known || known.size === 0) return null;
  const nearest = closest(region, [...known.keys()].sort());
  return distance(region, nearest) <= 4 ? nearest : null;
}
