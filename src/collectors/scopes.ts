import { type Failure, failed } from '../inventory/collected.ts';
import type { Scope } from '../inventory/kinds.ts';
import { neededFor, SNAPSHOT_KINDS, type SnapshotKind } from '../inventory/kinds.ts';

/** The kinds to read for these scopes. */
export function kindsOfScopes(scopes: readonly Scope[]): ReadonlySet<SnapshotKind> {
  const wanted = new Set(scopes.flatMap(neededFor));
  return new Set(SNAPSHOT_KINDS.filter((kind) => wanted.has(kind)));
}

/** The place of a kind that `--only` left out: a stated limit, not a gap that makes a run incomplete. */
export function leftOut(): { status: 'failed'; failure: Failure } {
  return failed({
    code: 'not-read',
    message: 'Not read: --only names other kinds.',
    hint: 'Remove --only, or add this kind to it.',
  });
}
