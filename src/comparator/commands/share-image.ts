import type { Image } from '../../inventory/image.ts';
import { partitionOf } from '../../inventory/regions.ts';
import { assign, awsCommand, type Options } from './aws.ts';
import { type Copy, copyTo, LONGEST_NAME, tagOptions } from './copy-step.ts';
import { keysOf } from './image-storage.ts';
import type { Offer } from './offer.ts';
import { ShellVariable } from './shell.ts';

/** The target can copy an image that it may launch and whose snapshots it may read. */
export function shareAndCopy(copy: Copy, more: Options = {}): Offer[] {
  const { image, context } = copy;
  const { source, target } = context;
  const account = target.account ?? '';
  const snapshots = image.blockDevices.flatMap((d) => d.ebs?.snapshotId ?? []);
  return [
    ...(isSharedWith(image, account) ? [] : [shareImage(image.id, account, source.region)]),
    ...snapshots.map(
      (id): Offer => ({
        shell: awsCommand('ec2 modify-snapshot-attribute', source.region, snapshotOptions(id, account)),
        side: 'source',
        does: `Share ${id} with account ${account}`,
      }),
    ),
    copyTo(copy, { ...more, ...tagOptions(copy) }),
  ];
}

/** Whether the launch permissions allow the account to launch it. They say nothing of its snapshots. */
export function isSharedWith({ public: isPublic, launchPermissions }: Image, account: string): boolean {
  return (
    isPublic || launchPermissions?.everyone === true || launchPermissions?.accounts.includes(account) === true
  );
}

function snapshotOptions(id: string | ShellVariable, account: string): Options {
  return {
    '--snapshot-id': id,
    '--attribute': 'createVolumePermission',
    '--operation-type': 'add',
    '--user-ids': account,
  };
}

function shareImage(id: string | ShellVariable, account: string, region: string): Offer {
  return {
    shell: awsCommand('ec2 modify-image-attribute', region, {
      '--image-id': id,
      '--launch-permission': { json: { Add: [{ UserId: account }] } },
    }),
    side: 'source',
    does: `Share the image with account ${account}`,
  };
}

/** Lets the target's account use the customer managed keys of the snapshots, which it then shares and copies. */
export function grantAndCopy(copy: Copy): Offer[] {
  const { source, target } = copy.context;
  const account = target.account ?? '';
  const principal = `arn:${partitionOf(target.region)}:iam::${account}:root`;
  const grants = (keysOf(copy.image) ?? []).map(
    (key): Offer => ({
      shell: awsCommand('kms create-grant', source.region, {
        '--key-id': key,
        '--grantee-principal': principal,
        '--operations': ['Decrypt', 'DescribeKey', 'CreateGrant', 'ReEncryptFrom'],
      }),
      side: 'source',
      does: `Allow account ${account} to use the KMS key ${key}`,
    }),
  );
  return [...grants, ...shareAndCopy(copy, { '--encrypted': null })];
}

/** Which key encrypts a snapshot is not known to be one that can be shared: a copy under one that can be is. */
export function reencryptAndCopy(copy: Copy): Offer[] {
  const { image, context } = copy;
  const { source, target } = context;
  const account = target.account ?? '';
  const shareable = new ShellVariable('shareable');
  const suffix = `-for-${account}`;
  const again = awsCommand('ec2 copy-image', source.region, {
    '--source-image-id': image.id,
    '--source-region': source.region,
    '--name': `${(image.name ?? image.id).slice(0, LONGEST_NAME - suffix.length)}${suffix}`,
    '--encrypted': null,
    '--kms-key-id': {
      required: 'KMS_KEY',
      meaning: `a KMS key of ${context.places.source} that account ${account} may use`,
    },
    '--query': 'ImageId',
    '--output': 'text',
  });
  const snapshots = awsCommand('ec2 describe-images', source.region, {
    '--image-ids': shareable,
    '--query': 'Images[0].BlockDeviceMappings[].Ebs.SnapshotId',
    '--output': 'text',
  });
  const share = awsCommand(
    'ec2 modify-snapshot-attribute',
    source.region,
    snapshotOptions(new ShellVariable('snapshot'), account),
  );
  return [
    {
      shell: assign(shareable, again),
      side: 'source',
      does: `Copy the image within ${context.places.source} with a KMS key that can be shared`,
    },
    {
      shell: awsCommand('ec2 wait image-available', source.region, { '--image-ids': shareable }),
      side: 'source',
      does: 'Wait until that copy is available',
    },
    shareImage(shareable, account, source.region),
    {
      shell: `for snapshot in $(${snapshots}); do ${share}; done`,
      side: 'source',
      does: `Share its snapshots with account ${account}`,
    },
    copyTo(copy, { '--encrypted': null, ...tagOptions(copy) }, { '--source-image-id': shareable }),
  ];
}
