import { compareText } from '../../inventory/order.ts';
import { parsePublicKey } from '../../inventory/public-key.ts';
import { type Rule, ruleText, sortedRules } from '../../inventory/security-group.ts';
import type { Draft, OperationOf, OperationType, PlannedRule } from '../model.ts';
import { applyToImages } from './images.ts';
import { applyToTemplates } from './templates.ts';
import type { Apply, World } from './world.ts';

/** What each step does to the two regions, as EC2 would do it. */
const APPLY: { readonly [T in OperationType]: Apply<T> } = {
  'create-prefix-list': ({ name, family, maxEntries, entries, tags }, world, step) => {
    const { lists, before } = world.target;
    const id = world.make(step, 'pl', (made) => lists.has(made));
    lists.set(id, {
      id,
      name,
      managedBy: 'customer',
      ownerId: before.account,
      family,
      maxEntries,
      state: 'create-complete',
      tags,
      entries: [...entries].sort((a, b) => compareText(a.cidr, b.cidr)),
    });
  },
  'resize-prefix-list': ({ list, maxEntries }, world) => {
    const found = world.target.lists.get(world.id(list) ?? '');
    if (found) world.target.lists.set(found.id, { ...found, maxEntries });
  },
  'change-prefix-list': ({ list, add, remove }, world) => {
    const found = world.target.lists.get(world.id(list) ?? '');
    if (!found?.entries) return;
    const gone = new Set([...remove, ...add.map((e) => e.cidr)]);
    const entries = [...found.entries.filter((e) => !gone.has(e.cidr)), ...add];
    entries.sort((a, b) => compareText(a.cidr, b.cidr));
    world.target.lists.set(found.id, { ...found, entries });
  },
  'create-security-group': ({ vpcId, name, description, tags, defaultEgress }, world, step) => {
    const { groups, before } = world.target;
    const id = world.make(step, 'sg', (made) => groups.has(made));
    const rules = sortedRules(defaultEgress.flatMap((rule) => ruleOf(rule, 'egress', world) ?? []));
    groups.set(id, { id, name, description, vpcId, ownerId: before.account, tags, rules });
  },
  'authorize-rules': ({ group, direction, rules }, world) =>
    changeRules(world, group, (now) => {
      const added = rules.flatMap((rule) => ruleOf(rule, direction, world) ?? []);
      // EC2 refuses a rule that the group has, with any description.
      const known = new Set(now.map(identity));
      return [...now, ...added.filter((rule) => !known.has(identity(rule)))];
    }),
  'revoke-rules': ({ group, direction, rules }, world) =>
    changeRules(world, group, (now) => {
      const gone = new Set(rules.flatMap((rule) => ruleOf(rule, direction, world) ?? []).map(identity));
      return now.filter((rule) => !gone.has(identity(rule)));
    }),
  'describe-rules': ({ group, direction, rules }, world) =>
    changeRules(world, group, (now) => {
      const texts = new Map(
        rules.flatMap((rule) => {
          const made = ruleOf(rule, direction, world);
          return made ? [[identity(made), rule.description] as const] : [];
        }),
      );
      return now.map((rule) => {
        const description = texts.get(identity(rule));
        return description === undefined ? rule : { ...rule, description };
      });
    }),
  'import-key-pair': ({ name, publicKey, tags }, world, step) => {
    const { keys } = world.target;
    const id = world.make(step, 'key', (made) => [...keys.values()].some((key) => key.id === made));
    const parsed = parsePublicKey(publicKey);
    keys.set(name, {
      id,
      name,
      type: parsed?.type ?? null,
      fingerprint: null,
      publicKey,
      createdAt: null,
      tags,
    });
  },
  'set-tags': ({ resource, of, tags }, world) => {
    const id = world.id(resource) ?? '';
    const { groups, lists, images, keys } = world.target;
    const tagged = <Item extends { tags: Record<string, string> }>(all: Map<string, Item>, key: string) => {
      const found = all.get(key);
      const merged = { ...found?.tags, ...tags };
      const sorted = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => compareText(a, b)));
      if (found) all.set(key, { ...found, tags: sorted });
    };
    switch (of) {
      case 'security-group':
        return tagged(groups, id);
      case 'prefix-list':
        return tagged(lists, id);
      case 'image':
        return tagged(images, id);
      case 'key-pair':
        return tagged(keys, [...keys.values()].find((key) => key.id === id)?.name ?? '');
    }
  },
  ...applyToImages,
  ...applyToTemplates,
};

/** Applies the steps in their order. */
export function applyAll(drafts: readonly Draft[], world: World): void {
  for (const draft of drafts) applyStep(draft, world);
}

export function applyStep({ id, operation }: Pick<Draft, 'id' | 'operation'>, world: World): void {
  applyOne(operation, world, id);
}

function applyOne<T extends OperationType>(operation: OperationOf<T>, world: World, step: string): void {
  const apply = APPLY[operation.type] as unknown as Apply<T>;
  apply(operation, world, step);
}

function changeRules(
  world: World,
  ref: OperationOf<'authorize-rules'>['group'],
  change: (now: readonly Rule[]) => Rule[],
): void {
  const { groups } = world.target;
  const found = groups.get(world.id(ref) ?? '');
  if (found) groups.set(found.id, { ...found, rules: sortedRules(change(found.rules)) });
}

function identity(rule: Rule): string {
  const { peer } = rule;
  // The account of a group says nothing more than its id.
  const text =
    peer.type === 'group' ? ruleText({ ...rule, peer: { ...peer, ownerId: null } }) : ruleText(rule);
  return `${rule.direction} ${text}`;
}

/** The rule as a snapshot has it; null where what it names was not made. */
function ruleOf(
  { protocol, from, to, peer, description }: PlannedRule,
  direction: Rule['direction'],
  world: World,
): Rule | null {
  const row = { direction, protocol, from, to, description };
  switch (peer.type) {
    case 'cidr':
      return { ...row, peer };
    case 'prefix-list': {
      const id = world.id(peer.list);
      return id === null ? null : { ...row, peer: { type: 'prefix-list', id } };
    }
    case 'group': {
      const id = world.id(peer.group);
      if (id === null) return null;
      const { before, groups } = world.target;
      const ownerId = peer.ownerId ?? groups.get(id)?.ownerId ?? before.account;
      const unknown = { name: null, vpcId: null, peeringConnectionId: null, peeringStatus: null };
      return { ...row, peer: { type: 'group', id, ownerId, ...unknown } };
    }
  }
}
