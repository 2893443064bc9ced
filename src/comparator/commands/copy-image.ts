import { itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import { partitionOf } from '../../inventory/regions.ts';
import type { TransferFacts } from '../../report/rules/images.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import { assign, awsCommand, type Options, requiredWord } from './aws.ts';
import { grantedBy, permissionRows, tagSpecifications } from './ec2-commands.ts';
import type { Offer } from './offer.ts';
import { ShellVariable, shellWord } from './shell.ts';

/** EC2 takes names of 3 to 128 characters (RegisterImage). */
const LONGEST_NAME = 128;

const namesOnTarget = perAudit(
  ({ target }): ReadonlySet<string> => new Set(itemsOf(target.images).flatMap((i) => i.name ?? [])),
);

interface Copy {
  readonly image: Image;
  readonly name: string;
  readonly context: Context;
}

/** The advice as facts, and the commands. */
export interface Transfer {
  readonly facts: TransferFacts;
  readonly commands: readonly Offer[];
}

/** How an image of the source gets to the target, and what to know before. */
export function copyImage(image: Image, context: Context): Transfer {
  const { source, target } = context;
  const name = nameOfCopy(image, context);
  const grants = grantedBy(image, null, context);
  const apart = source.account !== null && target.account !== null && source.account !== target.account;
  const by = partitionOf(source.region) !== partitionOf(target.region) ? 'store' : apart ? 'share' : 'copy';
  const encrypted = image.blockDevices.some((d) => d.ebs?.encrypted === true);
  const refused = by === 'share' && image.productCodes.length > 0;
  const facts: TransferFacts = {
    by,
    nameTaken: name.taken,
    targetAccount: target.account,
    encrypted,
    productCodes: refused ? image.productCodes : [],
    permissionsRead: grants !== null,
    grants: grants !== null && permissionRows(grants).length > 0,
  };
  const copy: Copy = { image, name: name.name, context };
  if (refused) return { facts, commands: [] };
  const made = {
    store: storeAndRestore,
    share: encrypted ? reencryptAndCopy : shareAndCopy,
    copy: plainCopy,
  }[by](copy);
  const permissions = grants ? permissionRows(grants) : [];
  return {
    facts,
    commands: [...made, ...(permissions.length > 0 ? [grantByName(copy, permissions)] : [])],
  };
}

/**
 * An image name is unique per account and region at a time (facts of CreateRestoreImageTask): where the target has one of
 * that name already, the copy is given another, or the command could only fail.
 */
function nameOfCopy(image: Image, context: Context): { name: string; taken: boolean } {
  const wanted = context.names.images(image.name ?? image.id);
  const taken = namesOnTarget(context).has(wanted);
  const suffix = `-${image.createdAt?.slice(0, 10) ?? image.id}`;
  return { name: taken ? `${wanted.slice(0, LONGEST_NAME - suffix.length)}${suffix}` : wanted, taken };
}

function copyTo(
  { image, name, context: { source, target, places } }: Copy,
  more: Options,
  sourceImage: Options = {},
): Offer {
  return {
    shell: awsCommand('ec2 copy-image', target.region, {
      '--source-image-id': image.id,
      ...sourceImage,
      '--source-region': source.region,
      '--name': name,
      ...more,
    }),
    side: 'target',
    does: `Copy ${image.id} to ${places.target}`,
  };
}

function plainCopy(copy: Copy): Offer[] {
  return [copyTo(copy, { '--copy-image-tags': null })];
}

/** Tags of another account's image are not copied, so the command sets them. */
function tagOptions({ image }: Copy): Options {
  return tagSpecifications('image', image.tags);
}

/** The target can copy an image that it may launch and whose snapshots it may read. */
function shareAndCopy(copy: Copy): Offer[] {
  const { image, context } = copy;
  const { source, target } = context;
  const account = target.account ?? '';
  const permissions = image.launchPermissions;
  const shared = image.public || permissions?.everyone || permissions?.accounts.includes(account);
  const snapshots = image.blockDevices.flatMap((d) => d.ebs?.snapshotId ?? []);
  return [
    ...(shared ? [] : [shareImage(image.id, account, source.region)]),
    ...snapshots.map(
      (id): Offer => ({
        shell: awsCommand('ec2 modify-snapshot-attribute', source.region, snapshotOptions(id, account)),
        side: 'source',
        does: `Share ${id} with account ${account}`,
      }),
    ),
    copyTo(copy, tagOptions(copy)),
  ];
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

/** Which key encrypts a snapshot is not known to be one that can be shared: a copy under one that can be is. */
function reencryptAndCopy(copy: Copy): Offer[] {
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
      does: `Copy the image within ${context.places.source} under a KMS key that can be shared`,
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

/** Between partitions neither images nor credentials are shared: the image goes through a file of S3. */
function storeAndRestore({ image, name, context: { source, target } }: Copy): Offer[] {
  const from = { required: 'SOURCE_BUCKET', meaning: `an S3 bucket in ${source.region}` };
  const to = { required: 'TARGET_BUCKET', meaning: `an S3 bucket in ${target.region}` };
  const object = `${image.id}.bin`;
  const stored = awsCommand('ec2 describe-store-image-tasks', source.region, {
    '--image-ids': image.id,
    '--query': 'StoreImageTaskResults[0].StoreTaskState',
    '--output': 'text',
  });
  return [
    {
      shell: awsCommand('ec2 create-store-image-task', source.region, {
        '--image-id': image.id,
        '--bucket': from,
      }),
      side: 'source',
      does: `Store ${image.id} in a bucket of ${source.region}`,
    },
    {
      shell: `until [ "$(${stored})" != InProgress ]; do sleep 30; done`,
      side: 'source',
      does: 'Wait until it is stored',
    },
    {
      shell: `aws s3 cp --region ${shellWord(source.region)} "s3://${requiredWord(from)}/"${shellWord(object)} ${shellWord(`./${object}`)}`,
      side: 'source',
      does: 'Download the object',
    },
    {
      shell: `aws s3 cp --region ${shellWord(target.region)} ${shellWord(`./${object}`)} "s3://${requiredWord(to)}/"${shellWord(object)}`,
      side: 'target',
      does: `Upload it to a bucket of ${target.region}`,
    },
    {
      shell: awsCommand('ec2 create-restore-image-task', target.region, {
        '--bucket': to,
        '--object-key': object,
        '--name': name,
      }),
      side: 'target',
      does: `Restore the image in ${target.region}`,
    },
  ];
}

/** The copy's id is known only once it is made; its name is known now, and no other image of the account has it. */
function grantByName({ name, context }: Copy, permissions: readonly Record<string, string>[]): Offer {
  const { region } = context.target;
  const id = awsCommand('ec2 describe-images', region, {
    '--owners': 'self',
    '--filters': { json: [{ Name: 'name', Values: [name.replace(/[\\*?]/g, '\\$&')] }] },
    '--query': 'Images[0].ImageId',
    '--output': 'text',
  });
  return {
    shell: awsCommand('ec2 modify-image-attribute', region, {
      '--image-id': { substitution: id },
      '--launch-permission': { json: { Add: permissions } },
    }),
    side: 'target',
    does: 'When the copy is available, give it the launch permissions of the source',
  };
}

/** What to do, with what makes it more than one command. */
export function copyAdvice(
  advice: string,
  { by, nameTaken, targetAccount, encrypted, productCodes, permissionsRead, grants }: TransferFacts,
): string {
  if (productCodes.length > 0)
    return `An image with product codes (${productCodes.join(', ')}) that another account shares cannot be copied: subscribe to the product in account ${targetAccount}, and build the image there.`;
  const how = {
    copy: [],
    share: encrypted
      ? [
          `Account ${targetAccount} must be able to read the image, and snapshots that are encrypted with the AWS managed key (aws/ebs) cannot be shared: first copy the image with a customer managed key whose policy allows account ${targetAccount} to use it, and share that copy. Set KMS_KEY to the key.`,
        ]
      : [`Account ${targetAccount} must be able to read the image: first share the image and its snapshots.`],
    store: [
      'Images cannot be copied between partitions: store the image in S3 and restore it from there, or build it again there. Set SOURCE_BUCKET and TARGET_BUCKET to a bucket of each side.',
    ],
  }[by];
  return [
    advice,
    ...how,
    ...(nameTaken
      ? ['The name is in use there: the copy gets another name until the other image is deregistered.']
      : []),
    ...(grants ? ['Launch permissions are not copied: set them when the copy is available.'] : []),
    ...(permissionsRead ? [] : ['The launch permissions of the source were not read: set them on the copy.']),
  ].join(' ');
}
