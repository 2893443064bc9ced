import { groupBy } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import { stacksOf } from '../workloads/stack-users.ts';
import { activityChecks } from './activities.ts';
import { attachmentChecks } from './attachments.ts';
import { boundIssues, groupBoundIssues } from './bound.ts';
import { fitChecks } from './fit.ts';
import { hookChecks } from './hooks.ts';
import { inUseChecks } from './in-use.ts';
import type { LaunchIssue, LaunchJudgement, LaunchOmission, UnreadFact } from './issue.ts';
import { all, type Checked, type Draft, found } from './judging.ts';
import { keyChecks } from './keys.ts';
import { isLaunchedByGroup, loneTemplateChecks } from './lone-template.ts';
import { otherOwnerChecks } from './other-owner.ts';
import { placementChecks } from './placement.ts';
import { groupPlaces, startPlaces } from './places.ts';
import { quotaChecks } from './quota.ts';
import { sharedQuotaIssues } from './quota-sum.ts';
import { reachChecks, sourceEnd } from './reach.ts';
import { refusedChecks } from './refused.ts';
import { reservationChecks } from './reservations.ts';
import { profileChecks, unaskedChecks } from './resources.ts';
import { stackJudgement } from './stacks.ts';
import { type JudgedWorkload, judgedWorkloads, type Start } from './starts.ts';
import { networkChecks, roomChecks, vpcChecks, wantingOf } from './subnets.ts';
import { offeredChecks } from './types.ts';
import { userDataChecks } from './user-data.ts';
import { snapshotChecks } from './volumes.ts';

export type { LaunchIssue } from './issue.ts';

const NOTHING: LaunchJudgement = { issues: [], unread: [], omissions: [], looked: [] };

/** What prevents or changes the launches of a workload on the target. Rules, verdicts and notLookedAt use this. */
export function launchJudgement(item: object, context: Context): LaunchJudgement {
  return judgements(context).get(item) ?? NOTHING;
}

/** An issue that a finding reports, and all that say the same: of several workloads that launch one template. */
export interface SharedIssue {
  readonly issue: LaunchIssue;
  readonly of: readonly LaunchIssue[];
}

/** The issues that the findings about an object report, each once. */
export function issuesAbout(item: object, context: Context): readonly SharedIssue[] {
  return aboutOwners(context).get(item) ?? [];
}

/** The facts that a verdict depends on and that could not be read. */
export function unreadFacts(context: Context): readonly UnreadFact[] {
  return [...judgements(context).values()].flatMap((j) => j.unread);
}

export function omissions(context: Context): readonly LaunchOmission[] {
  return [...judgements(context).values()].flatMap((j) => j.omissions);
}

const judgements = perAudit((context): ReadonlyMap<object, LaunchJudgement> => {
  const judged = judgedWorkloads(context);
  const made = new Map<object, LaunchJudgement>();
  // Templates and configurations first: a group's launch is one of theirs, and what is said of them is not said again.
  const known = new Map<object, readonly LaunchIssue[]>();
  for (const workload of judged.values()) {
    if (workload.group !== null || workload.judged.kind === 'auto-scaling-group') continue;
    const judgement = judge(workload, context, known);
    made.set(workload.asked.item, judgement);
    known.set(workload.judged.item, judgement.issues);
  }
  for (const workload of judged.values())
    if (!made.has(workload.asked.item)) made.set(workload.asked.item, judge(workload, context, known));
  // A stack of the target exists already, even if its template would give something else today.
  if (context.phase !== 'verification')
    for (const stack of stacksOf(context))
      if (stack.side === 'source') made.set(stack.item, stackJudgement(stack, context));
  return made;
});

const aboutOwners = perAudit((context): ReadonlyMap<object, readonly SharedIssue[]> => {
  const issues = [...judgements(context).values()].flatMap((j) => j.issues);
  return new Map(
    [...groupBy(issues, ({ owner }) => owner)].map(([owner, own]) => [
      owner,
      [...groupBy(own, identityOf).values()].flatMap((of) => (of[0] ? [{ issue: of[0], of }] : [])),
    ]),
  );
});

/** The rule and the place: what was found is no part of the identity of a finding. */
function identityOf({ rule, place }: LaunchIssue): string {
  return JSON.stringify([rule, place]);
}

function judge(
  workload: JudgedWorkload,
  context: Context,
  known: ReadonlyMap<object, readonly LaunchIssue[]>,
): LaunchJudgement {
  const isGroup = workload.judged.kind === 'auto-scaling-group';
  const places = isGroup ? groupPlaces(workload, context) : null;
  const perStart = workload.starts.map((written) => {
    const start = onTarget(written, workload, context);
    const own = startPlaces(start, context);
    const used = places?.subnets || places?.zones.length ? places : own;
    const checked = all([
      own.checked,
      offeredChecks(start, used, context),
      fitChecks(start, context),
      profileChecks(start, context),
      placementChecks(start, used, workload, context),
      inUseChecks(start, workload, context),
      reservationChecks(
        start,
        used,
        { ...workload, startsItself: isGroup || !isLaunchedByGroup(workload, context) },
        context,
      ),
      unaskedChecks(start, workload, context),
      keyChecks(start, context),
      otherOwnerChecks(start, context),
      snapshotChecks(start, context),
      found(...boundIssues(start, context)),
      networkChecks(start, used, context),
      refusedChecks(start, own, workload, context),
      reachChecks(start, used, sourceEnd(workload, context), context),
      userDataChecks(start, context),
      ...(places
        ? []
        : [
            roomChecks(own, start.at, wantingOf(workload)),
            vpcChecks(start, own, context),
            loneTemplateChecks(start, own, workload, context),
          ]),
    ]);
    return { start, checked };
  });
  const alternatives = mixed(perStart, isGroup);
  const group: Checked = places
    ? all([
        places.checked,
        roomChecks(places, '', wantingOf(workload)),
        found(...groupBoundIssues(workload, context)),
        attachmentChecks(workload, places, context),
        hookChecks(workload, context),
        activityChecks(workload, context),
      ])
    : found();
  const quotas = quotaChecks(workload, context);
  const issues = [
    ...alternatives.flatMap(({ start, drafts }) =>
      drafts.map((draft) => ownedBy(draft, start, workload, known)),
    ),
    ...group.drafts.map((draft): LaunchIssue => ({ ...draft, owner: workload.asked.item }) as LaunchIssue),
    ...quotas.drafts.map((draft) => overQuota(draft, workload, known)),
    ...(sharedQuotaIssues(context).get(workload.asked.item) ?? []),
  ];
  const checks = [...perStart.map(({ checked }) => checked), group, quotas];
  return {
    issues,
    unread: checks.flatMap(({ unread }) => unread),
    omissions: [...checks.flatMap((c) => c.omissions), ...lackingDetails(workload)],
    looked: [...new Set(checks.flatMap((c) => c.looked))],
  };
}

/** A group that is to be made launches a template that is on the target already: then the values of that one count. */
function onTarget(start: Start, workload: JudgedWorkload, context: Context): Start {
  if (workload.mode === 'target') return start;
  const template = judgedWorkloads(context).get(start.owner);
  if (!template || template.asked === workload.asked || template.mode !== 'target') return start;
  const role = template.starts.find((s) => s.at.includes('$Default')) ?? template.starts[0];
  return role ? { ...role, step: start.step } : start;
}

/** Where a group can use several types, what stops some of them leaves the rest: it is degraded, not blocked. */
function mixed(
  perStart: readonly { start: Start; checked: Checked }[],
  isGroup: boolean,
): { start: Start; drafts: Draft[] }[] {
  const stopped = perStart.filter(({ checked }) => checked.drafts.some((d) => d.verdict === 'blocked'));
  const someLeft = isGroup && stopped.length < perStart.length;
  return perStart.map(({ start, checked }) => ({
    start,
    drafts: checked.drafts.map((draft) => (someLeft ? milder(draft) : draft)),
  }));
}

function milder(draft: Draft): Draft {
  if (draft.verdict !== 'blocked') return draft;
  if (draft.rule === 'workload/type-not-offered')
    return { ...draft, verdict: 'degraded', severity: 'high', facts: { ...draft.facts, someLeft: true } };
  return { ...draft, verdict: 'degraded', severity: 'high' };
}

/** What is said of the template that a group launches is the template's finding, and the group's chain ends with it. */
function ownedBy(
  draft: Draft,
  start: Start,
  workload: JudgedWorkload,
  known: ReadonlyMap<object, readonly LaunchIssue[]>,
): LaunchIssue {
  const steps = start.step === null ? draft.steps : [start.step, ...draft.steps];
  const [, ...place] = draft.place;
  const said = known.get(start.template ?? start.owner)?.find(
    (i) =>
      i.rule === draft.rule &&
      JSON.stringify(i.place.slice(1)) === JSON.stringify(place) &&
      // An override has its own type.
      typeIn(i) === typeIn(draft),
  );
  if (workload.judged.kind === 'auto-scaling-group' && said)
    return { ...said, steps, verdict: draft.verdict };
  return { ...draft, steps, owner: workload.asked.item } as LaunchIssue;
}

function typeIn({ facts }: Pick<Draft, 'facts'>): string | null {
  return 'type' in facts ? facts.type : null;
}

/** A quota that does not admit one instance of a template admits no group that launches it: that is the template's finding. */
function overQuota(
  draft: Draft,
  { asked, starts, group }: JudgedWorkload,
  known: ReadonlyMap<object, readonly LaunchIssue[]>,
): LaunchIssue {
  const quota = draft.place.at(-1);
  const said = starts.flatMap(({ owner }) => known.get(owner) ?? []);
  const ofTemplate = said.find((i) => i.rule === draft.rule && i.place.at(-1) === quota);
  if (group !== null && draft.verdict === 'blocked' && ofTemplate)
    return { ...ofTemplate, steps: draft.steps };
  return { ...draft, owner: asked.item } as LaunchIssue;
}

/** A snapshot of a version that did not read what a launch names besides key, groups and image. */
function lackingDetails({ lacksDetails, judged }: JudgedWorkload): LaunchOmission[] {
  if (!lacksDetails) return [];
  return [
    {
      what: 'what launches name besides key pair, security groups and image (instance type, subnet, profile, storage)',
      side: judged.side,
      because: 'The snapshot was made by a version of ec2-parity that did not read it.',
      parts: ['type', 'network', 'profile', 'storage', 'quota'],
    },
  ];
}

/** The end of a pair that is asked about: whether it launches on the target. */
export function askedEnd(
  pair: { readonly source: object | null; readonly target: object | null },
  context: Context,
): object | null {
  return context.phase === 'verification' ? pair.target : pair.source;
}
