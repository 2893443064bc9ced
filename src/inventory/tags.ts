import * as z from 'zod';
import { sortedRecord } from './order.ts';

export const tagsSchema = z.record(z.string(), z.string()).describe('Tags by key, keys in code-unit order.');
export type Tags = z.infer<typeof tagsSchema>;

/** The tag list as AWS writes it. */
export type AwsTags = readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined | null;

/** From AWS's list to a record. A tag with no value is the empty string, as the console shows it. */
export function tagsFrom(list: AwsTags): Tags {
  const pairs = (list ?? [])
    .filter((t) => typeof t?.Key === 'string')
    .map((t) => [t.Key as string, t.Value ?? ''] as const);
  return sortedRecord(Object.fromEntries(pairs));
}

/**
 * The tags a user set. `aws:` tags are AWS's own (stack ids, fleet ids): they name region-local objects,
 * cannot be written, and CopyImage never carries them.
 */
export function userTags(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')));
}

/** The Name tag; null when absent or blank, since a blank name names nothing. */
export function nameTag(tags: Tags): string | null {
  const name = Object.hasOwn(tags, 'Name') ? tags.Name : undefined;
  return name?.trim() ? name : null;
}
