import type { Context } from '../../comparator/context.ts';
import { itemsOf } from '../../inventory/collected.ts';
import type { Draft, Operation } from '../model.ts';
import type { NamedObject, Reason } from '../reasons/reason.ts';

/** What a step makes under a name that only one object can have, and by which the script finds it when it runs again. */
interface Named {
  readonly kind: NamedObject;
  readonly name: string;
  /** Equal for names that cannot be used twice. */
  readonly key: string;
}

/**
 * Steps that would make an object under a name that another one has or that an earlier step uses, by id, each with the reason:
 * names.* and vpcs of the config can give two objects of the source one name, and groups of two VPCs can get into one.
 */
export function takenNames(drafts: readonly Draft[], context: Context): ReadonlyMap<string, Reason> {
  const beyond = new Map<string, Reason>();
  const { account } = context.target;
  const images = new Set(
    itemsOf(context.target.images).flatMap(({ name, ownerId }) =>
      name === null || (ownerId !== null && account !== null && ownerId !== account)
        ? []
        : [keyOf('image', name)],
    ),
  );
  const used = new Set<string>();
  for (const { id, operation } of drafts) {
    const named = namedBy(operation);
    if (named === null) continue;
    const { kind, name, key } = named;
    if (images.has(key)) beyond.set(id, { type: 'image-name-taken', name });
    else if (used.has(key)) beyond.set(id, { type: 'name-used-twice', kind, name });
    used.add(key);
  }
  return beyond;
}

function namedBy(operation: Operation): Named | null {
  switch (operation.type) {
    case 'create-security-group': {
      const { name, vpcId } = operation;
      // EC2 does not distinguish them by case, nor by spaces at the end.
      return { kind: 'security group', name, key: keyOf(`group ${vpcId}`, name.trimEnd().toLowerCase()) };
    }
    case 'create-prefix-list':
      return { kind: 'prefix list', name: operation.name, key: keyOf('list', operation.name) };
    case 'copy-image':
      return { kind: 'image', name: operation.name, key: keyOf('image', operation.name) };
    case 'create-launch-template':
      return { kind: 'launch template', name: operation.name, key: keyOf('template', operation.name) };
    case 'import-key-pair':
    case 'put-parameter':
    case 'resize-prefix-list':
    case 'change-prefix-list':
    case 'authorize-rules':
    case 'revoke-rules':
    case 'describe-rules':
    case 'set-tags':
    case 'grant-key':
    case 'share-image':
    case 'share-snapshot':
    case 'wait-for-image':
    case 'grant-launch':
    case 'deprecate-image':
    case 'protect-image':
    case 'copy-template-version':
    case 'create-template-version':
    case 'set-default-version':
      return null;
  }
}

function keyOf(place: string, name: string): string {
  return JSON.stringify([place, name]);
}
