import { type Compared, type Comparison, compareAll } from '../comparator/compare.ts';
import { itemsOf } from '../inventory/collected.ts';
import { SNAPSHOT_KINDS } from '../inventory/kinds.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import type { Template } from '../inventory/template.ts';
import type { Report } from '../report/model.ts';
import { type ProvenPlan, provenPlan, TooManySimulations } from './build.ts';
import { BY_DEFAULT, withFixes } from './fixes.ts';
import { withPlan } from './report.ts';

/** Proving a plan takes at least one more comparison: for so many objects and rules, well below a second. */
const MOST_ROWS = 20_000;
const MOST_SIMULATIONS = 5;

/**
 * Two sides compared, with the steps of the plan as the commands of findings and fixes, and with what the plan would resolve
 * where proving it costs little.
 * @throws Unable as `compare`.
 */
export function compareWithPlan(comparison: Comparison): Report {
  const compared = compareAll(comparison);
  const proven = smallPlan(comparison, compared);
  const report = withFixes(compared, proven?.refused);
  return proven ? withPlan(report, proven.plan) : report;
}

/** The plan by default; null where it costs much, so that an audit of many objects takes no longer. */
function smallPlan(comparison: Comparison, { report, context }: Compared): ProvenPlan | null {
  const { source, target } = comparison;
  if (rowsOf(source) + rowsOf(target) > MOST_ROWS) return null;
  try {
    return provenPlan(
      { report, source, target, asked: comparison, context, options: BY_DEFAULT },
      MOST_SIMULATIONS,
    );
  } catch (error) {
    if (error instanceof TooManySimulations) return null;
    throw error;
  }
}

function rowsOf(snapshot: Snapshot): number {
  const objects = SNAPSHOT_KINDS.reduce((sum, kind) => sum + itemsOf<object>(snapshot[kind]).length, 0);
  const rules = itemsOf(snapshot.securityGroups).reduce((sum, group) => sum + group.rules.length, 0);
  const entries = itemsOf(snapshot.prefixLists).reduce((sum, list) => sum + (list.entries?.length ?? 0), 0);
  const named = itemsOf(snapshot.stacks).reduce(
    (sum, { template }) => sum + (template ? namedIn(template) : 0),
    0,
  );
  return objects + rules + entries + named;
}

/** What is judged of a template takes as long as what is judged of so many objects. */
function namedIn({ references, launches }: Template): number {
  return references.length + launches.reduce((sum, { fields }) => sum + fields.length, 0);
}
