import { count } from '../../text/counts.ts';
import { visible } from '../../text/printable.ts';
import type { Lineage } from '../lineage.ts';
import type { Report } from '../model.ts';
import { headingPlaces } from '../places.ts';
import { type Picture, picture } from './lineage-picture.ts';
import { moment } from './text.ts';

/** One version, or one image of the target that corresponds to none, as the row of a table. */
export interface LineageRow {
  readonly name: string;
  readonly id: string;
  readonly made: string;
  readonly state: string;
  /** What the version is to the target, in a word; a row that the target lacks is highlighted. */
  readonly lacking: boolean;
  readonly copyName: string;
  readonly copyId: string;
  readonly copyMade: string;
  readonly copyState: string;
  /** `copy, by lineage`; `no copy`. */
  readonly said: string;
}

export interface LineageView {
  readonly anchor: string;
  readonly family: string;
  readonly architecture: string;
  /** What makes these images a family. */
  readonly by: string;
  /** `2 versions and 41 days behind`. */
  readonly sentence: string;
  readonly behind: boolean;
  readonly open: boolean;
  readonly picture: Picture;
  readonly rows: readonly LineageRow[];
  /** `and 30 older versions`, or empty. */
  readonly leftOut: string;
}

/** What is behind and beyond this many waits to be opened. */
const MOST_OPEN = 6;

type Provenance = NonNullable<Lineage['versions'][number]['copy']>['is'];

const PROVENANCES = {
  copy: 'copy',
  namesake: 'same name, not proven a copy',
  'copy-of-former': 'copy of an earlier image of this name',
  'no-copy': 'same name, proven not to be a copy',
} as const satisfies Record<Provenance, string>;

/** What is behind first, the farthest first; then what has no copy at all; then the rest in the order of the report. */
export function lineageViews(report: Pick<Report, 'lineages' | 'source' | 'target'>): LineageView[] {
  const ranked = (report.lineages ?? []).map((lineage) => ({ lineage, rank: rankOf(lineage) }));
  ranked.sort((a, b) => b.rank[0] - a.rank[0] || b.rank[1] - a.rank[1]);
  const heading = headingPlaces(report.source, report.target);
  const regions = { source: visible(heading.source), target: visible(heading.target) };
  return ranked.map(({ lineage }, i) => lineageView(lineage, i, ranked.length, regions));
}

/** Versions behind, then days behind. */
function rankOf({ behind, versions }: Lineage): readonly [number, number] {
  if (behind) return [behind.versions + 1, behind.days ?? 0];
  return [versions.length > 0 && versions.every((v) => v.copy === null) ? 1 : 0, 0];
}

function lineageView(
  lineage: Lineage,
  position: number,
  of: number,
  regions: { source: string; target: string },
): LineageView {
  const sentence = sentenceOf(lineage);
  const anchor = `lineage-${position + 1}`;
  const family = visible(lineage.family);
  return {
    anchor,
    family,
    architecture: visible(lineage.architecture ?? ''),
    by: `Grouped by ${visible(lineage.by)}; newest first, in the order of the ${lineage.orderedBy}s.`,
    sentence,
    behind: lineage.behind !== null,
    open: of <= 3 || (lineage.behind !== null && position < MOST_OPEN),
    picture: picture(lineage, { anchor, family, sentence, regions }),
    rows: [...lineage.versions.map(versionRow), ...lineage.extraCopies.map(extraRow)],
    leftOut: [
      ...(lineage.leftOut > 0 ? [`and ${count(lineage.leftOut, 'more version')}`] : []),
      ...(lineage.extraLeftOut > 0 ? [`and ${count(lineage.extraLeftOut, 'more image')} of the target`] : []),
    ].join(', '),
  };
}

function sentenceOf({ behind, versions }: Lineage): string {
  if (behind) {
    const days = behind.days === null ? '' : ` and ${count(behind.days, 'day')}`;
    return `${count(behind.versions, 'version')}${days} behind`;
  }
  if (versions.length === 0) return 'no version on the source';
  if (versions.every((v) => v.copy === null)) return 'no version has a copy';
  const newest = versions[0]?.copy;
  if (!newest) return 'nothing newer is without a copy';
  if (newest.is === 'copy' && newest.state !== 'available')
    return `the copy of the newest version is ${visible(newest.state)}`;
  return newest.is === 'copy'
    ? 'the newest version has its copy'
    : `the newest version: ${PROVENANCES[newest.is]}`;
}

function versionRow(version: Lineage['versions'][number]): LineageRow {
  const { copy } = version;
  return {
    ...imageCells(version),
    lacking: version.behind,
    copyName: copy === null || copy.name === version.name ? '' : nameOf(copy),
    copyId: visible(copy?.id ?? ''),
    copyMade: day(copy?.createdAt ?? null),
    copyState: stateOf(copy?.state ?? 'available'),
    said:
      copy === null ? 'no copy' : `${PROVENANCES[copy.is]}, by ${visible(copy.matchedBy)} (${copy.strength})`,
  };
}

function extraRow(extra: Lineage['extraCopies'][number]): LineageRow {
  const region = extra.copyOfRegion === null ? '' : ` of ${visible(extra.copyOfRegion)}`;
  return {
    name: '',
    id: '',
    made: '',
    state: '',
    lacking: false,
    copyName: nameOf(extra),
    copyId: visible(extra.id),
    copyMade: day(extra.createdAt),
    copyState: stateOf(extra.state),
    said:
      extra.copyOf === null
        ? 'corresponds to no version; what it is a copy of is not known'
        : `copy of ${visible(extra.copyOf)}${region}, which is not a version of this family`,
  };
}

function imageCells(image: Lineage['versions'][number]) {
  return {
    name: nameOf(image),
    id: visible(image.id),
    made: day(image.createdAt),
    state: stateOf(image.state),
  };
}

/** The name, where there is one: the report puts the id in its place. */
function nameOf({ name, id }: { name: string; id: string }): string {
  return name === id ? '' : visible(name);
}

/** Only a state that says something. */
function stateOf(state: string): string {
  return state === 'available' ? '' : visible(state);
}

/** The day of a moment. */
function day(text: string | null): string {
  if (text === null) return '';
  const shown = moment(text);
  return /^\d{4}-\d{2}-\d{2} /.test(shown) ? shown.slice(0, 10) : shown;
}
