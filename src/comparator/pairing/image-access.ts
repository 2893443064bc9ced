import { itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import type { OtherImage } from '../../inventory/other-image.ts';
import { partitionOf } from '../../inventory/regions.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { isTwoAccountsOfOneRegion } from '../../report/places.ts';
import { listed } from '../../text/lists.ts';
import type { UnreadEvidence } from './counterpart.ts';

/**
 * Whether the account of the target may launch an image of the source as it is. That is possible only within one region,
 * where the two sides are two accounts.
 */
export type ImageAccess =
  /** `image`: the image as the target sees it, else as its owner does. */
  | { readonly is: 'granted'; readonly image: Image }
  | { readonly is: 'refused' }
  | { readonly is: 'unknown'; readonly because: string; readonly evidence?: UnreadEvidence };

const REFUSED: ImageAccess = { is: 'refused' };

export function imageAccess(source: Snapshot, target: Snapshot): (image: Image) => ImageAccess {
  if (!isTwoAccountsOfOneRegion(source, target)) return () => REFUSED;
  const shown = new Map(itemsOf(target.otherImages).map((image) => [image.id, image]));
  const account = `account ${target.account}`;
  return (image) => {
    const seen = shown.get(image.id);
    if (seen?.exists) return { is: 'granted', image: seen.details ?? image };
    const grant = grantOf(image, target.account ?? '');
    if (grant === 'no one') return REFUSED;
    const hidden = hiddenByTarget(image, target);
    if (hidden) return hidden;
    // The target was asked by its id and did not return it: the owner's record must be of another time.
    if (seen)
      return grant === 'account' || grant === 'everyone'
        ? {
            is: 'unknown',
            because: `its launch permissions allow ${account} to launch it, but EC2 does not return it to ${account}`,
          }
        : REFUSED;
    switch (grant) {
      case 'everyone':
      case 'account':
        return { is: 'granted', image };
      case 'organization':
        return {
          is: 'unknown',
          because: `it is shared with ${listed(image.launchPermissions?.organizations ?? [])}, and whether ${account} belongs to it was not read`,
          // The look-up of the image by its id would have shown it.
          ...(otherImagesFailed(target) ? { evidence: { side: 'target', explains: 'copies' } } : {}),
        };
      case 'unread':
        return {
          is: 'unknown',
          because: `its launch permissions were not read, so whether ${account} may launch it is not known`,
          evidence: { side: 'source', explains: 'permissions' },
        };
    }
  };
}

type Grant = 'everyone' | 'account' | 'organization' | 'unread' | 'no one';

/** Whom the owner allows to launch it, as far as it concerns the account. An image that is not available cannot be launched. */
function grantOf(image: Image, account: string): Grant {
  const { launchPermissions: granted } = image;
  if (image.state === 'disabled') return 'no one';
  if (image.public || granted?.everyone) return 'everyone';
  if (granted === null) return image.state === 'available' ? 'unread' : 'no one';
  if (granted.accounts.includes(account)) return 'account';
  return granted.organizations.length > 0 ? 'organization' : 'no one';
}

/** Allowed AMIs hides images of other accounts; its criteria are not read. Where it was denied, so may be its state. */
function hiddenByTarget(image: Image, { imageSettings, gaps, account }: Snapshot): ImageAccess | null {
  if (imageSettings.allowedImages === 'enabled')
    return {
      is: 'unknown',
      because: `Allowed AMIs is enabled in account ${account}, and whether it allows images of account ${image.ownerId} was not read`,
    };
  const denied =
    imageSettings.allowedImages === null &&
    gaps.some(({ explains, code }) => explains === 'settings' && code !== 'unsupported');
  return denied
    ? {
        is: 'unknown',
        because: `whether Allowed AMIs of account ${account} allows images of account ${image.ownerId} could not be read`,
        evidence: { side: 'target', explains: 'settings' },
      }
    : null;
}

/**
 * Whether it was not looked up which copies of an image of the source other accounts share with the target's account in
 * another region: a live target is asked by owner and name, and knows then that there is none; a stored one was not.
 */
export function sharedCopiesUnasked(
  { name }: Pick<Image, 'name'>,
  { account, region }: Snapshot,
  target: Snapshot,
): boolean {
  if (account === null || target.account === null || account === target.account) return false;
  if (region === target.region || partitionOf(region) !== partitionOf(target.region)) return false;
  return (
    name !== null &&
    target.otherImages.status === 'complete' &&
    !target.otherImages.items.some((image) => image.name === name && image.ownerId === account)
  );
}

/** The images of other owners that the target may launch: they can be counterparts of images of the source. */
export function imagesShownTo(target: Snapshot): readonly Image[] {
  return itemsOf(target.otherImages).flatMap((image) => (isShown(image) ? [image.details] : []));
}

/**
 * Whether images of other owners were looked up on a side without an answer. Where a file holds none, or they were left
 * out by choice, nothing was looked up.
 */
export function otherImagesFailed({ otherImages }: Snapshot): boolean {
  return (
    otherImages.status === 'failed' &&
    otherImages.failure.code !== 'not-in-dump' &&
    otherImages.failure.code !== 'not-read'
  );
}

function isShown(image: OtherImage): image is OtherImage & { details: Image } {
  return image.exists && image.details !== null && image.details.state === 'available';
}
