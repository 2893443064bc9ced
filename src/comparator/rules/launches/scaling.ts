import { itemsOf } from '../../../inventory/collected.ts';
import { missing } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';
import { aboutLaunch, SCALING_ERRORS } from './shared.ts';

export const launchFailed = rule({
  id: 'workload/launch-failed',
  title: 'The last launch failed',
  short: 'last launch failed',
  severity: always('high'),
  compares:
    'In phase verification: whether the newest launch of each Auto Scaling group of the target failed, by its scaling activities.',
  why: 'Auto Scaling tried to launch and could not; its own sentence says why, such as "The key pair \'…\' does not exist. Launching EC2 instance failed."',
  remedy: 'Remove the cause that AWS names, and let the group launch again.',
  links: [
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-verify-scaling-activity.html',
    SCALING_ERRORS,
  ],
  *find(pair, context) {
    yield* aboutLaunch('workload/launch-failed', pair, context);
  },
  message: ({ sentence, startedAt, instances, desired }, { name, target }) => {
    const when = startedAt === null ? '' : ` at ${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
    const has =
      instances === null || desired === null ? '' : ` It has ${instances} of ${desired} desired instances.`;
    return `In ${target} the last launch of "${name}" failed${when}. ${sentence === '' ? 'AWS gives no reason.' : `AWS says: "${sentence}"${/[.!?]$/.test(sentence) ? '' : '.'}`}${has}`;
  },
});

export const launchConfigurationRetired = rule({
  id: 'workload/launch-configuration-retired',
  title: 'Launch configuration may be refused',
  short: 'may be refused',
  severity: always('medium'),
  compares:
    'Launch configurations of the source that the target lacks, where the target is another account without any launch configuration.',
  why: 'An account that was created on or after 1 October 2024 cannot create launch configurations: "The Launch Configuration creation operation is not available in your account. Use launch templates to create configuration templates for your Auto Scaling groups." When an account was created cannot be read; one that has a launch configuration can create another.',
  remedy:
    'Create a launch template with the same settings on the target, and let the Auto Scaling group launch by it.',
  links: ['https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html'],
  *find(pair, { source, target }) {
    if (!missing(pair) || source.account === null || target.account === null) return;
    if (source.account === target.account) return;
    if (target.launchConfigurations.status === 'failed' || itemsOf(target.launchConfigurations).length > 0)
      return;
    yield { facts: { account: target.account }, content: null };
  },
  message: ({ account }, { name, target }) =>
    `Account ${account} may be unable to create launch configuration "${name}": it has none in ${target}, and an account that was created on or after 1 October 2024 cannot create one.`,
});
