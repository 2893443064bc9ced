import type { Tags } from '../../inventory/tags.ts';
import type { Step } from '../model.ts';

/** In the state of the provider, "%" is the key of the number of entries: it does not send a tag whose key begins so. */
export function isDroppedTag(key: string): boolean {
  return key.startsWith('%');
}

/** The tags of something that exists that the provider knows of. */
export function managedTags(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !isDroppedTag(key)));
}

export const DROPS_TAG = 'Terraform does not set a tag whose key begins with "%"';

/** Why Terraform cannot do a step with such a tag; null where it has none. */
export function dropsTagsOf({ operation }: Step): string | null {
  const tags = 'tags' in operation ? operation.tags : {};
  if (!Object.keys(tags).some(isDroppedTag)) return null;
  const later =
    ' If the file has the resource, a later terraform apply removes the tags that the script sets in this step.';
  return `${DROPS_TAG}.${operation.type === 'set-tags' ? later : ''}`;
}
