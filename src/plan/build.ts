import type { Finding } from '../report/model.ts';
import { listed } from '../text/lists.ts';
import { draftFor } from './draft/rules.ts';
import { refusedSteps } from './limits/index.ts';
import type { Draft, Left, Plan, PlanSide, Step } from './model.ts';
import { closure, complete, ordered } from './order.ts';
import { contextFor, type PlanInput, type Planning, planningOf } from './planning.ts';
import type { Reason } from './reasons/reason.ts';
import { reasonText } from './reasons/text.ts';
import { commandWriter } from './script/commands.ts';
import { type Simulated, simulate } from './simulate/index.ts';

/**
 * What would bring the target to parity, from a report and the two snapshots that it was made from. What the plan says it
 * resolves was shown by a simulation: the steps are applied to the snapshots, and the result is audited again.
 */
export function buildPlan(input: PlanInput): Plan {
  return provenPlan(input, Number.POSITIVE_INFINITY).plan;
}

export interface ProvenPlan {
  readonly plan: Plan;
  /** Fingerprints of findings whose steps would make another finding. */
  readonly refused: ReadonlySet<string>;
}

/** Stops a plan that takes too many simulations. */
export class TooManySimulations extends Error {}

/**
 * As `buildPlan`, with the findings whose steps are not offered.
 * @throws TooManySimulations where `mostSimulations` do not prove it; each costs as much as a comparison.
 */
export function provenPlan(input: PlanInput, mostSimulations: number): ProvenPlan {
  const { report } = input;
  let simulations = 0;
  const run: Simulate = (drafts) => {
    simulations += 1;
    if (simulations > mostSimulations) throw new TooManySimulations();
    return simulate(drafts, input);
  };
  const refused = new Set<string>();
  const planning = planningOf(contextFor(input), report.findings, input.options);
  const reasons = new Map<string, Reason>();
  for (const finding of report.findings) {
    if (!planning.isWanted(finding)) continue;
    const obstacle = draftFor(finding, planning);
    if (obstacle !== null) reasons.set(finding.fingerprint, obstacle);
  }
  const { drafts, simulated } = proven(ordered(planning.drafts.all()), {
    reasons,
    refused,
    planning,
    run,
  });
  const { resolved } = simulated;
  const { config } = input.asked;
  const kmsKey = config.plan?.kmsKey;
  const copiesAtOnce = config.quotas?.imageCopies;
  const side = ({ account, region }: PlanSide, profile: string | undefined): PlanSide => ({
    account,
    region,
    ...(profile === undefined ? {} : { profile }),
  });
  const plan: Plan = {
    source: side(report.source, input.profiles?.source),
    target: side(report.target, input.profiles?.target),
    steps: stepsOf(drafts, simulated, input),
    resolves: report.findings.map((f) => f.fingerprint).filter((f) => resolved.has(f)),
    left: report.findings
      .filter((f) => !resolved.has(f.fingerprint))
      .map((f) => leftOf(f, reasons, planning)),
    simulated: {
      resolved: resolved.size,
      new: simulated.made.length,
      notes: simulated.notes.map(({ fingerprint, rule, message }) => ({ fingerprint, rule, message })),
      notLookedAt: simulated.notLookedAt,
    },
    ...(kmsKey === undefined ? {} : { kmsKey }),
    ...(copiesAtOnce === undefined ? {} : { copiesAtOnce }),
    findings: report.findings.length,
  };
  return { plan, refused };
}

type Simulate = (drafts: readonly Draft[]) => Simulated;

/** What is known while steps are left out. */
interface Proving {
  /** Why a finding is not resolved, by fingerprint. */
  readonly reasons: Map<string, Reason>;
  readonly refused: Set<string>;
  readonly planning: Planning;
  readonly run: Simulate;
}

function leftOf(finding: Finding, reasons: ReadonlyMap<string, Reason>, planning: Planning): Left {
  const { fingerprint } = finding;
  const reason: Reason = planning.isWanted(finding)
    ? (reasons.get(fingerprint) ?? { type: 'steps-do-not-resolve' })
    : { type: 'not-selected' };
  return { fingerprint, because: reasonText(reason), reason };
}

/**
 * Only steps that serve a finding which the simulation shows to be resolved, none that makes a finding, and none that EC2
 * would refuse. Each round leaves steps out, so that it ends.
 */
function proven(
  all: readonly Draft[],
  proving: Proving,
): { readonly drafts: readonly Draft[]; readonly simulated: Simulated } {
  const { planning, reasons } = proving;
  let drafts = all;
  for (;;) {
    const simulated = proving.run(drafts);
    const refusals = new Map(simulated.made.flatMap((made) => culpritsOf(made, drafts, simulated, proving)));
    explainDependents(drafts, refusals, reasons);
    const useful = closure(
      drafts,
      (d) =>
        !refusals.has(d.id) && d.aims.some((aim) => simulated.resolved.has(aim) && isAsked(aim, planning)),
    ).filter((d) => !refusals.has(d.id));
    const next = complete(useful, all);
    if (next.length < drafts.length) {
      drafts = next;
      continue;
    }
    // Of the steps that are left: what is not offered anyway takes nothing of a quota.
    const beyond = refusedSteps(drafts, planning.context);
    if (beyond.size === 0) return { drafts, simulated };
    for (const { id, aims } of drafts) {
      const because = beyond.get(id);
      if (because !== undefined) for (const aim of aims) reasons.set(aim, because);
    }
    explainDependents(drafts, beyond, reasons);
    drafts = complete(
      drafts.filter((d) => !beyond.has(d.id)),
      all,
    );
  }
}

function isAsked(fingerprint: string, { options }: Planning): boolean {
  return options.findings === null || options.findings.has(fingerprint);
}

/** The steps that a new finding comes from: those about its objects, else the one after which it is found. */
function culpritsOf(
  made: Finding,
  drafts: readonly Draft[],
  { world }: Simulated,
  { reasons, refused, run }: Proving,
): (readonly [string, Reason])[] {
  const { sourceId, targetId } = made.subject;
  const about = drafts.filter((d) =>
    touches(
      d,
      [sourceId, targetId].filter((id) => id !== null),
      world,
    ),
  );
  const own = about.length > 0 ? about : firstWith(made, drafts, run);
  const { rule, message, subject } = made;
  const because: Reason = { type: 'makes-another', rule, name: subject.name, message };
  for (const aim of own.flatMap((d) => d.aims)) {
    refused.add(aim);
    if (!reasons.has(aim)) reasons.set(aim, because);
  }
  return own.map((d) => [d.id, because] as const);
}

/** What needs a step that is left out is left out for the same reason. @param leftOut By the id of the step. */
function explainDependents(
  drafts: readonly Draft[],
  leftOut: ReadonlyMap<string, Reason>,
  reasons: Map<string, Reason>,
): void {
  if (leftOut.size === 0) return;
  const all = new Map(leftOut);
  // Each step comes after those that it needs.
  for (const { id, needs, aims } of drafts) {
    const because = all.get(id) ?? needs.map((need) => all.get(need)).find((reason) => reason !== undefined);
    if (because === undefined) continue;
    all.set(id, because);
    for (const aim of aims) if (!reasons.has(aim)) reasons.set(aim, because);
  }
}

/** By halves: the step after which an audit finds it. Objects are related in more ways than their ids show. */
function firstWith({ fingerprint }: Finding, drafts: readonly Draft[], run: Simulate): readonly Draft[] {
  let [without, within] = [0, drafts.length];
  while (within - without > 1) {
    const half = Math.floor((without + within) / 2);
    const found = run(drafts.slice(0, half)).made.some((f) => f.fingerprint === fingerprint);
    if (found) within = half;
    else without = half;
  }
  return drafts.slice(without, within);
}

function touches({ id, operation }: Draft, ids: readonly string[], world: Simulated['world']): boolean {
  const named = Object.values(operation).flatMap((value: unknown) => {
    if (typeof value === 'string') return [value];
    if (typeof value !== 'object' || value === null) return [];
    if ('id' in value && typeof value.id === 'string') return [value.id];
    return 'madeBy' in value && typeof value.madeBy === 'string' ? [world.madeBy(value.madeBy)] : [];
  });
  return ids.some((wanted) => named.includes(wanted) || world.madeBy(id) === wanted);
}

/** A finding is resolved by the last of the steps that are for it. */
function stepsOf(drafts: readonly Draft[], { resolved, notLookedAt }: Simulated, input: PlanInput): Step[] {
  const last = new Map<string, string>();
  for (const { id, aims } of drafts) for (const aim of aims) if (resolved.has(aim)) last.set(aim, id);
  const commandsOf = commandWriter(drafts, { ...input, kmsKey: input.asked.config.plan?.kmsKey });
  const unread = notLookedAt.filter(({ side }) => side === 'target').map(({ what }) => what);
  const note = `Whether it can be launched was judged without what was not read of the target: ${listed(unread, 6)}.`;
  return drafts.map(({ aims, ...step }) => ({
    ...step,
    ...(step.operation.type === 'create-launch-template' && unread.length > 0
      ? { notes: [...(step.notes ?? []), note] }
      : {}),
    resolves: aims.filter((aim) => last.get(aim) === step.id),
    serves: aims.filter((aim) => last.has(aim) && last.get(aim) !== step.id),
    commands: commandsOf(step),
  }));
}
