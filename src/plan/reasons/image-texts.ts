import { nothing, option, person, type ReasonTexts } from './next.ts';
import type { ReasonType } from './reason.ts';

const OF_AWS = 'Copy the image within its region with a customer managed key first, and share that copy.';

export const IMAGE_TEXTS = {
  recycled: person(
    ({ imageId }) =>
      `The target has it in its Recycle Bin (${imageId}). Whether it is restored or copied again is for a person to decide.`,
  ),
  'image-undetermined': person(
    'Whether the image of the target is a copy is not known. Compare the two, or copy the image of the source under another name.',
  ),
  'image-of-other-account': person(
    'Another account owns the image that the target has. Ask its owner to share it for copies, or to copy it.',
  ),
  'content-stays': person(
    'An image cannot be changed. Copy the image of the source again under another name, and decide what uses which.',
  ),
  'unusable-copy': person(
    'The copy cannot be used. Whether it is enabled, deregistered or copied again is for a person to decide.',
  ),
  'image-source-gone': person(
    'The source does not have the image any more. Whether its copy is still needed is for a person to decide.',
  ),
  'image-name-stays': nothing('The name of an image cannot be changed.'),
  'image-attributes-stay': person(
    'These attributes are set when an image is registered, and a plan changes none of them.',
  ),
  'encryption-stays': person(
    'The encryption of a volume is set when the image is copied. Copy the image again.',
  ),
  'encrypted-by-default': nothing(
    'The target encrypts every copy, because encryption by default is on. There is nothing to do.',
  ),
  'sizes-are-a-hint': person(
    'The sizes are a hint that the content differs, not a proof. Which of the two is right is for a person to decide.',
  ),
  'image-not-available': person(
    ({ state }) => `The image is in state "${state}", and only an available image can be copied.`,
  ),
  'source-image-of-other-account': person(
    ({ account }) => `Account ${account} owns the image. Ask it to share or to copy the image.`,
  ),
  'product-codes': person(
    ({ codes, account }) =>
      `The image has product codes (${codes.join(', ')}), and EC2 lets no other account copy it. Subscribe to the product in ${account === null ? 'the account of the target' : `account ${account}`}, and build the image there.`,
  ),
  'instance-store': person(
    'The root device of the image is an instance store: EC2 keeps such images and their copies in S3 buckets, and a copy cannot be encrypted. Whether to copy it or to build one that EBS backs is for a person to decide.',
  ),
  'other-partition': person(
    'EC2 copies no images between partitions. Store the image in S3, transfer the object, and restore it on the target.',
  ),
  'image-cannot-be-copied': person('EC2 cannot copy this image to the target. Build it there.'),
  'snapshots-stored-elsewhere': person(
    ({ place }) =>
      `Its snapshots are stored in ${place}, and EC2 does not copy them to another region. Build the image on the target.`,
  ),
  'billed-image': person(
    ({ usageOperation }) =>
      `AWS bills for software in the image (usage operation ${usageOperation}), and EC2 can refuse to copy such an image of another account. Launch an instance from the shared image, and create an image from that instance.`,
  ),
  'key-of-aws': person(
    `Its snapshots are encrypted with the AWS managed key aws/ebs, which cannot be shared. ${OF_AWS}`,
  ),
  'key-manager-unread': person(
    'Its snapshots are encrypted, and with which KMS key, or who manages that key, was not read: the AWS managed key aws/ebs cannot be shared. Read the key (kms:DescribeKey, ec2:DescribeSnapshots), or copy the image within its region with a customer managed key first, and share that copy.',
  ),
  'public-image': option(
    'Everybody may launch the image of the source. A plan makes an image of the target public only with --allow-world-open.',
  ),
  'public-image-becomes-encrypted': person(
    'Everybody may launch the image of the source, and EC2 encrypts the copy: an encrypted image cannot be public. Whether to copy it without that permission, or with encryption by default turned off, is for a person to decide.',
  ),
  'encrypted-copy-not-shared': person(
    'The copy is encrypted: those who launch it also need its KMS key, whose policy a plan does not change.',
  ),
  'only-copy-permits': person(
    'Only the copy has some of these permissions, and a plan takes no launch permissions away.',
  ),
  'only-copy-deprecated': person('Only the copy has a deprecation date, and a plan removes none.'),
  'deprecation-past': nothing(
    'The deprecation date of the source is past, and EC2 accepts only a date in the future.',
  ),
  'only-copy-protected': person(
    'The copy is better protected than the source, and a plan removes no protection.',
  ),
} as const satisfies Partial<ReasonTexts<ReasonType>>;
