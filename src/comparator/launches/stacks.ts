import type { SideName } from '../../report/vocabulary.ts';
import { groupBy } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import type { LaunchValue } from '../workloads/launch-values.ts';
import { writtenIn } from '../workloads/reference-issues.ts';
import type { StackLaunch } from '../workloads/stack-launch.ts';
import { stackLaunches } from '../workloads/stack-launches.ts';
import { deployedCounterpart, type StackUser } from '../workloads/stack-users.ts';
import { placeIn } from '../workloads/template-place.ts';
import { workloadsOf } from '../workloads/workloads.ts';
import { factsOf } from './facts.ts';
import type { LaunchIssue, LaunchJudgement } from './issue.ts';
import { all, type Checked, type Draft, NOTHING_FOUND } from './judging.ts';
import { askedForBy, reachChecks } from './reach.ts';
import { checksOf, joinChecks, placesOf } from './stack-checks.ts';
import { stackQuotaChecks } from './stack-quota.ts';
import { startOf } from './stack-start.ts';
import { boundChecks } from './template-bounds.ts';

/** What the launches of a template name besides key pair, groups and image, with what the target has. */
export function stackJudgement(stack: StackUser, context: Context): LaunchJudgement {
  const counterpart = deployedCounterpart(stack, context);
  if (counterpart) return existingJudgement(counterpart, stack, context);
  return judgementOf(stack, stack, context);
}

/**
 * Of a stack that is deployed on both sides the values of the target's are judged. What it starts runs there already, so
 * that nothing more has to fit.
 */
function existingJudgement(counterpart: StackUser, asked: StackUser, context: Context): LaunchJudgement {
  const judgement = judgementOf(counterpart, asked, context);
  return {
    ...judgement,
    issues: judgement.issues.map(
      (issue) =>
        ({ ...issue, owner: asked.item, facts: { ...issue.facts, judged: 'target' } }) as LaunchIssue,
    ),
  };
}

/** @param asked The stack of the source that it is judged for: itself, or its counterpart. */
function judgementOf(stack: StackUser, asked: StackUser, context: Context): LaunchJudgement {
  const { launches, composed } = launchesIn('target', stack, context);
  const source = launchesIn('source', asked, context);
  const onSource = {
    launches: groupBy(source.launches, ({ resource }) => resource),
    composed: groupBy(source.composed, ({ resource }) => resource),
  };
  const reach = (launch: StackLaunch, of: ReadonlyMap<string, readonly StackLaunch[]>) =>
    reachOf(launch, of.get(launch.resource) ?? [], stack, context);
  const judged = [
    ...launches.map((launch) => ({
      launch,
      checked: all([checksOf(launch, stack, context), reach(launch, onSource.launches)]),
    })),
    ...composed.map((launch) => ({
      launch,
      checked: all([
        joinChecks(launch, stack, context),
        launch.joinsGroupsAndSubnets ? reach(launch, onSource.composed) : NOTHING_FOUND,
      ]),
    })),
  ];
  // A launch and the same with the values of its launch template are one choice.
  const blocked = new Set(
    judged.flatMap(({ launch, checked }) =>
      checked.drafts.some((d) => d.verdict === 'blocked') ? [choiceOf(launch)] : [],
    ),
  );
  const choices = groupBy(judged, ({ launch }) => (launch.oneOf === null ? null : launch.resource));
  const bounds = all([boundChecks(stack, context), stackQuotaChecks(launches, composed, context)]);
  const issues = judged.flatMap(({ launch, checked }) => {
    const left =
      launch.oneOf !== null &&
      (choices.get(launch.resource) ?? []).some(
        (j) => j.launch.oneOf === launch.oneOf && !blocked.has(choiceOf(j.launch)),
      );
    return checked.drafts.map((draft) => issueOf(draft, launch, left, stack));
  });
  return {
    issues: [...issues, ...bounds.drafts.map((draft) => ({ ...draft, owner: stack.item }) as LaunchIssue)],
    unread: [
      ...bounds.unread,
      ...judged.flatMap(({ launch, checked }) =>
        checked.unread.map((one) => ({ ...one, steps: [launch.resource, ...one.steps] })),
      ),
    ],
    // What starts nothing has no verdict that could be short of something.
    omissions: stack.launches
      ? [...bounds.omissions, ...judged.flatMap(({ checked }) => checked.omissions)]
      : [],
    looked: [...new Set(judged.flatMap(({ checked }) => checked.looked))],
  };
}

function launchesIn(side: SideName, { item, side: own }: StackUser, context: Context) {
  if (!item.template) return { launches: [], composed: [] };
  const leftOut = own === 'target' ? 'none' : context.fileOf(item)?.applied ? 'all' : 'given';
  const found = stackLaunches(item.template, placeIn(side, item, context), leftOut);
  if (own === 'source') return found;
  // Its instances run already.
  const running = <Launch extends StackLaunch>(launch: Launch): Launch => ({ ...launch, count: 0 });
  return { launches: found.launches.map(running), composed: found.composed.map(running) };
}

/** Whether its subnets on the target carry what those carry that the same template names for the source. */
function reachOf(
  launch: StackLaunch,
  onSource: readonly StackLaunch[],
  stack: StackUser,
  context: Context,
): Checked {
  if (!launch.starts || launch.open || context.source.region === context.target.region) return NOTHING_FOUND;
  const facts = factsOf(context).source;
  const subnets = onSource.flatMap(({ details }) =>
    details.interfaces.flatMap((n) => {
      const known = n.subnetId === null ? null : facts.find('subnets', n.subnetId);
      return known?.is === 'item' ? [known.item] : [];
    }),
  );
  const { index } = workloadsOf(context);
  const groups = onSource.flatMap((one) =>
    one.groups.flatMap((id) => {
      const { found: there } = index.source.group({ id, name: null });
      return there.is === 'security-group' ? [there.item] : [];
    }),
  );
  const [first] = onSource;
  if (!first || subnets.length === 0 || groups.length === 0) return NOTHING_FOUND;
  const start = startOf(launch, stack, context);
  const end = {
    subnets: [...new Set(subnets)],
    groups: [...new Set(groups)],
    addresses: askedForBy(first.details),
  };
  return reachChecks(start, placesOf(launch, start, context), end, context);
}

function choiceOf({ resource, oneOf, details }: StackLaunch): string {
  return JSON.stringify([resource, oneOf, details.instanceType, details.requirements, details.zone]);
}

/** The stack has yet to be created there; what depends on an open condition may not happen. */
function issueOf(
  draft: Draft,
  { resource, open, values }: StackLaunch,
  left: boolean,
  stack: StackUser,
): LaunchIssue {
  const blocked = draft.verdict === 'blocked';
  return {
    ...draft,
    ...(blocked && open ? { verdict: 'unknown', severity: 'medium' } : {}),
    ...(blocked && !open && left ? { verdict: 'degraded', severity: 'high' } : {}),
    facts: { ...draft.facts, judged: 'source', ...writtenIn(stack, writtenValue(draft, values)) },
    steps: [resource, ...draft.steps],
    owner: stack.item,
  } as LaunchIssue;
}

/** Where the value is written that an issue is about. */
function writtenValue({ facts }: Draft, values: readonly LaunchValue[]): Pick<LaunchValue, 'line' | 'file'> {
  const texts = new Set(Object.values(facts).flat());
  // A profile may be written as an ARN, of which a finding names the last part.
  const own =
    values.find(({ text }) => texts.has(text)) ??
    values.find(({ text }) => texts.has(text.split('/').at(-1)));
  return own ?? { line: null };
}
