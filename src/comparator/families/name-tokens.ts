import { followsNumbered, followsProduct } from './products.ts';

/** A part of a name that says which build it is, not what it is. */
export interface NameToken {
  readonly kind: 'date' | 'version' | 'build' | 'hash';
  readonly start: number;
  readonly end: number;
  /** What the family's name has in its place. */
  readonly placeholder: string;
  /** What orders the versions: digits of a date, a version, a build number. Null where there is none. */
  readonly order: string | null;
}

type Groups = Readonly<Record<string, string | undefined>>;
interface Shape {
  readonly kind: NameToken['kind'];
  readonly pattern: RegExp;
  /** Null where it only looks like one. `before` is the name up to it. */
  read(
    text: string,
    groups: Groups,
    before: string,
  ): (Pick<NameToken, 'order'> & { placeholder?: string }) | null;
}

const START = String.raw`(?<![A-Za-z0-9]|\d\.)`;
const END = '(?![A-Za-z0-9])';
const YEAR = String.raw`(?<y>20[0-3]\d)`;
const CLOCK = String.raw`(?<time>(?:[01]\d|2[0-3])[.:_-]?[0-5]\d(?:[.:_-]?[0-5]\d)?)(?:[.,]?\d{3,9})?(?: ?Z|[+-]\d\d:?\d\d)?`;
const MONTH = `(?<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`;
const DAY = String.raw`(?<d>\d{1,2})`;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const all = (source: string) => new RegExp(source, 'gi');

/** Digits in the order year to second, or null for what no calendar has. */
function dated({ y = '', m, d, mon, time }: Groups): { order: string } | null {
  const month = mon ? MONTHS.indexOf(mon.slice(0, 3).toLowerCase()) + 1 : Number(m ?? 1);
  const day = Number(d ?? 1);
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const two = (n: number) => String(n).padStart(2, '0');
  const order = `${y}${m || mon ? two(month) : ''}${d ? two(day) : ''}`;
  return { order: d && time ? order + time.replace(/\D/g, '') : order };
}
const date = (source: string): Shape => ({
  kind: 'date',
  pattern: all(source),
  read: (_, groups) => dated(groups),
});

/** In a private range: it says which machine. Four numbers outside of them are a version. */
const ADDRESS = /^(?:10|172\.(?:1[6-9]|2\d|3[01])|192\.168)(?:\.\d{1,3}){2,3}$/;

/** An AWS id says which object: images of two instances are of two families. */
const ID_BEFORE = /(?:^|[^A-Za-z0-9])(?:i|ami|snap|vol|vpc|subnet|sg|eni|lt|policy|eks|fs)-$/;

/** Hex that is neither a word (facade, deadbeef, face2face) nor a number: of 100 short git hashes one looks like these. */
function looksHashed(hex: string): boolean {
  return /[a-f]/i.test(hex) && (hex.match(/\d/g) ?? []).length >= 2;
}

/** A shape that is ambiguous is not here: a false "newer" costs more trust than a miss, and `families` in the config decides it. */
const SHAPES: readonly Shape[] = [
  // 2026-11-01, 2026.11.01.2, 2026-11-01T10-30-00.123Z, 2026-11-01_1030
  date(
    String.raw`${START}v?${YEAR}(?<s>[-._/])(?<m>\d{1,2})\k<s>${DAY}(?:[T ._-]{1,3}${CLOCK}|T\d\d|\.\d{1,3})?${END}`,
  ),
  // 20261101, v20261101, web20261101, 20261101103000, 20261101T1030Z, 20261101.1; Debian's 20231210-1591 has a serial
  date(
    String.raw`(?:${START}v?|(?<=(?<![A-Za-z0-9])[A-Za-z]+))${YEAR}(?<m>\d\d)(?<d>\d\d)(?:[T._-]?${CLOCK}|(?<=debian.*)-\d{4}|\.\d{1,3}|[a-z])?${END}`,
  ),
  // 01-11-2026 or 11-01-2026: which is the month is not known
  {
    kind: 'date',
    pattern: all(String.raw`${START}(?<d>\d\d)(?<s>[-._/])(?<m>\d\d)\k<s>${YEAR}(?:[T ._-]${CLOCK})?${END}`),
    read: (_, { y, m, d }) => (dated({ y, m, d }) || dated({ y, m: d, d: m }) ? { order: null } : null),
  },
  date(`${START}${YEAR}[-_. ]?${MONTH}(?:[-_. ]?${DAY})?${END}`), // 2026-Nov-01, 2026-Nov
  date(`${START}${MONTH}[-_. ]?(?:${DAY}(?:st|nd|rd|th)?,?[-_. ]{1,2})?${YEAR}${END}`), // Nov 1 2026, Nov-2026
  date(`${START}${DAY}[-_. ]?${MONTH}[-_. ]?${YEAR}${END}`), // 01-Nov-2026
  // 2026w45, 2026-W45-1
  {
    kind: 'date',
    pattern: all(String.raw`${START}${YEAR}-?w(?<w>0[1-9]|[1-4]\d|5[0-3])(?:-?[1-7])?${END}`),
    read: (_, { y, w }) => ({ order: `${y}w${w}` }),
  },
  // 2026-11, 2026.11; but "windows-2019-10"
  {
    kind: 'date',
    pattern: all(String.raw`(?<![A-Za-z0-9]|\d[-._])${YEAR}[-._](?<m>0[1-9]|1[0-2])(?![A-Za-z0-9]|[-._]\d)`),
    read: (_, groups, before) => (followsProduct(before) ? null : dated(groups)),
  },
  // Packer's {{timestamp}}: seconds, or milliseconds, from 2014 to 2033
  {
    kind: 'date',
    pattern: all(String.raw`${START}(?<s>1[4-9]\d{8})(?:\d{3})?${END}`),
    read: (_, { s }) => ({ order: new Date(Number(s) * 1000).toISOString().replace(/\D/g, '').slice(0, 14) }),
  },
  // 1.2.3, v1.2.3-rc.1, 2.0.20231116.0, Image Builder's 1.0.3/1, git's 1.2.3-14-g3f9c2ab. Two numbers are more often a
  // release of what is inside (kernel-6.1, cuda-12.2) than a version of the image: those need a "v".
  {
    kind: 'version',
    pattern: all(
      String.raw`${START}(?:v?\d+(?:\.\d+){2,4}|v\d+(?:\.\d+)?)(?:[-._~]?(?<pre>alpha|beta|rc|snapshot|(?:dev|preview|pre)(?=\.?\d)|(?<=\d)[ab](?=\d))\.?\d*)?(?:/\d+)?(?:-\d+-g[0-9a-f]{7,40})?(?:\+[0-9A-Za-z.-]+)?${END}`,
    ),
    read(text, { pre }, before) {
      const holdsDate = /\.20[0-3]\d{5}(?:\.|$)/.test(text);
      if (ADDRESS.test(text) || (followsProduct(before) && !holdsDate)) return null;
      if (/^v\d+$/i.test(text) && followsNumbered(before)) return null;
      // A release candidate does not make the release outdated: candidates are a separate family.
      return { order: text, ...(pre ? { placeholder: `{version}-${pre.toLowerCase()}` } : {}) };
    },
  },
  // #123, build-123, build123, rev42, b123, r1234. Shorter ones are rather a floor, a board or an instance type.
  {
    kind: 'build',
    pattern: all(
      String.raw`(?:#(?<n>\d+)|${START}(?:(?:build|bld|rev)[-_. #]?|b(?=\d\d)|r(?=\d{3}))(?<n2>\d+))${END}`,
    ),
    read: (_, { n, n2 }) => ({ order: n ?? n2 ?? null }),
  },
  {
    kind: 'hash',
    pattern: all(
      `${START}(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:g|sha|git)?(?<hex>[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32}|[0-9a-f]{7,12}))${END}`,
    ),
    read: (_, { hex }, before) =>
      (hex === undefined || looksHashed(hex)) && !ID_BEFORE.test(before) ? { order: null } : null,
  },
];

/** The tokens of a name from left to right, none within another: the one that begins first wins, then the longest. */
export function nameTokens(name: string): NameToken[] {
  const candidates: NameToken[] = [];
  const holdsYear = /20[0-3]\d/.test(name);
  for (const { kind, pattern, read } of SHAPES) {
    // Spares most names most of the expressions; there may be 50,000 names.
    if (!holdsYear && pattern.source.includes('(?<y>')) continue;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(name); match; match = pattern.exec(name)) {
      const [text] = match;
      const found = read(text, match.groups ?? {}, name.slice(0, match.index));
      const span = { start: match.index, end: match.index + text.length };
      if (found) candidates.push({ kind, placeholder: `{${kind}}`, ...span, ...found });
    }
  }
  candidates.sort((a, b) => a.start - b.start || b.end - a.end);
  const taken: NameToken[] = [];
  for (const token of candidates) if (token.start >= (taken.at(-1)?.end ?? 0)) taken.push(token);
  return taken;
}

/** Whether a text is a commit and nothing else. */
export function isHash(text: string): boolean {
  return /^g?[0-9a-f]{7,64}$/i.test(text) && looksHashed(text);
}
