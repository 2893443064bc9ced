import { type Collected, itemsOf } from '../inventory/collected.ts';
import type { SecurityGroup } from '../inventory/security-group.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { type StaleVpc, staleVpcFrom } from '../inventory/stale-groups.ts';
import { CallFailed } from './failures.ts';
import { optionalFailure } from './optional.ts';
import { allPages } from './paging.ts';
import type { Reader } from './reader.ts';

/**
 * Which references to groups are stale, of the VPCs where a rule names a group that the region does not list and whose
 * owner AWS leaves out: it was deleted, or is another account's. Null where no VPC has such a rule.
 */
export async function readStaleReferences(
  reader: Reader,
  groups: Collected<SecurityGroup>,
): Promise<{ stale: StaleVpc[] | null; gaps: DetailGap[] }> {
  const vpcIds = vpcsInDoubt(itemsOf(groups));
  if (vpcIds.length === 0) return { stale: null, gaps: [] };
  const gaps: DetailGap[] = [];
  const read = async (vpcId: string): Promise<StaleVpc[]> => {
    try {
      return [await staleIn(reader, vpcId)];
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      const failure = optionalFailure(reader, 'DescribeStaleSecurityGroups', error);
      if (failure.code !== 'unsupported') gaps.push({ kind: 'security-group', ...failure });
      return [];
    }
  };
  const stale = (await Promise.all(vpcIds.map(read))).flat();
  return { stale: stale.length > 0 ? stale : null, gaps: unlike(gaps) };
}

function vpcsInDoubt(groups: readonly SecurityGroup[]): string[] {
  const known = new Set(groups.map(({ id }) => id));
  const inDoubt = groups.flatMap(({ vpcId, rules }) =>
    vpcId !== null &&
    rules.some(
      ({ peer }) =>
        peer.type === 'group' &&
        peer.id !== '' &&
        peer.ownerId === null &&
        peer.peeringConnectionId === null &&
        !known.has(peer.id),
    )
      ? [vpcId]
      : [],
  );
  return [...new Set(inDoubt)].sort();
}

async function staleIn(reader: Reader, VpcId: string): Promise<StaleVpc> {
  const rows = await allPages(reader, {
    action: 'DescribeStaleSecurityGroups',
    what: 'stale security groups',
    ask: async (position) => {
      const answer = await reader.call('DescribeStaleSecurityGroups', { VpcId, ...position });
      return { rows: answer.StaleSecurityGroupSet, next: answer.NextToken };
    },
    idOf: ({ GroupId }) => GroupId,
  });
  return staleVpcFrom(VpcId, rows);
}

/** The same denial for ten VPCs has one fix. */
function unlike(gaps: readonly DetailGap[]): DetailGap[] {
  return [...new Map(gaps.map((gap) => [gap.message, gap])).values()];
}
