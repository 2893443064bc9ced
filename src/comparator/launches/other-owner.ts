import { itemsOf } from '../../inventory/collected.ts';
import type { Context } from '../context.ts';
import type { LaunchOmission } from './issue.ts';
import { type Checked, NOTHING_FOUND } from './judging.ts';
import type { Start } from './starts.ts';

/**
 * What decides a launch from an image of another account besides its launch permissions, and is not read: EC2 returns an
 * image with a product code to accounts without a subscription too, and refuses the launch ("OptInRequired"); and the
 * volumes of an encrypted image need its KMS key, whose policy only its owner can read.
 */
export function otherOwnerChecks({ image }: Start, context: Context): Checked {
  const { source, target } = context;
  if (image === null || source.account === null || target.account === null) return NOTHING_FOUND;
  const omissions: LaunchOmission[] = [];
  if (source.account !== target.account && image.productCodes.length > 0)
    omissions.push({
      what: 'subscriptions to AWS Marketplace (whether the account may launch images with product codes)',
      side: 'target',
      because: `Whether account ${target.account} has subscribed is not read.`,
      parts: ['image'],
    });
  const isOther = image.ownerId !== null && image.ownerId !== target.account;
  const isShown = () =>
    itemsOf(target.otherImages).some(({ details }) => details === image) ||
    context.counterparts.image.some((pair) => pair.target === image);
  if (isOther && image.blockDevices.some(({ ebs }) => ebs?.encrypted === true) && isShown())
    omissions.push({
      what: 'policies of KMS keys of other accounts (whether volumes of their encrypted images can be made)',
      side: 'target',
      because: 'Only the owner of a key can read its policy.',
      parts: ['storage'],
    });
  return { ...NOTHING_FOUND, omissions };
}
