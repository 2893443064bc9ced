import { itemsOf } from '../../inventory/collected.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { Finding } from '../../report/model.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import { type InterfaceUser, interfaceUsers } from './interface-users.ts';
import { references } from './launches.ts';
import { type StackUser, stacksOf } from './stack-users.ts';
import { type Workload, workloadsOf } from './workloads.ts';

type Dependent = Workload | StackUser | InterfaceUser;
export type User = Finding['usedBy'][number];

interface Uses {
  /**
   * The workloads that refer to it, in the order of the workloads, those of the source first; then the stacks; of a group
   * also what else uses it through a network interface.
   */
  readonly by: ReadonlyMap<object, readonly Dependent[]>;
  /** Those of them that start Windows with it. */
  readonly windows: ReadonlyMap<object, readonly Workload[]>;
}

const dependentsIn = perAudit((context): Uses => {
  const by = new Map<object, Set<Dependent>>();
  const windows = new Map<object, Set<Workload>>();
  const { on } = workloadsOf(context);
  for (const workload of [...on.source, ...on.target]) {
    for (const spec of workload.launchSpecs) {
      // A group depends on its template, and on everything that is wrong with it.
      if (spec.owner !== workload.item) by.set(spec.owner, (by.get(spec.owner) ?? new Set()).add(workload));
      for (const { found, parameter } of references(spec)) {
        // A parameter gives another image in each region: on the target its own counts, not a copy of this one.
        if (found.is === 'dangling' || found.is === 'unread' || parameter !== null) continue;
        by.set(found.item, (by.get(found.item) ?? new Set()).add(workload));
        if (spec.windows) windows.set(found.item, (windows.get(found.item) ?? new Set()).add(workload));
      }
    }
  }
  for (const stack of stacksOf(context).filter((s) => s.launches)) {
    for (const { own } of stack.checks) {
      const item = own?.found.is === 'dangling' || own?.found.is === 'unread' ? null : own?.found.item;
      if (item) by.set(item, (by.get(item) ?? new Set()).add(stack));
    }
  }
  for (const [group, users] of interfaceUsers(context).by) {
    const known = by.get(group) ?? new Set();
    for (const user of users) known.add(user);
    by.set(group, known);
  }
  const listed = <D>(sets: ReadonlyMap<object, ReadonlySet<D>>) =>
    new Map([...sets].map(([item, users]) => [item, [...users]]));
  return { by: listed(by), windows: listed(windows) };
});

/** What refers to the item, directly or through a template; of a group also what else uses it. */
export function usersOf(item: object, context: Context): readonly Dependent[] {
  return dependentsIn(context).by.get(item) ?? [];
}

export function windowsUsers(item: object, context: Context): readonly Workload[] {
  return dependentsIn(context).windows.get(item) ?? [];
}

const listUsersIn = perAudit(listUsers);

/** What uses a group whose rules name the list. */
export function usersOfList(list: PrefixList, side: SideName, context: Context): readonly Dependent[] {
  return listUsersIn(context).get(`${side} ${list.id}`) ?? [];
}

function listUsers(context: Context): ReadonlyMap<string, readonly Dependent[]> {
  const users = new Map<string, Set<Dependent>>();
  for (const side of ['source', 'target'] as const) {
    for (const group of itemsOf(context[side].securityGroups)) {
      const groupUsers = usersOf(group, context);
      if (groupUsers.length === 0) continue;
      for (const { peer } of group.rules) {
        if (peer.type !== 'prefix-list') continue;
        const key = `${side} ${peer.id}`;
        const known = users.get(key) ?? new Set();
        for (const user of groupUsers) known.add(user);
        users.set(key, known);
      }
    }
  }
  return new Map([...users].map(([key, set]) => [key, [...set]]));
}

export function asUser({ kind, name, id, side }: Dependent): User {
  return { kind, name, id, side };
}
