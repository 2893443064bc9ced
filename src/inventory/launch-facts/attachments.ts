import * as z from 'zod';
import { groupBy } from '../../text/groups.ts';
import { compareText } from '../order.ts';

/** What Auto Scaling groups attach their instances to, and what holds new instances back. */

export const targetGroupSchema = z.strictObject({
  id: z.string().describe('The ARN.'),
  name: z.string().nullable(),
  vpcId: z.string().nullable(),
  exists: z.boolean().describe('False: it was requested and does not exist.'),
});
export interface AwsTargetGroup {
  TargetGroupArn?: string | undefined;
  TargetGroupName?: string | undefined;
  VpcId?: string | undefined;
}
export function targetGroupFrom(raw: AwsTargetGroup): z.infer<typeof targetGroupSchema> {
  return {
    id: raw.TargetGroupArn ?? '',
    name: raw.TargetGroupName || null,
    vpcId: raw.VpcId || null,
    exists: true,
  };
}

export const classicLoadBalancerSchema = z.strictObject({
  id: z.string().describe('Its name.'),
  vpcId: z.string().nullable(),
  exists: z.boolean().describe('False: it was requested and does not exist.'),
});
export interface AwsClassicLoadBalancer {
  LoadBalancerName?: string | undefined;
  VPCId?: string | undefined;
}
export function classicLoadBalancerFrom(
  raw: AwsClassicLoadBalancer,
): z.infer<typeof classicLoadBalancerSchema> {
  return { id: raw.LoadBalancerName ?? '', vpcId: raw.VPCId || null, exists: true };
}

const hookSchema = z.strictObject({
  name: z.string(),
  transition: z.string().describe('"autoscaling:EC2_INSTANCE_LAUNCHING" or "…_TERMINATING".'),
  notifies: z.string().nullable().describe('The ARN of an SNS topic or SQS queue.'),
  role: z.string().nullable().describe('The ARN of the role that it notifies with.'),
  result: z
    .string()
    .nullable()
    .default(null)
    .describe('What happens where nothing completes it in time: "ABANDON" or "CONTINUE".'),
  timeoutSeconds: z.number().nullable().default(null).describe('How long it waits.'),
});
export type LifecycleHook = z.infer<typeof hookSchema>;
export const lifecycleHooksSchema = z.strictObject({
  id: z.string().describe('The name of the Auto Scaling group.'),
  hooks: z.array(hookSchema),
});
export type LifecycleHooks = z.infer<typeof lifecycleHooksSchema>;
export interface AwsLifecycleHook {
  LifecycleHookName?: string | undefined;
  AutoScalingGroupName?: string | undefined;
  LifecycleTransition?: string | undefined;
  NotificationTargetARN?: string | undefined;
  RoleARN?: string | undefined;
  DefaultResult?: string | undefined;
  HeartbeatTimeout?: number | undefined;
}

/** One item per group of `groups`, those without any hook included. Of a hook that comes several times the last counts. */
export function lifecycleHooksFrom(
  rows: readonly AwsLifecycleHook[],
  groups: readonly string[],
): LifecycleHooks[] {
  const byGroup = groupBy(rows, ({ AutoScalingGroupName = '' }) => AutoScalingGroupName);
  return [...new Set([...groups, ...byGroup.keys()])].map((id) => {
    const hooks = (byGroup.get(id) ?? []).map(hookFrom);
    const byName = new Map(hooks.map((hook) => [hook.name, hook]));
    return { id, hooks: [...byName.values()].sort((a, b) => compareText(a.name, b.name)) };
  });
}

function hookFrom(raw: AwsLifecycleHook): LifecycleHook {
  return {
    name: raw.LifecycleHookName ?? '',
    transition: raw.LifecycleTransition ?? '',
    notifies: raw.NotificationTargetARN || null,
    role: raw.RoleARN || null,
    result: raw.DefaultResult || null,
    timeoutSeconds: raw.HeartbeatTimeout ?? null,
  };
}
