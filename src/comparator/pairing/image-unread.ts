import type { Image } from '../../inventory/image.ts';
import { compareMaybe, compareText } from '../../inventory/order.ts';
import { partitionOf } from '../../inventory/regions.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { groupBy } from '../../text/groups.ts';
import { listed } from '../../text/lists.ts';
import type { UnreadEvidence } from './counterpart.ts';
import { copiedFrom, lineOf, type Placed } from './image-lineage.ts';
import type { Pairing } from './pairing.ts';

/** Says what was left unread that could have shown that two images are an image and its copy; empty where nothing could. */
export type UnreadLinks = (s: Image, t: Image) => readonly UnreadEvidence[];

/**
 * Ancestry and snapshot descriptions tie images that have no record of each other. Where they were not read, two images
 * may still be an image and its copy, unless what was read of them rules that out: their architecture, volumes or
 * platform, the order of their dates, encryption that no copy loses, or a record that names another origin. Null where all was read.
 */
export function unreadLinks(
  source: Snapshot,
  target: Snapshot,
  known: ReadonlyMap<string, Placed>,
): UnreadLinks | null {
  const sides = { source, target };
  const isUnread = (side: SideName, explains: UnreadEvidence['explains']) =>
    sides[side].gaps.some((gap) => gap.explains === explains);
  const [snapshots, ancestry] = (['snapshots', 'ancestry'] as const).map((explains) => ({
    source: isUnread('source', explains),
    target: isUnread('target', explains),
  })) as [Record<SideName, boolean>, Record<SideName, boolean>];
  const nothing = ![snapshots, ancestry].some((read) => read.source || read.target);
  // CopyImage does not cross partitions (EC2 API, CopyImage), so nothing it writes could tie these two.
  if (nothing || partitionOf(source.region) !== partitionOf(target.region)) return null;
  const other = { source: 'target', target: 'source' } as const;

  /** What could say, on the side of `copy`, that it descends from `original`. */
  const evidence = (original: Image, copy: Image, side: SideName): UnreadEvidence[] => {
    const inOrder = !isBefore(copy, original) && keepsEncryption(original, copy);
    const written = snapshots[side] && inOrder && lacksDescriptions(copy);
    const inherited =
      ancestry[side] &&
      // Two copies of one lost original may be of any dates.
      (inOrder || copiedFrom(original) !== null) &&
      lacksAncestry(copy, sides[side].region, sides[other[side]].region, known);
    return [
      ...(written ? [{ side, explains: 'snapshots' as const }] : []),
      ...(inherited ? [{ side, explains: 'ancestry' as const }] : []),
    ];
  };
  return (s, t) => (couldBeOne(s, t) ? [...evidence(s, t, 'target'), ...evidence(t, s, 'source')] : []);
}

/** EC2 wrote no record of its origin, and what the descriptions of its snapshots say was not read. */
function lacksDescriptions(image: Image): boolean {
  return (
    image.sourceImageId === null &&
    image.blockDevices.some(
      ({ ebs }) => ebs?.snapshotId && ebs.description === null && ebs.fullSnapshotBytes === null,
    )
  );
}

/** Its record ends at an image that was not listed. One of the other side was listed, were it there: so it is none of these. */
function lacksAncestry(
  image: Image,
  region: string,
  otherRegion: string,
  known: ReadonlyMap<string, Placed>,
): boolean {
  const from = copiedFrom(image);
  if (from === null || image.ancestry !== null) return false;
  if (region !== otherRegion && from.region === otherRegion) return false;
  return !lineOf({ image, region }, known)
    .slice(1)
    .some(({ key }) => known.has(key));
}

/** Whether all that a copy has in common with its original agrees, as far as it was read. */
function couldBeOne(s: Image, t: Image): boolean {
  const agree = (read: (image: Image) => string | number | null) => {
    const [a, b] = [read(s), read(t)];
    return a === null || b === null || a === b;
  };
  return (
    agree((i) => i.architecture) &&
    agree((i) => i.virtualization) &&
    agree((i) => i.rootDeviceType) &&
    agree((i) => i.platformDetails) &&
    // Absent, it is not Windows.
    s.platform === t.platform &&
    agree((i) => i.blockDevices.map((d) => `${d.device} ${d.virtualName ?? ''}`).join()) &&
    s.blockDevices.every((d, at) => {
      const [a, b] = [d.ebs?.sizeGiB ?? null, t.blockDevices[at]?.ebs?.sizeGiB ?? null];
      return a === null || b === null || a === b;
    })
  );
}

function isBefore(a: Image, b: Image): boolean {
  return a.createdAt !== null && b.createdAt !== null && a.createdAt < b.createdAt;
}

/** A copy can gain encryption and never lose it. */
function keepsEncryption(original: Image, copy: Image): boolean {
  return original.blockDevices.every(
    ({ ebs }, at) => !(ebs?.encrypted === true && copy.blockDevices[at]?.ebs?.encrypted === false),
  );
}

/** How many images a sentence names. */
const NAMED = 3;

const WORDS: Readonly<Record<UnreadEvidence['explains'], string>> = {
  ancestry: 'the ancestry',
  snapshots: 'the snapshot descriptions',
  permissions: 'the launch permissions',
  settings: 'the image settings',
  copies: 'the copies that other accounts share',
};

/** Sets aside what is left on both sides and could be an image and its copy, by what was not read. */
export function setUndecidedAside(pairing: Pairing<Image>, links: UnreadLinks): void {
  const [sources, targets] = [pairing.freeSources, pairing.freeTargets];
  const near = { source: byArchitecture(sources), target: byArchitecture(targets) };
  const undecided = (
    side: SideName,
    image: Image,
    others: readonly Image[],
    link: (other: Image) => readonly UnreadEvidence[],
  ) => {
    const [partners, evidence] = [[] as Image[], new Map<string, UnreadEvidence>()];
    for (const other of others) {
      const found = link(other);
      if (found.length === 0) continue;
      partners.push(other);
      for (const one of found) evidence.set(`${one.side} ${one.explains}`, one);
      if (partners.length > NAMED) break;
    }
    const read = [...evidence.values()];
    return partners.length === 0
      ? []
      : [{ side, image, evidence: read, because: becauseUnread(read, partners, side) }];
  };
  const found = [
    ...sources.flatMap((s) => undecided('source', s, near.target(s), (t) => links(s, t))),
    ...targets.flatMap((t) => undecided('target', t, near.source(t), (s) => links(s, t))),
  ];
  for (const { side, image, because, evidence } of found)
    pairing.setAside(side, image, 'unread', { because, evidence });
}

/** The images of the architecture of another, and those whose architecture is not known; the latest first. */
function byArchitecture(images: readonly Image[]): (of: Image) => readonly Image[] {
  const sorted = [...images].sort(
    (a, b) => compareMaybe(b.createdAt, a.createdAt) || compareText(a.id, b.id),
  );
  const known = groupBy(sorted, (i) => i.architecture);
  const unknown = sorted.filter((i) => i.architecture === null);
  return ({ architecture }) =>
    architecture === null ? sorted : [...(known.get(architecture) ?? []), ...unknown];
}

function becauseUnread(
  evidence: readonly UnreadEvidence[],
  partners: readonly Image[],
  side: SideName,
): string {
  const shown = partners.slice(0, NAMED).map((p) => `"${p.name ?? p.id}"`);
  const more = partners.length > NAMED ? ' and others' : '';
  const what = listed([...new Set(evidence.map((e) => WORDS[e.explains]))]);
  const relation = side === 'source' ? 'could be its copy' : 'could be the image that it is a copy of';
  return `${shown.join(', ')}${more} ${relation}, and ${what} that would show it could not be read`;
}
