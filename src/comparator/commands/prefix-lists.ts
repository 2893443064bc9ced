import type { PrefixList } from '../../inventory/prefix-list.ts';
import { chunks } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import type { PairedEnds } from '../pairing/counterpart.ts';
import { assign, awsCommand, type Value } from './aws.ts';
import { rowsNaming } from './create-group.ts';
import { tagSpecifications } from './ec2-commands.ts';
import { addressFamily, creatableObjects } from './missing-objects.ts';
import type { Offer } from './offer.ts';
import { changedByHand } from './owners.ts';

/** What CreateManagedPrefixList and ModifyManagedPrefixList take at a time. */
const MOST_ENTRIES = 100;

type Entry = { readonly Cidr: string; readonly Description?: string };

/** The list, and the rows of the groups that name it; nothing where a person does not make it. */
export function createPrefixList(
  list: PrefixList,
  context: Context,
): { readonly offers: readonly Offer[]; readonly makes: string } | null {
  const creatable = creatableObjects(context).lists.get(list.id);
  if (!creatable) return null;
  const { key, variable, name } = creatable;
  const { region } = context.target;
  const entries = entriesFor(list, context);
  const [first = [], ...others] = chunks(entries, MOST_ENTRIES);
  const create = awsCommand('ec2 create-managed-prefix-list', region, {
    '--prefix-list-name': name,
    '--address-family': addressFamily(list) ?? 'IPv4',
    '--max-entries': String(list.maxEntries ?? Math.max(entries.length, 1)),
    ...(first.length > 0 ? { '--entries': { json: first } } : {}),
    ...tagSpecifications('prefix-list', list.tags),
    '--query': 'PrefixList.PrefixListId',
    '--output': 'text',
  });
  const offers: Offer[] = [
    { shell: assign(variable, create), side: 'target', does: `Create prefix list "${name}"` },
    settled(variable, name, region),
    ...others.flatMap((more) => [
      modify(variable, name, region, { '--add-entries': { json: more } }),
      settled(variable, name, region),
    ]),
  ];
  // The same line is given again where it is needed again.
  const apart = offers.map((offer, i) => ({ ...offer, key: `${key} ${i}` }));
  return { offers: [...apart, ...rowsNaming(key, context)], makes: key };
}

/** Gives the list of the target the entries of the source's, in one change where they fit into one. */
export function alignEntries({ source, target }: PairedEnds<PrefixList>, context: Context): readonly Offer[] {
  if (!changedByHand(target, 'target', context)) return [];
  const wanted = entriesFor(source, context);
  const [here, there] = [
    new Set(wanted.map((e) => e.Cidr)),
    new Set((target.entries ?? []).map((e) => e.cidr)),
  ];
  const added = wanted.filter((e) => !there.has(e.Cidr));
  const removed = [...there].filter((cidr) => !here.has(cidr)).map((Cidr) => ({ Cidr }));
  const { region } = context.target;
  const { id, name } = target;
  const size = target.maxEntries ?? there.size;
  const changes = changesOf(added, removed);
  const most = there.size + Math.max(0, ...changes.map((_, i) => held(changes.slice(0, i + 1))));
  const resize =
    most > size
      ? [
          {
            shell: awsCommand('ec2 modify-managed-prefix-list', region, {
              '--prefix-list-id': id,
              '--max-entries': String(most),
            }),
            side: 'target' as const,
            does: `Make room for ${most} entries in "${name}"`,
          },
          settled(id, name, region),
        ]
      : [];
  const steps = changes.flatMap(({ add, remove }, i) => [
    ...(i > 0 ? [settled(id, name, region)] : []),
    modify(id, name, region, {
      ...(add.length > 0 ? { '--add-entries': { json: add } } : {}),
      ...(remove.length > 0 ? { '--remove-entries': { json: remove } } : {}),
    }),
  ]);
  return [...resize, ...steps].map((offer, i) => ({ ...offer, key: `entries ${id} ${i}` }));
}

interface Change {
  readonly add: readonly Entry[];
  readonly remove: readonly { readonly Cidr: string }[];
}

/** One change is at once; of several, what is added comes first, so that nothing is cut off in between. */
function changesOf(added: readonly Entry[], removed: readonly { readonly Cidr: string }[]): Change[] {
  if (added.length <= MOST_ENTRIES && removed.length <= MOST_ENTRIES)
    return [{ add: added, remove: removed }];
  return [
    ...chunks(added, MOST_ENTRIES).map((add) => ({ add, remove: [] })),
    ...chunks(removed, MOST_ENTRIES).map((remove) => ({ add: [], remove })),
  ];
}

function held(changes: readonly Change[]): number {
  return changes.reduce((sum, { add, remove }) => sum + add.length - remove.length, 0);
}

/** The version that is to be changed has to be named: EC2 refuses the change if the list was changed in the meantime. */
function modify(
  id: Value & (string | object),
  name: string,
  region: string,
  options: Record<`--${string}`, Value>,
): Offer {
  const version = awsCommand('ec2 describe-managed-prefix-lists', region, {
    '--prefix-list-ids': id,
    '--query': 'PrefixLists[0].Version',
    '--output': 'text',
  });
  return {
    shell: awsCommand('ec2 modify-managed-prefix-list', region, {
      '--prefix-list-id': id,
      '--current-version': { substitution: version },
      ...options,
    }),
    side: 'target',
    does: `Change the entries of "${name}"`,
  };
}

/** A list that is being made or changed can be neither changed nor named. */
function settled(id: Value & (string | object), name: string, region: string): Offer {
  const state = awsCommand('ec2 describe-managed-prefix-lists', region, {
    '--prefix-list-ids': id,
    '--query': 'PrefixLists[0].State',
    '--output': 'text',
  });
  return {
    shell: `for try in 1 2 3 4 5 6 7 8 9 10; do case "$(${state})" in *-in-progress) sleep 3;; *) break;; esac; done`,
    side: 'target',
    does: `Wait until "${name}" is ready`,
  };
}

function entriesFor({ entries }: PrefixList, { cidrs }: Context): Entry[] {
  const all = (entries ?? []).map(({ cidr, description }) => ({
    Cidr: cidrs(cidr),
    ...(description ? { Description: description } : {}),
  }));
  // Two ranges that the config maps to one are one.
  return [...new Map(all.map((e) => [e.Cidr, e])).values()];
}
