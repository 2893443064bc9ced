import { count } from '../../../text/counts.ts';
import { groupBy } from '../../../text/groups.ts';
import { visible } from '../../../text/printable.ts';
import { type Compared, type Finding, type Pair, plainFacts } from '../../model.ts';
import { align } from '../alignment.ts';
import { rowsFact } from '../difference.ts';
import { keyTruth } from '../keys.ts';
import type { Comparison, ComparisonCell, ComparisonRow, ComparisonSection } from './types.ts';

/** A page shows so many rows of one object; report.json has all. */
const MOST_ROWS = 1_000;

/** Both sides of an object: as the report compared them, else what its findings state of them. Null where neither says anything. */
export function comparisonOf(pair: Pair, findings: readonly Finding[]): Comparison | null {
  const { rows, fields = keyFields(pair, findings) } = pair.compared ?? {};
  const sections = [
    ...(rows ? rulesOf(rows) : []),
    ...(fields ? [fieldsOf(fields)] : []),
    ...(rows || fields ? [] : factsOf(findings)),
  ].filter((section) => section.rows.length > 0);
  return sections.length === 0 ? null : { sections };
}

/** The keys themselves, of which a report of any version says something. */
function keyFields(pair: Pair, findings: readonly Finding[]): Compared['fields'] {
  if (pair.kind !== 'key-pair') return undefined;
  const { source, target } = keyTruth(pair, findings);
  if (source === '' && target === '') return undefined;
  return [{ name: 'Key', source: source || null, target: target || null, same: source === target }];
}

type Row = NonNullable<Compared['rows']>[number];

function rulesOf(rows: readonly Row[]): ComparisonSection[] {
  const titles = { ingress: 'Ingress', egress: 'Egress' } as const;
  return (['ingress', 'egress'] as const).map((direction) =>
    section(titles[direction], paired(rows.filter((row) => row.direction === direction))),
  );
}

/**
 * Rows of both sides that are alike share a line: equal ones, then those of one peer, then those of one protocol and
 * port range. The lines are in the order of their first row, which is numeric.
 */
function paired(rows: readonly Row[]): ComparisonRow[] {
  const partner = new Map<Row, Row>();
  const keys: readonly ((row: Row) => string)[] = [
    (r) => JSON.stringify([r.protocol, r.ports, r.peer]),
    (r) => JSON.stringify([r.protocol, r.peer]),
    (r) => JSON.stringify([r.protocol, r.ports]),
  ];
  for (const keyOf of keys) {
    const waiting = groupBy(
      rows.filter((r) => r.side === 'target' && !partner.has(r)),
      keyOf,
    );
    for (const row of rows) {
      if (row.side !== 'source' || partner.has(row)) continue;
      const other = waiting.get(keyOf(row))?.shift();
      if (!other) continue;
      partner.set(row, other);
      partner.set(other, row);
    }
  }
  const placed = new Set<Row>();
  return rows.flatMap((row): ComparisonRow[] => {
    if (placed.has(row)) return [];
    const other = partner.get(row);
    if (other) placed.add(other);
    const [source, target] = row.side === 'source' ? [row, other] : [other, row];
    return [{ name: '', source: source ? cellOf(source) : null, target: target ? cellOf(target) : null }];
  });
}

function cellOf({ protocol, ports, peer, via = '', entries, state }: Row): ComparisonCell {
  const counted = via === '' ? count(entries ?? 0, 'rule') : count(entries ?? 0, 'entry', 'entries');
  const whom = entries === undefined ? peer : `${peer} (${counted})`;
  return { columns: [protocol, ports, whom].map(visible), via: visible(via), state };
}

function fieldsOf(fields: NonNullable<Compared['fields']>): ComparisonSection {
  return section(
    '',
    fields.map(({ name, source, target, same, notCompared }) => {
      const state = (differing: 'source-only' | 'target-only') =>
        notCompared && source !== target ? 'unknown' : same ? 'same' : differing;
      return {
        name: visible(name),
        source: source === null ? null : textCell(source, state('source-only')),
        target: target === null ? null : textCell(target, state('target-only')),
      };
    }),
  );
}

/** The rows that the findings of an object state, each once: reports of earlier versions have no others. */
function factsOf(findings: readonly Finding[]): ComparisonSection[] {
  const sections = findings.flatMap((finding) => {
    const rows = rowsFact.safeParse(plainFacts(finding).rows);
    if (!rows.success) return [];
    const { direction } = plainFacts(finding);
    const title = direction === 'ingress' ? 'Ingress' : direction === 'egress' ? 'Egress' : '';
    return [{ title, ...rows.data }];
  });
  const once = new Map(sections.map((s) => [JSON.stringify(s), s]));
  return [...once.values()].map(({ title, source, target }) => section(title, lines(source, target)));
}

function lines(source: readonly string[], target: readonly string[]): ComparisonRow[] {
  const [left, right] = [new Set(source), new Set(target)];
  const same = source.filter((line) => right.has(line));
  const differing = align(
    source.filter((line) => !right.has(line)),
    target.filter((line) => !left.has(line)),
  );
  return [
    ...differing.map(([a, b]) => ({
      name: '',
      source: a === null ? null : textCell(a, 'source-only'),
      target: b === null ? null : textCell(b, 'target-only'),
    })),
    ...same.map((line) => ({ name: '', source: textCell(line, 'same'), target: textCell(line, 'same') })),
  ];
}

function textCell(text: string, state: ComparisonCell['state']): ComparisonCell {
  return { columns: [visible(text)], via: '', state };
}

function section(title: string, rows: readonly ComparisonRow[]): ComparisonSection {
  const differs = (cell: ComparisonCell | null) =>
    cell !== null && cell.state !== 'same' && cell.state !== 'covered' && cell.state !== 'unknown';
  return {
    title,
    differing: rows.filter((row) => differs(row.source) || differs(row.target)).length,
    rows: rows.slice(0, MOST_ROWS),
    more: Math.max(0, rows.length - MOST_ROWS),
  };
}
