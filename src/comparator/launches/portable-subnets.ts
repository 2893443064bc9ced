import { itemsOf } from '../../inventory/collected.ts';
import type { Subnet } from '../../inventory/launch-facts/network.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import { ANYWHERE, type Places, type Wish } from './place.ts';
import { noSubnet } from './subnets.ts';

/**
 * The subnets of the target that can replace those that an object of the source names: of the VPC that is the counterpart
 * of theirs the one of the same Name tag, else of the same zone, else any. Only a VPC without any stops the launch.
 */
export function portablePlaces(wish: Wish, groups: readonly SecurityGroup[], context: Context): Places {
  const facts = factsOf(context).target;
  const why = facts.unread('subnets');
  if (why) return { ...ANYWHERE, checked: notKnown(why, 'subnets', facts, 'its subnets') };
  if (!context.vpcs.known) return ANYWHERE;
  const vpcs = new Set(wish.subnets.flatMap((id) => vpcOfSubnet(id, context) ?? []));
  // Of subnets that were not read, the groups show the VPC: a group is used in its own VPC.
  const counterparts = [...vpcs].map((vpcId) => ({ vpcId, there: context.vpcs.over('source', vpcId) }));
  if (vpcs.size === 0) {
    const ofGroups = [...new Set(groups.flatMap((g) => g.vpcId ?? []))];
    if (ofGroups.length !== 1) return { ...ANYWHERE, checked: sourceUnread(wish, context) };
    counterparts.push(...ofGroups.map((there) => ({ vpcId: there, there })));
  }
  const fitting = new Set<Subnet>();
  const drafts: Draft[] = [];
  let definite = vpcs.size > 0;
  for (const { vpcId, there } of counterparts) {
    if (there === null) {
      const called = context.vpcs.scope('source', vpcId) ?? vpcId;
      const why = `no VPC of ${facts.place} is its counterpart`;
      drafts.push(noSubnet(wish.mode, wish.at, 'no-vpc', { vpc: called }, `VPC ${called}`, why, [called]));
      continue;
    }
    const candidates = (facts.all('subnets') ?? []).filter((s) => s.vpcId === there && usable(s));
    if (candidates.length === 0) {
      const name = context.vpcs.scope('target', there) ?? there;
      const why = `has no subnet in ${facts.place}`;
      drafts.push(
        noSubnet(wish.mode, wish.at, 'no-subnet-in-vpc', { vpc: name }, `VPC ${name}`, why, [name]),
      );
    }
    const own = wish.subnets.filter((id) => vpcOfSubnet(id, context) === vpcId);
    const paired = own.map((id) => counterpartsOf(id, candidates, context));
    if (own.length === 0 || paired.some((found) => found === null)) {
      definite = false;
      for (const subnet of candidates) fitting.add(subnet);
    } else for (const subnet of paired.flatMap((found) => found ?? [])) fitting.add(subnet);
  }
  const subnets = [...fitting];
  const looked = subnets.length > 0 ? passed('network') : NOTHING_FOUND;
  return { subnets, zones: subnets, mode: 'source', definite, checked: all([found(...drafts), looked]) };
}

/** By Name tag, in which the region may be written; else by zone, whose id means the same zone in one region only. */
function counterpartsOf(id: string, candidates: readonly Subnet[], context: Context): Subnet[] | null {
  const { source, target } = context;
  const known = factsOf(context).source.find('subnets', id);
  if (known.is !== 'item') return null;
  const { name, zoneId } = known.item;
  const called = name?.replaceAll(source.region, target.region);
  const named = candidates.filter((s) => called !== undefined && s.name === called);
  if (named.length > 0) return named;
  const inZone = candidates.filter((s) => zoneId !== null && s.zoneId === zoneId);
  return inZone.length > 0 ? inZone : null;
}

function usable({ state }: Subnet): boolean {
  return state === null || state === 'available';
}

/** The VPC of a subnet of the source; an instance that runs in it shows it too. */
function vpcOfSubnet(id: string, context: Context): string | null {
  const known = factsOf(context).source.find('subnets', id);
  if (known.is === 'item') return known.item.vpcId;
  const inIt = itemsOf(context.source.instances).find((i) =>
    i.launch.details?.interfaces.some((n) => n.subnetId === id),
  );
  return inIt?.vpcId ?? null;
}

/** Which VPC they belong to was not read, so neither is it known what can replace them. */
function sourceUnread({ subnets }: Wish, context: Context): Checked {
  const source = factsOf(context).source;
  const unknown = subnets.map((id) => {
    const known = source.find('subnets', id);
    const unread = known.is === 'failed' || known.is === 'not-asked';
    return unread ? notKnown(known, 'subnets', source, `subnet ${id}`) : NOTHING_FOUND;
  });
  return all(unknown);
}
