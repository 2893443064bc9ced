import * as z from 'zod';
import { type AwsImage, type Image, imageFrom, imageSchema } from './image.ts';

/**
 * An image of another owner: of AWS, of a vendor, or of an account that shares it. Read by id, by owner and name, or
 * by the image that it was copied from; other images are not in the list. EC2 shows an account only images that
 * it may launch (EC2 API, DescribeImages), so one that `exists` can be launched as far as its state allows.
 */
export const otherImageSchema = z.strictObject({
  id: z.string().describe('As requested.'),
  exists: z.boolean().describe('False: requested by this id, and the account cannot see such an image here.'),
  name: z.string().nullable(),
  ownerId: z.string().nullable(),
  ownerAlias: z.string().nullable().describe('"amazon", "aws-marketplace".'),
  state: z.string().nullable(),
  architecture: z.string().nullable(),
  platform: z.string().nullable(),
  createdAt: z.string().nullable(),
  deprecatedAt: z.string().nullable(),
  details: imageSchema
    .nullable()
    .default(null)
    .describe('All that EC2 says of it; null where it does not exist, and in files of former versions.'),
});
export type OtherImage = z.infer<typeof otherImageSchema>;

/** A row of DescribeImages. */
export interface AwsOtherImage extends AwsImage {
  ImageOwnerAlias?: string | undefined;
}

export function otherImageFrom(raw: AwsOtherImage): OtherImage {
  const details: Image = imageFrom(raw, null);
  const { id, name, ownerId, architecture, platform, createdAt, deprecatedAt } = details;
  return {
    id,
    exists: true,
    name,
    ownerId,
    ownerAlias: raw.ImageOwnerAlias ?? null,
    state: raw.State ?? null,
    architecture,
    platform,
    createdAt,
    deprecatedAt,
    details,
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
    details: null,
  };
}

/** Requested by owner and name, and there is none here. Its id is composed of the two, since it has none. */
export function noNamesake(owner: string, name: string): OtherImage {
  return { ...noOtherImage(`${owner}/${name}`), name, ownerId: owner };
}
