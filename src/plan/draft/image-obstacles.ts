import type { Context } from '../../comparator/context.ts';
import type { Image } from '../../inventory/image.ts';
import type { TransferFacts } from '../../report/rules/images.ts';
import type { Reason } from '../reasons/reason.ts';

/** Why a script cannot copy an image; null where it can. */
export function copyObstacle(image: Image, transfer: TransferFacts, { source }: Context): Reason | null {
  const { by, productCodes, storedIn, targetAccount } = transfer;
  if (image.state !== 'available') return { type: 'image-not-available', state: image.state };
  if (image.ownerId !== null && source.account !== null && image.ownerId !== source.account)
    return { type: 'source-image-of-other-account', account: image.ownerId };
  if (productCodes.length > 0) return { type: 'product-codes', codes: productCodes, account: targetAccount };
  if (image.rootDeviceType === 'instance-store') return { type: 'instance-store' };
  switch (by) {
    case 'copy':
      return null;
    case 'share':
      return sharingObstacle(image, transfer);
    case 'store':
      return { type: 'other-partition' };
    case 'build':
      return storedIn === null
        ? { type: 'image-cannot-be-copied' }
        : { type: 'snapshots-stored-elsewhere', place: storedIn.place };
  }
}

function sharingObstacle(image: Image, { encrypted, keyManager }: TransferFacts): Reason | null {
  if (isBilled(image)) return { type: 'billed-image', usageOperation: image.usageOperation ?? '' };
  if (!encrypted) return null;
  switch (keyManager) {
    case 'customer':
      return null;
    case 'aws':
      return { type: 'key-of-aws' };
    case null:
      return { type: 'key-manager-unread' };
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
