import type { TransferFacts } from '../../report/rules/images.ts';

/** What to do, with what makes it more than one command. */
export function copyAdvice(advice: string, transfer: TransferFacts): string {
  const { by, nameTaken, targetAccount, productCodes, permissionsRead, grants, needsSharedKey } = transfer;
  if (productCodes.length > 0)
    return `An image with product codes (${productCodes.join(', ')}) that another account shares cannot be copied: subscribe to the product in account ${targetAccount}, and build the image there.`;
  if (by === 'build') return buildAdvice(transfer);
  const how = {
    copy: [],
    share: [sharing(transfer)],
    store: [
      'CopyImage does not work between partitions: store the image in S3 and restore it from there, or build it there. Set SOURCE_BUCKET and TARGET_BUCKET to a bucket of each side.',
    ],
  }[by];
  return [
    advice,
    ...how,
    ...(nameTaken
      ? ['The name is in use there: the copy gets another name until the other image is deregistered.']
      : []),
    ...(grants ? ['Launch permissions are not copied: set them when the copy is available.'] : []),
    ...(needsSharedKey
      ? [
          'An image that is encrypted with an AWS managed key cannot be shared: set TARGET_KMS_KEY to a customer managed key that these accounts may use.',
        ]
      : []),
    ...(permissionsRead ? [] : ['The launch permissions of the source were not read: set them on the copy.']),
  ].join(' ');
}

/** EC2 copies no such image to the target (CopyImage), or stores none in S3 (CreateStoreImageTask). */
function buildAdvice({ storedIn }: TransferFacts): string {
  switch (storedIn?.kind) {
    case 'outpost':
      return `Build the image on the target. Its snapshots are stored on the Outpost ${storedIn.place}, and EC2 does not copy an image from an Outpost to a Region.`;
    case 'local-zone':
      return `Its snapshots are stored in the Local Zone ${storedIn.place}, and EC2 copies an image from a Local Zone to its parent Region only. Copy it there first and then that copy to the target, or build the image on the target.`;
    case undefined:
      return 'Build the image on the target. CopyImage does not work between partitions, and EC2 stores only images in S3 that are backed by EBS and use hardware virtualization.';
  }
}

function sharing({ targetAccount, encrypted, keyManager, shared }: TransferFacts): string {
  if (shared && (!encrypted || keyManager === 'customer')) {
    const snapshots = `The image is already shared with account ${targetAccount}, but a copy also needs its snapshots`;
    return encrypted
      ? `${snapshots} and their key: first allow account ${targetAccount} to use the customer managed key that encrypts the snapshots, and share the snapshots. In account ${targetAccount}, the identity that copies needs an IAM policy that allows the use of the key.`
      : `${snapshots}: first share the snapshots.`;
  }
  if (!encrypted)
    return `Account ${targetAccount} must be able to read the image: first share the image and its snapshots.`;
  if (keyManager === 'customer')
    return `Account ${targetAccount} must be able to read the image: first allow it to use the customer managed key that encrypts the snapshots, and share the image and its snapshots. In account ${targetAccount}, the identity that copies needs an IAM policy that allows the use of the key.`;
  const why =
    keyManager === 'aws'
      ? 'its snapshots are encrypted with an AWS managed key (aws/ebs), which cannot be shared'
      : 'snapshots that are encrypted with the AWS managed key (aws/ebs) cannot be shared';
  return `Account ${targetAccount} must be able to read the image, and ${why}: first copy the image with a customer managed key whose policy allows account ${targetAccount} to use it, and share that copy. Set KMS_KEY to the key.`;
}
