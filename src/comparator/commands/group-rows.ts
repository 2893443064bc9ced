import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import { equal, trafficOf } from '../../traffic/index.ts';
import type { Context } from '../context.ts';
import { permittedByRow } from '../groups/permitted.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import type { MeantRow } from '../pairing/meant-row.ts';
import { perAudit, perItem } from '../per-audit.ts';
import type { Ref, WrittenRow } from './permissions.ts';
import type { PlannedRow } from './row-plan.ts';

/** A row of the source, and how it is written on the target. */
export interface SourceRow extends PlannedRow {
  readonly meant: MeantRow;
  /** What the target does not have as the source has it; null where the row can be written. */
  readonly waitsFor: WaitsFor | null;
  readonly written: WrittenRow;
}

export interface TargetRow extends PlannedRow {
  readonly meant: MeantRow;
  readonly written: WrittenRow;
}

/**
 * Why a row of the source cannot be written on the target yet. `missing`: the target does not have it. `differs`: the
 * prefix list has other entries there. `unread`: its entries were not read. `peering`: the group is in another VPC, and
 * whether a peering leads there is not known.
 */
export type WaitsFor = {
  readonly kind: 'security-group' | 'prefix-list';
  readonly name: string;
  readonly id: string;
  readonly because: 'missing' | 'differs' | 'unread' | 'peering';
};

/** The ids that rows are written with: what exists has its own, what is yet to be made may have a shell variable. */
export type RefOf = (kind: WaitsFor['kind'], sourceId: string) => Ref | null;
const nothingMade: RefOf = () => null;

interface Counterparts {
  readonly groups: ReadonlyMap<string, Counterpart<SecurityGroup>>;
  readonly lists: ReadonlyMap<string, Counterpart<PrefixList>>;
}

const bySourceId = perAudit(({ counterparts }): Counterparts => {
  const of = <Item extends { readonly id: string }>(all: readonly Counterpart<Item>[]) =>
    new Map(all.flatMap((c) => (c.source ? [[c.source.id, c] as const] : [])));
  return { groups: of(counterparts['security-group']), lists: of(counterparts['prefix-list']) };
});

/** In words: "ingress tcp 443 from 10.0.0.0/8". */
export function rowWords({ direction, service, peer }: MeantRow): string {
  return `${direction} ${service} ${direction === 'ingress' ? 'from' : 'to'} ${peer}`;
}

export function targetRow(meant: MeantRow): TargetRow {
  const { protocol, from, to, peer } = meant.rule;
  const written: WrittenRow['peer'] =
    peer.type === 'group' ? { type: 'group', id: peer.id, ownerId: peer.ownerId } : peer;
  return {
    text: meant.text,
    admits: permittedByRow(meant),
    meant,
    written: { protocol, from, to, peer: written, description: null },
  };
}

/** @param targetVpc The VPC on the target that the row is to be in. */
export function sourceRow(
  meant: MeantRow,
  targetVpc: string | null,
  context: Context,
  made: RefOf = nothingMade,
): SourceRow {
  const { protocol, from, to, description } = meant.rule;
  const { peer, waitsFor } = writtenPeer(meant, targetVpc, context, made);
  return {
    text: meant.text,
    admits: permittedByRow(meant),
    meant,
    waitsFor,
    written: { protocol, from, to, peer, description },
  };
}

function writtenPeer(
  { rule: { peer } }: MeantRow,
  targetVpc: string | null,
  context: Context,
  made: RefOf,
): { peer: WrittenRow['peer']; waitsFor: WaitsFor | null } {
  const { groups, lists } = bySourceId(context);
  switch (peer.type) {
    case 'cidr':
      return { peer: { type: 'cidr', cidr: context.cidrs(peer.cidr) }, waitsFor: null };
    case 'prefix-list': {
      const pair = lists.get(peer.id);
      const waits = (because: WaitsFor['because']): WaitsFor => ({
        kind: 'prefix-list',
        name: pair?.name ?? peer.id,
        id: peer.id,
        because,
      });
      const variable = made('prefix-list', peer.id);
      if (variable) return { peer: { type: 'prefix-list', id: variable }, waitsFor: null };
      const written = { type: 'prefix-list' as const, id: pair?.target?.id ?? '' };
      if (!pair?.target) return { peer: written, waitsFor: waits('missing') };
      const same = sameEntries(pair, context);
      return {
        peer: written,
        waitsFor: same === true ? null : waits(same === null ? 'unread' : 'differs'),
      };
    }
    case 'group': {
      const pair = groups.get(peer.id);
      const waits = (because: WaitsFor['because']): WaitsFor => ({
        kind: 'security-group',
        name: pair?.name ?? peer.id,
        id: peer.id,
        because,
      });
      const variable = made('security-group', peer.id);
      if (variable) return { peer: { type: 'group', id: variable, ownerId: null }, waitsFor: null };
      // An old listing names a group without its id.
      if (!pair && peer.id === '')
        return { peer: { type: 'group', id: '', ownerId: null }, waitsFor: waits('unread') };
      // In one region the group of another account is itself on both sides.
      const target = pair ? pair.target : { id: peer.id, ownerId: peer.ownerId, vpcId: targetVpc };
      if (!target) return { peer: { type: 'group', id: '', ownerId: null }, waitsFor: waits('missing') };
      const ownerId = target.ownerId === context.target.account ? null : target.ownerId;
      const apart = target.vpcId !== targetVpc;
      return { peer: { type: 'group', id: target.id, ownerId }, waitsFor: apart ? waits('peering') : null };
    }
  }
}

/** Null where the entries of one were not read. AWS's own lists are compared by name. */
const sameEntries = perItem(({ source, target }: Counterpart<PrefixList>, { cidrs }): boolean | null => {
  if (source?.managedBy === 'aws') return true;
  if (!source?.entries || !target?.entries) return null;
  const all = (ranges: readonly string[]) =>
    trafficOf(ranges.map((cidr) => ({ protocol: 'all', range: 'all', peer: { type: 'cidr', cidr } })));
  return equal(all(source.entries.map((e) => cidrs(e.cidr))), all(target.entries.map((e) => e.cidr)));
});
