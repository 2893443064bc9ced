import { wordsOf } from '../../../inventory/kinds.ts';
import { visible } from '../../../text/printable.ts';
import type { Report } from '../../model.ts';
import { headingPlaces } from '../../places.ts';
import { KINDS, LAUNCH_PARTS } from '../../vocabulary.ts';
import { digestOf } from '../digest.ts';
import { webLink } from '../groups.ts';
import { PART_LABELS } from '../labels.ts';
import { PLAN_COMMAND, planText } from '../plan.ts';
import { workloadsInOrder } from '../workloads.ts';
import { commandsOf } from './commands.ts';
import { coverageOf } from './coverage.ts';
import { familiesOf } from './families.ts';
import { findingsOf } from './findings.ts';
import { fixesOf } from './fixes.ts';
import { comparisonsOf, objectsOf } from './objects.ts';
import type { PageData } from './omit.ts';
import { type Positions, positionsOf } from './positions.ts';
import { momentText } from './text.ts';
import type { Island, IslandRule, IslandSide, IslandStep } from './types.ts';
import { workloadsOf } from './workloads.ts';

export type { PageData } from './omit.ts';
export type { Details, Island } from './types.ts';

/** The data of the HTML report's script, and what only an open detail shows. */
export function islandOf(report: Report): PageData {
  const digest = digestOf(report);
  const positions = positionsOf(report, workloadsInOrder(report));
  const { findings, details } = findingsOf(report, positions);
  const { objects, unlisted } = objectsOf(positions);
  const heading = headingPlaces(report.source, report.target);
  const island: Island = {
    phase: report.phase,
    complete: report.complete,
    source: side(report.source, heading.source),
    target: side(report.target, heading.target),
    kinds: Object.fromEntries(
      KINDS.map((kind) => [kind, { one: wordsOf(kind).one, many: wordsOf(kind).many }]),
    ) as Island['kinds'],
    parts: LAUNCH_PARTS.map((part) => ({ part, label: PART_LABELS[part] })),
    rules: rulesOf(report, positions),
    fixes: fixesOf(report, digest, positions),
    plan: stepsOf(report),
    planCommand: PLAN_COMMAND,
    planText: planText(report),
    workloads: workloadsOf(report, positions),
    findings,
    objects,
    unlistedObjects: unlisted,
    unlistedFindings: positions.unlisted,
    families: familiesOf(report),
    coverage: coverageOf(report),
    omitted: [],
  };
  return { island, details: { findings: details, compared: comparisonsOf(positions) } };
}

function side({ region, account, takenAt, origin }: Report['source'], heading: string): IslandSide {
  return {
    region: visible(region),
    heading: visible(heading),
    account: visible(account ?? 'unknown'),
    takenAt: momentText(takenAt),
    origin: visible(origin),
  };
}

function stepsOf({ plan }: Report): IslandStep[] | null {
  return plan
    ? plan.steps.map(({ does, side: of, commands }) => ({
        does: visible(does),
        side: of,
        commands: commandsOf(commands),
      }))
    : null;
}

/** The texts of the rules that have a finding. */
function rulesOf({ rules }: Report, { ruleIds }: Positions): IslandRule[] {
  const texts = new Map(rules.map((rule) => [rule.id, rule]));
  return ruleIds.map((id) => {
    const text = texts.get(id);
    const title = visible(text?.title ?? id);
    return {
      id: visible(id),
      title,
      short: visible(text?.short ?? '') || title,
      why: visible(text?.why ?? ''),
      links: (text?.links ?? []).flatMap(webLink),
    };
  });
}
