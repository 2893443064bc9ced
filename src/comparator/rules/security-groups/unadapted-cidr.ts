import { cidrContains } from '../../../inventory/addresses.ts';
import type { Rule } from '../../../inventory/security-group.ts';
import { listed } from '../../../text/lists.ts';
import type { Permit } from '../../../traffic/index.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { perAudit } from '../../per-audit.ts';
import { always, rule } from '../rule.ts';
import { RULES } from './links.ts';
import { lineOf } from './rows.ts';

/** What was found of the ranges and of the lists of rules of groups, by the VPCs of both sides: groups of a pair of VPCs have many of them in common. */
interface UnadaptedKnown {
  readonly ranges: Map<string, boolean>;
  readonly lists: Map<readonly Rule[], boolean>;
}

const unadaptedIn = perAudit(() => {
  const all = new Map<object, Map<object, UnadaptedKnown>>();
  return (from: object, to: object): UnadaptedKnown => {
    const ofSource = all.get(from) ?? new Map<object, UnadaptedKnown>();
    all.set(from, ofSource);
    const known: UnadaptedKnown = ofSource.get(to) ?? { ranges: new Map(), lists: new Map() };
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
    // A range within that of the source VPC is then one of the target VPC too: regions often have VPCs of the same ranges.
    if (from.cidrs.every((own) => to.cidrs.some((c) => cidrContains(c, own)))) return;
    const known = unadaptedIn(context)(from, to);
    const isUnadapted = (cidr: string) => {
      const hit = known.ranges.get(cidr);
      if (hit !== undefined) return hit;
      const made =
        from.cidrs.some((own) => cidrContains(own, cidr)) && !to.cidrs.some((c) => overlaps(c, cidr));
      known.ranges.set(cidr, made);
      return made;
    };
    // As translated: a range that the config maps is no longer the source's own.
    const unadapted = (peer: Permit['peer']) => peer.type === 'cidr' && isUnadapted(peer.cidr);
    const { rules } = ends.source;
    const hasUnadapted =
      known.lists.get(rules) ??
      rules.some(
        ({ peer }) => peer.type === 'cidr' && unadapted({ type: 'cidr', cidr: context.cidrs(peer.cidr) }),
      );
    known.lists.set(rules, hasUnadapted);
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
