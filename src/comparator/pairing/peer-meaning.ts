import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { Rule, SecurityGroup } from '../../inventory/security-group.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { isTwoAccountsOfOneRegion } from '../../report/places.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { PermitPeer } from '../../traffic/index.ts';
import type { CidrMap } from './cidrs.ts';
import type { Counterpart } from './counterpart.ts';
import type { Meanings, PeerMeaning, Unresolved } from './meant-row.ts';
import { groupAtoms, listNames, listsById, namedKey } from './peer-names.ts';
import type { VpcMap } from './vpcs.ts';

/** Both sides, what is paired of them, and how addresses of the source are translated. */
export interface MeaningInput {
  readonly source: Snapshot;
  readonly target: Snapshot;
  readonly groups: readonly Counterpart<SecurityGroup>[];
  readonly lists: readonly Counterpart<PrefixList>[];
  readonly cidrs: CidrMap;
  readonly vpcs: VpcMap;
}

/** Whom each rule admits, in words and peers that mean the same on both sides. */
export function peerMeanings({
  source,
  target,
  groups,
  lists,
  cidrs,
  vpcs,
}: MeaningInput): Pick<Meanings, 'peer' | 'atom'> {
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
  // Within one region an id means the same to every account, and so does a list that one account shares with another.
  const oneRegion = isTwoAccountsOfOneRegion(source, target);
  const listOf = (side: SideName, id: string): PrefixList | undefined => {
    const own = sides[side].lists.get(id);
    const other = oneRegion ? sides[side === 'source' ? 'target' : 'source'].lists.get(id) : undefined;
    return own?.entries ? own : other?.entries ? other : (own ?? other);
  };

  // Many groups name one list, and a list can have a thousand entries.
  const ofLists = {
    source: new Map<PrefixList, PermitPeer[]>(),
    target: new Map<PrefixList, PermitPeer[]>(),
  };
  const addressesOf = (side: SideName, list: PrefixList): readonly PermitPeer[] => {
    const known = ofLists[side].get(list);
    if (known) return known;
    const { cidrs: moved } = sides[side];
    const made = (list.entries ?? []).map(({ cidr }): PermitPeer => ({ type: 'cidr', cidr: moved(cidr) }));
    ofLists[side].set(list, made);
    return made;
  };

  const peerOf = (side: SideName, group: SecurityGroup, rule: Rule): PeerMeaning => {
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

  return { peer: peerOf, atom: (side, id) => atoms[side].get(id)?.name ?? null };
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
