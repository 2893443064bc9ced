import type { Context } from '../../comparator/context.ts';
import { type Family, listCost, rulesPerGroup } from '../../comparator/groups/quota.ts';
import { familyOf } from '../../inventory/addresses.ts';
import type { Image } from '../../inventory/image.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import { type Tags, userTags } from '../../inventory/tags.ts';
import type { Draft, OperationOf, OperationType } from '../model.ts';
import type { Reason } from '../reasons/reason.ts';
import { applyStep } from '../simulate/apply.ts';
import { type Region, World } from '../simulate/world.ts';

/** EC2 User Guide, "Tag your Amazon EC2 resources": those that AWS sets do not count. */
const TAGS = 50;
/** EC2 User Guide, "Restrictions for Amazon EC2 launch templates". */
const VERSIONS = 10_000;
/** EC2 User Guide, "Amazon EC2 AMI quotas": accounts, organizations and organizational units. */
const SHARES = 1000;

/**
 * Steps after which an object would have more than it can have, by id, each with the reason. The steps are applied one after the
 * other, so that their sum counts: rules of a group, and the room for entries in a list that the group names.
 */
export function beyondObjectLimits(drafts: readonly Draft[], context: Context): ReadonlyMap<string, Reason> {
  const beyond = new Map<string, Reason>();
  const world = new World(context.source, context.target);
  for (const draft of drafts) {
    const changed = limitedBy(draft.operation, world, context);
    applyStep(draft, world);
    const because = changed?.exceeded() ?? null;
    if (because === null) continue;
    beyond.set(draft.id, because);
    // Later steps are judged as if this one was not done.
    changed?.undo();
  }
  return beyond;
}

/** An object that a step changes. */
interface Changed {
  readonly undo: () => void;
  /** Why EC2 refuses the step; null where it does not. */
  readonly exceeded: () => Reason | null;
}

type Limit<T extends OperationType> = (
  operation: OperationOf<T>,
  world: World,
  context: Context,
) => Changed | null;

/** Null: the step changes nothing that has a limit, or makes an object as the source has it. */
const LIMITS: { readonly [T in OperationType]: Limit<T> | null } = {
  'create-prefix-list': null,
  'resize-prefix-list': ({ list }, world, context) => {
    const { groups, lists } = world.target;
    const id = world.id(list) ?? '';
    return changed(lists, id, ({ name }) => {
      const quota = rulesPerGroup(context.config);
      const naming = [...groups.values()].filter(({ rules }) =>
        rules.some(({ peer }) => peer.type === 'prefix-list' && peer.id === id),
      );
      const full = naming.find((group) => ruleCount(group, world.target) > quota);
      return full ? { type: 'list-exceeds-rules', list: name, group: full.name, quota } : null;
    });
  },
  'change-prefix-list': null,
  'create-security-group': null,
  'authorize-rules': ({ group }, world, context) =>
    changed(world.target.groups, world.id(group) ?? '', (now) => {
      const rules = ruleCount(now, world.target);
      const quota = rulesPerGroup(context.config);
      return rules > quota ? { type: 'rules-beyond-quota', group: now.name, rules, quota } : null;
    }),
  'revoke-rules': null,
  'describe-rules': null,
  'import-key-pair': null,
  'set-tags': ({ resource, of }, world) => {
    const { groups, lists, images, keys } = world.target;
    const id = world.id(resource) ?? '';
    switch (of) {
      case 'security-group':
        return changed(groups, id, tooManyTags);
      case 'prefix-list':
        return changed(lists, id, tooManyTags);
      case 'image':
        return changed(images, id, tooManyTags);
      case 'key-pair':
        return changed(keys, [...keys.values()].find((key) => key.id === id)?.name ?? '', tooManyTags);
    }
  },
  'grant-key': null,
  'share-image': ({ imageId }, world) => changed(world.source.images, imageId, tooManyShares),
  'share-snapshot': null,
  'copy-image': null,
  'wait-for-image': null,
  'grant-launch': ({ image }, world) => changed(world.target.images, world.id(image) ?? '', tooManyShares),
  'deprecate-image': null,
  'protect-image': null,
  'put-parameter': null,
  'create-launch-template': null,
  'copy-template-version': null,
  'create-template-version': ({ templateId }, world) =>
    changed(world.target.templates, templateId, ({ name, latestVersion }) =>
      latestVersion > VERSIONS
        ? { type: 'too-many-versions', template: name, latest: latestVersion - 1, limit: VERSIONS }
        : null,
    ),
  'set-default-version': null,
};

function limitedBy<T extends OperationType>(
  operation: OperationOf<T>,
  world: World,
  context: Context,
): Changed | null {
  const limit = LIMITS[operation.type] as unknown as Limit<T> | null;
  return limit?.(operation, world, context) ?? null;
}

function changed<Item>(
  all: Map<string, Item>,
  key: string,
  because: (now: Item) => Reason | null,
): Changed | null {
  const before = all.get(key);
  return {
    undo: () => {
      if (before === undefined) all.delete(key);
      else all.set(key, before);
    },
    exceeded: () => {
      const now = all.get(key);
      return now === undefined ? null : because(now);
    },
  };
}

/** For how many rules those of the group count, in the direction and the address family of which it has the most. */
function ruleCount({ rules }: SecurityGroup, { lists }: Region): number {
  const cost = (family: Family, direction: 'ingress' | 'egress') =>
    rules
      .filter((rule) => rule.direction === direction)
      .reduce((sum, { peer }) => {
        if (peer.type === 'cidr') return sum + ((familyOf(peer.cidr) === 4) === (family === 'IPv4') ? 1 : 0);
        return sum + (peer.type === 'group' ? 1 : listCost(lists.get(peer.id), family));
      }, 0);
  return Math.max(
    ...(['IPv4', 'IPv6'] as const).flatMap((family) => [cost(family, 'ingress'), cost(family, 'egress')]),
  );
}

function tooManyTags({ name, tags }: { readonly name: string | null; readonly tags: Tags }): Reason | null {
  const count = Object.keys(userTags(tags)).length;
  return count > TAGS ? { type: 'too-many-tags', name: name ?? '', tags: count, limit: TAGS } : null;
}

function tooManyShares({ name, launchPermissions }: Image): Reason | null {
  const { accounts = [], organizations = [] } = launchPermissions ?? {};
  const shares = accounts.length + organizations.length;
  return shares > SHARES ? { type: 'too-many-shares', image: name ?? '', shares, limit: SHARES } : null;
}
