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
  const hooks = hooksUnread(workload, context);
  if (mode === 'source') return hooks;
  const vpcs = new Set((subnets ?? []).flatMap((s) => s.vpcId ?? []));
  return all([
    hooks,
    ...group.targetGroups.map((arn) => targetGroup(arn, vpcs, context)),
    unasked(group.loadBalancers.length > 0, 'Classic Load Balancers', 'network', context),
    // AWS makes the role without a suffix itself.
    unasked(
      /AWSServiceRoleForAutoScaling_/.test(group.serviceLinkedRole ?? ''),
      'service-linked roles with a suffix',
      'profile',
      context,
    ),
  ]);
}

function targetGroup(text: string, vpcs: ReadonlySet<string>, context: Context): Checked {
  const facts = factsOf(context).target;
  const arn = arnOf(text);
  // Said as a reference to another region or account.
  if (arn && (arn.region !== context.target.region || (facts.account ?? arn.account) !== arn.account))
    return NOTHING_FOUND;
  const name = /:targetgroup\/([^/]+)\//.exec(text)?.[1] ?? text;
  const known = facts.find('targetGroups', text);
  const refused = (because: 'no-such-target-group' | 'target-group-of-another-vpc', why: string) =>
    found({
      rule: 'workload/refused',
      facts: { at: '', judged: 'target', because, what: name, limit: null },
      verdict: 'blocked',
      steps: [`target group ${name}`, why],
      place: ['', because, name],
    });
  if (known.is === 'none') return refused('no-such-target-group', `does not exist in ${facts.place}`);
  if (known.is !== 'item') return notKnown(known, 'targetGroups', facts, `target group ${name}`);
  const { vpcId } = known.item;
  return vpcId !== null && vpcs.size > 0 && !vpcs.has(vpcId)
    ? refused(
        'target-group-of-another-vpc',
        `belongs to ${vpcId}, and the subnets to ${[...vpcs].join(', ')}`,
      )
    : passed('network');
}

function unasked(named: boolean, what: string, part: 'network' | 'profile', { places }: Context): Checked {
  if (!named) return NOTHING_FOUND;
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

/**
 * A lifecycle hook holds a new instance back until something completes it. Without that the instance is terminated, unless
 * the hook says otherwise. A group that is to be made is made with the hooks of the source.
 */
function hooksUnread({ group, desired, mode }: JudgedWorkload, { places }: Context): Checked {
  const starts = (desired ?? 0) > 0 || group?.max !== 0;
  if (!starts) return NOTHING_FOUND;
  const omission = {
    what: 'lifecycle hooks of Auto Scaling groups (whether a new instance waits for an action that nothing on the target completes)',
    side: mode,
    because: `ec2-parity does not read them in ${places[mode]}.`,
    // Not a part of the launch: the instance starts, and is terminated later.
    parts: [],
  } as const;
  return { ...NOTHING_FOUND, omissions: [omission] };
}
