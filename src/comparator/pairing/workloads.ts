import type { Collected } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import type { Instance } from '../../inventory/instance.ts';
import type { KeyPair } from '../../inventory/key-pair.ts';
import { compareText, firstOf } from '../../inventory/order.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Stack } from '../../inventory/stack.ts';
import type { Tags } from '../../inventory/tags.ts';
import type { Kind } from '../../report/vocabulary.ts';
import { groupBy } from '../../text/groups.ts';
import { mappedName, type NameMap } from '../names.ts';
import { bothEnds, type Counterpart } from './counterpart.ts';
import {
  type BothStacks,
  BY_STEM,
  pairByMaker,
  pairByStack,
  pairByStem,
  setStackRivalsAside,
} from './made.ts';
import { Pairing } from './pairing.ts';

/**
 * What the config maps first, since a person decided it. Then by stack and logical id, which outlast the names that
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

/** How instances of one Name tag were brought together that are several on a side: any of them can be the counterpart of any other. */
export const ONE_OF_SEVERAL = 'name, one of several';

/** Whether one object of the target, and no other, is what starts there in its place: its own values are judged then. */
export function startsAsCounterpart(pair: Counterpart<unknown>): boolean {
  return bothEnds(pair) !== null && pair.matchedBy !== ONE_OF_SEVERAL;
}

/** What an instance was launched with, in words that are alike on both sides. */
export type LaunchWords = (instance: Instance, side: 'source' | 'target') => string;

/**
 * By Name tag. The instances of a fleet have one name, and none of them is another's counterpart more than the rest: those
 * that were launched alike go together, then each takes the next.
 */
export function instanceCounterparts(
  source: Collected<Instance>,
  target: Collected<Instance>,
  { names, stacks }: Naming,
  words: LaunchWords,
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
  for (const alike of [words, () => '']) {
    const fleet = (side: 'source' | 'target') => (i: Instance) => {
      const name = key(i, side);
      return name === null ? null : `${name}\n${alike(i, side)}`;
    };
    const order = (side: 'source' | 'target') => (a: Instance, b: Instance) =>
      firstOf(compareText(words(a, side), words(b, side)), compareText(a.id, b.id));
    const targets = groupBy(pairing.freeTargets, fleet('target'));
    for (const [of, sources] of groupBy(pairing.freeSources, fleet('source'))) {
      const there = (targets.get(of) ?? []).sort(order('target'));
      for (const [i, s] of sources.sort(order('source')).entries()) {
        const t = there[i];
        if (t) pairing.pair(s, t, ONE_OF_SEVERAL);
      }
    }
  }
  return pairing.finish();
}

/** The key pair, groups and image of an instance by the names of their pairs. */
export function launchWords(counterparts: {
  readonly 'key-pair': readonly Counterpart<KeyPair>[];
  readonly 'security-group': readonly Counterpart<SecurityGroup>[];
  readonly image: readonly Counterpart<Image>[];
}): LaunchWords {
  const words = { source: new Map<string, string>(), target: new Map<string, string>() };
  const add = <Item>(all: readonly Counterpart<Item>[], idOf: (item: Item) => string) => {
    for (const { kind, scope, name, source, target } of all) {
      if (source) words.source.set(idOf(source), `${kind} ${scope ?? ''}/${name}`);
      if (target) words.target.set(idOf(target), `${kind} ${scope ?? ''}/${name}`);
    }
  };
  add(counterparts['key-pair'], ({ name }) => `key ${name}`);
  add(counterparts['security-group'], ({ id }) => id);
  add(counterparts.image, ({ id }) => id);
  return ({ launch: { keyName, imageId, interfaces } }, side) => {
    const word = (id: string | null) => (id === null ? 'none' : (words[side].get(id) ?? 'other'));
    const groups = interfaces.map((of) => of.map(({ id }) => word(id)).sort());
    // A key pair is known by its name, also where none of that name exists.
    const key = keyName && (words[side].get(`key ${keyName}`) ?? `key-pair /${keyName}`);
    return JSON.stringify([key ?? 'none', word(imageId), groups.sort()]);
  };
}
