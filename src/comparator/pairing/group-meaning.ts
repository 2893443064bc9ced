import { itemsOf } from '../../inventory/collected.ts';
import { compareText, firstOf } from '../../inventory/order.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { Rule, SecurityGroup } from '../../inventory/security-group.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { isTwoAccountsOfOneRegion } from '../../report/places.ts';
import { Numbering } from '../../text/groups.ts';
import { icmpRange, type Permit, type PermitPeer } from '../../traffic/index.ts';
import type { CidrMap } from './cidrs.ts';
import type { Counterpart } from './counterpart.ts';
import { awsListName } from './prefix-lists.ts';
import type { VpcMap } from './vpcs.ts';

type Side = 'source' | 'target';
export type Direction = Rule['direction'];

/** Why a referenced peer is no peer that could be compared. */
export type Unresolved =
  | 'dangling'
  | 'stale'
  | 'unlisted'
  | 'unknown-owner'
  | 'other-account'
  | 'peered-vpc'
  | 'inactive-peering'
  | 'ambiguous';

/** One rule row in words and sets that mean the same in every region. */
export interface MeantRow {
  readonly direction: Direction;
  /** "tcp 443 10.0.0.0/8": no region-local id in it. */
  readonly text: string;
  /** Its parts: "tcp 443" and "10.0.0.0/8". */
  readonly service: string;
  readonly peer: string;
  readonly description: string | null;
  readonly protocol: Permit['protocol'];
  readonly range: Permit['range'];
  /** What it admits; empty for an unresolved peer. */
  readonly permits: readonly Permit[];
  /** Set where the peer leads nowhere that could be compared. */
  readonly unresolved: Unresolved | null;
  /** True where something unread decides whom it admits: the entries of a prefix list, or which group is which. */
  readonly unread: boolean;
  readonly rule: Rule;
}

/** Whom a rule admits: in words, and as peers of the algebra. */
export interface PeerMeaning extends Pick<MeantRow, 'unresolved' | 'unread' | 'text'> {
  readonly peers: readonly PermitPeer[];
}

export interface Meanings {
  rows(side: Side, group: SecurityGroup): readonly MeantRow[];
  /** Whom one rule of a group admits, without making the rows of the group. */
  peer(side: Side, group: SecurityGroup, rule: Rule): PeerMeaning;
  /** The region-independent name of a group as a peer: "group:prod/web". */
  atom(side: Side, groupId: string): string | null;
}

interface Input {
  readonly source: Snapshot;
  readonly target: Snapshot;
  readonly groups: readonly Counterpart<SecurityGroup>[];
  readonly lists: readonly Counterpart<PrefixList>[];
  readonly cidrs: CidrMap;
  readonly vpcs: VpcMap;
}

export function meanings({ source, target, groups, lists, cidrs, vpcs }: Input): Meanings {
  const atoms = groupAtoms(groups, vpcs);
  const sides = {
    source: { snapshot: source, cidrs, lists: listsById(source), names: listNames(lists, 'source', source) },
    target: {
      snapshot: target,
      cidrs: (cidr: string) => cidr,
      lists: listsById(target),
      names: listNames(lists, 'target', target),
    },
  };
  const cache = {
    source: new Map<SecurityGroup, MeantRow[]>(),
    target: new Map<SecurityGroup, MeantRow[]>(),
  };

  // Within one region an id means the same to every account, and so does a list that one account shares with another.
  const oneRegion = isTwoAccountsOfOneRegion(source, target);
  const listOf = (side: Side, id: string): PrefixList | undefined => {
    const own = sides[side].lists.get(id);
    const other = oneRegion ? sides[side === 'source' ? 'target' : 'source'].lists.get(id) : undefined;
    return own?.entries ? own : other?.entries ? other : (own ?? other);
  };

  // Many groups name one list, and a list can have a thousand entries.
  const ofLists = {
    source: new Map<PrefixList, PermitPeer[]>(),
    target: new Map<PrefixList, PermitPeer[]>(),
  };
  const addressesOf = (side: Side, list: PrefixList): readonly PermitPeer[] => {
    const known = ofLists[side].get(list);
    if (known) return known;
    const { cidrs: moved } = sides[side];
    const made = (list.entries ?? []).map(({ cidr }): PermitPeer => ({ type: 'cidr', cidr: moved(cidr) }));
    ofLists[side].set(list, made);
    return made;
  };

  const peerOf = (side: Side, group: SecurityGroup, rule: Rule): PeerMeaning => {
    const { peer } = rule;
    const at = sides[side];
    const resolved = (text: string, peers: readonly PermitPeer[], unread = false) => ({
      text,
      peers,
      unread,
      unresolved: null,
    });
    const lost = (text: string, unresolved: Unresolved) => ({ text, peers: [], unread: false, unresolved });
    switch (peer.type) {
      case 'cidr': {
        const cidr = at.cidrs(peer.cidr);
        return resolved(cidr, [{ type: 'cidr', cidr }]);
      }
      case 'prefix-list': {
        const list = listOf(side, peer.id);
        const name = `prefix-list:${at.names.get(peer.id) ?? peer.id}`;
        if (!list)
          return at.snapshot.prefixLists.status !== 'complete'
            ? resolved(name, [], true)
            : oneRegion
              ? resolved(name, [{ type: 'atom', atom: name }])
              : lost(name, 'unlisted');
        if (list.managedBy === 'aws') return resolved(name, [{ type: 'atom', atom: name }]);
        return resolved(name, addressesOf(side, list), list.entries === null);
      }
      case 'group': {
        // Old listings name a group of the same VPC (or of EC2-Classic) without its id.
        const atom = atoms[side].get(peer.id || namedKey(group.vpcId, peer.name ?? ''));
        if (atom?.pairingStatus === 'ambiguous') return lost(atom.name, 'ambiguous');
        if (atom?.pairingStatus === 'unread') return resolved(atom.name, [], true);
        if (peer.peeringStatus && peer.peeringStatus !== 'active')
          return lost(atom?.name ?? `group:${peer.id}`, 'inactive-peering');
        if (atom) return resolved(atom.name, [{ type: 'atom', atom: atom.name }]);
        const foreign =
          peer.ownerId !== null && at.snapshot.account !== null && peer.ownerId !== at.snapshot.account;
        const name = `group:${foreign ? peer.ownerId : ''}/${peer.id || peer.name}`;
        // Within one region an id means the same on both sides, so a foreign group is itself.
        if (foreign && source.region === target.region) return resolved(name, [{ type: 'atom', atom: name }]);
        return lost(name, foreign ? 'other-account' : whereabouts(group, peer, at.snapshot));
      }
    }
  };

  const known = new WeakMap<readonly PermitPeer[], Map<string, readonly Permit[]>>();
  const permitsOf = (
    peers: readonly PermitPeer[],
    service: string,
    protocol: Permit['protocol'],
    range: Permit['range'],
  ): readonly Permit[] => {
    const made = known.get(peers)?.get(service) ?? peers.map((peer) => ({ protocol, range, peer }));
    // The peers of a list are those of all rows that name it.
    if (peers.length > 1) known.set(peers, (known.get(peers) ?? new Map()).set(service, made));
    return made;
  };

  const meant = (side: Side, group: SecurityGroup, rule: Rule): MeantRow => {
    const { text, peers, unresolved, unread } = peerOf(side, group, rule);
    const service = `${rule.protocol === '-1' ? 'all' : rule.protocol}${rangeText(rule)}`;
    const [protocol, range] = [protocolNumber(rule.protocol), rangeOf(rule)];
    return {
      direction: rule.direction,
      text: `${service} ${text}`,
      service,
      peer: text,
      description: rule.description,
      protocol,
      range,
      permits: permitsOf(peers, service, protocol, range),
      unresolved,
      unread,
      rule,
    };
  };

  // Groups of a snapshot file share the rules that they have in common.
  const shared = { source: new Map<Rule, MeantRow>(), target: new Map<Rule, MeantRow>() };
  const rows = (side: Side, group: SecurityGroup): MeantRow[] =>
    group.rules.map((rule) => {
      const hit = shared[side].get(rule);
      if (hit) return hit;
      const made = meant(side, group, rule);
      const { peer } = rule;
      // What is known of a group that is not listed, or that has no id, depends on the group that refers to it.
      if (peer.type !== 'group' || (peer.id !== '' && made.unresolved === null)) shared[side].set(rule, made);
      return made;
    });

  return {
    atom: (side, id) => atoms[side].get(id)?.name ?? null,
    peer: peerOf,
    rows: (side, group) => {
      const known = cache[side].get(group);
      if (known) return known;
      const made = rows(side, group);
      cache[side].set(group, made);
      return made;
    },
  };
}

/**
 * What is known of a group that the rules name and the region does not list. AWS leaves the owner out of a group that was
 * deleted, and of one of another account over a transit gateway, which may exist: only DescribeStaleSecurityGroups shows it.
 */
function whereabouts(
  group: SecurityGroup,
  peer: Extract<Rule['peer'], { type: 'group' }>,
  { account, staleReferences }: Snapshot,
): Unresolved {
  if (peer.peeringConnectionId) return 'peered-vpc';
  // A group that is named without its id is one of the same VPC.
  if (peer.id === '' || (peer.ownerId !== null && account !== null)) return 'dangling';
  const read = staleReferences?.find(({ vpcId }) => vpcId === group.vpcId);
  if (!read) return 'unknown-owner';
  const stale = read.references.some(({ groupId, peerId }) => groupId === group.id && peerId === peer.id);
  return stale ? 'stale' : 'other-account';
}

/** No id holds a blank, so ids and names can share one map. */
function namedKey(vpcId: string | null, name: string): string {
  return `${vpcId ?? ''} ${name.toLowerCase()}`;
}

/**
 * Both ends of a pair are one peer, under the source's name. Two groups that would print the same are distinguished by a number,
 * in the order of the ranges of their VPCs: ids are in no order that means anything.
 */
function groupAtoms(groups: readonly Counterpart<SecurityGroup>[], vpcs: VpcMap) {
  type Atom = { name: string; pairingStatus: Counterpart<SecurityGroup>['pairingStatus'] };
  const atoms = { source: new Map<string, Atom>(), target: new Map<string, Atom>() };
  const taken = new Numbering();
  const ranges = ({ source, target }: Counterpart<SecurityGroup>) =>
    vpcs.vpc(source ? 'source' : 'target', (source ?? target)?.vpcId ?? null)?.cidrs.join(' ') ?? '';
  const ordered = groups
    .map((c) => ({ c, key: ranges(c) }))
    .sort((a, b) => firstOf(Number(!a.c.source) - Number(!b.c.source), compareText(a.key, b.key)));
  for (const { name, scope, source, target, pairingStatus } of ordered.map(({ c }) => c)) {
    const plain = `group:${scope ?? ''}/${name}`;
    const n = taken.next(plain);
    const atom = { name: n === 1 ? plain : `${plain}#${n}`, pairingStatus };
    for (const [side, end] of [
      ['source', source],
      ['target', target],
    ] as const) {
      if (end?.id) atoms[side].set(end.id, atom);
      if (end) atoms[side].set(namedKey(end.vpcId, end.name), atom);
    }
  }
  return atoms;
}

function listsById(snapshot: Snapshot): ReadonlyMap<string, PrefixList> {
  return new Map(itemsOf(snapshot.prefixLists).map((l) => [l.id, l]));
}

/** AWS's lists by their name without the region; a customer list under the source's name on both sides. */
function listNames(
  lists: readonly Counterpart<PrefixList>[],
  side: Side,
  snapshot: Snapshot,
): ReadonlyMap<string, string> {
  return new Map(
    lists.flatMap((c) => {
      const list = c[side];
      return list
        ? [[list.id, list.managedBy === 'aws' ? awsListName(list, snapshot.region) : c.name] as const]
        : [];
    }),
  );
}

const NUMBERS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 };

function protocolNumber(protocol: string): number | 'all' {
  return protocol === '-1' ? 'all' : (NUMBERS[protocol] ?? Number(protocol));
}

function rangeOf(rule: Rule): Permit['range'] {
  if (rule.from === null || rule.to === null) return 'all';
  if (rule.protocol === 'icmp' || rule.protocol === 'icmpv6') {
    return icmpRange(rule.from === -1 ? null : rule.from, rule.to === -1 ? null : rule.to);
  }
  return { first: rule.from, last: rule.to };
}

function rangeText({ protocol, from, to }: Rule): string {
  if (from === null || to === null) return '';
  if (protocol === 'icmp' || protocol === 'icmpv6')
    return from === -1 ? '' : to === -1 ? ` ${from}` : ` ${from}/${to}`;
  if (from === 0 && to === 65535) return ' all';
  return from === to ? ` ${from}` : ` ${from}-${to}`;
}
