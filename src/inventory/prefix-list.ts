import * as z from 'zod';
import { canonicalCidr } from './addresses.ts';
import { compareText } from './order.ts';
import { type AwsTags, tagsFrom, tagsSchema } from './tags.ts';

export const prefixListSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  managedBy: z.enum(['aws', 'customer']),
  ownerId: z.string().nullable(),
  family: z.enum(['IPv4', 'IPv6']).nullable(),
  maxEntries: z.number().int().nullable().describe('What a reference to the list costs of the rules quota.'),
  state: z.string().nullable(),
  tags: tagsSchema,
  entries: z
    .array(z.strictObject({ cidr: z.string(), description: z.string().nullable() }))
    .nullable()
    .describe(
      "Sorted. Null for AWS's own lists (compared by name: their content is AWS's and differs by region) and when unread.",
    ),
  syncedBy: z
    .string()
    .optional()
    .describe('The target of an IPAM prefix list resolver that sets the entries; absent where none does.'),
});
export type PrefixList = z.infer<typeof prefixListSchema>;

/** A row of DescribeManagedPrefixLists, or (with `Cidrs`, of AWS's own lists only) of DescribePrefixLists. */
export interface AwsPrefixList {
  PrefixListId?: string | undefined;
  PrefixListName?: string | undefined;
  OwnerId?: string | undefined;
  AddressFamily?: string | undefined;
  MaxEntries?: number | undefined;
  State?: string | undefined;
  Tags?: AwsTags;
  Cidrs?: string[] | undefined;
  IpamPrefixListResolverTargetId?: string | undefined;
  IpamPrefixListResolverSyncEnabled?: boolean | undefined;
}
/** A row of GetManagedPrefixListEntries. */
export interface AwsPrefixListEntry {
  Cidr?: string | undefined;
  Description?: string | undefined;
}

/** Customer names cannot start with `com.amazonaws`, so the name settles it where the owner is not given. */
export function isAwsManaged(raw: Pick<AwsPrefixList, 'OwnerId' | 'PrefixListName'>): boolean {
  return raw.OwnerId === 'AWS' || (raw.PrefixListName ?? '').startsWith('com.amazonaws.');
}

export function prefixListFrom(
  raw: AwsPrefixList,
  entries: readonly AwsPrefixListEntry[] | null,
): PrefixList {
  const name = raw.PrefixListName ?? '';
  const family = raw.AddressFamily === 'IPv4' || raw.AddressFamily === 'IPv6' ? raw.AddressFamily : null;
  const managedBy = isAwsManaged(raw) ? 'aws' : 'customer';
  const rows = managedBy === 'aws' ? null : entries;
  return {
    id: raw.PrefixListId ?? '',
    name,
    managedBy,
    ownerId: raw.OwnerId ?? null,
    family,
    maxEntries: raw.MaxEntries ?? null,
    state: raw.State ?? null,
    tags: tagsFrom(raw.Tags),
    entries:
      rows
        ?.map((e) => ({ cidr: canonicalCidr(e.Cidr ?? ''), description: e.Description || null }))
        .sort((a, b) => compareText(a.cidr, b.cidr)) ?? null,
    ...(raw.IpamPrefixListResolverSyncEnabled
      ? { syncedBy: raw.IpamPrefixListResolverTargetId ?? 'a prefix list resolver of IPAM' }
      : {}),
  };
}
