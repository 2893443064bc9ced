import { comparisonOf } from '../../../report/view/island/comparison.ts';
import type { ComparisonCell, ComparisonRow } from '../../../report/view/island/types.ts';
import { count } from '../../../text/counts.ts';
import { tableLines } from '../rows.ts';
import { type Look, MOST_ROWS } from './look.ts';

const SIGNS = {
  same: ' ',
  covered: ' ',
  unknown: '?',
  'source-only': '-',
  'target-only': '+',
  'open-to-world': '+',
} as const satisfies Record<ComparisonCell['state'], string>;

const NOTES = {
  same: '',
  covered: 'covered by the other side',
  unknown: 'cannot be compared',
  'source-only': 'source only',
  'target-only': 'target only',
  'open-to-world': 'target only, open to any address',
} as const satisfies Record<ComparisonCell['state'], string>;

/** The objects as they were read, row by row: `-` only the source, `+` only the target, `!` a value that differs. */
export function bothSides(look: Look): string[][] {
  const { pair, finding, report, columns, p, heading } = look;
  const own = new Set(pair?.findings);
  const about = report.findings.filter((f) => own.has(f.fingerprint));
  const comparison = pair && comparisonOf(pair, about.includes(finding) ? about : [...about, finding]);
  if (!comparison)
    return [
      [p.bold('AS READ'), '  The report keeps nothing of the two objects beside their ids and the facts.'],
    ];
  return comparison.sections.map((section) => {
    const lines = section.rows.flatMap(linesOf);
    const rows = lines.slice(0, MOST_ROWS);
    const rest = lines.length - rows.length + section.more;
    const title = `AS READ${section.title === '' ? '' : `, ${section.title.toLowerCase()}`}`;
    const named = rows.some((row) => row[1] !== '');
    const all = [[' ', '', heading.source, heading.target, ''], ...rows];
    const shown = named ? all : all.map(([sign = '', , ...others]) => [sign, ...others]);
    const layout = [
      { whole: true },
      ...(named ? [{ whole: true }] : []),
      { whole: true },
      { whole: true },
      {},
    ];
    return [
      p.bold(title),
      ...tableLines(shown, layout, columns, '  '),
      ...(rest > 0 ? [`  and ${count(rest, 'more row')}, in the report`] : []),
    ];
  });
}

/** Rules that are not the same are a line each, with the side that has it; the two values of a field share one. */
function linesOf({ name, source, target }: ComparisonRow): string[][] {
  const text = (cell: ComparisonCell | null) =>
    cell === null ? '' : `${cell.columns.join(' ')}${cell.via === '' ? '' : ` (${cell.via})`}`;
  const line = (a: ComparisonCell | null, b: ComparisonCell | null) => {
    const state = (a ?? b)?.state ?? 'same';
    return [SIGNS[state], name, text(a), text(b), NOTES[state]];
  };
  if (source === null || target === null) return [line(source, target)];
  if (source.state === target.state) return [line(source, target)];
  if (name === '') return [line(source, null), line(null, target)];
  return [['!', name, text(source), text(target), 'differs']];
}
