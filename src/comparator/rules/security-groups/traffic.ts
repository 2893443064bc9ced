import { familyOf } from '../../../inventory/addresses.ts';
import type { SecurityGroup } from '../../../inventory/security-group.ts';
import type { FactsOf } from '../../../report/rules/index.ts';
import type { Severity } from '../../../report/vocabulary.ts';
import { listed } from '../../../text/lists.ts';
import {
  describe,
  difference,
  isEmpty,
  newlyOpenToWorld,
  type Packet,
  type Traffic,
  trafficOf,
  witness,
} from '../../../traffic/index.ts';
import type { Context } from '../../context.ts';
import { type GroupDifference, groupDifferences } from '../../groups/difference.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { type CancelledTraffic, cancelledTraffic } from '../../workloads/group-unions.ts';
import { always, rule, targetObject } from '../rule.ts';
import { type Explained, fixFor, lessRemedy, moreRemedy } from './fix.ts';
import { RULES } from './links.ts';
import { bothLines } from './rows.ts';
import { securityGroupUnadaptedCidr } from './unadapted-cidr.ts';
import { securityGroupWrittenDifferently } from './written-differently.ts';

const DEFAULTS = 'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html';

/** The difference completely and without overlap, one packet of it, and the rows of both sides that cause it. */
function factsOf({ direction, rows }: GroupDifference, part: Traffic, example: Packet) {
  return {
    direction,
    traffic: describe(part).map((e) => ({ ...e })),
    witness: { ...example },
    rows: bothLines(rows),
  };
}
type TrafficFacts = FactsOf<'security-group/allows-less'>;

function* found(
  pair: Parameters<typeof bothEnds<SecurityGroup>>[0],
  context: Context,
  part: (d: GroupDifference) => Traffic,
) {
  const ends = bothEnds(pair);
  for (const d of ends ? groupDifferences(ends.source, ends.target, context) : []) {
    const example = isEmpty(part(d)) ? null : witness(part(d));
    if (ends && example) yield { d, ends, facts: factsOf(d, part(d), example) };
  }
}

/** "ingress tcp 443 from 10.0.0.0/8": one range of what differs, in a few words. */
function entryText(direction: TrafficFacts['direction'], e: TrafficFacts['traffic'][number]): string {
  const types = e.exceptIcmp ? ` except ${listed(e.exceptIcmp, 3)}` : '';
  const all = e.exceptProtocols ? `all protocols except ${e.exceptProtocols.join(', ')}` : 'all traffic';
  const protocol = e.protocol === 'all' ? all : e.protocol;
  const ports = [e.ports, e.icmp]
    .filter((range) => range !== undefined)
    .map((range) => (range === 'all' ? '' : ` ${range}`));
  const peers = `${listed(e.peers, 3)}${e.except ? ` except ${listed(e.except, 3)}` : ''}`;
  return `${direction} ${protocol}${ports.join('')}${types} ${direction === 'ingress' ? 'from' : 'to'} ${peers}`;
}

function inWords({ direction, traffic }: Pick<TrafficFacts, 'direction' | 'traffic'>, most = 3): string {
  return listed(
    traffic.map((e) => entryText(direction, e)),
    most,
  );
}

export const securityGroupAllowsLess = rule({
  id: 'security-group/allows-less',
  title: 'The target blocks what the source admits',
  short: 'allows less',
  severity: always('high'),
  severityNote:
    'info where only egress to ::/0 differs because only one of the VPCs has IPv6, or only ICMP with IPv6 addresses',
  compares:
    'The exact sets of packets that the two groups admit in each direction, independent of how the rules are written.',
  why: 'Connections that work on the source time out on the target.',
  remedy: 'Authorize on the target the rules of the source that admit the listed traffic.',
  links: [RULES],
  *find(pair, context) {
    for (const { d, ends, facts } of found(pair, context, (d) => d.less)) {
      const explained = explanation(d, 'target', pair, context);
      const fix = fixFor('less', ends, d, noEffect(d, pair, context), context);
      const cancelled = cancelledTraffic(pair.source, d.direction, context);
      yield {
        facts: { ...facts, explained, ...cancelled, fix },
        discriminator: facts.direction,
        content: facts.traffic,
        origin: { difference: d },
        ...weight(explained, cancelled, null),
      };
    }
  },
  message: ({ explained, ...facts }, names) =>
    `On the target ${targetObject(names)} blocks what the source admits: ${inWords(facts)}.${explained ? ` ${explained}` : ''}${cancelledText(facts)}`,
  remedyFor: ({ explained, fix }, names) =>
    explained ? nothingToDo(explained, 'target') : lessRemedy(fix, names),
});

export const securityGroupAllowsMore = rule({
  id: 'security-group/allows-more',
  title: 'The target admits what the source blocks',
  short: 'allows more',
  severity: always('high'),
  severityNote:
    'critical where only the target is open to 0.0.0.0/0 or ::/0; info where only egress to ::/0 differs because only one of the VPCs has IPv6, or only ICMP with IPv6 addresses',
  compares:
    'The exact sets of packets that the two groups admit in each direction, independent of how the rules are written.',
  why: 'The group of the target is wider open than that of the source.',
  remedy:
    'First authorize on the target the rules of the source that only a wider rule covers there. Then revoke the wider rules.',
  links: [RULES, DEFAULTS],
  *find(pair, context) {
    for (const { d, ends, facts } of found(pair, context, (d) => d.more)) {
      const explained = explanation(d, 'source', pair, context);
      const fix = fixFor('more', ends, d, noEffect(d, pair, context), context);
      const world = describe(newlyOpenToWorld(d.target, d.source)).length > 0;
      const cancelled = cancelledTraffic(pair.source, d.direction, context);
      yield {
        facts: { ...facts, opensToWorld: world, explained, ...cancelled, fix },
        discriminator: facts.direction,
        content: facts.traffic,
        origin: { difference: d },
        ...weight(explained, cancelled, world ? 'critical' : null),
      };
    }
  },
  message: ({ explained, opensToWorld, ...facts }, names) =>
    (opensToWorld && !explained
      ? `"${names.name}" is open to any address on the target only: ${inWords(facts)}.`
      : `On the target ${targetObject(names)} admits what the source blocks: ${inWords(facts)}.${explained ? ` ${explained}` : ''}`) +
    cancelledText(facts),
  remedyFor: ({ explained, fix }, names) =>
    explained ? nothingToDo(explained, 'source') : moreRemedy(fix, names),
});

/**
 * What cancels out among the groups of everything that uses them still counts for a little: what uses the group alone
 * tomorrow has the difference.
 */
const CANCELLED = 'low';

function weight(
  explained: string | null,
  cancelled: CancelledTraffic | null,
  otherwise: Severity | null,
): { severity?: Severity } {
  const severity = explained ? 'info' : cancelled ? CANCELLED : otherwise;
  return severity ? { severity } : {};
}

function cancelledText({ cancelledBy, wornBy }: Pick<TrafficFacts, 'cancelledBy' | 'wornBy'>): string {
  if (!cancelledBy || !wornBy) return '';
  const quoted = (names: readonly string[]) =>
    listed(
      names.map((n) => `"${n}"`),
      3,
    );
  return ` The difference has no effect on what the group is known to be attached to (${quoted(wornBy)}): together with ${quoted(cancelledBy)} it admits the same traffic on both sides.`;
}

function noEffect(d: GroupDifference, pair: Parameters<typeof explanation>[2], context: Context): Explained {
  return {
    less: explanation(d, 'target', pair, context) !== null,
    more: explanation(d, 'source', pair, context) !== null,
  };
}

/** Why the traffic that only one side admits makes no difference; null where it does. */
function explanation(
  d: GroupDifference,
  narrower: 'source' | 'target',
  pair: { source: SecurityGroup | null; target: SecurityGroup | null },
  context: Context,
): string | null {
  return noPacket(narrower === 'source' ? d.more : d.less) ?? noIpv6(d, narrower, pair, context);
}

function nothingToDo(explained: string, narrower: 'source' | 'target'): string {
  return explained === NO_PACKET
    ? 'Nothing to do. ICMPv6 is protocol 58 ("icmpv6").'
    : `Nothing to do while the VPC of the ${narrower} has no IPv6 range.`;
}

/**
 * EC2 accepts a rule of ICMP with a range of IPv6, and such a rule has no effect: what IPv6 carries is ICMPv6, another protocol
 * (terraform-provider-aws, pull request 9569). A rule of all protocols is not meant: it admits other traffic too.
 */
function noPacket(part: Traffic): string | null {
  return isEmpty(difference(part, ICMP_OVER_IPV6)) ? NO_PACKET : null;
}
const NO_PACKET = 'IPv6 carries ICMPv6 and not ICMP, so no packet matches such a rule.';
const ICMP_OVER_IPV6 = trafficOf([{ protocol: 1, range: 'all', peer: { type: 'cidr', cidr: '::/0' } }]);

/**
 * EC2 gives a new group the row "all protocols to ::/0" only where its VPC has an IPv6 range. Where the wider side has this
 * very row, only egress to IPv6 addresses differs, and the VPC of the narrower side has no IPv6 range, that explains it. Any
 * other row to IPv6 addresses was written by a person, who may need it. Null where that is not the explanation.
 */
function noIpv6(
  d: GroupDifference,
  narrower: 'source' | 'target',
  pair: { source: SecurityGroup | null; target: SecurityGroup | null },
  { vpcs }: Context,
): string | null {
  const part = narrower === 'source' ? d.more : d.less;
  const vpc = vpcs.vpc(narrower, pair[narrower]?.vpcId ?? null);
  if (d.direction !== 'egress' || !vpc || vpc.cidrs.length === 0 || vpc.cidrs.some((c) => familyOf(c) === 6))
    return null;
  const wider = narrower === 'source' ? 'target' : 'source';
  const byDefault = d.rows[wider].some(
    ({ rule: { protocol, peer } }) => protocol === '-1' && peer.type === 'cidr' && peer.cidr === '::/0',
  );
  if (!byDefault) return null;
  const allOfIpv6 = trafficOf([{ protocol: 'all', range: 'all', peer: { type: 'cidr', cidr: '::/0' } }]);
  return isEmpty(difference(part, allOfIpv6))
    ? `The VPC of the ${narrower} has no IPv6 range, so nothing there can use it.`
    : null;
}

export const securityGroupTrafficRules = [
  securityGroupAllowsLess,
  securityGroupAllowsMore,
  securityGroupUnadaptedCidr,
  securityGroupWrittenDifferently,
];
