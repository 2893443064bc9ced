import { type Tags, userTags } from '../inventory/tags.ts';
import { isOperation, refKey } from './group-changes.ts';
import type { Plan, Ref } from './model.ts';

/** Tags that steps set on an object, besides those that it is made with. */
export type TagsToSet = (ref: Ref) => Tags;

export function tagsToSet({ steps }: Pick<Plan, 'steps'>): TagsToSet {
  const byKey = new Map<string, Tags>();
  for (const step of steps) {
    if (!isOperation(step, 'set-tags')) continue;
    const key = refKey(step.operation.resource);
    byKey.set(key, { ...byKey.get(key), ...step.operation.tags });
  }
  return (ref) => byKey.get(refKey(ref)) ?? {};
}

/** The tags of a resource; none where it has none. Terraform leaves the tags of AWS alone. */
export function tagsAttribute(...tags: readonly Tags[]): Tags | undefined {
  const all = userTags(Object.assign(Object.create(null), ...tags));
  return Object.keys(all).length > 0 ? all : undefined;
}
