import type { Image } from '../../inventory/image.ts';
import type { Context } from '../context.ts';
import { awsCommand, type Options } from './aws.ts';
import { tagSpecifications } from './ec2-commands.ts';
import type { Offer } from './offer.ts';

/** EC2 takes names of 3 to 128 characters (RegisterImage). */
export const LONGEST_NAME = 128;

/** An image of the source and the name of its copy. */
export interface Copy {
  readonly image: Image;
  readonly name: string;
  readonly context: Context;
  /** Options for the key that encrypts the copy. */
  readonly key: Options;
}

export function copyTo(
  { image, name, key, context: { source, target, places } }: Copy,
  more: Options,
  sourceImage: Options = {},
): Offer {
  return {
    shell: awsCommand('ec2 copy-image', target.region, {
      '--source-image-id': image.id,
      ...sourceImage,
      '--source-region': source.region,
      '--name': name,
      ...more,
      ...key,
    }),
    side: 'target',
    does: `Copy ${image.id} to ${places.target}`,
  };
}

/** Tags of another account's image are not copied, so the command sets them. */
export function tagOptions({ image }: Copy): Options {
  return tagSpecifications('image', image.tags);
}
