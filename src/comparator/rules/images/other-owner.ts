import type { Image } from '../../../inventory/image.ts';
import type { Context } from '../../context.ts';
import { bothEnds, type Counterpart } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';

const SHARE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html';
const KMS = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html';

/** The account that owns the image which the target launches, where that is another account than the target's. */
export function otherOwnerOf(image: Image, { target }: Context): string | null {
  return image.ownerId !== null && target.account !== null && image.ownerId !== target.account
    ? image.ownerId
    : null;
}

export function isEncrypted({ blockDevices }: Image): boolean {
  return blockDevices.some(({ ebs }) => ebs?.encrypted === true);
}

/** The pair's image on the target, where another account owns it. */
export function launchedFromOther(
  pair: Counterpart<Image>,
  context: Context,
): { image: Image; owner: string } | null {
  const image = bothEnds(pair)?.target;
  const owner = image && otherOwnerOf(image, context);
  return image && owner ? { image, owner } : null;
}

export const imageOwnedByAnother = rule({
  id: 'image/owned-by-another-account',
  title: 'The image belongs to another account',
  short: 'of another account',
  severity: always('info'),
  compares:
    'The owner of the image that the target launches with the account of the target: by launch permissions within one region, else by the images of other accounts that EC2 returns to the target.',
  why: 'The image can be launched only while its owner keeps and shares it. Only the owner can change the image, its deprecation date and its launch permissions.',
  remedy:
    'Nothing to do while the owner keeps sharing it. To be independent of the owner, copy it into the target account.',
  links: [SHARE, KMS],
  *find(pair, context) {
    const found = launchedFromOther(pair, context);
    if (!found) return;
    const { image, owner } = found;
    const account = context.target.account ?? '';
    const encrypted = isEncrypted(image);
    yield { facts: { imageId: image.id, owner, account, encrypted }, content: { owner, encrypted } };
  },
  message: ({ imageId, owner, account, encrypted }, { name, target }) =>
    `In ${target} "${name}" is image ${imageId} of account ${owner}, which account ${account} may launch. Account ${account} does not own a copy.${encrypted ? ` Its volumes are encrypted: account ${account} needs permission to use their KMS key too, which was not read.` : ''}`,
  remedyFor: ({ owner, account, encrypted }) =>
    `Nothing to do while account ${owner} lets account ${account} launch it${encrypted ? ' and use its KMS key' : ''}. To be independent of account ${owner}, copy it into account ${account}.`,
});
