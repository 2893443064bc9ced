import { count } from '../../../text/counts.ts';
import { visible } from '../../../text/printable.ts';
import type { Lineage } from '../../lineage.ts';
import type { Report } from '../../model.ts';
import type { IslandFamily, IslandImage, IslandVersion } from './types.ts';

type Copy = NonNullable<Lineage['versions'][number]['copy']>;

const PROVENANCES = {
  copy: 'copy',
  namesake: 'same name, not proven a copy',
  'copy-of-former': 'copy of an earlier image of this name',
  'no-copy': 'same name, proven not a copy',
} as const satisfies Record<Copy['is'], string>;

const LINKS = {
  copy: 'copy',
  namesake: 'name',
  'copy-of-former': 'name',
  'no-copy': 'no-copy',
} as const satisfies Record<Copy['is'], IslandVersion['link']>;

/** What is behind first, the farthest first; then what has no copy; then the order of the report. */
export function familiesOf({ lineages = [] }: Report): IslandFamily[] {
  return lineages
    .map((lineage) => ({ lineage, rank: rankOf(lineage) }))
    .sort((a, b) => b.rank[0] - a.rank[0] || b.rank[1] - a.rank[1])
    .map(({ lineage }) => familyOf(lineage));
}

function rankOf({ behind, versions }: Lineage): readonly [number, number] {
  if (behind) return [behind.versions + 2, behind.days ?? 0];
  const trouble = versions.some(
    ({ copy }) => copy === null || copy.is !== 'copy' || copy.state !== 'available',
  );
  return [trouble ? 1 : 0, 0];
}

function familyOf(lineage: Lineage): IslandFamily {
  const { behind } = lineage;
  const days = behind?.days === null || behind === null ? '' : ` and ${count(behind.days, 'day')}`;
  const more = [
    ...(lineage.leftOut > 0 ? [`and ${count(lineage.leftOut, 'more version')}`] : []),
    ...(lineage.extraLeftOut > 0 ? [`and ${count(lineage.extraLeftOut, 'more image')} of the target`] : []),
  ];
  return {
    name: visible(lineage.family),
    architecture: visible(lineage.architecture ?? ''),
    behind: behind === null ? '' : `${count(behind.versions, 'version')}${days} behind`,
    grouped: lineage.versions.length > 1 ? `grouped by ${visible(lineage.by)}` : '',
    versions: [
      ...lineage.versions.map(versionOf),
      ...lineage.extraCopies.map(
        (image): IslandVersion => ({
          source: null,
          target: imageOf(image),
          how:
            image.copyOf === null
              ? 'no record of what it was made from'
              : `copy of ${visible(image.copyOf)}, which the source does not list`,
          link: 'extra',
        }),
      ),
    ],
    more: more.join(', '),
  };
}

function versionOf(version: Lineage['versions'][number]): IslandVersion {
  const { copy } = version;
  return {
    source: imageOf(version),
    target: copy === null ? null : imageOf(copy),
    how: copy === null ? 'no copy' : PROVENANCES[copy.is],
    link: copy === null ? 'none' : LINKS[copy.is],
  };
}

function imageOf(image: {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string | null;
  readonly state: string;
}): IslandImage {
  return {
    id: visible(image.id),
    name: visible(image.name),
    created: visible((image.createdAt ?? '').slice(0, 10)),
    state: image.state === 'available' ? '' : visible(image.state),
  };
}
