import { familyOf } from '../../inventory/addresses.ts';
import { itemsOf } from '../../inventory/collected.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Config } from '../config.ts';

export type Family = 'IPv4' | 'IPv6';

/** EC2's default "Inbound or outbound rules per security group" (VPC User Guide, quotas). */
const RULES_PER_GROUP = 60;
/** What a reference to one of AWS's own lists costs (VPC User Guide, AWS-managed prefix lists). */
const AWS_LIST_WEIGHTS: readonly (readonly [RegExp, number])[] = [
  [/cloudfront\.origin-facing$/, 55],
  [/vpc-lattice$/, 10],
];

/** How many rules of one direction and family a group can hold. */
export function rulesPerGroup({ quotas }: Config): number {
  return quotas?.rulesPerGroup ?? RULES_PER_GROUP;
}

const known = new WeakMap<Snapshot, ReadonlyMap<string, PrefixList>>();

function listsOf(snapshot: Snapshot): ReadonlyMap<string, PrefixList> {
  const lists = known.get(snapshot) ?? new Map(itemsOf(snapshot.prefixLists).map((l) => [l.id, l]));
  known.set(snapshot, lists);
  return lists;
}

type CostlyPeer =
  | { readonly type: 'cidr'; readonly cidr: string }
  | { readonly type: 'group' }
  | { readonly type: 'prefix-list'; readonly id: string };

/** What a row takes of the quota of a family: a group counts in both, a list with its MaxEntries. */
export function rowCost(peer: CostlyPeer, family: Family, snapshot: Snapshot): number {
  if (peer.type === 'cidr') return (familyOf(peer.cidr) === 4) === (family === 'IPv4') ? 1 : 0;
  if (peer.type === 'group') return 1;
  return listCost(listsOf(snapshot).get(peer.id), family);
}

/** The same of a prefix list, wherever it is. */
export function listCost(list: PrefixList | undefined, family: Family): number {
  if (list?.family && list.family !== family) return 0;
  if (list?.managedBy === 'aws') return AWS_LIST_WEIGHTS.find(([name]) => name.test(list.name))?.[1] ?? 1;
  return list?.maxEntries ?? list?.entries?.length ?? 1;
}
