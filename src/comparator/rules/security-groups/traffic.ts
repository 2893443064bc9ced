import { cidrContains, familyOf } from '../../../inventory/addresses.ts';
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
  type Permit,
  type Traffic,
  trafficOf,
  witness,
} from '../../../traffic/index.ts';
import type { Context } from '../../context.ts';
import { writtenAlike } from '../../groups/alike.ts';
import { type GroupDifference, groupDifferences } from '../../groups/difference.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { perAudit } from '../../per-audit.ts';
import { type CancelledTraffic, cancelledTraffic } from '../../workloads/group-unions.ts';
import { always, rule, targetObject } from '../rule.ts';
import { type Explained, fixFor, lessRemedy, moreRemedy } from './fix.ts';
import { RULES } from './links.ts';
import { bothLines, lineOf } from './rows.ts';

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
  compares:
    'The exact sets of packets that the two groups admit in each direction, independent of how the rules are written.',
  why: 'Connections that work on the source time out on the target.',
  remedy: 'Authorize on the target the rules of the source that admit the listed traffic.',
  links: [RULES],
  *find(pair, context) {
    for (const { d, ends, facts } of found(pair, context, (d) => d.less)) {
      const explained = noIpv6(d, 'target', pair, context);
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
    explained ? 'Nothing to do while the VPC of the target has no IPv6 range.' : lessRemedy(fix, names),
});

export const securityGroupAllowsMore = rule({
  id: 'security-group/allows-more',
  title: 'The target admits what the source blocks',
  short: 'allows more',
  severity: always('high'),
  severityNote:
    'critical where only the target is open to 0.0.0.0/0 or ::/0; info where only egress to ::/0 differs because only one of the VPCs has IPv6',
  compares:
    'The exact sets of packets that the two groups admit in each direction, independent of how the rules are written.',
  why: 'The group of the target is wider open than that of the source.',
  remedy:
    'First authorize on the target the rules of the source that only a wider rule covers there. Then revoke the wider rules.',
  links: [RULES, DEFAULTS],
  *find(pair, context) {
    for (const { d, ends, facts } of found(pair, context, (d) => d.more)) {
      const explained = noIpv6(d, 'source', pair, context);
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
    explained ? 'Nothing to do while the VPC of the source has no IPv6 range.' : moreRemedy(fix, names),
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

function noEffect(d: GroupDifference, pair: Parameters<typeof noIpv6>[2], context: Context): Explained {
  return {
    less: noIpv6(d, 'target', pair, context) !== null,
    more: noIpv6(d, 'source', pair, context) !== null,
  };
}

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

export const securityGroupWrittenDifferently = rule({
  id: 'security-group/written-differently',
  title: 'Same traffic, different rules',
  short: 'other rows',
  severity: always('info'),
  compares: 'The rules of two groups that admit exactly the same packets.',
  why: 'The traffic is the same. Tools that compare the text of rules report drift, and each rule counts toward the quota.',
  remedy: 'Nothing to do.',
  links: [RULES],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends || writtenAlike(ends.source, ends.target, context)) return;
    for (const d of groupDifferences(ends.source, ends.target, context)) {
      if (d.undetermined || !isEmpty(d.less) || !isEmpty(d.more)) continue;
      if ([...d.rows.source, ...d.rows.target].some((r) => r.unresolved)) continue;
      const rows = bothLines(d.rows);
      if (rows.source.join('\n') !== rows.target.join('\n'))
        yield { facts: { direction: d.direction, rows }, discriminator: d.direction, content: rows };
    }
  },
  message: ({ direction, rows }, { name }) =>
    `"${name}" admits the same ${direction} traffic on both sides, written in ${rows.source.length} and ${rows.target.length} rows.`,
});

/** What was found of ranges, by the VPCs of both sides: the groups of a pair of VPCs have many ranges in common. */
const unadaptedIn = perAudit(() => {
  const all = new Map<object, Map<object, Map<string, boolean>>>();
  return (from: object, to: object): Map<string, boolean> => {
    const ofSource = all.get(from) ?? new Map<object, Map<string, boolean>>();
    all.set(from, ofSource);
    const known = ofSource.get(to) ?? new Map<string, boolean>();
    ofSource.set(to, known);
    return known;
  };
});

export const securityGroupUnadaptedCidr = rule({
  id: 'security-group/unadapted-cidr',
  title: 'A rule of the target names addresses of the source VPC',
  short: 'source VPC addresses',
  severity: always('medium'),
  compares:
    'Rules that are the same on both sides and whose address range is within the ranges of the source VPC and not within those of its counterpart.',
  why: 'On the target the rule admits hosts of the other region, or none, and not the corresponding hosts of its VPC.',
  remedy:
    'Write the range of the target VPC into the rule, or map the ranges in the config (cidrs) so that they are translated before the comparison.',
  links: [RULES],
  *find(pair, context) {
    const ends = bothEnds(pair);
    const [from, to] = [
      context.vpcs.vpc('source', ends?.source.vpcId ?? null),
      context.vpcs.vpc('target', ends?.target.vpcId ?? null),
    ];
    if (!ends || !from || !to || from.cidrs.length === 0 || to.cidrs.length === 0) return;
    const overlaps = (a: string, b: string) => cidrContains(a, b) || cidrContains(b, a);
    const known = unadaptedIn(context)(from, to);
    const isUnadapted = (cidr: string) => {
      const hit = known.get(cidr);
      if (hit !== undefined) return hit;
      const made =
        from.cidrs.some((own) => cidrContains(own, cidr)) && !to.cidrs.some((c) => overlaps(c, cidr));
      known.set(cidr, made);
      return made;
    };
    // As translated: a range that the config maps is no longer the source's own.
    const unadapted = (peer: Permit['peer']) => peer.type === 'cidr' && isUnadapted(peer.cidr);
    const hasUnadapted = ends.source.rules.some(
      ({ peer }) => peer.type === 'cidr' && unadapted({ type: 'cidr', cidr: context.cidrs(peer.cidr) }),
    );
    if (!hasUnadapted) return;
    const there = new Set(context.meanings.rows('target', ends.target).map(lineOf));
    const rows = context.meanings
      .rows('source', ends.source)
      .filter(
        (r) =>
          r.rule.peer.type === 'cidr' && r.permits.some((p) => unadapted(p.peer)) && there.has(lineOf(r)),
      );
    if (rows.length === 0) return;
    const unique = [...new Set(rows.map(lineOf))];
    yield { facts: { equalRows: unique, sourceVpc: from.cidrs, targetVpc: to.cidrs }, content: unique };
  },
  message: ({ equalRows, targetVpc }, { name }) =>
    `"${name}" admits the range of the source VPC on both sides (${listed(equalRows, 3)}); the target VPC is ${listed(targetVpc, 3)}.`,
});

export const securityGroupTrafficRules = [
  securityGroupAllowsLess,
  securityGroupAllowsMore,
  securityGroupUnadaptedCidr,
  securityGroupWrittenDifferently,
];
