import type { Image } from '../../../inventory/image.ts';
import { awsCommand } from '../../commands/aws.ts';
import type { Offer } from '../../commands/offer.ts';
import type { Context } from '../../context.ts';

interface Recycled {
  readonly imageId: string;
  readonly until: string | null;
}

/** The image in the target's Recycle Bin that has the name of the copy; of several the one that entered it last. */
export function recycledOf(image: Image, context: Context): Recycled | null {
  const name = image.name === null ? null : context.names.images(image.name);
  const named = (context.target.recycledImages ?? []).filter((r) => name !== null && r.name === name);
  const last = named.reduce<(typeof named)[number] | null>(
    (a, b) => (a !== null && (a.enteredAt ?? '') > (b.enteredAt ?? '') ? a : b),
    null,
  );
  return last && { imageId: last.id, until: last.exitsAt };
}

/** Brings it back. */
export function restore({ imageId }: Recycled, region: string): Offer {
  return {
    shell: awsCommand('ec2 restore-image-from-recycle-bin', region, { '--image-id': imageId }),
    side: 'target',
    does: `Restore ${imageId} from the Recycle Bin`,
  };
}

/** Before the advice to copy. That the names are equal does not prove that it is the copy. */
export function restored({ until, imageId }: Recycled, target: string): string {
  const end = until === null ? '' : ` until ${until}`;
  return `The Recycle Bin of ${target} holds an image of this name (${imageId})${end}. If it is the copy, restore it. If it is not: `;
}
