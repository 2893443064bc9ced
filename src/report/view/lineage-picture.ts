import { visible } from '../../text/printable.ts';
import type { Lineage } from '../lineage.ts';
import { moment } from './text.ts';

/** Shapes with their places worked out, so that a template only places them. Colours and strokes are classes. */
export interface Picture {
  readonly title: string;
  readonly titleId: string;
  readonly description: string;
  readonly descriptionId: string;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  readonly marks: readonly { readonly class: string; readonly d: string }[];
  readonly labels: readonly Label[];
}
interface Line {
  readonly class: string;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}
interface Label {
  readonly class: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

const LEFT = 108;
const COLUMN = 136;
const SOURCE_Y = 58;
const TARGET_Y = 126;
const HEIGHT = 186;
const R = 7;
/** Columns of text that fit under a version. */
const MOST_NAME = 17;
const MOST_DATE = 19;
/** Images of the target that correspond to no version; the table has all. */
const MOST_EXTRAS = 4;

const circle = (x: number, y: number) =>
  `M${x - R} ${y}a${R} ${R} 0 1 0 ${2 * R} 0a${R} ${R} 0 1 0 ${-2 * R} 0z`;
const square = (x: number, y: number) => `M${x - R} ${y - R}h${2 * R}v${2 * R}h${-2 * R}z`;
const diamond = (x: number, y: number) =>
  `M${x} ${y - R - 1}l${R + 1} ${R + 1}l${-R - 1} ${R + 1}l${-R - 1} ${-R - 1}z`;
const cross = (x: number, y: number) => `M${x - 6} ${y - 6}l12 12M${x + 6} ${y - 6}l-12 12`;

/** How the image under a version is drawn: by shape first, by colour second. */
const SHAPES = {
  copy: { mark: 'copy', shape: square, link: 'link' },
  namesake: { mark: 'namesake', shape: square, link: 'link unsure' },
  'copy-of-former': { mark: 'former', shape: diamond, link: 'link unsure' },
  'no-copy': { mark: 'other', shape: cross, link: 'link wrong' },
} as const satisfies Record<NonNullable<Lineage['versions'][number]['copy']>['is'], object>;

/** The source's versions on one line, newest first, the counterpart of each on the line below. */
export function picture(
  { versions, extraCopies, behind }: Lineage,
  about: {
    readonly anchor: string;
    readonly family: string;
    readonly sentence: string;
    readonly regions: { readonly source: string; readonly target: string };
  },
): Picture {
  const lines: Line[] = [];
  const marks: Picture['marks'][number][] = [];
  const labels: Label[] = [
    { class: 'region', x: 0, y: SOURCE_Y + 4, text: fitted(about.regions.source, 15, 'start') },
    { class: 'region', x: 0, y: TARGET_Y + 4, text: fitted(about.regions.target, 15, 'start') },
  ];
  const at = (column: number) => LEFT + column * COLUMN + COLUMN / 2;
  const across = (kind: string, y: number, from: number, to: number) => {
    if (to > from) lines.push({ class: kind, x1: at(from), y1: y, x2: at(to), y2: y });
  };
  const named = (
    column: number,
    y: number,
    image: { name: string; createdAt: string | null; state: string },
  ) => {
    const day = image.createdAt === null ? '' : moment(image.createdAt).slice(0, 10);
    const off = image.state === 'available' ? '' : visible(image.state);
    labels.push({ class: 'label', x: at(column), y, text: fitted(visible(image.name), MOST_NAME, 'end') });
    labels.push({
      class: off === '' ? 'date' : 'date off',
      x: at(column),
      y: y + 15,
      text: fitted([day, off].filter((t) => t !== '').join(' '), MOST_DATE, 'start'),
    });
  };

  across('rail', SOURCE_Y, 0, versions.length - 1);
  const first = versions.findIndex((v) => v.copy !== null);
  const extras = extraCopies.slice(0, MOST_EXTRAS);
  const last = versions.length + extras.length - 1;
  across('rail gap', TARGET_Y, 0, first === -1 ? versions.length - 1 : first);
  if (first !== -1) across('rail', TARGET_Y, first, last);
  versions.forEach((version, i) => {
    const { copy } = version;
    const drawn = copy && SHAPES[copy.is];
    lines.push({
      class: drawn ? drawn.link : version.behind ? 'link missing behind' : 'link missing',
      x1: at(i),
      y1: SOURCE_Y + R,
      x2: at(i),
      y2: TARGET_Y - R,
    });
    marks.push({ class: version.behind ? 'version behind' : 'version', d: circle(at(i), SOURCE_Y) });
    named(i, SOURCE_Y - 34, version);
    if (copy && drawn) {
      marks.push({ class: drawn.mark, d: drawn.shape(at(i), TARGET_Y) });
      named(i, TARGET_Y + 26, copy);
    } else {
      marks.push({ class: version.behind ? 'absent behind' : 'absent', d: circle(at(i), TARGET_Y) });
      labels.push({ class: 'date', x: at(i), y: TARGET_Y + 26, text: 'no copy' });
    }
  });
  extras.forEach((extra, i) => {
    marks.push({ class: 'extra', d: diamond(at(versions.length + i), TARGET_Y) });
    named(versions.length + i, TARGET_Y + 26, extra);
  });
  if (behind) labels.push({ class: 'note', x: 0, y: HEIGHT - 4, text: about.sentence });
  return {
    title: `${about.family}: versions and their copies`,
    titleId: `${about.anchor}-title`,
    description: `${about.sentence}. The table below says the same.`,
    descriptionId: `${about.anchor}-description`,
    width: LEFT + Math.max(1, versions.length + extras.length) * COLUMN,
    height: HEIGHT,
    lines,
    marks,
    labels,
  };
}

/** Columns that a character takes in a picture, whose boxes cannot grow: everything beyond Latin, Greek and Cyrillic takes two. */
const columnsOf = (character: string) => ((character.codePointAt(0) ?? 0) < 0x1100 ? 1 : 2);

/** The beginning of a text, or its end where that distinguishes versions; the cut is shown. */
function fitted(text: string, columns: number, keep: 'start' | 'end'): string {
  const points = [...text];
  if (points.reduce((sum, c) => sum + columnsOf(c), 0) <= columns) return text;
  const kept: string[] = [];
  let room = columns - 1;
  for (const c of keep === 'end' ? points.reverse() : points) {
    room -= columnsOf(c);
    if (room < 0) break;
    kept.push(c);
  }
  return keep === 'end' ? `…${kept.reverse().join('')}` : `${kept.join('')}…`;
}
