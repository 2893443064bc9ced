/**
 * Lists whose order decides: the first entry that matches a packet admits it or denies it, as in a network ACL; of
 * routes the longest prefix that holds the address decides. Both give exact sets.
 */
import { difference, NOTHING, type Permit, type PermitPeer, type Traffic, trafficOf, union } from './set.ts';

/** One entry of an ordered list: what it matches, and whether it admits or denies it. */
export interface OrderedEntry {
  readonly allow: boolean;
  readonly matches: Permit;
}

/** What an ordered list admits. What no entry matches is denied. */
export function admittedInOrder(entries: readonly OrderedEntry[]): Traffic {
  // From the last entry to the first: an earlier entry overrides a later one.
  return entries.reduceRight((admitted, { allow, matches }) => {
    const own = trafficOf([matches]);
    return allow ? union(admitted, own) : difference(admitted, own);
  }, NOTHING);
}

/** A destination and where packets for it are sent. */
export interface PrefixRoute<Via extends string> {
  readonly cidr: string;
  readonly via: Via;
}

/** All packets of the peers for which the longest matching prefix has one of `vias`. */
export function routedBy<Via extends string>(
  routes: readonly PrefixRoute<Via>[],
  vias: ReadonlySet<Via>,
): Traffic {
  // From the widest prefix to the narrowest: a longer prefix overrides a shorter one.
  const widestFirst = [...routes].sort((a, b) => lengthOf(a.cidr) - lengthOf(b.cidr));
  return widestFirst.reduce((routed, { cidr, via }) => {
    const own = everythingOf([cidr]);
    return vias.has(via) ? union(routed, own) : difference(routed, own);
  }, NOTHING);
}

/** All packets of the peers in these blocks. */
export function everythingOf(cidrs: readonly string[]): Traffic {
  return trafficOf(
    cidrs.map((cidr): Permit => {
      const peer: PermitPeer = { type: 'cidr', cidr };
      return { protocol: 'all', range: 'all', peer };
    }),
  );
}

function lengthOf(cidr: string): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}
