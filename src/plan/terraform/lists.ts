import { itemsOf } from '../../inventory/collected.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Declaration, Declarers } from '../declare.ts';
import { isOperation, refKey, type StepOf } from '../group-changes.ts';
import { type ListEnd, listInTheEnd } from '../list-end.ts';
import type { Plan, PlannedEntry, Ref } from '../model.ts';
import { snakeCase } from '../names.ts';
import { type TagsToSet, tagsAttribute } from '../tags.ts';
import type { Resource } from './addresses.ts';
import { managedTags } from './dropped-tags.ts';
import type { HclBlock } from './hcl.ts';

const NOT_READ =
  'Terraform has to be given all entries of a prefix list that it changes, and those of the target were not read.';

type ListDeclarers = Pick<
  Declarers<Resource>,
  'create-prefix-list' | 'resize-prefix-list' | 'change-prefix-list'
> & {
  /** The prefix list that a step tags, where the file manages it. */
  readonly takesTags: (step: StepOf<'set-tags'>) => readonly Resource[] | null;
};

/** Prefix lists, each whole: one that exists is imported, with the entries that it has in the end. */
export function listDeclarers(plan: Plan, target: Snapshot, tags: TagsToSet): ListDeclarers {
  const existing = new Map(itemsOf(target.prefixLists).map((l) => [l.id, l]));
  const declared = new Set<string>();
  const once = (ref: Ref): Declaration<Resource> => {
    if ('madeBy' in ref) return [];
    const list = existing.get(ref.id);
    const end = list ? endOf(list, plan) : null;
    if (!list || !end) return { because: NOT_READ };
    if (declared.has(list.id)) return [];
    declared.add(list.id);
    return [importedList(list, end, tags)];
  };
  return {
    'create-prefix-list': ({ id, operation }) => {
      const { name, family, tags: own } = operation;
      const end = listInTheEnd({ madeBy: id }, operation, plan);
      return [
        {
          type: 'aws_ec2_managed_prefix_list',
          key: refKey({ madeBy: id }),
          name: snakeCase(name, 'list'),
          block: () => ({
            attributes: {
              name,
              address_family: family,
              max_entries: end.maxEntries,
              tags: tagsAttribute(own, tags({ madeBy: id })),
            },
            blocks: entryBlocks(end.entries),
          }),
        },
      ];
    },
    'resize-prefix-list': ({ operation }) => once(operation.list),
    'change-prefix-list': ({ operation }) => once(operation.list),
    takesTags: ({ operation: { of, resource } }) => {
      if (of !== 'prefix-list') return null;
      if ('madeBy' in resource) return [];
      const changes = plan.steps.some(
        (s) =>
          isOperation(s, 'resize-prefix-list', 'change-prefix-list') &&
          refKey(s.operation.list) === refKey(resource),
      );
      const taken = changes ? once(resource) : null;
      return taken && !('because' in taken) ? taken : null;
    },
  };
}

/** Null where its entries were not read. */
function endOf(list: PrefixList, plan: Plan): ListEnd | null {
  const { maxEntries, entries, family } = list;
  if (maxEntries === null || entries === null || family === null) return null;
  return listInTheEnd({ id: list.id }, { maxEntries, entries }, plan);
}

function importedList(list: PrefixList, end: ListEnd, tags: TagsToSet): Resource {
  return {
    type: 'aws_ec2_managed_prefix_list',
    key: refKey({ id: list.id }),
    name: snakeCase(list.name, 'list'),
    importId: list.id,
    comment: ['Exists on the target. An entry that is not in this file is removed.'],
    block: () => ({
      attributes: {
        name: list.name,
        address_family: list.family ?? '',
        max_entries: end.maxEntries,
        tags: tagsAttribute(managedTags(list.tags), tags({ id: list.id })),
      },
      blocks: [...entryBlocks(end.entries), { type: 'lifecycle', attributes: { prevent_destroy: true } }],
    }),
  };
}

function entryBlocks(entries: readonly PlannedEntry[]): HclBlock[] {
  return entries.map(({ cidr, description }) => ({
    type: 'entry',
    attributes: { cidr, description: description ?? undefined },
  }));
}
