import { LAUNCHERS, type SnapshotKind } from '../inventory/kinds.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import { eitherOf } from '../text/lists.ts';

/** What a side can be without: every region of an account has a default VPC with a default group. */
const TELLING: readonly (readonly [word: string, keys: readonly SnapshotKind[]])[] = [
  ['key pairs', ['keyPairs']],
  ['images', ['images']],
  ['workloads', LAUNCHERS],
];

/** What makes a result doubtful although nothing failed: two empty sides agree, and that proves little. */
export function warningsOf(source: Snapshot, target: Snapshot): string[] {
  const sides = [source, target];
  const states = TELLING.map(([word, keys]) => {
    const collected = sides.flatMap((side) => keys.map((key) => side[key]));
    return {
      word,
      holds: collected.some((c) => c.status === 'complete' && c.items.length > 0),
      // A folder of dumps may lack an answer, which says nothing; what was denied may hold anything.
      denied: collected.some((c) => c.status === 'failed' && !SILENT.has(c.failure.code)),
      read: collected.every((c) => c.status === 'complete'),
    };
  });
  const empty = states.filter((s) => s.read).map((s) => s.word);
  if (empty.length === 0 || states.some((s) => s.holds || s.denied)) return [];
  return [`There are no ${eitherOf(empty)} on either side. Is it the right account and region?`];
}

const SILENT: ReadonlySet<string> = new Set(['not-in-dump', 'not-read']);
