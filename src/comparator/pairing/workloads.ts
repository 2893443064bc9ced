import type { Collected } from '../../inventory/collected.ts';
import type { Instance } from '../../inventory/instance.ts';
import { compareText } from '../../inventory/order.ts';
import type { Stack } from '../../inventory/stack.ts';
import type { Tags } from '../../inventory/tags.ts';
import type { Kind } from '../../report/vocabulary.ts';
import { mappedName, type NameMap } from '../names.ts';
import type { Counterpart } from './counterpart.ts';
import {
  type BothStacks,
  BY_STEM,
  pairByMaker,
  pairByStack,
  pairByStem,
  setStackRivalsAside,
} from './made.ts';
import { groupBy, Pairing } from './pairing.ts';

/**
 * What the config maps first, since somebody decided it. Then by stack and logical id, which outlast the names that
 * CloudFormation generates. Then by name, which is unique within a region. Last by what a service or a tool put around
 * what a person chose, where that is unique on both sides.
 */
export function namedCounterparts<Item extends NamedItem>(
  kind: Kind,
  source: Collected<Item>,
  target: Collected<Item>,
  { names, stacks, section }: Naming,
): Counterpart<Item>[] {
  const pairing = new Pairing<Item>(kind, source, target, ({ name }) => ({ name, scope: null }));
  pairing.pairUnique((item, side) => mappedName(item.name, side, names), 'name');
  pairByStack(pairing, stacks);
  pairing.pairUnique((item, side) => (side === 'source' ? names(item.name) : item.name), 'name');
  pairByMaker(pairing);
  setStackRivalsAside(pairing, stacks, section);
  pairByStem(pairing);
  return pairing.finish();
}

interface NamedItem {
  readonly id: string;
  readonly name: string;
  readonly tags: Tags;
}

/** How names of one kind are to be read. */
export interface Naming {
  readonly names: NameMap;
  readonly stacks: BothStacks;
  /** The section of the config's names that would settle a pair. */
  readonly section: string;
}

/** Stacks by name; what StackSets, nested stacks and services name by what does not change from region to region. */
export function stackCounterparts(
  source: Collected<Stack>,
  target: Collected<Stack>,
  stacks: BothStacks,
): Counterpart<Stack>[] {
  const pairing = new Pairing<Stack>('stack', source, target, ({ name }) => ({ name, scope: null }));
  pairing.pairUnique(({ name }, side) => stacks[side].plain(name), 'name');
  pairing.pairUnique(
    ({ name }, side) => stacks[side].stable(name),
    BY_STEM,
    () => 'medium',
  );
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
  { names, stacks }: Naming,
): Counterpart<Instance>[] {
  const pairing = new Pairing<Instance>('instance', source, target, ({ name, id }) => ({
    name: name ?? id,
    scope: null,
  }));
  const key = ({ name }: Instance, side: 'source' | 'target') =>
    name === null ? null : side === 'source' ? names(name) : name;
  pairing.pairUnique(({ name }, side) => (name === null ? null : mappedName(name, side, names)), 'name');
  pairByStack(pairing, stacks);
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
