import { canonicalCidr, cidrContains } from '../inventory/addresses.ts';
import { itemsOf } from '../inventory/collected.ts';
import { INVENTORY, NAMED_KINDS } from '../inventory/kinds.ts';
import { compareText } from '../inventory/order.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import type { Report } from '../report/model.ts';
import type { Context } from './context.ts';

/** How objects were paired before anything was compared: a reader must be able to see, and to doubt, each step. */
export function mappingOf(context: Context): NonNullable<Report['mapping']> {
  return { vpcs: vpcPairs(context), cidrs: movedRanges(context), names: renamed(context) };
}

function vpcPairs({ source, target, vpcs }: Context): NonNullable<Report['mapping']>['vpcs'] {
  const end = (side: 'source' | 'target', id: string | null) =>
    id === null ? null : { id, name: vpcs.scope(side, id) };
  const from = vpcIds(source).map((id) => ({
    source: end('source', id),
    target: end('target', vpcs.over('source', id)),
    matchedBy: vpcs.matchedBy(id),
  }));
  const only = vpcIds(target)
    .filter((id) => vpcs.over('target', id) === null)
    .map((id) => ({ source: null, target: end('target', id), matchedBy: null }));
  return [...from, ...only];
}

/** Those that were read, and those that only groups name. */
function vpcIds(snapshot: Snapshot): string[] {
  const ids = [
    ...itemsOf(snapshot.vpcs).map((v) => v.id),
    ...itemsOf(snapshot.securityGroups).flatMap((g) => g.vpcId ?? []),
  ];
  return [...new Set(ids)].sort(compareText);
}

/** How many rules of the source each entry of the config moved; the most specific entry moves a range. */
function movedRanges({ source, config }: Context): NonNullable<Report['mapping']>['cidrs'] {
  const length = (cidr: string) => Number(cidr.split('/')[1]);
  const moves = Object.entries(config.cidrs ?? {}).map(([from, to]) => ({
    from: canonicalCidr(from),
    to: canonicalCidr(to),
  }));
  if (moves.length === 0) return [];
  const specific = [...moves].sort((a, b) => length(b.from) - length(a.from));
  const counts = new Map<string, number>();
  for (const { peer } of itemsOf(source.securityGroups).flatMap((g) => g.rules)) {
    const move =
      peer.type === 'cidr' ? specific.find(({ from }) => cidrContains(from, peer.cidr)) : undefined;
    if (move) counts.set(move.from, (counts.get(move.from) ?? 0) + 1);
  }
  return moves.map((m) => ({ ...m, rules: counts.get(m.from) ?? 0 }));
}

/** Pairs that the config's names brought together. */
function renamed({ config, counterparts }: Context): NonNullable<Report['mapping']>['names'] {
  return NAMED_KINDS.flatMap((section) => {
    const { kind } = INVENTORY[section];
    if (!config.names?.[section]) return [];
    const pairs = counterparts[kind] as readonly {
      source: { name: string | null } | null;
      target: { name: string | null } | null;
      matchedBy: string | null;
    }[];
    return pairs.flatMap(({ source, target, matchedBy }) =>
      source?.name &&
      target?.name &&
      /name$/.test(matchedBy ?? '') &&
      source.name.toLowerCase() !== target.name.toLowerCase()
        ? [{ kind, from: source.name, to: target.name }]
        : [],
    );
  });
}
