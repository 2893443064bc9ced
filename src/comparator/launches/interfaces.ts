import { cidrContains, familyOf } from '../../inventory/addresses.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { provenForeign } from './foreign.ts';
import { all, type Checked, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { Start } from './starts.ts';
import { vpcsOf } from './subnets.ts';
import { typeFacts } from './types.ts';

export function isIn(address: string, cidr: string): boolean {
  if (address.includes(':') !== (familyOf(cidr) === 6)) return false;
  return cidrContains(cidr, `${address}/${address.includes(':') ? 128 : 32}`);
}

/** AWS reserves the first four addresses of the IPv4 range of a subnet and the last (Amazon VPC User Guide, "Subnet CIDR blocks"). */
export function isReserved(address: string, cidr: string): boolean {
  if (familyOf(cidr) !== 4 || !isIn(address, cidr)) return false;
  const size = 2 ** (32 - Number(cidr.split('/')[1]));
  const offset = numberOf(address) % size;
  return offset < 4 || offset === size - 1;
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** An interface is of one VPC, and so are its groups, or they are associated with it. */
export function severalVpcsChecks(
  groups: readonly SecurityGroup[],
  context: Context,
  refuse: (steps: string[], what: string) => Checked,
): Checked {
  const [first, ...rest] = groups.map((group) => vpcsOf(group, context));
  if (first === undefined || first.size === 0 || rest.some((vpcs) => vpcs.size === 0)) return NOTHING_FOUND;
  if ([...first].some((vpc) => rest.every((vpcs) => vpcs.has(vpc)))) return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const why = facts.unread('groupVpcs');
  const omitted = why ? notKnown(why, 'groupVpcs', facts, 'its security groups') : NOTHING_FOUND;
  // A group may be associated with the VPC of another: that could not be read.
  if (why?.is === 'failed') return omitted;
  const what = groups.map(({ name, vpcId }) => `${name} of ${vpcId}`).join(', ');
  return all([
    refuse(['its security groups', `belong to several VPCs (${what}) and are named for one interface`], what),
    omitted,
  ]);
}

/** A type takes so many network interfaces, over all its network cards. */
export function interfaceCountChecks(
  { type, interfaceCount: count }: Start,
  context: Context,
  refuse: (steps: string[], count: number, limit: number) => Checked,
): Checked {
  const known = type === null || count < 2 ? null : typeFacts(type, context);
  const limit = known?.is === 'item' ? known.item.interfaces : null;
  if (limit === null || count <= limit) return NOTHING_FOUND;
  return refuse(
    [`instance type ${type}`, `takes ${limit} network interfaces, and it has ${count}`],
    count,
    limit,
  );
}

export function interfaceChecks(
  { details }: Start,
  context: Context,
  refuse: (steps: string[], id: string) => Checked,
): Checked {
  const facts = factsOf(context).target;
  return all(
    details.interfaces.map(({ id }) => {
      if (id === null || provenForeign(id, context) !== null) return NOTHING_FOUND;
      const known = facts.find('networkInterfaces', id);
      if (known.is === 'item') return passed('network');
      if (known.is === 'none')
        return refuse([`network interface ${id}`, `was not found in ${facts.place}`], id);
      return notKnown(known, 'networkInterfaces', facts, `network interface ${id}`);
    }),
  );
}
