import { itemsOf } from '../../inventory/collected.ts';
import { compareText } from '../../inventory/order.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import { groupByEach } from '../../text/groups.ts';
import { equal, type Traffic, trafficOf, union } from '../../traffic/index.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import type { Direction } from '../pairing/meant-row.ts';
import { perAudit } from '../per-audit.ts';
import { interfaceUsers } from './interface-users.ts';
import type { Reference } from './reference.ts';
import { workloadsOf } from './workloads.ts';

type Side = 'source' | 'target';
type Group = SecurityGroup;

/** Everything that has a network interface: a workload, a load balancer, a database. */
interface Named {
  readonly name: string;
}

/** A set of groups that is attached to an interface, and what has such interfaces. */
interface AttachedSet {
  readonly groups: readonly { readonly source: Group; readonly target: Group }[] | null;
  readonly by: Set<Named>;
  /** The ids of the source groups among them. */
  readonly members: readonly string[];
}

/** A difference in the traffic of a group that makes no difference to anything known to use the group. */
export type CancelledTraffic = {
  /** The names of the other groups with which it admits the same on both sides. */
  readonly cancelledBy: readonly string[];
  /** The names of what uses the group, for all of which that is so. */
  readonly wornBy: readonly string[];
};

/**
 * What an interface admits is the union of its groups. A rule that moved from one of them to another is a difference of
 * both groups and of nothing that uses them: so it is where the union is equal on both sides for everything that has the group
 * attached. Null where it is not, or where nothing is known to have it attached.
 */
export function cancelledTraffic(
  group: Group | null,
  direction: Direction,
  context: Context,
): CancelledTraffic | null {
  const { attachedWith, balanced } = attachedGroups(context);
  const sets = group ? (attachedWith.get(group.id) ?? []) : [];
  if (!group || sets.length === 0 || !sets.every((set) => balanced(set, direction))) return null;
  const wornBy = new Set(sets.flatMap((set) => [...set.by].map((w) => w.name)));
  const cancelledBy = new Set(sets.flatMap((set) => set.groups ?? []).map((g) => g.source.name));
  cancelledBy.delete(group.name);
  return { cancelledBy: [...cancelledBy].sort(compareText), wornBy: [...wornBy].sort(compareText) };
}

/**
 * Whether a difference in the traffic of the group cancels out for a launch with these interfaces, independent of its effect on
 * others: on each of them that has the group attached, the union is equal on both sides.
 */
export function cancelsOut(
  direction: Direction,
  group: Group,
  interfaces: readonly (readonly Reference[])[],
  context: Context,
): boolean {
  const { byInterface, balanced } = attachedGroups(context);
  const attached = interfaces.filter((all) =>
    all.some((r) => r.found.is === 'security-group' && r.found.item === group),
  );
  return (
    attached.length > 0 &&
    attached.every((all) => {
      const set = byInterface.get(all);
      return set !== undefined && balanced(set, direction);
    })
  );
}

/** One group of an interface; null: it could not be found. */
interface Attached {
  readonly item: Group | null;
  readonly text: string;
}

interface AttachedGroups {
  /** By id of the source group: every set that it is in, on either side. */
  readonly attachedWith: ReadonlyMap<string, readonly AttachedSet[]>;
  readonly byInterface: ReadonlyMap<readonly Reference[], AttachedSet>;
  readonly balanced: (set: AttachedSet, direction: Direction) => boolean;
}

const attachedGroups = perAudit(
  (context): AttachedGroups => ({ ...attachedSets(context), balanced: unions(context) }),
);

/** Every set once, however many have it. Null groups: one of them has no counterpart. */
function attachedSets(context: Context): Pick<AttachedGroups, 'attachedWith' | 'byInterface'> {
  const pairOf = new Map<Group, Counterpart<Group>>();
  for (const c of context.counterparts['security-group']) {
    if (c.source) pairOf.set(c.source, c);
    if (c.target) pairOf.set(c.target, c);
  }
  const sets = new Map<string, AttachedSet>();
  const byInterface = new Map<readonly Reference[], AttachedSet>();
  const add = (side: Side, attached: readonly Attached[], by: Named): AttachedSet => {
    const pairs = attached.map(({ item }) => (item ? (pairOf.get(item) ?? null) : null));
    const whole = pairs.every((p) => p?.pairingStatus === 'paired');
    const key = `${side} ${attached.map(({ item, text }) => item?.id ?? `? ${text}`).join(' ')}`;
    const known = sets.get(key) ?? {
      groups: whole
        ? pairs.flatMap((p) => (p?.source && p.target ? [{ source: p.source, target: p.target }] : []))
        : null,
      members: pairs.flatMap((p) => p?.source?.id ?? []),
      by: new Set<Named>(),
    };
    known.by.add(by);
    sets.set(key, known);
    return known;
  };
  const { on } = workloadsOf(context);
  for (const workload of [...on.source, ...on.target]) {
    for (const references of workload.launchSpecs.flatMap((a) => a.interfaces)) {
      const attached = references.map(({ found, text }) => ({
        item: found.is === 'security-group' ? found.item : null,
        text,
      }));
      byInterface.set(references, add(workload.side, attached, workload));
    }
  }
  const groupOf = {
    source: new Map(itemsOf(context.source.securityGroups).map((g) => [g.id, g])),
    target: new Map(itemsOf(context.target.securityGroups).map((g) => [g.id, g])),
  };
  for (const user of interfaceUsers(context).all)
    for (const ids of user.interfaces)
      add(
        user.side,
        ids.map((text) => ({ item: groupOf[user.side].get(text) ?? null, text })),
        user,
      );
  return { attachedWith: groupByEach(sets.values(), (set) => set.members), byInterface };
}

/** Whether the groups of a set admit the same together on both sides, in a direction: worked out once per set. */
function unions(context: Context): (set: AttachedSet, direction: Direction) => boolean {
  const known = new Map<AttachedSet, Map<Direction, boolean>>();
  const perGroup = new Map<string, Traffic>();
  const trafficIn = (side: Side, group: Group, direction: Direction): Traffic | null => {
    const rows = context.meanings.rows(side, group).filter((r) => r.direction === direction);
    // What is not known to be admitted cannot be known to be equal.
    if (rows.some((r) => r.unread || r.unresolved)) return null;
    const key = `${side} ${direction} ${group.id}`;
    const made = perGroup.get(key) ?? trafficOf(rows.flatMap((r) => r.permits));
    perGroup.set(key, made);
    return made;
  };
  const together = (side: Side, groups: readonly Group[], direction: Direction): Traffic | null => {
    const all = groups.map((g) => trafficIn(side, g, direction));
    return all.every((t) => t !== null) ? all.reduce((a, b) => union(a, b)) : null;
  };
  return (set, direction) => {
    const { groups } = set;
    if (groups === null || groups.length < 2) return false;
    const hit = known.get(set)?.get(direction);
    if (hit !== undefined) return hit;
    const s = together(
      'source',
      groups.map((g) => g.source),
      direction,
    );
    const t = together(
      'target',
      groups.map((g) => g.target),
      direction,
    );
    const same = s !== null && t !== null && equal(s, t);
    known.set(set, (known.get(set) ?? new Map()).set(direction, same));
    return same;
  };
}
