import { LAUNCHERS } from './kinds.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Whether a folder or a listing holds nothing at all about what starts instances. Then it was made for another question:
 * a stated limit, and not the hole that one missing file among others is.
 */
export function tellsOfNoLauncher(snapshot: Snapshot): boolean {
  return LAUNCHERS.every((kind) => {
    const collected = snapshot[kind];
    return collected.status === 'failed' && collected.failure.code === 'not-in-dump';
  });
}
