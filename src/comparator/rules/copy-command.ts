import { itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import type { Context } from '../context.ts';
import { shellWord } from './shell.ts';

/** What to type to copy an image with its tags, and what to know before. */
export type CopyCommand = { readonly command: string; readonly nameTaken: boolean };

/** EC2 takes names of 3 to 128 characters (RegisterImage). */
const LONGEST_NAME = 128;

const taken = new WeakMap<Context, ReadonlySet<string>>();

/**
 * An image name is unique per account and region at a time (facts of CreateRestoreImageTask): where the target has one of
 * that name already, the copy is given another, or the command could only fail.
 */
export function copyCommand(image: Image, context: Context): CopyCommand {
  const names = taken.get(context) ?? new Set(itemsOf(context.target.images).flatMap((i) => i.name ?? []));
  taken.set(context, names);
  const wanted = context.names.images(image.name ?? image.id);
  const nameTaken = names.has(wanted);
  const suffix = `-${image.createdAt?.slice(0, 10) ?? image.id}`;
  const name = nameTaken ? `${wanted.slice(0, LONGEST_NAME - suffix.length)}${suffix}` : wanted;
  const { source, target } = context;
  const words = [
    '--source-image-id',
    image.id,
    '--source-region',
    source.region,
    '--region',
    target.region,
    '--name',
    name,
    '--copy-image-tags',
  ];
  return { command: `aws ec2 copy-image ${words.map(shellWord).join(' ')}`, nameTaken };
}

/** Before the command, where its name is not the one that would be expected. */
export function takenName({ nameTaken }: CopyCommand): string {
  return nameTaken
    ? 'Its name is taken over there: the copy gets another, until the old image is deregistered. '
    : '';
}
