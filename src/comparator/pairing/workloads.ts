import type { Collected } from '../../inventory/collected.ts';
import type { Instance } from '../../inventory/instance.ts';
import { compareText } from '../../inventory/order.ts';
import type { Kind } from '../../report/vocabulary.ts';
import type { Counterpart } from './counterpart.ts';
import type { NameMap } from './names.ts';
import { groupBy, Pairing } from './pairing.ts';

/** By name, which is unique within a region for launch templates, launch configurations, Auto Scaling groups and stacks. */
export function namedCounterparts<Item extends { readonly id: string; readonly name: string }>(
  kind: Kind,
  source: Collected<Item>,
  target: Collected<Item>,
  names: NameMap,
): Counterpart<Item>[] {
  const pairing = new Pairing<Item>(kind, source, target, ({ name }) => ({ name, scope: null }));
  pairing.pairUnique((item, side) => (side === 'source' ? names(item.name) : item.name), 'name');
  return pairing.finish();
}

/** How instances of one Name tag were brought together that are several on a side: any of them stands for any other. */
export const ONE_OF_SEVERAL = 'name, one of several';

/**
 * By Name tag. The instances of a fleet bear one name: then each takes the next, since none of them is another's
 * counterpart more than the rest.
 */
export function instanceCounterparts(
  source: Collected<Instance>,
  target: Collected<Instance>,
  names: NameMap,
): Counterpart<Instance>[] {
  const pairing = new Pairing<Instance>('instance', source, target, ({ name, id }) => ({
    name: name ?? id,
    scope: null,
  }));
  const key = ({ name }: Instance, side: 'source' | 'target') =>
    name === null ? null : side === 'source' ? names(name) : name;
  pairing.pairUnique(key, 'name');
  const targets = groupBy(pairing.freeTargets, (t) => key(t, 'target'));
  const byId = (a: Instance, b: Instance) => compareText(a.id, b.id);
  for (const [name, sources] of groupBy(pairing.freeSources, (s) => key(s, 'source'))) {
    const there = (targets.get(name) ?? []).sort(byId);
    for (const [i, s] of sources.sort(byId).entries()) {
      const t = there[i];
      if (t) pairing.pair(s, t, ONE_OF_SEVERAL);
    }
  }
  return pairing.finish();
}
