import { type Failure, failed } from '../inventory/collected.ts';
import { SNAPSHOT_KINDS, type SnapshotKind } from '../inventory/snapshot.ts';
import type { Scope } from '../report/vocabulary.ts';

/** The parts of a snapshot that each word of `--only` needs. Groups are told apart by VPC, and their rules name prefix lists. */
const KINDS_OF_SCOPE: Readonly<Record<Scope, readonly SnapshotKind[]>> = {
  'key-pairs': ['keyPairs'],
  'security-groups': ['vpcs', 'prefixLists', 'securityGroups'],
  images: ['images'],
  // Whether something would start depends on everything else.
  workloads: SNAPSHOT_KINDS,
};

/** The kinds to read for these scopes. */
export function kindsOfScopes(scopes: readonly Scope[]): ReadonlySet<SnapshotKind> {
  const wanted = new Set(scopes.flatMap((scope) => KINDS_OF_SCOPE[scope]));
  return new Set(SNAPSHOT_KINDS.filter((kind) => wanted.has(kind)));
}

/** What stands in a snapshot for a kind that `--only` left out: a stated limit, not a gap that makes a run incomplete. */
export function leftOut(): { status: 'failed'; failure: Failure } {
  return failed({
    code: 'not-read',
    message: 'Not asked for: --only names other kinds.',
    hint: 'Leave --only away, or add this kind to it.',
  });
}
