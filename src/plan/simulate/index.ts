import { findingsOf } from '../../comparator/compare.ts';
import type { Finding, Report } from '../../report/model.ts';
import type { Draft } from '../model.ts';
import { comparisonOf, type PlanInput } from '../planning.ts';
import { applyAll } from './apply.ts';
import { World } from './world.ts';

/** What an audit finds once the steps are done. */
export interface Simulated {
  readonly world: World;
  /** Fingerprints of findings of the report that no longer exist. */
  readonly resolved: ReadonlySet<string>;
  /** Findings that the report does not have, waived or not, but for those of severity info. */
  readonly made: readonly Finding[];
  /** Findings of severity info that the report does not have: the same traffic in other rules, a description. */
  readonly notes: readonly Finding[];
  /** What that audit could not take into account: an audit of what the plan makes needs more than one of what exists. */
  readonly notLookedAt: Report['notLookedAt'];
}

/**
 * Applies the steps to the two sides by a small model of EC2, and audits the result with the same settings. Pure: no step is
 * run anywhere.
 */
export function simulate(drafts: readonly Draft[], input: PlanInput): Simulated {
  const world = new World(input.source, input.target);
  applyAll(drafts, world);
  const after = findingsOf({
    ...comparisonOf(input),
    source: world.source.snapshot(),
    target: world.target.snapshot(),
  });
  const { report } = input;
  const before = foundBefore(input);
  const now = [...after.findings, ...after.waived];
  const left = new Set(fingerprints(now));
  const added = now.filter((f) => !before.has(f.fingerprint));
  return {
    world,
    resolved: new Set(fingerprints(report.findings).filter((f) => !left.has(f))),
    made: added.filter((f) => f.severity !== 'info'),
    notes: added.filter((f) => f.severity === 'info'),
    notLookedAt: after.notLookedAt,
  };
}

const known = new WeakMap<PlanInput, ReadonlySet<string>>();

/** What an audit of all kinds finds before any step: a report of some kinds does not show it. */
function foundBefore(input: PlanInput): ReadonlySet<string> {
  const hit = known.get(input);
  if (hit) return hit;
  const { findings, waived } = input.report.only === null ? input.report : findingsOf(comparisonOf(input));
  const found = new Set([...fingerprints(findings), ...fingerprints(waived)]);
  known.set(input, found);
  return found;
}

function fingerprints(findings: readonly Finding[]): string[] {
  return findings.map((f) => f.fingerprint);
}
