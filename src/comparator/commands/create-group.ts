import { familyOf } from '../../inventory/addresses.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Context } from '../context.ts';
import { bothEnds } from '../pairing/counterpart.ts';
import { perAudit } from '../per-audit.ts';
import { assign, awsCommand } from './aws.ts';
import { tagSpecifications } from './ec2-commands.ts';
import { rowsCommand } from './group-fix.ts';
import { type RefOf, type SourceRow, sourceRow } from './group-rows.ts';
import { type Creatable, type CreatableObjects, creatableObjects } from './missing-objects.ts';
import type { Offer } from './offer.ts';
import { changedByHand } from './owners.ts';
import type { Ref, WrittenRow } from './permissions.ts';

/** Rows that can be written once the objects of these keys exist. */
interface Deferred {
  /** The key of the group whose rows they are; null for one that exists. */
  readonly owner: string | null;
  readonly needs: readonly string[];
  readonly offer: Offer;
}

/** By key of a missing object: what can be written once it exists. */
const deferredRows = perAudit((context): ReadonlyMap<string, readonly Offer[]> => {
  const objects = creatableObjects(context);
  const all = context.counterparts['security-group'].flatMap((c) => {
    const creatable = c.source ? objects.groups.get(c.source.id) : undefined;
    if (creatable) return rowsOf(creatable.item, creatable, creatable.vpcId, objects, context);
    const ends = bothEnds(c);
    if (!ends || !changedByHand(ends.target, 'target', context)) return [];
    return rowsOf(ends.source, ends.target, ends.target.vpcId, objects, context);
  });
  const byKey = new Map<string, Offer[]>();
  for (const { owner, needs, offer } of all) {
    for (const key of needs) {
      const known = byKey.get(key) ?? [];
      // Its own rows come first, those of the groups that name it after them.
      byKey.set(key, owner === key ? [offer, ...known] : [...known, offer]);
    }
  }
  return byKey;
});

/** What a rule of its finding offers for a missing group: the group, its rows, and the rows of others that name it. */
export function createGroup(
  group: SecurityGroup,
  context: Context,
): { offers: Offer[]; makes: string } | null {
  const creatable = creatableObjects(context).groups.get(group.id);
  if (!creatable) return null;
  const { key, variable, name, vpcId } = creatable;
  const create = awsCommand('ec2 create-security-group', context.target.region, {
    '--vpc-id': vpcId ?? '',
    '--group-name': name,
    // EC2 refuses an empty one.
    '--description': group.description || name,
    ...tagSpecifications('security-group', group.tags),
    '--query': 'GroupId',
    '--output': 'text',
  });
  const made: Offer = {
    shell: assign(variable, create),
    side: 'target',
    does: `Create security group "${name}"`,
  };
  return { offers: [made, ...(deferredRows(context).get(key) ?? [])], makes: key };
}

/** What becomes writable in the groups that name it once a missing object exists. */
export function rowsNaming(key: string, context: Context): readonly Offer[] {
  return deferredRows(context).get(key) ?? [];
}

function rowsOf(
  source: SecurityGroup,
  target: Creatable<SecurityGroup> | SecurityGroup,
  vpcId: string | null,
  objects: CreatableObjects,
  context: Context,
): Deferred[] {
  const owner = 'key' in target ? target : null;
  const id: Ref = 'key' in target ? target.variable : target.id;
  const made: RefOf = (kind, sourceId) => {
    if (kind === 'prefix-list') return objects.lists.get(sourceId)?.variable ?? null;
    const group = objects.groups.get(sourceId);
    // Whether there is a peering with the other VPC is not known.
    return group && group.vpcId === vpcId ? group.variable : null;
  };
  const rows = context.meanings
    .rows('source', source)
    .filter((row) => !row.unresolved)
    .map((row) => sourceRow(row, vpcId, context, made))
    .filter((row) => row.waitsFor === null);
  const there = new Set(
    'key' in target ? [] : context.meanings.rows('target', target).map((r) => `${r.direction} ${r.text}`),
  );
  const batches = new Map<string, { needs: string[]; direction: 'ingress' | 'egress'; rows: SourceRow[] }>();
  for (const row of once(rows)) {
    const needs = [...new Set([...(owner ? [owner.key] : []), ...neededBy(row, context)])].sort();
    if (needs.length === 0 || there.has(`${row.meant.direction} ${row.text}`)) continue;
    const { direction } = row.meant;
    const key = JSON.stringify([direction, needs]);
    const batch = batches.get(key) ?? { needs, direction, rows: [] };
    batch.rows.push(row);
    batches.set(key, batch);
  }
  const defaults = owner ? defaultEgress(owner, context) : [];
  const isDefault = (row: WrittenRow, direction: string) =>
    direction === 'egress' && defaults.some((d) => sameRow(d, row));
  const lookups = allLookups(context);
  const offers = [...batches.values()].flatMap(({ needs, direction, rows: batch }): Deferred[] => {
    const written = batch.map((r) => r.written).filter((row) => !isDefault(row, direction));
    if (written.length === 0) return [];
    const command = rowsCommand('authorize', direction, id, written, target.name, context);
    const key = JSON.stringify([source.id, direction, needs]);
    return [{ owner: owner?.key ?? null, needs, offer: { ...command, needs, key, lookups } }];
  });
  // EC2 gives a new group egress to everywhere.
  const egress = rows.filter((r) => r.meant.direction === 'egress').map((r) => r.written);
  const unwanted = defaults.filter((d) => !egress.some((row) => sameRow(d, row)));
  if (!owner || unwanted.length === 0) return offers;
  const needs = [owner.key];
  const revoke = rowsCommand('revoke', 'egress', id, unwanted, owner.name, context);
  return [
    ...offers,
    { owner: owner.key, needs, offer: { ...revoke, needs, key: `default egress ${source.id}`, lookups } },
  ];
}

function neededBy({ written: { peer } }: SourceRow, context: Context): string[] {
  if (peer.type === 'cidr' || typeof peer.id === 'string') return [];
  const key = keysByVariable(context).get(peer.id);
  return key === undefined ? [] : [key];
}

/** Made once: thousands of missing groups share it. */
const allLookups = perAudit((context): NonNullable<Offer['lookups']> => {
  const { groups, lists } = creatableObjects(context);
  return Object.fromEntries([...groups.values(), ...lists.values()].map((o) => [o.key, o.lookup]));
});

/** By shell variable: the key of the object whose id it holds. */
const keysByVariable = perAudit((context): ReadonlyMap<unknown, string> => {
  const { groups, lists } = creatableObjects(context);
  return new Map([...groups.values(), ...lists.values()].map((o) => [o.variable, o.key]));
});

/** What EC2 lets a new group send to by its default rules: all of IPv4, and all of IPv6 where the VPC has an IPv6 range. */
export function defaultEgressCidrs(vpcId: string | null, { vpcs }: Context): string[] {
  const ranges = vpcs.vpc('target', vpcId)?.cidrs ?? [];
  return ['0.0.0.0/0', ...(ranges.some((c) => familyOf(c) === 6) ? ['::/0'] : [])];
}

function defaultEgress({ vpcId }: Creatable<SecurityGroup>, context: Context): WrittenRow[] {
  return defaultEgressCidrs(vpcId, context).map((cidr) => ({
    protocol: '-1',
    from: null,
    to: null,
    peer: { type: 'cidr', cidr },
    description: null,
  }));
}

function sameRow(a: WrittenRow, b: WrittenRow): boolean {
  const key = ({ description: _, ...row }: WrittenRow) => JSON.stringify(row);
  return key(a) === key(b);
}

/** Rows that differ by their description alone are one row to EC2. */
function once(rows: readonly SourceRow[]): SourceRow[] {
  return [
    ...new Map([...rows].reverse().map((r) => [`${r.meant.direction} ${r.text}`, r])).values(),
  ].reverse();
}
