import { itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import { compareText, firstOf } from '../../inventory/order.ts';
import { groupBy } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import { compareTokens } from '../families/by-name.ts';
import type { Family } from '../families/family.ts';
import { compareParsed, type ParsedVersion, parseVersion } from '../families/versions.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { copiedFrom, placeKey } from '../pairing/image-lineage.ts';
import { perAudit } from '../per-audit.ts';

/** How far the newest copy of a family is behind the source. */
export interface Lag {
  readonly family: Family;
  readonly orderedBy: 'version' | 'creation date';
  /** Newest first, never empty. */
  readonly newer: readonly [Image, ...Image[]];
  readonly versions: number;
  /** Whole days between the two source images; null where a date is missing, or the newer version was made earlier. */
  readonly days: number | null;
}

interface Member {
  readonly image: Image;
  readonly family: Family;
  readonly copied: boolean;
  readonly madeAt: string | null;
}

interface Placed extends Member {
  readonly at: ParsedVersion;
}

/** Source images that are versions of one another. */
export interface SourceFamily {
  readonly family: Family;
  readonly orderedBy: Lag['orderedBy'];
  /** Newest first; what cannot be placed comes last. */
  readonly versions: readonly Image[];
  /** Of those that have a copy the newest. */
  readonly current: Image | null;
  readonly lag: Lag | null;
}

/** Every family of the source. */
export const sourceFamilies = perAudit(familiesIn);

const lags = perAudit(
  (context): ReadonlyMap<Image, Lag> =>
    new Map(
      sourceFamilies(context).flatMap(({ current, lag }) =>
        current && lag ? [[current, lag] as const] : [],
      ),
    ),
);

/** How far behind, for the source images whose copy is the newest of its family and yet behind. */
export function lagOf(image: Image, context: Context): Lag | null {
  return lags(context).get(image) ?? null;
}

function familiesIn(context: Context): readonly SourceFamily[] {
  const madeAt = originalDates(context);
  const members = context.counterparts.image.flatMap(
    ({ source, pairingStatus }: Counterpart<Image>): Member[] => {
      const family = source && context.families(source);
      return source && family
        ? [{ image: source, family, copied: pairingStatus === 'paired', madeAt: madeAt(source) }]
        : [];
    },
  );
  return [...groupBy(members, (m) => m.family.key).values()].flatMap((family) => {
    const [first] = family;
    return first ? [familyOf(first.family, family, context.source.takenAt)] : [];
  });
}

function familyOf(family: Family, members: readonly Member[], now: string): SourceFamily {
  // One without a version cannot be placed among those that have one: then the dates of all decide.
  const versioned = members.every((m) => m.family.version !== null);
  const compareAge = (a: ParsedVersion, b: ParsedVersion) =>
    versioned ? compareParsed(a, b) : compareText(a[0] ?? '', b[0] ?? '');
  const placed = members.flatMap((m): Placed[] => {
    const at = versioned ? m.family.version : m.madeAt;
    return at === null ? [] : [{ ...m, at: versioned ? parseVersion(at) : [at] }];
  });
  // Of two that are level, the later one, then the first by id: the same answer in any order.
  const order = (a: Placed, b: Placed) =>
    firstOf(
      compareAge(a.at, b.at),
      compareText(a.madeAt ?? '', b.madeAt ?? ''),
      compareText(b.image.id, a.image.id),
    );
  const sorted = [...placed].sort((a, b) => order(b, a));
  const isPlaced = new Set(placed.map((m) => m.image));
  const unplaced = members.filter((m) => !isPlaced.has(m.image));
  const known = {
    family,
    orderedBy: versioned ? ('version' as const) : ('creation date' as const),
    versions: [...sorted.map((m) => m.image), ...unplaced.map((m) => m.image)],
  };
  const copies = placed.filter((m) => m.copied);
  const [first] = copies;
  if (!first) return { ...known, current: null, lag: null };
  const current = copies.reduce((newest, m) => (order(m, newest) > 0 ? m : newest), first);
  const highest = copies.reduce(
    (top, m) => (compareTokens(m.family.tokens, top.family.tokens) > 0 ? m : top),
    first,
  );
  const newer = sorted
    .filter((m) => !m.copied && compareAge(m.at, current.at) > 0 && canReplace(m.image, now))
    // 1.2.9 built after 1.3.0 is a fix of the older line: what a name says outweighs the date.
    .filter((m) => compareTokens(m.family.tokens, highest.family.tokens) >= 0);
  const [newest, ...others] = newer;
  if (!newest) return { ...known, current: current.image, lag: null };
  const lag: Lag = {
    family: current.family,
    orderedBy: known.orderedBy,
    newer: [newest.image, ...others.map((m) => m.image)],
    versions: versioned ? countVersions(newer.map((m) => m.at)) : newer.length,
    days: daysBetween(current.madeAt, newest.madeAt),
  };
  return { ...known, current: current.image, lag };
}

/** An image that is pending, failed, disabled or past its deprecation is not a replacement. */
function canReplace({ state, deprecatedAt }: Image, now: string): boolean {
  return state === 'available' && (deprecatedAt === null || deprecatedAt > now);
}

/** Two builds of one version are one version. They are next to each other: the list is in order. */
function countVersions(sorted: readonly ParsedVersion[]): number {
  return sorted.filter((v, i) => i === 0 || compareParsed(v, sorted[i - 1] ?? []) !== 0).length;
}

/** Whole days from one to the other; null where they are not known, or run backwards. */
export function daysBetween(from: string | null, to: string | null): number | null {
  const days = from && to ? Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000) : -1;
  return days < 0 ? null : days;
}

/**
 * When an image was made. The date of a copy is that of the copying, so the original's counts where either side has it;
 * where it no longer exists, only the copy's is known.
 */
function originalDates({ source, target }: Context): (image: Image) => string | null {
  const known = new Map<string, { image: Image; region: string }>();
  for (const { region, images } of [target, source])
    for (const image of itemsOf(images)) known.set(placeKey(region, image.id), { image, region });
  return (image) => {
    let [current, region] = [image, source.region];
    for (const seen = new Set([image]); ; seen.add(current)) {
      const from = copiedFrom(current);
      const original = from && known.get(placeKey(from.region ?? region, from.id));
      if (!original || seen.has(original.image))
        return (from && current.ancestry?.[0]?.createdAt) ?? current.createdAt;
      ({ image: current, region } = original);
    }
  };
}
