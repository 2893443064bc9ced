import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { groupBy } from '../../text/groups.ts';
import type { NameMap } from '../names.ts';
import type { CidrMap } from './cidrs.ts';
import { type Counterpart, rivalsOf } from './counterpart.ts';
import { type BothStacks, pairByStack, pairByStem } from './made.ts';
import { Pairing } from './pairing.ts';

/**
 * AWS's own lists by their name with the region taken out, customer lists by name; where one name exists more than
 * once, and for what is left, by content. Prefix-list ids mean nothing elsewhere, and names need not be unique.
 */
export function prefixListCounterparts(
  source: Snapshot,
  target: Snapshot,
  names: NameMap,
  cidrs: CidrMap,
  stacks: BothStacks,
): Counterpart<PrefixList>[] {
  const region = { source: source.region, target: target.region };
  const nameOf = (list: PrefixList, side: 'source' | 'target') =>
    list.managedBy === 'aws'
      ? awsListName(list, region[side])
      : side === 'source'
        ? names(list.name)
        : list.name;
  const content = (list: PrefixList, side: 'source' | 'target') =>
    list.entries && list.managedBy === 'customer' && list.entries.length > 0
      ? list.entries
          .map((e) => (side === 'source' ? cidrs(e.cidr) : e.cidr))
          .sort()
          .join(' ')
      : null;
  const label = (list: PrefixList) => ({ name: list.name || list.id, scope: null });
  const pairing = new Pairing<PrefixList>('prefix-list', source.prefixLists, target.prefixLists, label);
  const keyed = (list: PrefixList, side: 'source' | 'target') => nameOf(list, side) || null;
  const both = (list: PrefixList, side: 'source' | 'target') => {
    const [name, entries] = [keyed(list, side), content(list, side)];
    return name !== null && entries !== null ? `${name}\n${entries}` : null;
  };
  pairByStack(pairing, stacks);
  pairing.pairUnique(both, 'name');
  pairing.pairUnique(keyed, 'name');
  const targetNames = groupBy(pairing.freeTargets, (t) => keyed(t, 'target'));
  const sourceNames = new Set(pairing.freeSources.map((s) => keyed(s, 'source')));
  for (const s of pairing.freeSources) {
    const name = keyed(s, 'source');
    const rivals = name === null ? [] : (targetNames.get(name) ?? []);
    if (rivals.length > 0)
      pairing.setAside('source', s, 'ambiguous', {
        candidates: rivalsOf(rivals, (t) => `${t.name} (${t.id})`),
      });
  }
  for (const t of pairing.freeTargets) {
    const name = keyed(t, 'target');
    if (name !== null && sourceNames.has(name)) pairing.setAside('target', t, 'ambiguous');
  }
  pairing.pairUnique(content, 'entries');
  pairByStem(pairing);
  return pairing.finish();
}

/** com.amazonaws.us-east-1.s3 -> com.amazonaws.{region}.s3; global lists keep their name. */
export function awsListName(list: Pick<PrefixList, 'name'>, region: string): string {
  return list.name
    .split('.')
    .map((part) => (part === region ? '{region}' : part))
    .join('.');
}
