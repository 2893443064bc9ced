import type { AutoScalingGroup } from '../../inventory/auto-scaling-group.ts';
import type { ToBeReplaced } from '../../report/rules/workloads.ts';
import type { Context } from '../context.ts';
import type { LaunchSpec } from '../workloads/launches.ts';
import { type Workload, workloadsOf } from '../workloads/workloads.ts';
import { type Bound, boundIn, boundInGroup, boundInHooks, existsOnTarget, OWN_ACCOUNT } from './bound.ts';
import { factsOf } from './facts.ts';
import { arnOf, regionOfZone } from './foreign.ts';

/**
 * What a workload of the source names that means its region or account only. The maker of the workload on the target
 * replaces it: that it is written there is no fault of a launch that has no counterpart yet.
 */
export function toBeReplaced(workload: Workload, context: Context): ToBeReplaced[] {
  const own = workload.launchSpecs.filter((spec) => spec.owner === workload.item);
  const group = workload.kind === 'auto-scaling-group' ? (workload.item as AutoScalingGroup).details : null;
  const all: ToBeReplaced[] = [
    ...own.flatMap((spec) => idsIn(spec, workload, context)),
    ...[
      // Of what an override puts in place only the image is the group's own.
      ...(workload.kind === 'auto-scaling-group'
        ? []
        : own.flatMap(({ details }) => (details ? boundIn(details) : []))),
      ...(group ? [...boundInGroup(group, context), ...boundInHooks(workload, context)] : []),
    ]
      .filter((bound) => isReplaced(bound, context))
      .map(({ to, text }) => ({ to, text })),
  ];
  return [...new Map(all.map((one) => [`${one.to} ${one.text}`, one])).values()];
}

/** Images and groups by id. A parameter and a name mean in each region what that region has. */
function idsIn({ image, interfaces }: LaunchSpec, workload: Workload, context: Context): ToBeReplaced[] {
  if (context.source.region === context.target.region) return [];
  const { target } = workloadsOf(context).index;
  // An id exists in one region only: what the target is not known to have, it does not have.
  const there = image === null || image.parameter !== null ? null : target.imageById(image.text).is;
  const foreignImage = image !== null && there !== null && there !== 'image' && there !== 'other-image';
  const groups = workload.kind === 'auto-scaling-group' ? [] : interfaces.flat();
  return [
    ...(foreignImage ? [{ to: 'image' as const, text: image.text }] : []),
    ...groups.flatMap(({ text }) =>
      text.startsWith('sg-') && target.group({ id: text, name: null }).found.is !== 'security-group'
        ? [{ to: 'security-group' as const, text }]
        : [],
    ),
  ];
}

function isReplaced({ to, text }: Bound, context: Context): boolean {
  const { source, target } = context;
  const arn = arnOf(text);
  if (arn) {
    if (arn.region !== '' && arn.region !== target.region) return true;
    const other = target.account !== null && arn.account !== '' && arn.account !== target.account;
    return other && OWN_ACCOUNT.has(to);
  }
  if (source.region === target.region) return false;
  switch (to) {
    case 'zone': {
      const region = regionOfZone(text);
      const here = (factsOf(context).target.all('subnets') ?? []).some((s) => s.zoneId === text);
      return region === null ? !here : region !== target.region;
    }
    // An alias and the id of a multi-Region key can mean a key in each region; another id means one region.
    case 'kms-key':
      return /^(alias\/|mrk-)/.test(text)
        ? factsOf(context).target.find('kmsKeys', text).is === 'none'
        : !existsOnTarget(to, text, context);
    // By name these mean the same in every region.
    case 'instance-profile':
    case 'service-linked-role':
    case 'notification-role':
      return false;
    // An ARN without a region and an account is none that can be judged.
    case 'notification-target':
    // Only templates name these.
    case 'vpc':
    case 'route-table':
    case 'gateway':
    case 'network-acl':
    case 'elastic-ip':
    case 'volume':
    case 'instance':
    case 'resource':
      return false;
    case 'subnet':
    case 'network-interface':
    case 'snapshot':
    case 'target-group':
    case 'capacity-reservation':
    case 'host':
    case 'host-resource-group':
    case 'licence':
    case 'placement-group':
      return !existsOnTarget(to, text, context);
  }
}
