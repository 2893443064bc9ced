import type { Rule, SecurityGroup } from '../../inventory/security-group.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Permit, PermitPeer } from '../../traffic/index.ts';
import type { Meanings, MeantRow } from './meant-row.ts';
import { type MeaningInput, peerMeanings } from './peer-meaning.ts';
import { protocolNumber, rangeOf, rangeText } from './rule-range.ts';

/** The rules of all groups in words and sets that mean the same in every region, each made once. */
export function meanings(input: MeaningInput): Meanings {
  const { peer: peerOf, atom } = peerMeanings(input);
  const cache = {
    source: new Map<SecurityGroup, MeantRow[]>(),
    target: new Map<SecurityGroup, MeantRow[]>(),
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

  const meant = (side: SideName, group: SecurityGroup, rule: Rule): MeantRow => {
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
  const rows = (side: SideName, group: SecurityGroup): MeantRow[] =>
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
    atom,
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
