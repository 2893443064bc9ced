import * as z from 'zod';
import { failureSchema } from '../collected.ts';
import { compareText, firstOf } from '../order.ts';
import { isoTime } from '../time.ts';

export const instanceProfileSchema = z.strictObject({
  id: z.string().describe('Its name.'),
  arn: z.string().nullable(),
  exists: z.boolean().describe('False: it was requested and does not exist.'),
});
export type InstanceProfile = z.infer<typeof instanceProfileSchema>;
export interface AwsInstanceProfile {
  InstanceProfileName?: string | undefined;
  Arn?: string | undefined;
}
export function instanceProfileFrom(raw: AwsInstanceProfile): InstanceProfile {
  return { id: raw.InstanceProfileName ?? '', arn: raw.Arn || null, exists: true };
}

export const quotaSchema = z.strictObject({
  id: z.string().describe('The quota code: "L-1216C47A".'),
  name: z.string().nullable(),
  value: z.number().nullable(),
});
export interface AwsQuota {
  QuotaCode?: string | undefined;
  QuotaName?: string | undefined;
  ServiceCode?: string | undefined;
  Value?: number | undefined;
}
export function quotaFrom(raw: AwsQuota): z.infer<typeof quotaSchema> {
  return { id: raw.QuotaCode ?? '', name: raw.QuotaName || null, value: raw.Value ?? null };
}

export const metadataDefaultsSchema = z.strictObject({
  id: z.literal('account'),
  httpTokens: z.string().nullable().describe('"required", "optional" or "no-preference".'),
  httpTokensEnforced: z.string().nullable().describe('"enabled": EC2 refuses a launch that admits IMDSv1.'),
  httpEndpoint: z.string().nullable().default(null),
});
export interface AwsMetadataDefaults {
  HttpTokens?: string | undefined;
  HttpTokensEnforced?: string | undefined;
  HttpEndpoint?: string | undefined;
}
export function metadataDefaultsFrom(raw: AwsMetadataDefaults): z.infer<typeof metadataDefaultsSchema> {
  return {
    id: 'account',
    httpTokens: raw.HttpTokens || null,
    httpTokensEnforced: raw.HttpTokensEnforced || null,
    httpEndpoint: raw.HttpEndpoint || null,
  };
}

export const ebsDefaultKeySchema = z.strictObject({ id: z.string() });

export const kmsKeySchema = z.strictObject({
  id: z.string().describe('The key id; of a key that was requested and not found, as requested.'),
  arn: z.string().nullable(),
  manager: z
    .string()
    .nullable()
    .default(null)
    .describe('"AWS" for a key that AWS manages, such as aws/ebs; "CUSTOMER".'),
  state: z.string().nullable().describe('"Enabled", "Disabled", "PendingDeletion", …'),
  exists: z.boolean().describe('False: it was requested and does not exist.'),
  askedAs: z.array(z.string()).describe('Aliases and ARNs by which it was requested.'),
  unread: failureSchema
    .nullable()
    .default(null)
    .describe('Why this key could not be read where others could; nothing else is known of it then.'),
});
export type KmsKey = z.infer<typeof kmsKeySchema>;
export interface AwsKmsKey {
  KeyId?: string | undefined;
  Arn?: string | undefined;
  KeyState?: string | undefined;
  KeyManager?: string | undefined;
}
export function kmsKeyFrom(raw: AwsKmsKey): KmsKey {
  return {
    id: raw.KeyId ?? '',
    arn: raw.Arn || null,
    state: raw.KeyState || null,
    manager: raw.KeyManager || null,
    exists: true,
    askedAs: [],
    unread: null,
  };
}

export const activitySchema = z.strictObject({
  id: z.string(),
  group: z.string().describe('The name of the Auto Scaling group.'),
  status: z.string(),
  message: z.string().describe("AWS's own sentence."),
  startedAt: z.string().nullable(),
});
export interface AwsActivity {
  ActivityId?: string | undefined;
  AutoScalingGroupName?: string | undefined;
  Description?: string | undefined;
  StatusCode?: string | undefined;
  StatusMessage?: string | undefined;
  StartTime?: string | Date | undefined;
}

export const exportSchema = z.strictObject({
  id: z.string().describe('The name of the export.'),
  value: z.string(),
});
export interface AwsExport {
  Name?: string | undefined;
  Value?: string | undefined;
}
export function exportFrom(raw: AwsExport): z.infer<typeof exportSchema> {
  return { id: raw.Name ?? '', value: raw.Value ?? '' };
}

export type Activity = z.infer<typeof activitySchema>;

function activityFrom(raw: AwsActivity): Activity {
  return {
    id: raw.ActivityId ?? '',
    group: raw.AutoScalingGroupName ?? '',
    status: raw.StatusCode ?? '',
    // What follows is encrypted for the account, and thousands of characters long.
    message: (raw.StatusMessage ?? '').replace(/\s*Encoded authorization failure message: \S+/, ''),
    startedAt: isoTime(raw.StartTime),
  };
}

/**
 * Of each group the newest attempt to launch that has ended. Earlier ones show what existed then, and one in progress
 * shows nothing yet.
 */
export function newestLaunches(rows: readonly AwsActivity[]): Activity[] {
  const newest = new Map<string, Activity>();
  for (const row of rows) {
    if (!/^launching /i.test(row.Description ?? 'Launching ')) continue;
    const activity = activityFrom(row);
    const ended = activity.status === 'Successful' || isFailure(activity);
    const known = newest.get(activity.group);
    if (ended && (!known || compareTimes(activity, known) > 0)) newest.set(activity.group, activity);
  }
  return [...newest.values()];
}

/** A launch that a lifecycle hook abandoned is cancelled, and the message says so; one that a person cancelled has none. */
export function isFailure({ status, message }: Activity): boolean {
  return status === 'Failed' || (status === 'Cancelled' && /lifecycle action/i.test(message));
}

function compareTimes(a: Activity, b: Activity): number {
  return firstOf(compareText(a.startedAt ?? '', b.startedAt ?? ''), compareText(a.id, b.id));
}
