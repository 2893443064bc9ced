import type { Context } from '../context.ts';
import { areOfInterfaces } from '../workloads/launch-values.ts';
import type { ComposedStackLaunch, StackLaunch } from '../workloads/stack-launch.ts';
import { createsLoadBalancer } from '../workloads/stack-unasked.ts';
import type { StackUser } from '../workloads/stack-users.ts';
import { classicLoadBalancer, serviceLinkedRole, targetGroup } from './attachments.ts';
import { attachmentIssues, boundIssues } from './bound.ts';
import { defaultVpcPlaces } from './default-vpc.ts';
import { factsOf } from './facts.ts';
import { fitChecks } from './fit.ts';
import { all, type Checked, found, NOTHING_FOUND } from './judging.ts';
import { keyChecks } from './keys.ts';
import { otherOwnerChecks } from './other-owner.ts';
import type { Places } from './place.ts';
import { placementChecks } from './placement.ts';
import { startPlaces } from './places.ts';
import { oneLaunch } from './quota.ts';
import { imdsChecks, refusedChecks } from './refused.ts';
import { reservationChecks } from './reservations.ts';
import { profileChecks, unaskedChecks } from './resources.ts';
import { startOf } from './stack-start.ts';
import type { Start } from './starts.ts';
import { networkChecks, roomChecks } from './subnets.ts';
import { offeredChecks } from './types.ts';
import { userDataChecks } from './user-data.ts';
import { snapshotChecks } from './volumes.ts';
import { zoneChecks } from './zones.ts';

/** What one launch of a template needs, with what the target has. */
export function checksOf(launch: StackLaunch, stack: StackUser, context: Context): Checked {
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
    ...(launch.loadBalancers.length === 0 || createsLoadBalancer(stack.item.template)
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

export function placesOf(launch: StackLaunch, start: Start, context: Context): Places {
  return launch.inDefaultVpc && launch.starts
    ? defaultVpcPlaces(start, context)
    : startPlaces(start, context, !launch.needsEachSubnet);
}

/** What only shows with the values of the launch template that the launch starts from. */
export function joinChecks(launch: ComposedStackLaunch, stack: StackUser, context: Context): Checked {
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
  { count, oneOf, spreads }: StackLaunch,
  start: Start,
  places: Places,
  own: Parameters<typeof refusedChecks>[2] & Parameters<typeof unaskedChecks>[1],
  context: Context,
): Checked[] {
  return [
    offeredChecks(start, places, context),
    fitChecks(start, context),
    profileChecks(start, context),
    placementChecks(start, places, { group: null, desired: count }, context),
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
    roomChecks(places, start.at, { isGroup: spreads, desired: count ?? 1, running: 0 }),
    quotaOf(start, oneOf === null ? count : null, context),
  ];
}

/** Where it is not known how many start, that one fits does not make the quota a part that is fine. */
function quotaOf(start: Start, count: number | null, context: Context): Checked {
  return count === null ? { ...oneLaunch(start, context), looked: [] } : oneLaunch(start, context, count);
}
