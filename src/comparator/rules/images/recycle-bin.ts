import type { Image } from '../../../inventory/image.ts';
import { ec2Command } from '../../commands/ec2-commands.ts';
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

/** Before the command that copies. That the names are equal does not prove that it is the copy. */
export function restored({ imageId, until }: Recycled, region: string): string {
  const end = until === null ? '' : ` until ${until}`;
  const command = ec2Command('restore-image-from-recycle-bin', region, ['--image-id', imageId]);
  return `The Recycle Bin of ${region} holds an image of this name (${imageId})${end}. If it is the copy, restore it:  ${command}  Otherwise: `;
}
