import { nearest } from '../text/did-you-mean.ts';
import { listed, malformed } from './paging.ts';
import type { Reader } from './reader.ts';

/** Regions by name, as the account sees them. */
export type KnownRegions = ReadonlyMap<string, { readonly enabled: boolean }>;

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

/** The name that was probably meant; null when nothing is near. */
export function nearestRegion(region: string, known: readonly string[]): string | null {
  return nearest(region, [...known].sort()) ?? null;
}
