import type { Collected, Failure } from '../inventory/collected.ts';
import { INVENTORY, isLauncher, isLookUp, SNAPSHOT_KINDS } from '../inventory/kinds.ts';
import { tellsOfNoLauncher } from '../inventory/launchers.ts';
import type { Snapshot } from '../inventory/snapshot.ts';

function isNotInDump(collected: Collected<unknown>): boolean {
  return collected.status === 'failed' && collected.failure.code === 'not-in-dump';
}

/** What explains findings and makes none: that it is lacking leaves a snapshot whole. */
const LIMITS: ReadonlySet<string> = new Set(['settings', 'recycle-bin']);

/** What a snapshot lacks without anyone having chosen so. */
export function unreadParts(snapshot: Snapshot): { kind: string; failure: Failure }[] {
  const noLauncher = tellsOfNoLauncher(snapshot);
  const kinds = SNAPSHOT_KINDS.flatMap((kind) => {
    const collected = snapshot[kind];
    // Look-ups are missing only where something needs them, which an audit reports.
    if (isNotInDump(collected) && (isLookUp(kind) || (noLauncher && isLauncher(kind)))) return [];
    return collected.status === 'failed' ? [{ kind: INVENTORY[kind].many, failure: collected.failure }] : [];
  });
  const details = snapshot.gaps
    // A call that the endpoint does not have could not have returned anything.
    .filter(({ explains, code }) => !explains || (!LIMITS.has(explains) && code !== 'unsupported'))
    .map(({ kind, explains: _, ...failure }) => ({ kind, failure }));
  return [...kinds, ...details].filter(({ failure }) => failure.code !== 'not-read');
}
