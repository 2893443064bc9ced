import { cidrContains, familyOf } from '../../inventory/addresses.ts';
import { itemsOf } from '../../inventory/collected.ts';
import { NAMED_KINDS, type NamedKind } from '../../inventory/kinds.ts';
import { compareText } from '../../inventory/order.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Vpc } from '../../inventory/vpc.ts';
import type { Config } from '../config.ts';
import { cidrMap } from '../pairing/cidrs.ts';
import { nameMap } from '../pairing/names.ts';
import { groupBy } from '../pairing/pairing.ts';
import { vpcMap } from '../pairing/vpcs.ts';
import { regionTokens } from './region-tokens.ts';

/** One line that a config could hold, and what speaks for and against it. */
export interface Suggestion {
  readonly section: 'vpcs' | 'cidrs' | `names.${NamedKind}`;
  readonly from: string;
  readonly to: string;
  /** How many objects it would pair, or rules it would make agree. */
  readonly supports: number;
  /** How many it would touch and not bring together. */
  readonly contradicts: number;
  readonly because: string;
}

/**
 * Learns from two snapshots what a config could say of them: which VPC is which, where address ranges moved, how names
 * spell the region. Nothing of it is applied; each line comes with what supports and what contradicts it.
 */
export function suggestMap(source: Snapshot, target: Snapshot, config: Config): Suggestion[] {
  const names = nameSuggestions(source, target, config);
  const learned = { ...config, names: withNames(config, names) };
  const vpcs = vpcSuggestions(source, target, learned);
  const mapped = {
    ...learned,
    vpcs: { ...config.vpcs, ...Object.fromEntries(vpcs.map((s) => [s.from, s.to])) },
  };
  return [...vpcs, ...cidrSuggestions(source, target, mapped), ...names];
}

/** A name of the source that holds a spelling of its region, and stands over there with a spelling of that one. */
function nameSuggestions(source: Snapshot, target: Snapshot, config: Config): Suggestion[] {
  return NAMED_KINDS.flatMap((kind) => {
    const section = `names.${kind}` as const;
    const translate = nameMap(config.names?.[kind], section);
    const there = new Set(itemsOf<{ name: string | null }>(target[kind]).flatMap((i) => i.name ?? []));
    // AWS names its own lists by region; nobody maps those.
    const own = itemsOf<{ name: string | null; managedBy?: string }>(source[kind]).filter(
      (i) => i.managedBy !== 'aws',
    );
    const open = own.flatMap((i) => (i.name !== null && !there.has(translate(i.name)) ? i.name : []));
    return tokenPairs(source.region, target.region).flatMap(([from, to]): Suggestion[] => {
      const touched = open.filter((name) => tokenPattern(from).test(name));
      const paired = touched.filter((name) => there.has(name.replace(tokenPattern(from), `$1${to}$2`)));
      if (paired.length === 0) return [];
      return [
        {
          section,
          from: `(.*\\b|)${from}(\\b.*|)`,
          to: `$1${to}$2`,
          supports: paired.length,
          contradicts: touched.length - paired.length,
          because: `"${from}" here is "${to}" there, as in ${paired
            .slice(0, 2)
            .map((n) => `"${n}"`)
            .join(' and ')}`,
        },
      ];
    });
  });
}

/** The token as a word of its own: "use1" in "web-use1-a", not in "house1". */
function tokenPattern(token: string): RegExp {
  return new RegExp(`^(.*\\b|)${token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\b.*|)$`, 'u');
}

/** Spellings of one kind: short with short, city with city; a mixture only as the last resort of nobody. */
function tokenPairs(source: string, target: string): [string, string][] {
  const [from, to] = [regionTokens(source), regionTokens(target)];
  return from.flatMap((f) => to.map((t): [string, string] => [f, t])).filter(([f, t]) => f !== t);
}

function withNames(config: Config, suggestions: readonly Suggestion[]): NonNullable<Config['names']> {
  const names = { ...config.names };
  for (const key of NAMED_KINDS) {
    const learned = suggestions.filter((s) => s.section === `names.${key}` && s.supports > s.contradicts);
    if (learned.length > 0)
      names[key] = { ...names[key], ...Object.fromEntries(learned.map((s) => [s.from, s.to])) };
  }
  return names;
}

/** Two VPCs without a counterpart that hold groups of the same names; `default`, which every VPC has, shows nothing. */
function vpcSuggestions(source: Snapshot, target: Snapshot, config: Config): Suggestion[] {
  const map = vpcMap(source, target, config);
  const translate = nameMap(config.names?.securityGroups, 'names.securityGroups');
  const groupNames = (snapshot: Snapshot, name: (text: string) => string) =>
    new Map(
      [...groupBy(itemsOf(snapshot.securityGroups), (g) => g.vpcId)].map(([vpc, groups]) => [
        vpc,
        new Set(groups.map((g) => name(g.name).toLowerCase()).filter((n) => n !== 'default')),
      ]),
    );
  const [ours, theirs] = [groupNames(source, translate), groupNames(target, (n) => n)];
  const open = (side: 'source' | 'target', vpcs: Iterable<string>) =>
    [...vpcs].filter((id) => map.over(side, id) === null).sort(compareText);
  const scored = open('source', ours.keys()).flatMap((from) =>
    open('target', theirs.keys()).map((to) => {
      const [a, b] = [ours.get(from) ?? new Set<string>(), theirs.get(to) ?? new Set<string>()];
      const shared = [...a].filter((n) => b.has(n)).length;
      return { from, to, shared, apart: a.size + b.size - 2 * shared };
    }),
  );
  return scored
    .filter(
      (s) =>
        s.shared > 0 &&
        !scored.some(
          (o) =>
            o !== s && (o.from === s.from || o.to === s.to) && o.shared >= s.shared && o.apart <= s.apart,
        ),
    )
    .map((s) => ({
      section: 'vpcs' as const,
      from: map.reference('source', s.from),
      to: map.reference('target', s.to),
      supports: s.shared,
      contradicts: s.apart,
      because: `${s.shared} security group${s.shared === 1 ? '' : 's'} of one name, ${s.apart} on one side only`,
    }));
}

/** Where two paired VPCs have ranges of one size, and rules of the one stand over there with the other's. */
function cidrSuggestions(source: Snapshot, target: Snapshot, config: Config): Suggestion[] {
  const map = vpcMap(source, target, config);
  return itemsOf(source.vpcs).flatMap((vpc) => {
    const over = map.vpc('target', map.over('source', vpc.id));
    if (!over) return [];
    return movedRanges(vpc, over)
      .filter(([from]) => !Object.hasOwn(config.cidrs ?? {}, from))
      .map(([from, to]): Suggestion => {
        const { supports, contradicts } = ruleSupport(source, target, config, from, to);
        const because = `the range of VPC ${map.reference('source', vpc.id)} here and of its counterpart ${map.reference('target', over.id)} there`;
        return { section: 'cidrs', from, to, supports, contradicts, because };
      });
  });
}

function movedRanges(from: Vpc, to: Vpc): [string, string][] {
  const own = from.cidrs.filter((c) => !to.cidrs.includes(c));
  const free = to.cidrs.filter((c) => !from.cidrs.includes(c));
  const size = (c: string) => `${familyOf(c)}/${c.split('/')[1]}`;
  // Two ranges of one size on a side could be either's: only what is unique by size is more than a guess.
  return own.flatMap((c): [string, string][] => {
    const same = free.filter((t) => size(t) === size(c));
    return same[0] && same.length === 1 && own.filter((o) => size(o) === size(c)).length === 1
      ? [[c, same[0]]]
      : [];
  });
}

/** Rules of the source within `from`: those that stand over there translated, and those that stand there to the letter. */
function ruleSupport(
  source: Snapshot,
  target: Snapshot,
  config: Config,
  from: string,
  to: string,
): { supports: number; contradicts: number } {
  const map = vpcMap(source, target, config);
  const translate = nameMap(config.names?.securityGroups, 'names.securityGroups');
  const move = cidrMap({ [from]: to });
  const text = (
    vpcId: string | null,
    name: string,
    cidr: string,
    rule: { direction: string; protocol: string; from: number | null; to: number | null },
  ) => `${vpcId} ${name.toLowerCase()} ${rule.direction} ${rule.protocol} ${rule.from}-${rule.to} ${cidr}`;
  const there = new Set(
    itemsOf(target.securityGroups).flatMap((g) =>
      g.rules.flatMap((r) => (r.peer.type === 'cidr' ? text(g.vpcId, g.name, r.peer.cidr, r) : [])),
    ),
  );
  let supports = 0;
  let contradicts = 0;
  for (const g of itemsOf(source.securityGroups)) {
    const vpcId = g.vpcId === null ? null : map.over('source', g.vpcId);
    for (const r of g.rules) {
      if (r.peer.type !== 'cidr' || !cidrContains(from, r.peer.cidr)) continue;
      if (there.has(text(vpcId, translate(g.name), move(r.peer.cidr), r))) supports += 1;
      else if (there.has(text(vpcId, translate(g.name), r.peer.cidr, r))) contradicts += 1;
    }
  }
  return { supports, contradicts };
}
