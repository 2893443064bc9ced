import { itemsOf } from '../../inventory/collected.ts';
import { compareText, firstOf } from '../../inventory/order.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { Numbering } from '../../text/groups.ts';
import type { Counterpart } from './counterpart.ts';
import { awsListName } from './prefix-lists.ts';
import type { VpcMap } from './vpcs.ts';

/** No id holds a blank, so ids and names can share one map. */
export function namedKey(vpcId: string | null, name: string): string {
  return `${vpcId ?? ''} ${name.toLowerCase()}`;
}

/** A group as a peer of rules: the name that it has on both sides. */
export interface Atom {
  readonly name: string;
  readonly pairingStatus: Counterpart<SecurityGroup>['pairingStatus'];
}

/**
 * Both ends of a pair are one peer, under the source's name. Two groups that would print the same are distinguished by a number,
 * in the order of the ranges of their VPCs: ids are in no order that means anything.
 */
export function groupAtoms(
  groups: readonly Counterpart<SecurityGroup>[],
  vpcs: VpcMap,
): Readonly<Record<SideName, ReadonlyMap<string, Atom>>> {
  const atoms = { source: new Map<string, Atom>(), target: new Map<string, Atom>() };
  const taken = new Numbering();
  const ranges = ({ source, target }: Counterpart<SecurityGroup>) =>
    vpcs.vpc(source ? 'source' : 'target', (source ?? target)?.vpcId ?? null)?.cidrs.join(' ') ?? '';
  const ordered = groups
    .map((c) => ({ c, key: ranges(c) }))
    .sort((a, b) => firstOf(Number(!a.c.source) - Number(!b.c.source), compareText(a.key, b.key)));
  for (const { name, scope, source, target, pairingStatus } of ordered.map(({ c }) => c)) {
    const plain = `group:${scope ?? ''}/${name}`;
    const n = taken.next(plain);
    const atom = { name: n === 1 ? plain : `${plain}#${n}`, pairingStatus };
    for (const [side, end] of [
      ['source', source],
      ['target', target],
    ] as const) {
      if (end?.id) atoms[side].set(end.id, atom);
      if (end) atoms[side].set(namedKey(end.vpcId, end.name), atom);
    }
  }
  return atoms;
}

export function listsById(snapshot: Snapshot): ReadonlyMap<string, PrefixList> {
  return new Map(itemsOf(snapshot.prefixLists).map((l) => [l.id, l]));
}

/** AWS's lists by their name without the region; a customer list under the source's name on both sides. */
export function listNames(
  lists: readonly Counterpart<PrefixList>[],
  side: SideName,
  snapshot: Snapshot,
): ReadonlyMap<string, string> {
  return new Map(
    lists.flatMap((c) => {
      const list = c[side];
      return list
        ? [[list.id, list.managedBy === 'aws' ? awsListName(list, snapshot.region) : c.name] as const]
        : [];
    }),
  );
}
