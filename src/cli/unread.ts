import type { Collected, Failure } from '../inventory/collected.ts';
import { LAUNCHERS, tellsOfNoLauncher } from '../inventory/launchers.ts';
import { SNAPSHOT_KINDS, type Snapshot, type SnapshotKind } from '../inventory/snapshot.ts';

const WORDS: Readonly<Record<SnapshotKind, string>> = {
  vpcs: 'VPCs',
  keyPairs: 'key pairs',
  prefixLists: 'prefix lists',
  securityGroups: 'security groups',
  images: 'images',
  instances: 'instances',
  launchTemplates: 'launch templates',
  launchConfigurations: 'launch configurations',
  autoScalingGroups: 'Auto Scaling groups',
  stacks: 'CloudFormation stacks',
  parameters: 'SSM parameters',
  otherImages: 'images of other owners',
};

const LOOK_UPS: ReadonlySet<SnapshotKind> = new Set(['parameters', 'otherImages']);

function isLauncher(kind: SnapshotKind): boolean {
  return (LAUNCHERS as readonly SnapshotKind[]).includes(kind);
}

function isNotInDump(collected: Collected<unknown>): boolean {
  return collected.status === 'failed' && collected.failure.code === 'not-in-dump';
}

/** What a snapshot lacks without anyone having chosen so. */
export function unreadParts(snapshot: Snapshot): { kind: string; failure: Failure }[] {
  const noLauncher = tellsOfNoLauncher(snapshot);
  const kinds = SNAPSHOT_KINDS.flatMap((kind) => {
    const collected = snapshot[kind];
    // RenderOptions-ups are missed only where something needs them, which an audit tells.
    if (isNotInDump(collected) && (LOOK_UPS.has(kind) || (noLauncher && isLauncher(kind)))) return [];
    return collected.status === 'failed' ? [{ kind: WORDS[kind], failure: collected.failure }] : [];
  });
  const details = snapshot.gaps
    // A call that does not exist there was asked for nothing that anyone could have got.
    .filter(({ explains, code }) => !explains || (explains !== 'settings' && code !== 'unsupported'))
    .map(({ kind, explains: _, ...failure }) => ({ kind, failure }));
  return [...kinds, ...details].filter(({ failure }) => failure.code !== 'not-read');
}
