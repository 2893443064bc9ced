import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { arnOf } from './foreign.ts';
import { all, type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { Places } from './place.ts';
import type { JudgedWorkload } from './starts.ts';

/** Whether what an Auto Scaling group of the target attaches its instances to exists, and is of the VPC of its subnets. */
export function attachmentChecks(workload: JudgedWorkload, { subnets }: Places, context: Context): Checked {
  const { group, mode } = workload;
  if (group === null) return NOTHING_FOUND;
  // What is bound to the source is replaced; a role of the account is the same in each region of it.
  const { source, target } = context;
  const role = serviceLinkedRole(group.serviceLinkedRole, context);
  const warmPool = group.warmPool ? uncountedWarmPool(context) : NOTHING_FOUND;
  if (mode === 'source') return all([warmPool, source.account === target.account ? NOTHING_FOUND : role]);
  const vpcs = new Set((subnets ?? []).flatMap((s) => s.vpcId ?? []));
  return all([
    ...group.targetGroups.map((arn) => targetGroup(arn, vpcs, context)),
    ...group.loadBalancers.map((name) => classicLoadBalancer(name, vpcs, context)),
    role,
    warmPool,
    group.launchSuspended ? suspendedLaunch(context) : NOTHING_FOUND,
  ]);
}

/** Its instances are started before they are needed: they take addresses, and vCPUs while they are prepared. */
function uncountedWarmPool({ places }: Context): Checked {
  return {
    ...NOTHING_FOUND,
    omissions: [
      {
        what: 'warm pools of Auto Scaling groups (whether there are addresses and vCPUs for their instances)',
        side: 'target',
        because: `ec2-parity does not count the instances of warm pools in ${places.target}.`,
        parts: [],
      },
    ],
  };
}

/** A group of the target, kept from starting instances by a person, as is usual for one that waits for a failover. */
function suspendedLaunch({ places }: Context): Checked {
  return {
    ...NOTHING_FOUND,
    omissions: [
      {
        what: 'suspended processes of Auto Scaling groups (whether the process Launch is resumed before instances are needed)',
        side: 'target',
        because: `The process Launch of a group in ${places.target} is suspended: the group starts no instance until it is resumed.`,
        parts: [],
      },
    ],
  };
}

/** AWS makes the role without a suffix itself. */
export function serviceLinkedRole(arn: string | null, context: Context): Checked {
  return /AWSServiceRoleForAutoScaling_/.test(arn ?? '')
    ? unasked('service-linked roles with a suffix', 'profile', context)
    : NOTHING_FOUND;
}

/** @param at The resource of a template that names it. */
export function targetGroup(text: string, vpcs: ReadonlySet<string>, context: Context, at = ''): Checked {
  const facts = factsOf(context).target;
  const arn = arnOf(text);
  // Said as a reference to another region or account.
  if (arn && (arn.region !== context.target.region || (facts.account ?? arn.account) !== arn.account))
    return NOTHING_FOUND;
  if (arn?.service === 'vpc-lattice') return unasked('target groups of VPC Lattice', 'network', context);
  const name = /:targetgroup\/([^/]+)\//.exec(text)?.[1] ?? text;
  const known = facts.find('targetGroups', text);
  if (known.is === 'none') return refused('no-such-target-group', 'target group', name, facts.place, at);
  if (known.is !== 'item') return notKnown(known, 'targetGroups', facts, `target group ${name}`);
  return isElsewhere(known.item.vpcId, vpcs)
    ? refused('target-group-of-another-vpc', 'target group', name, facts.place, at)
    : passed('network');
}

/** @param at The resource of a template that names it. */
export function classicLoadBalancer(
  name: string,
  vpcs: ReadonlySet<string>,
  context: Context,
  at = '',
): Checked {
  const facts = factsOf(context).target;
  const known = facts.find('classicLoadBalancers', name);
  const what = 'Classic Load Balancer';
  if (known.is === 'none') return refused('no-such-load-balancer', what, name, facts.place, at);
  if (known.is !== 'item') return notKnown(known, 'classicLoadBalancers', facts, `${what} ${name}`);
  return isElsewhere(known.item.vpcId, vpcs)
    ? refused('load-balancer-of-another-vpc', what, name, facts.place, at)
    : passed('network');
}

function isElsewhere(vpc: string | null, vpcs: ReadonlySet<string>): boolean {
  return vpc !== null && vpcs.size > 0 && !vpcs.has(vpc);
}

const WHY = {
  'no-such-target-group': (place: string) => `does not exist in ${place}`,
  'no-such-load-balancer': (place: string) => `does not exist in ${place}`,
  'target-group-of-another-vpc': () => 'belongs to another VPC than its subnets',
  'load-balancer-of-another-vpc': () => 'belongs to another VPC than its subnets',
} as const;

function refused(because: keyof typeof WHY, what: string, name: string, place: string, at = ''): Checked {
  return found({
    rule: 'workload/refused',
    facts: { at, judged: 'target', because, what: name, limit: null },
    verdict: 'blocked',
    steps: [`${what} ${name}`, WHY[because](place)],
    place: [at, because, name],
  });
}

function unasked(what: string, part: 'network' | 'profile', { places }: Context): Checked {
  const because = `ec2-parity does not read them in ${places.target}.`;
  return {
    ...NOTHING_FOUND,
    omissions: [
      {
        what: `${what} of Auto Scaling groups (whether each exists)`,
        side: 'target',
        because,
        parts: [part],
      },
    ],
  };
}
