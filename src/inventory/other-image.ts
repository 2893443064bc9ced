import { z } from 'zod';
import { isoTime } from './time.ts';

/**
 * An image that something refers to and the account does not own: AWS's, a vendor's, one that is shared. Asked for by id,
 * or by owner and name; what nobody asked for is not in the list.
 */
export const otherImageSchema = z.strictObject({
  id: z.string().describe('As asked for.'),
  exists: z.boolean().describe('False: asked for by this id, and the account cannot see such an image here.'),
  name: z.string().nullable(),
  ownerId: z.string().nullable(),
  ownerAlias: z.string().nullable().describe('"amazon", "aws-marketplace".'),
  state: z.string().nullable(),
  architecture: z.string().nullable(),
  platform: z.string().nullable(),
  createdAt: z.string().nullable(),
  deprecatedAt: z.string().nullable(),
});
export type OtherImage = z.infer<typeof otherImageSchema>;

/** A row of DescribeImages, as far as it matters here. */
export interface AwsOtherImage {
  ImageId?: string | undefined;
  Name?: string | undefined;
  OwnerId?: string | undefined;
  ImageOwnerAlias?: string | undefined;
  State?: string | undefined;
  Architecture?: string | undefined;
  Platform?: string | undefined;
  CreationDate?: string | undefined;
  DeprecationTime?: string | undefined;
}

export function otherImageFrom(raw: AwsOtherImage): OtherImage {
  return {
    id: raw.ImageId ?? '',
    exists: true,
    name: raw.Name || null,
    ownerId: raw.OwnerId ?? null,
    ownerAlias: raw.ImageOwnerAlias ?? null,
    state: raw.State ?? null,
    architecture: raw.Architecture ?? null,
    platform: raw.Platform?.toLowerCase() || null,
    createdAt: isoTime(raw.CreationDate),
    deprecatedAt: isoTime(raw.DeprecationTime),
  };
}

export function noOtherImage(id: string): OtherImage {
  return {
    id,
    exists: false,
    name: null,
    ownerId: null,
    ownerAlias: null,
    state: null,
    architecture: null,
    platform: null,
    createdAt: null,
    deprecatedAt: null,
  };
}

/** Asked for by owner and name, and there is none here. Its id is made up of the two, since it has none. */
export function noNamesake(owner: string, name: string): OtherImage {
  return { ...noOtherImage(`${owner}/${name}`), name, ownerId: owner };
}
