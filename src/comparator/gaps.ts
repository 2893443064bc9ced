import { itemsOf } from '../inventory/collected.ts';
import type { Snapshot, SnapshotKind } from '../inventory/snapshot.ts';
import type { Gap } from '../report/model.ts';
import type { Scope, SideName } from '../report/vocabulary.ts';

/** What the report calls the kinds of a snapshot, and for which scopes they are read. */
const READ_FOR = {
  vpcs: { kind: 'vpc', scopes: ['security-groups'] },
  keyPairs: { kind: 'key-pair', scopes: ['key-pairs'] },
  prefixLists: { kind: 'prefix-list', scopes: ['security-groups'] },
  securityGroups: { kind: 'security-group', scopes: ['security-groups'] },
  images: { kind: 'image', scopes: ['images'] },
} as const satisfies Record<SnapshotKind, { kind: string; scopes: readonly Scope[] }>;

/** Every gap of one side that lies within what was asked for, in a total order. */
export function gapsOf(side: SideName, snapshot: Snapshot, other: Snapshot, scopes: readonly Scope[]): Gap[] {
  const asked = Object.entries(READ_FOR).filter(([, { scopes: needed }]) =>
    needed.some((s) => scopes.includes(s)),
  );
  const whole = asked.flatMap(([name, { kind }]): Gap[] => {
    const collected = snapshot[name as SnapshotKind];
    // Asked for now, but left out when the snapshot was made: that is missing, whatever the reason then.
    return collected.status === 'failed' ? [{ side, kind, ...collected.failure, blocking: true }] : [];
  });
  const kinds = new Set<string>(asked.map(([, { kind }]) => kind));
  const all = new Set<string>(Object.values(READ_FOR).map(({ kind }) => kind));
  const parts = snapshot.gaps
    .filter(({ kind }) => kinds.has(kind) || !all.has(kind))
    .map(
      (gap): Gap => ({
        side,
        ...gap,
        blocking: gap.code !== 'not-read' || (gap.kind === 'image' && grants(other)),
      }),
    );
  return [...whole, ...parts];
}

/**
 * Whether others may launch images of a side. Then permissions left unread on the other side are no mere limit: that they
 * got lost, as CopyImage loses them, is what the audit is asked about.
 */
function grants(snapshot: Snapshot): boolean {
  return itemsOf(snapshot.images).some(
    ({ launchPermissions: p }) =>
      p !== null && (p.everyone || p.accounts.length + p.organizations.length > 0),
  );
}
