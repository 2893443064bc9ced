import { itemsOf } from '../../inventory/collected.ts';
import type { FactOf } from '../../inventory/launch-facts/index.ts';
import { compareText } from '../../inventory/order.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { SIDES, type SideName } from '../../report/vocabulary.ts';
import { groupByEach } from '../../text/groups.ts';
import { perAudit } from '../per-audit.ts';
import { type InterfaceOwner, interfaceOwner } from './interface-owner.ts';

type NetworkInterface = FactOf['networkInterfaces'];

/** What uses security groups through network interfaces and starts no instance: a load balancer, a database, a function. */
export interface InterfaceUser extends InterfaceOwner {
  /** Of its first network interface. */
  readonly id: string;
  readonly side: SideName;
  /** The ids of the groups of each of its network interfaces. */
  readonly interfaces: readonly (readonly string[])[];
}

interface InterfaceUsers {
  readonly all: readonly InterfaceUser[];
  readonly by: ReadonlyMap<SecurityGroup, readonly InterfaceUser[]>;
}

/** Everything of both sides, those of the source first. */
export const interfaceUsers = perAudit((context): InterfaceUsers => {
  if (context.config.launch?.skip?.includes('networkInterfaces')) return { all: [], by: new Map() };
  const all = SIDES.flatMap((side) => usersOn(side, context[side]));
  const groupsOf = (side: SideName) => new Map(itemsOf(context[side].securityGroups).map((g) => [g.id, g]));
  const groups = { source: groupsOf('source'), target: groupsOf('target') };
  const by = groupByEach(all, ({ side, interfaces }) =>
    interfaces.flat().flatMap((id) => groups[side].get(id) ?? []),
  );
  return { all, by };
});

/** One per object, however many interfaces it has: a load balancer has one in each zone. */
function usersOn(side: SideName, snapshot: Snapshot): InterfaceUser[] {
  const instances = new Set(itemsOf(snapshot.instances).map(({ id }) => id));
  const named = namedByLaunches(snapshot);
  const users = new Map<string, InterfaceUser>();
  for (const one of itemsOf(snapshot.launchFacts.networkInterfaces)) {
    if (one.groups.length === 0 || !isUsed(one, named)) continue;
    // The instances are workloads: their interfaces are known from them.
    if (one.instanceId !== null && instances.has(one.instanceId)) continue;
    const owner = interfaceOwner(one);
    const key = `${owner.kind} ${owner.name}`;
    const known = users.get(key);
    users.set(
      key,
      known
        ? { ...known, interfaces: [...known.interfaces, one.groups] }
        : { ...owner, id: one.id, side, interfaces: [one.groups] },
    );
  }
  return [...users].sort(([a], [b]) => compareText(a, b)).map(([, user]) => user);
}

/** An interface that nothing is attached to passes no traffic; it is used where a launch names it. */
function isUsed({ id, status }: NetworkInterface, named: ReadonlySet<string>): boolean {
  return status !== 'available' || named.has(id);
}

function namedByLaunches(snapshot: Snapshot): ReadonlySet<string> {
  const launches = [
    ...itemsOf(snapshot.launchTemplates).flatMap((t) => (t.versions ?? []).map((v) => v.launch)),
    ...itemsOf(snapshot.launchConfigurations).map((c) => c.launch),
  ];
  return new Set(launches.flatMap((l) => (l.details?.interfaces ?? []).flatMap(({ id }) => id ?? [])));
}
