import { visible } from '../../../text/printable.ts';
import type { Report, Workload } from '../../model.ts';
import { partViews } from '../looked-at.ts';
import type { Positions } from './positions.ts';
import type { IslandChain, IslandWorkload } from './types.ts';

/** Reasons per workload, worst first; more are counted. */
const MOST_CHAINS = 12;

export function workloadsOf(report: Report, positions: Positions): IslandWorkload[] {
  const bothSides = new Set(report.workloads.map((w) => w.side)).size > 1;
  return positions.workloads.map((workload) => {
    const chains = chainsOf(workload, positions);
    const { kind, name, id, side, verdict, because } = workload;
    return {
      kind,
      name: visible(name),
      id: visible(id),
      side: bothSides ? (side ?? '') : '',
      verdict,
      chains: chains.slice(0, MOST_CHAINS),
      moreChains: Math.max(0, chains.length - MOST_CHAINS),
      parts: partViews(workload).map(({ state, what }) => ({ state, what })),
      fixes: [...new Set(because.flatMap((f) => positions.causeAt.get(f) ?? []))].sort((a, b) => a - b),
    };
  });
}

/** The chains of the report; a finding without one, as older reports have them, is a chain of one step. */
function chainsOf(
  { chains = [], because, verdict }: Workload,
  { findingAt, listed }: Positions,
): IslandChain[] {
  const known = new Set(chains.flatMap((c) => c.findings));
  const rest = because.flatMap((fingerprint): IslandChain[] => {
    const at = findingAt.get(fingerprint);
    const finding = at === undefined || known.has(fingerprint) ? undefined : listed[at]?.finding;
    return finding && at !== undefined
      ? [{ verdict, steps: [visible(finding.subject.name), visible(finding.rule)], findings: [at] }]
      : [];
  });
  const given = chains.map((chain) => ({
    verdict: chain.verdict,
    steps: chain.steps.map(visible),
    findings: chain.findings.flatMap((f) => findingAt.get(f) ?? []),
  }));
  return [...given, ...rest];
}
