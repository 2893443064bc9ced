import type { SnapshotKind } from '../../inventory/snapshot.ts';

/**
 * The top-level keys that tell what an answer is: a kind of a snapshot; `detail` belongs to items of
 * one; `place` tells account and region.
 */
export const ANSWER_KEYS = {
  KeyPairs: 'keyPairs',
  SecurityGroups: 'securityGroups',
  Vpcs: 'vpcs',
  PrefixLists: 'prefixLists',
  Images: 'images',
  SecurityGroupRules: 'detail',
  Entries: 'detail',
  LaunchPermissions: 'detail',
  ImageAncestryEntries: 'detail',
  Snapshots: 'detail',
  State: 'detail',
  EbsEncryptionByDefault: 'detail',
  Regions: 'place',
  UserId: 'place',
  Reservations: 'instances',
  LaunchTemplates: 'launchTemplates',
  LaunchTemplateVersions: 'detail',
  LaunchConfigurations: 'launchConfigurations',
  AutoScalingGroups: 'autoScalingGroups',
  Stacks: 'stacks',
  TemplateBody: 'detail',
  Parameters: 'parameters',
} as const satisfies Readonly<Record<string, SnapshotKind | 'detail' | 'place'>>;
export type AnswerKey = keyof typeof ANSWER_KEYS;

export function isAnswerKey(key: string): key is AnswerKey {
  return Object.hasOwn(ANSWER_KEYS, key);
}

/** What else must stand beside a key that other answers could have too. */
const COMPANIONS: Partial<Readonly<Record<AnswerKey, readonly string[]>>> = {
  UserId: ['Account', 'Arn'],
  LaunchPermissions: ['ImageId'],
  // ssm get-parameters; others, such as describe-parameters, hold no values
  Parameters: ['InvalidParameters'],
  // get-allowed-images-settings
  State: ['ManagedBy'],
};

/** The known kinds of answer among the top-level keys of one JSON object. */
export function answerKeysOf(keys: readonly string[]): AnswerKey[] {
  return keys
    .filter(isAnswerKey)
    .filter((key) => (COMPANIONS[key] ?? []).every((other) => keys.includes(other)));
}

interface Kind {
  readonly noun: string;
  readonly key: AnswerKey;
  readonly call: string;
  /** As the AWS CLI calls it; "ec2" where none is named. */
  readonly service?: 'autoscaling' | 'cloudformation' | 'ssm';
}

/** What a kind is called, the answer that holds it, and the call that makes it. */
export const KINDS: Readonly<Record<SnapshotKind, Kind>> = {
  vpcs: { noun: 'VPCs', key: 'Vpcs', call: 'describe-vpcs' },
  keyPairs: { noun: 'key pairs', key: 'KeyPairs', call: 'describe-key-pairs --include-public-key' },
  prefixLists: { noun: 'prefix lists', key: 'PrefixLists', call: 'describe-managed-prefix-lists' },
  securityGroups: { noun: 'security groups', key: 'SecurityGroups', call: 'describe-security-groups' },
  images: {
    noun: 'images',
    key: 'Images',
    call: 'describe-images --owners self --include-deprecated --include-disabled',
  },
  instances: { noun: 'instances', key: 'Reservations', call: 'describe-instances' },
  launchTemplates: { noun: 'launch templates', key: 'LaunchTemplates', call: 'describe-launch-templates' },
  launchConfigurations: {
    noun: 'launch configurations',
    key: 'LaunchConfigurations',
    call: 'describe-launch-configurations',
    service: 'autoscaling',
  },
  autoScalingGroups: {
    noun: 'Auto Scaling groups',
    key: 'AutoScalingGroups',
    call: 'describe-auto-scaling-groups',
    service: 'autoscaling',
  },
  stacks: { noun: 'stacks', key: 'Stacks', call: 'describe-stacks', service: 'cloudformation' },
  parameters: {
    noun: 'SSM parameters',
    key: 'Parameters',
    call: 'get-parameters --names NAME',
    service: 'ssm',
  },
  otherImages: {
    noun: 'images',
    key: 'Images',
    call: 'describe-images --include-deprecated --include-disabled --image-ids ami-…',
  },
};

/**
 * The key that a file's name points to, for a file whose text shows none. Names are a last resort and only ever used
 * to say what may be missing, never to read a file as something.
 */
export function keyOfName(name: string): AnswerKey | null {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  return (
    (Object.keys(ANSWER_KEYS) as AnswerKey[]).find(
      (key) => key.length > 5 && plain.includes(key.toLowerCase()),
    ) ?? (plain.includes('vpcs') ? 'Vpcs' : null)
  );
}

/** The command that makes the answer, ready to paste. */
export function command(
  call: string,
  region: string | null,
  file: string,
  service: NonNullable<Kind['service']> | 'ec2' = 'ec2',
): string {
  return `aws ${service} ${call} --region ${region ?? 'REGION'} --output json > ${shellWord(file)}`;
}

export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
