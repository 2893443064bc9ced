import { familyOf } from '../../inventory/addresses.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Context } from '../context.ts';
import { type Family, rowCost, rulesPerGroup } from '../groups/quota.ts';
import { renameCandidates } from '../groups/rename-candidates.ts';
import { missing } from '../pairing/counterpart.ts';
import { originOf, remedyByOrigin } from '../pairing/origin.ts';
import { perAudit } from '../per-audit.ts';
import { ShellVariable } from './shell.ts';

/** An object of the source that a person can make on the target, with the shell variable that holds its id then. */
export interface Creatable<Item> {
  readonly variable: ShellVariable;
  readonly item: Item;
  /** What it is called on the target. */
  readonly name: string;
  /** The VPC on the target that it is made in; null for what belongs to none. */
  readonly vpcId: string | null;
}

export interface CreatableObjects {
  readonly groups: ReadonlyMap<string, Creatable<SecurityGroup>>;
  readonly lists: ReadonlyMap<string, Creatable<PrefixList>>;
}

/** What is missing on the target and can be made there by commands, by the id on the source. */
export const creatableObjects = perAudit((context): CreatableObjects => {
  const { counterparts, names } = context;
  const groups = counterparts['security-group'].flatMap((c) => {
    const group = missing(c);
    const vpcId = group?.vpcId ? context.vpcs.over('source', group.vpcId) : null;
    return group && vpcId !== null && canMakeGroup(group, context) ? [{ item: group, vpcId }] : [];
  });
  const lists = counterparts['prefix-list'].flatMap((c) => {
    const list = missing(c);
    return list && canMakeList(list, context) ? [list] : [];
  });
  return {
    groups: new Map(
      groups.map(({ item, vpcId }, i) => [
        item.id,
        { variable: new ShellVariable(`group_${i + 1}`), item, name: names.securityGroups(item.name), vpcId },
      ]),
    ),
    lists: new Map(
      lists.map((item, i) => [
        item.id,
        {
          variable: new ShellVariable(`list_${i + 1}`),
          item,
          name: names.prefixLists(item.name),
          vpcId: null,
        },
      ]),
    ),
  };
});

/** Every VPC has its default group; a name that a tool generated is not to be written manually. */
function canMakeGroup(group: SecurityGroup, context: Context): boolean {
  const foreign = group.ownerId !== null && ![null, group.ownerId].includes(context.source.account);
  const origin = originOf('security-group', group, 'source', context);
  const [likely] = renameCandidates(group, context);
  return (
    group.name.toLowerCase() !== 'default' &&
    !foreign &&
    remedyByOrigin(origin, 'group', context.target.region) === null &&
    likely?.confidence !== 'high' &&
    groupBeyondQuota(group, context) === null
  );
}

function canMakeList(list: PrefixList, context: Context): boolean {
  const foreign = list.ownerId !== null && ![null, list.ownerId].includes(context.source.account);
  const origin = originOf('prefix-list', list, 'source', context);
  return (
    list.managedBy === 'customer' &&
    list.entries !== null &&
    addressFamily(list) !== null &&
    !foreign &&
    remedyByOrigin(origin, 'prefix list', context.target.region) === null
  );
}

/** How many rules of one direction and family the group takes where the target allows fewer; else null. */
export function groupBeyondQuota({ rules }: SecurityGroup, { source, config }: Context): number | null {
  const quota = rulesPerGroup(config);
  const counts = (['ingress', 'egress'] as const).flatMap((direction) =>
    (['IPv4', 'IPv6'] as const).map((family) =>
      rules
        .filter((r) => r.direction === direction)
        .reduce((sum, { peer }) => sum + rowCost(peer, family, source), 0),
    ),
  );
  const most = Math.max(...counts);
  return most > quota ? most : null;
}

/** Of a list that says none, that of its entries. */
export function addressFamily({ family, entries }: PrefixList): Family | null {
  const [first] = entries ?? [];
  return family ?? (first ? (familyOf(first.cidr) === 4 ? 'IPv4' : 'IPv6') : null);
}
