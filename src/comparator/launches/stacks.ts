import type { Image } from '../../inventory/image.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { areOfInterfaces, interfaceIn, type LaunchValue } from '../workloads/launch-values.ts';
import { writtenIn } from '../workloads/reference-issues.ts';
import { type ComposedStackLaunch, type StackLaunch, stackLaunches } from '../workloads/stack-launches.ts';
import { metadataIn } from '../workloads/stack-metadata.ts';
import { createsLoadBalancer } from '../workloads/stack-unasked.ts';
import { deployedCounterpart, type StackUser } from '../workloads/stack-users.ts';
import { placeIn } from '../workloads/template-place.ts';
import { workloadsOf } from '../workloads/workloads.ts';
import { classicLoadBalancer, serviceLinkedRole, targetGroup } from './attachments.ts';
import { attachmentIssues, boundIssues } from './bound.ts';
import { defaultVpcPlaces } from './default-vpc.ts';
import { factsOf } from './facts.ts';
import { fitChecks } from './fit.ts';
import type { LaunchIssue, LaunchJudgement } from './issue.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND } from './judging.ts';
import { keyChecks } from './keys.ts';
import { otherOwnerChecks } from './other-owner.ts';
import type { Places } from './place.ts';
import { startPlaces } from './places.ts';
import { oneLaunch } from './quota.ts';
import { askedForBy, reachChecks } from './reach.ts';
import { imdsChecks, refusedChecks } from './refused.ts';
import { reservationChecks } from './reservations.ts';
import { resourceChecks, unaskedChecks } from './resources.ts';
import type { Start } from './starts.ts';
import { networkChecks, roomChecks } from './subnets.ts';
import { boundChecks } from './template-bounds.ts';
import { offeredChecks } from './types.ts';
import { userDataChecks } from './user-data.ts';
import { snapshotChecks } from './volumes.ts';
import { zoneChecks } from './zones.ts';

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
  const reach = (launch: StackLaunch, of: readonly StackLaunch[]) =>
    reachOf(
      launch,
      of.filter(({ resource }) => resource === launch.resource),
      stack,
      context,
    );
  const judged = [
    ...launches.map((launch) => ({
      launch,
      checked: all([checksOf(launch, stack, context), reach(launch, source.launches)]),
    })),
    ...composed.map((launch) => ({
      launch,
      checked: all([
        joinChecks(launch, stack, context),
        launch.joinsGroupsAndSubnets ? reach(launch, source.composed) : NOTHING_FOUND,
      ]),
    })),
  ];
  // A launch and the same with the values of its launch template are one choice.
  const blocked = new Set(
    judged.flatMap(({ launch, checked }) =>
      checked.drafts.some((d) => d.verdict === 'blocked') ? [choiceOf(launch)] : [],
    ),
  );
  const bounds = boundChecks(stack, context);
  const issues = judged.flatMap(({ launch, checked }) => {
    const left = judged.some(
      (j) =>
        launch.oneOf !== null &&
        j.launch.resource === launch.resource &&
        j.launch.oneOf === launch.oneOf &&
        !blocked.has(choiceOf(j.launch)),
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

function checksOf(launch: StackLaunch, stack: StackUser, context: Context): Checked {
  const start = startOf(launch, stack, context);
  const places = placesOf(launch, start, context);
  const subnets = launch.values.filter(({ field }) => field === 'subnet');
  const own = {
    group: null,
    judged: { kind: stack.kind },
    subnetsToChooseFrom: !areOfInterfaces(subnets),
  };
  return all([
    places.checked,
    // Where the instance type is known not to be offered in the zone, and where the zone has no default subnet, that is said.
    ...(stack.side === 'target' || (launch.starts && (launch.inDefaultVpc || isRead(start.type, context)))
      ? []
      : [zoneChecks(start, context)]),
    ...(launch.starts ? startChecks(launch, start, places, own, context) : []),
    ...launch.targetGroups.map((arn) => targetGroup(arn, vpcsIn(places), context, launch.resource)),
    serviceLinkedRole(launch.serviceLinkedRole, context),
    ...(createsLoadBalancer(stack.item.template)
      ? []
      : launch.loadBalancers.map((name) =>
          classicLoadBalancer(name, vpcsIn(places), context, launch.resource),
        )),
    keyChecks(start, context),
    otherOwnerChecks(start, context),
    snapshotChecks(start, context),
    found(...boundIssues(start, context), ...attachmentIssues(launch, launch.resource, context)),
  ]);
}

function placesOf(launch: StackLaunch, start: Start, context: Context): Places {
  return launch.inDefaultVpc && launch.starts
    ? defaultVpcPlaces(start, context)
    : startPlaces(start, context, !launch.needsEachSubnet);
}

/** What only shows with the values of the launch template that the launch starts from. */
function joinChecks(launch: ComposedStackLaunch, stack: StackUser, context: Context): Checked {
  const start = startOf(launch, stack, context, true);
  const places = placesOf(launch, start, context);
  return all([
    launch.starts ? imdsChecks(start, stack.kind, context) : NOTHING_FOUND,
    launch.inDefaultVpc ? places.checked : NOTHING_FOUND,
    launch.joinsImageAndType ? fitChecks(start, context) : NOTHING_FOUND,
    launch.joinsGroupsAndSubnets || launch.inDefaultVpc
      ? networkChecks(start, places, context)
      : NOTHING_FOUND,
    // One instance of its launch template is judged there.
    (launch.count ?? 1) > 1 && launch.oneOf === null
      ? oneLaunch(start, context, launch.count ?? 1)
      : NOTHING_FOUND,
    // That no zone of the region offers it is said of the launch template.
    launch.joinsTypeAndPlaces && places.zones.length > 0 && isOffered(start.type, context)
      ? offeredChecks(start, places, context)
      : NOTHING_FOUND,
  ]);
}

function vpcsIn({ subnets }: Places): ReadonlySet<string> {
  return new Set((subnets ?? []).flatMap((s) => s.vpcId ?? []));
}

/** Whether it was read where the instance type is offered. */
function isRead(type: string | null, context: Context): boolean {
  if (type === null) return false;
  const { is } = factsOf(context).target.find('instanceTypeOfferings', type);
  return is === 'item' || is === 'none';
}

function isOffered(type: string | null, context: Context): boolean {
  return type !== null && factsOf(context).target.find('instanceTypeOfferings', type).is === 'item';
}

/** What matters only to what starts instances. */
function startChecks(
  { count, oneOf }: StackLaunch,
  start: Start,
  places: Places,
  own: Parameters<typeof refusedChecks>[2] & Parameters<typeof resourceChecks>[1],
  context: Context,
): Checked[] {
  return [
    offeredChecks(start, places, context),
    fitChecks(start, context),
    resourceChecks(start, own, context),
    unaskedChecks(start, own, context),
    reservationChecks(
      start,
      places,
      { group: null, desired: count, running: 0, startsItself: true },
      context,
    ),
    networkChecks(start, places, context),
    refusedChecks(start, places, own, context),
    userDataChecks(start, context),
    roomChecks(places, start.at, { group: null, desired: count, running: 0 }),
    quotaOf(start, oneOf === null ? count : null, context),
  ];
}

/** Where it is not known how many start, that one fits does not make the quota a part that is fine. */
function quotaOf(start: Start, count: number | null, context: Context): Checked {
  return count === null ? { ...oneLaunch(start, context), looked: [] } : oneLaunch(start, context, count);
}

function startOf(launch: StackLaunch, stack: StackUser, context: Context, composed = false): Start {
  const { resource, details, image: named, groups, interfaces } = launch;
  const image = named === null ? null : imageOnTarget(named, context);
  const { template } = stack.item;
  return {
    step: null,
    template: null,
    at: resource,
    owner: stack.item,
    details,
    mode: 'target',
    type: details.instanceType,
    byAttributes: details.requirements !== null,
    groupsPerInterface: Math.max(0, ...interfaces.map((own) => new Set(own).size)),
    // Subnets that a service chooses among are no interfaces.
    interfaceCount: new Set(launch.values.flatMap(({ path }) => interfaceIn(path) ?? [])).size,
    groupsNamed: groups.length,
    groupsById: groups.length,
    weight: 1,
    image,
    imageStatus: image !== null ? 'known' : named === null ? 'unnamed' : 'absent',
    metadata:
      template === null
        ? 'elsewhere'
        : metadataIn(launch, template, placeIn('target', stack.item, context), composed),
    groups: groups.flatMap((id) => groupOnTarget(id, context)),
    groupsOfInterfaces: interfaces.map((own) => own.flatMap((id) => groupOnTarget(id, context))),
  };
}

/** The image of the id, or its counterpart where it is one of the source. */
function imageOnTarget(id: string, context: Context): Image | null {
  const { index } = workloadsOf(context);
  const there = index.target.imageById(id);
  if (there.is === 'image') return there.item;
  if (there.is === 'other-image') return there.item.details;
  return context.counterparts.image.find(({ source }) => source?.id === id)?.target ?? null;
}

function groupOnTarget(id: string, context: Context): SecurityGroup[] {
  const { found: there } = workloadsOf(context).index.target.group({ id, name: null });
  if (there.is === 'security-group') return [there.item];
  const pair = context.counterparts['security-group'].find(({ source }) => source?.id === id);
  return pair?.target ? [pair.target] : [];
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
