import { count } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import { hasCause } from '../rules/effects.ts';
import type { Judged } from '../verdicts/judgements.ts';
import { type TrafficFinding, trafficFindings } from './group-traffic.ts';
import type { Root } from './root.ts';

const WORLD: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

/**
 * One address range that the groups of the source name where those of the target name another: a line of the
 * config says that they are one, or the groups were not adapted.
 */
export function cidrRoots(judged: readonly Judged[], context: Context): Root[] {
  const sole = trafficFindings(judged).flatMap((t) => {
    const cidr = soleCidr(t);
    return cidr === null ? [] : [{ ...t, cidr }];
  });
  const moved = new Map<string, Map<string, number>>();
  const swapped: {
    readonly from: string;
    readonly to: string;
    readonly both: readonly (typeof sole)[number][];
  }[] = [];
  for (const all of groupBy(sole, (t) => `${t.group.id} ${t.difference.direction}`).values()) {
    const [less, more] = [all.find((t) => t.part === 'less'), all.find((t) => t.part === 'more')];
    // One range in place of the other, and nothing else: else the mapping would leave a difference.
    if (!less || !more || servicesOf(less) !== servicesOf(more)) continue;
    const counts = moved.get(less.cidr) ?? new Map<string, number>();
    moved.set(less.cidr, counts.set(more.cidr, (counts.get(more.cidr) ?? 0) + 1));
    swapped.push({ from: less.cidr, to: more.cidr, both: [less, more] });
  }
  const pairs = [...moved].flatMap(([from, counts]) => {
    const [best, ...others] = [...counts].sort(([, a], [, b]) => b - a);
    return best && others.every(([, n]) => n < best[1]) ? [{ from, to: best[0] }] : [];
  });
  return pairs.map(({ from, to }): Root => {
    const own = swapped.flatMap((s) => (s.from === from && s.to === to ? s.both : []));
    const groups = new Set(own.map((t) => t.group.id)).size;
    const sameSize = from.split('/')[1] === to.split('/')[1];
    const config = `cidrs: { "${from}": "${to}" }`;
    return {
      key: ['cidr', from, to],
      title: `Groups of ${context.places.source} name ${from} where those of ${context.places.target} name ${to}: ${count(groups, 'group')}.`,
      remedy: sameSize
        ? `If the ranges correspond, add to ec2-parity.config.yaml:  ${config}   Otherwise admit ${from} in ${context.places.target} too.`
        : `Admit the range of ${context.places.target} that corresponds to ${from}; ${to} is of another size.`,
      // Which of the two it is only the user knows.
      fixedBy: [],
      findings: own.map((t) => t.finding.fingerprint),
    };
  });
}

/** Rules that were carried over as they were, addresses of the source's own VPC and all. */
export function unadaptedRoots(judged: readonly Judged[], context: Context): Root[] {
  const all = judged.flatMap((j) => j.findings.filter((f) => hasCause(f, 'unadapted range')));
  return [...groupBy(all, (f) => f.facts.sourceVpc.join(', '))].flatMap(([cidrs, findings]): Root[] => {
    const [first] = findings;
    if (!first) return [];
    return [
      {
        key: ['unadapted', cidrs],
        title: `Groups of ${context.places.target} name addresses of the source VPC (${cidrs}): ${count(findings.length, 'group')}.`,
        remedy: first.remedy,
        findings: findings.map((f) => f.fingerprint),
      },
    ];
  });
}

/** What is admitted, for any peers. */
function servicesOf({ finding }: TrafficFinding): string {
  return JSON.stringify(finding.facts.traffic.map(({ peers: _peers, ...services }) => services));
}

/** The one range that all of the reported traffic comes from or goes to. */
function soleCidr({ finding }: TrafficFinding): string | null {
  const entries = finding.facts.traffic;
  const peers = new Set(entries.flatMap((e) => e.peers));
  const [peer] = peers;
  const whole = entries.every((e) => !e.except || e.except.length === 0);
  if (peers.size !== 1 || peer === undefined || !whole || WORLD.has(peer) || peer.startsWith('group:'))
    return null;
  return peer.includes('/') && !peer.includes(':com.') && /^[0-9a-f.:/]+$/.test(peer) ? peer : null;
}
