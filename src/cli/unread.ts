import type { Failure } from '../inventory/collected.ts';
import { SNAPSHOT_KINDS, type Snapshot, type SnapshotKind } from '../inventory/snapshot.ts';

const WORDS: Readonly<Record<SnapshotKind, string>> = {
  vpcs: 'VPCs',
  keyPairs: 'key pairs',
  prefixLists: 'prefix lists',
  securityGroups: 'security groups',
  images: 'images',
};

/** What a snapshot lacks without anyone having chosen so. */
export function unreadParts(snapshot: Snapshot): { kind: string; failure: Failure }[] {
  const kinds = SNAPSHOT_KINDS.flatMap((kind) => {
    const collected = snapshot[kind];
    return collected.status === 'failed' ? [{ kind: WORDS[kind], failure: collected.failure }] : [];
  });
  const details = snapshot.gaps.map(({ kind, ...failure }) => ({ kind, failure }));
  return [...kinds, ...details].filter(({ failure }) => failure.code !== 'not-read');
}
