import type { Context } from '../../comparator/context.ts';
import type { Image } from '../../inventory/image.ts';
import type { TransferFacts } from '../../report/rules/images.ts';

/** Why a script cannot copy an image; null where it can. */
export function copyObstacle(image: Image, transfer: TransferFacts, { source }: Context): string | null {
  const { by, productCodes, storedIn, targetAccount } = transfer;
  if (image.state !== 'available')
    return `The image is in state "${image.state}", and only an available image can be copied.`;
  if (image.ownerId !== null && source.account !== null && image.ownerId !== source.account)
    return `Account ${image.ownerId} owns the image. Ask it to share or to copy the image.`;
  if (productCodes.length > 0)
    return `The image has product codes (${productCodes.join(', ')}), and EC2 lets no other account copy it. Subscribe to the product in account ${targetAccount}, and build the image there.`;
  if (image.rootDeviceType === 'instance-store')
    return 'The root device of the image is an instance store: EC2 keeps such images and their copies in S3 buckets, and a copy cannot be encrypted. Whether to copy it or to build one that EBS backs is for a person to decide.';
  switch (by) {
    case 'copy':
      return null;
    case 'share':
      return sharingObstacle(image, transfer);
    case 'store':
      return 'EC2 copies no images between partitions. Store the image in S3, transfer the object, and restore it on the target.';
    case 'build':
      return storedIn === null
        ? 'EC2 cannot copy this image to the target. Build it there.'
        : `Its snapshots are stored in ${storedIn.place}, and EC2 does not copy them to another region. Build the image on the target.`;
  }
}

function sharingObstacle(image: Image, { encrypted, keyManager }: TransferFacts): string | null {
  if (isBilled(image))
    return `AWS bills for software in the image (usage operation ${image.usageOperation}), and EC2 can refuse to copy such an image of another account. Launch an instance from the shared image, and create an image from that instance.`;
  if (!encrypted) return null;
  switch (keyManager) {
    case 'customer':
      return null;
    case 'aws':
      return 'Its snapshots are encrypted with the AWS managed key aws/ebs, which cannot be shared. Copy the image within its region with a customer managed key first, and share that copy.';
    case null:
      return 'Its snapshots are encrypted, and with which KMS key, or who manages that key, was not read: the AWS managed key aws/ebs cannot be shared. Read the key (kms:DescribeKey, ec2:DescribeSnapshots), or copy the image within its region with a customer managed key first, and share that copy.';
  }
}

/** By its usage operation: Linux, and licences that the customer brings, cost nothing beside the instance (EC2 User Guide, "AMI billing information fields"). */
function isBilled({ usageOperation }: Image): boolean {
  return (
    usageOperation !== null &&
    !['RunInstances', 'RunInstances:00g0', 'RunInstances:0800'].includes(usageOperation)
  );
}

/** The snapshots of an image, each once. */
export function canBeShared({ blockDevices }: Image): string[] {
  return [...new Set(blockDevices.flatMap(({ ebs }) => ebs?.snapshotId ?? []))];
}
