import * as z from 'zod';
import { canonicalCidr } from './addresses.ts';
import { compareText } from './order.ts';
import { type AwsTags, nameTag, tagsFrom, tagsSchema } from './tags.ts';

export const vpcSchema = z.strictObject({
  id: z.string(),
  name: z.string().nullable().describe('The Name tag.'),
  isDefault: z.boolean(),
  ownerId: z.string().nullable(),
  cidrs: z.array(z.string()).describe('Associated IPv4 and IPv6 ranges, canonical, sorted.'),
  tags: tagsSchema,
});
export type Vpc = z.infer<typeof vpcSchema>;

type AwsState = { State?: string | undefined } | undefined;
/** A row of DescribeVpcs. */
export interface AwsVpc {
  VpcId?: string | undefined;
  IsDefault?: boolean | undefined;
  OwnerId?: string | undefined;
  CidrBlock?: string | undefined;
  CidrBlockAssociationSet?: { CidrBlock?: string | undefined; CidrBlockState?: AwsState }[] | undefined;
  Ipv6CidrBlockAssociationSet?:
    | { Ipv6CidrBlock?: string | undefined; Ipv6CidrBlockState?: AwsState }[]
    | undefined;
  Tags?: AwsTags;
}

/** Only associated ranges count: a range that is being removed, or that failed, routes nothing. */
export function vpcFrom(raw: AwsVpc): Vpc {
  const live = (state: AwsState) => state?.State === undefined || state.State === 'associated';
  const v4 = (raw.CidrBlockAssociationSet ?? [])
    .filter((a) => live(a.CidrBlockState))
    .map((a) => a.CidrBlock);
  const v6 = (raw.Ipv6CidrBlockAssociationSet ?? [])
    .filter((a) => live(a.Ipv6CidrBlockState))
    .map((a) => a.Ipv6CidrBlock);
  const cidrs = [raw.CidrBlock, ...v4, ...v6]
    .filter((c): c is string => typeof c === 'string' && c !== '')
    .map(canonicalCidr);
  const tags = tagsFrom(raw.Tags);
  return {
    id: raw.VpcId ?? '',
    name: nameTag(tags),
    isDefault: raw.IsDefault ?? false,
    ownerId: raw.OwnerId ?? null,
    cidrs: [...new Set(cidrs)].sort(compareText),
    tags,
  };
}
