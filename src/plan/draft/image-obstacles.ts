import type { Context } from '../../comparator/context.ts';
import type { Image } from '../../inventory/image.ts';
import type { TransferFacts } from '../../report/rules/images.ts';

/** Why a script cannot copy an image; null where it can. */
export function copyObstacle(image: Image, transfer: TransferFacts, { source }: Context): string | null {
  const { by, encrypted, keyManager, productCodes, storedIn, targetAccount } = transfer;
  if (image.state !== 'available')
    return `The image is in state "${image.state}", and only an available image can be copied.`;
  if (image.ownerId !== null && source.account !== null && image.ownerId !== source.account)
    return `Account ${image.ownerId} owns the image. Ask it to share or to copy the image.`;
  if (productCodes.length > 0)
    return 'The image has product codes: EC2 does not let another account copy it.';
  switch (by) {
    case 'copy':
      return null;
    case 'share':
      if (!encrypted) return null;
      return keyManager === 'customer'
        ? `Its snapshots are encrypted. Allow account ${targetAccount} to use their KMS key, share the image, and copy it: a plan changes no key policies and creates no grants.`
        : 'Its snapshots are encrypted with a key that may be one of AWS, which cannot be shared. Copy the image with a customer managed key first, and share that copy.';
    case 'store':
      return 'EC2 copies no images between partitions. Store the image in S3, transfer the object, and restore it on the target.';
    case 'build':
      return storedIn === null
        ? 'EC2 cannot copy this image to the target. Build it there.'
        : `Its snapshots are stored in ${storedIn.place}, and EC2 does not copy them to another region. Build the image on the target.`;
  }
}

/** The snapshots of an image, each once. */
export function canBeShared({ blockDevices }: Image): string[] {
  return [...new Set(blockDevices.flatMap(({ ebs }) => ebs?.snapshotId ?? []))];
}
