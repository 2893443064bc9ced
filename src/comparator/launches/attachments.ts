import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { arnOf } from './foreign.ts';
import { all, type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { Places } from './place.ts';
import type { JudgedWorkload } from './starts.ts';

/** Whether what an Auto Scaling group of the target attaches its instances to exists, and is of the VPC of its subnets. */
export function attachmentChecks(
  { group, mode }: JudgedWorkload,
  { subnets }: Places,
  context: Context,
): Checked {
  if (group === null || mode === 'source') return NOTHING_FOUND;
  const vpcs = new Set((subnets ?? []).flatMap((s) => s.vpcId ?? []));
  return all([
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
