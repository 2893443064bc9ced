import { diffArrays } from 'diff';
import * as z from 'zod';
import { count } from '../../text/counts.ts';
import { visible } from '../../text/printable.ts';
import { align, words } from './alignment.ts';

/** A stretch of one line; `changed` where the two sides of the line part. */
export interface Part {
  readonly text: string;
  readonly changed: boolean;
}

/** One row of the side-by-side view; a side is null where it has no such line. A `note` row replaces rows that are not shown. */
export interface DifferenceRow {
  readonly state: 'same' | 'changed' | 'removed' | 'added' | 'note';
  readonly source: readonly Part[] | null;
  readonly target: readonly Part[] | null;
  readonly note: string;
}

export interface DifferenceView {
  readonly rows: readonly DifferenceRow[];
  /** `2 changed, 1 only in the source`. */
  readonly summary: string;
}

export const rowsFact = z.object({ source: z.array(z.string()), target: z.array(z.string()) });

/** Equal lines kept around a change, as `diff -U3` does. */
const CONTEXT = 3;
/** No finding shows more rows than this; the rest is counted, and is in report.json. */
const MOST_ROWS = 400;
/** Beyond this many edits the sides have nothing in common worth aligning, and the aligning would take seconds. */
const MOST_EDITS = 2_000;

/** Pairs the lines of both sides. The order of the lines is the comparator's. */
export function difference(source: readonly string[], target: readonly string[]): DifferenceView {
  const left = source.map(visible);
  const right = target.map(visible);
  const rows: DifferenceRow[] = [];
  let removed: string[] = [];
  for (const block of diffArrays(left, right, { maxEditLength: MOST_EDITS }) ?? wholesale(left, right)) {
    if (block.removed) removed = block.value;
    else {
      rows.push(...align(removed, block.added ? block.value : []).map(row));
      if (!block.added) rows.push(...block.value.map(sameRow));
      removed = [];
    }
  }
  rows.push(...removed.map((line) => row([line, null])));
  return { rows: bounded(folded(rows)), summary: summary(rows) };
}

function wholesale(left: string[], right: string[]) {
  return [
    { value: left, removed: true, added: false },
    { value: right, removed: false, added: true },
  ];
}

function row([a, b]: readonly [string | null, string | null]): DifferenceRow {
  if (a !== null && b !== null) return changedRow(a, b);
  const parts = [{ text: a ?? b ?? '', changed: false }];
  return {
    state: a === null ? 'added' : 'removed',
    source: a === null ? null : parts,
    target: b === null ? null : parts,
    note: '',
  };
}

function changedRow(a: string, b: string): DifferenceRow {
  const source: Part[] = [];
  const target: Part[] = [];
  for (const piece of diffArrays(words(a), words(b))) {
    const part = { text: piece.value.join(''), changed: piece.added || piece.removed };
    if (!piece.added) source.push(part);
    if (!piece.removed) target.push(part);
  }
  return { state: 'changed', source: tidy(source), target: tidy(target), note: '' };
}

/** Highlights run over the blanks between changed words, and not over those at their ends. */
function tidy(parts: readonly Part[]): Part[] {
  const out: Part[] = [];
  parts.forEach((part, i) => {
    const between =
      part.text.trim() === '' && parts[i - 1]?.changed === true && parts[i + 1]?.changed === true;
    const [, before = '', text = '', after = ''] = /^( *)(.*?)( *)$/.exec(part.text) ?? [];
    if (!part.changed && !between) put(out, part.text, false);
    else if (text === '') put(out, part.text, between);
    else {
      put(out, before, false);
      put(out, text, true);
      put(out, after, false);
    }
  });
  return out;
}

/** Appends, joining with the last part where both are of one kind. */
function put(parts: Part[], text: string, changed: boolean): void {
  if (text === '') return;
  const last = parts.at(-1);
  if (last?.changed === changed) parts[parts.length - 1] = { text: last.text + text, changed };
  else parts.push({ text, changed });
}

function sameRow(line: string): DifferenceRow {
  const parts = [{ text: line, changed: false }];
  return { state: 'same', source: parts, target: parts, note: '' };
}

function noteRow(note: string): DifferenceRow {
  return { state: 'note', source: null, target: null, note };
}

/** Equal lines far from any change are counted, not shown. */
function folded(rows: readonly DifferenceRow[]): DifferenceRow[] {
  const near = new Set<number>();
  rows.forEach((r, i) => {
    if (r.state !== 'same') for (let k = i - CONTEXT; k <= i + CONTEXT; k++) near.add(k);
  });
  // Sides that agree are shown for what they say, not for where they part.
  if (near.size === 0) return [...rows];
  const out: DifferenceRow[] = [];
  for (let i = 0; i < rows.length; i++) {
    let end = i;
    while (end < rows.length && !near.has(end)) end++;
    // A fold of one line would take the room of the line itself.
    if (end - i > 1) {
      out.push(noteRow(count(end - i, 'equal line')));
      i = end - 1;
    } else out.push(rows[i] as DifferenceRow);
  }
  return out;
}

function bounded(rows: DifferenceRow[]): DifferenceRow[] {
  if (rows.length <= MOST_ROWS) return rows;
  return [
    ...rows.slice(0, MOST_ROWS),
    noteRow(`${count(rows.length - MOST_ROWS, 'more line')}, in report.json`),
  ];
}

function summary(rows: readonly DifferenceRow[]): string {
  const n = (state: DifferenceRow['state']) => rows.filter((r) => r.state === state).length;
  const parts = [
    [n('changed'), 'changed'],
    [n('removed'), 'only in the source'],
    [n('added'), 'only in the target'],
  ] as const;
  const said = parts.filter(([k]) => k > 0).map(([k, words]) => `${k} ${words}`);
  return said.length === 0 ? `${count(rows.length, 'line')}, equal on both sides` : said.join(', ');
}
