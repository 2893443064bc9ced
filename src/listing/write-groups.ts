import { familyOf } from '../inventory/addresses.ts';
import { compareText, firstOf } from '../inventory/order.ts';
import { type Rule, ruleText, type SecurityGroup } from '../inventory/security-group.ts';
import { printable } from '../text/printable.ts';
import { countUnlessNone, isUnfit, line, tagLines } from './columns.ts';

/** One group: its line, a line per peer, ingress first, and its tags. */
export function groupLines(group: SecurityGroup): string[] {
  const { id, ownerId, name, description, vpcId, tags } = group;
  const rules = sortedForReading(group.rules.filter(fits));
  return [
    // EC2-Classic has no VPC: the column is empty, and its TAB stays.
    line('GROUP', id, ownerId ?? '', name, description, vpcId ?? ''),
    ...rules.map((rule) => permissionLine(group, rule)),
    ...tagLines('GROUP', id, tags),
  ];
}

/** What the lines leave out, in one line; null where they hold everything. */
export function groupLoss(group: SecurityGroup): string | null {
  const { rules } = group;
  const kept = rules.filter(fits);
  const peers = kept.map(({ peer }) => peer).filter((peer) => peer.type === 'group');
  const left = [
    ...countUnlessNone(rules.filter(isV6).length, 'rule with an IPv6 range', 'rules with IPv6 ranges'),
    ...countUnlessNone(
      rules.filter(({ peer }) => peer.type === 'prefix-list').length,
      'rule with a prefix list',
      'rules with prefix lists',
    ),
    ...countUnlessNone(kept.filter(({ description }) => description).length, 'rule description'),
    ...countUnlessNone(
      peers.filter((p) => p.vpcId || p.peeringConnectionId || p.peeringStatus).length,
      'VPC or peering of a peer group',
      'VPCs or peerings of peer groups',
    ),
  ];
  const texts = [group.name, group.description, ...Object.entries(group.tags).flat()];
  const unfit = countUnlessNone(
    [...texts, ...peers.map(({ name }) => name ?? '')].filter(isUnfit).length,
    'text with control characters',
    'texts with control characters',
  ).map((what) => `${what} (written as spaces)`);
  const lost = [...left, ...unfit];
  return lost.length === 0
    ? null
    : `${printable(group.id)} ("${printable(group.name)}"): the listing cannot contain ${lost.join(', ')}`;
}

function permissionLine(group: SecurityGroup, { direction, protocol, from, to, peer }: Rule): string {
  const who =
    peer.type === 'group'
      ? // Name and id come after a word and a space, within one column each.
        ['USER', peer.ownerId ?? '', peer.name ? `NAME ${peer.name}` : '', `ID ${peer.id}`]
      : ['CIDR', peer.type === 'cidr' ? peer.cidr : ''];
  return line(
    'PERMISSION',
    group.ownerId ?? '',
    group.name,
    'ALLOWS',
    protocol === '-1' ? 'all' : protocol,
    from === null ? '' : String(from),
    to === null ? '' : String(to),
    direction === 'ingress' ? 'FROM' : 'TO',
    ...who,
    direction,
  );
}

function isV6({ peer }: Rule): boolean {
  return peer.type === 'cidr' && familyOf(peer.cidr) === 6;
}

function fits(rule: Rule): boolean {
  return rule.peer.type !== 'prefix-list' && !isV6(rule);
}

const FIRST = ['-1', 'tcp', 'udp', 'icmp', 'icmpv6'];

/**
 * AWS's order of permissions is its own and no snapshot keeps it. This one is total: ingress first as the tool has it,
 * everyday protocols first, and within one range of ports groups before addresses, as the tool prints one permission.
 */
function sortedForReading(rules: readonly Rule[]): Rule[] {
  const place = ({ protocol }: Rule) => (FIRST.includes(protocol) ? FIRST.indexOf(protocol) : FIRST.length);
  const keyed = rules.map((rule) => ({ ...rule, text: ruleText(rule) }));
  return keyed.sort((a, b) =>
    firstOf(
      compareText(b.direction, a.direction),
      place(a) - place(b),
      Number(a.protocol) - Number(b.protocol) || 0,
      (a.from ?? 0) - (b.from ?? 0),
      (a.to ?? 0) - (b.to ?? 0),
      compareText(b.peer.type, a.peer.type),
      compareText(a.text, b.text),
    ),
  );
}
