import type { Config } from '../../comparator/config.ts';
import type { Context } from '../../comparator/context.ts';
import { type Collected, itemsOf } from '../../inventory/collected.ts';
import type { Draft, Operation } from '../model.ts';
import type { Reason } from '../reasons/reason.ts';

/** How many objects of a kind a region can have, unless the quota is raised. */
interface Quota {
  /** As Service Quotas calls it. */
  readonly name: string;
  readonly config: keyof NonNullable<Config['quotas']>;
  /** VPC User Guide, "Amazon VPC quotas"; EC2 User Guide, "Amazon EC2 service quotas". */
  readonly usual: number;
  readonly exists: (context: Context) => number;
  readonly makes: (operation: Operation) => boolean;
}

const QUOTAS: readonly Quota[] = [
  {
    name: 'VPC security groups per Region',
    config: 'securityGroups',
    usual: 2500,
    exists: ({ target }) => owned(target.securityGroups, target.account),
    makes: ({ type }) => type === 'create-security-group',
  },
  {
    name: 'Prefix lists per Region',
    config: 'prefixLists',
    usual: 100,
    exists: ({ target }) =>
      itemsOf(target.prefixLists).filter(
        (l) => l.managedBy === 'customer' && isOwn(l.ownerId, target.account),
      ).length,
    makes: ({ type }) => type === 'create-prefix-list',
  },
  {
    name: 'Key pairs per Region',
    config: 'keyPairs',
    usual: 5000,
    exists: ({ target }) => itemsOf(target.keyPairs).length,
    makes: ({ type }) => type === 'import-key-pair',
  },
  {
    name: 'Launch templates per Region',
    config: 'launchTemplates',
    usual: 5000,
    exists: ({ target }) => itemsOf(target.launchTemplates).length,
    makes: ({ type }) => type === 'create-launch-template',
  },
  {
    name: 'AMIs',
    config: 'images',
    usual: 50_000,
    exists: ({ target }) => owned(target.images, target.account),
    makes: ({ type }) => type === 'copy-image',
  },
  {
    name: 'Public AMIs',
    config: 'publicImages',
    usual: 5,
    exists: ({ target }) =>
      itemsOf(target.images).filter((i) => i.public && isOwn(i.ownerId, target.account)).length,
    makes: (operation) => operation.type === 'grant-launch' && operation.grants.everyone,
  },
];

function owned(collected: Collected<{ readonly ownerId: string | null }>, account: string | null): number {
  return itemsOf(collected).filter((item) => isOwn(item.ownerId, account)).length;
}

/** What another account shares counts there. */
function isOwn(ownerId: string | null, account: string | null): boolean {
  return ownerId === null || account === null || ownerId === account;
}

/**
 * Steps that would make more than the target can have, by id, each with the reason. Where the target has more than the usual
 * number already, its quota was raised, and to what is not known: there only the config limits a plan.
 */
export function beyondRegionalQuotas(
  drafts: readonly Draft[],
  context: Context,
): ReadonlyMap<string, Reason> {
  const beyond = new Map<string, Reason>();
  for (const { name, config, usual, exists, makes } of QUOTAS) {
    const now = exists(context);
    const stated = context.config.quotas?.[config];
    const limit = stated ?? (now > usual ? Number.POSITIVE_INFINITY : usual);
    const made = drafts.filter((d) => makes(d.operation));
    for (const { id } of made.slice(Math.max(0, limit - now)))
      beyond.set(id, {
        type: 'beyond-quota-of-region',
        quota: name,
        config,
        limit,
        has: now,
        makes: made.length,
      });
  }
  for (const { id, operation } of drafts) {
    const because = listBeyondQuota(operation, context);
    if (because !== null) beyond.set(id, because);
  }
  return beyond;
}

const ENTRIES = 1000;

/** A prefix list can have 1,000 entries, unless that quota is raised: so it is where the target has a larger one. */
function listBeyondQuota(operation: Operation, { target }: Context): Reason | null {
  if (operation.type !== 'create-prefix-list' && operation.type !== 'resize-prefix-list') return null;
  const largest = Math.max(
    ENTRIES,
    ...itemsOf(target.prefixLists).map((l) => (l.managedBy === 'customer' ? (l.maxEntries ?? 0) : 0)),
  );
  return operation.maxEntries <= largest
    ? null
    : { type: 'list-beyond-quota', entries: operation.maxEntries, quota: ENTRIES };
}
