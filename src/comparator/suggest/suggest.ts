import { cidrContains, familyOf } from '../../inventory/addresses.ts';
import { itemsOf } from '../../inventory/collected.ts';
import { NAMED_KINDS, type NamedKind } from '../../inventory/kinds.ts';
import { compareText } from '../../inventory/order.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Vpc } from '../../inventory/vpc.ts';
import { count } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import type { Config } from '../config.ts';
import { regionalNames, tokenChanges } from '../makers/region-tokens.ts';
import { stackNames } from '../makers/stacks.ts';
import { nameMap } from '../names.ts';
import { cidrMap } from '../pairing/cidrs.ts';
import { vpcMap } from '../pairing/vpcs.ts';
import { candidateSuggestions } from './candidates.ts';
import { stackSuggestions } from './stacks.ts';
import type { Suggestion } from './suggestion.ts';

/**
 * Learns from two snapshots what a config could say of them: which VPC is which, where address ranges moved, how names
 * spell the region. Nothing of it is applied; each line comes with what supports and what contradicts it.
 */
export function suggestMap(source: Snapshot, target: Snapshot, config: Config): Suggestion[] {
  const names = nameSuggestions(source, target, config);
  const learned = { ...config, names: withNames(config, names) };
  const stacks = stackSuggestions(source, target, learned);
  const byGroups = vpcSuggestions(source, target, learned);
  const vpcs = [...byGroups, ...vpcNameSuggestions(source, target, learned, byGroups)];
  const mapped = {
    ...learned,
    vpcs: { ...config.vpcs, ...Object.fromEntries(vpcs.map((s) => [s.from, s.to])) },
  };
  const rest = { ...mapped, names: withNames({ ...config, names: mapped.names }, stacks) };
  return [
    ...vpcs,
    ...cidrSuggestions(source, target, mapped),
    ...names,
    ...stacks,
    ...candidateSuggestions(source, target, rest),
  ];
}

/** The names of a kind, each once; of stacks also those that only the tags of their resources name. */
function namesIn(snapshot: Snapshot, kind: NamedKind): string[] {
  // AWS names its own lists by region; they are not mapped.
  const items = itemsOf<{ name: string | null; managedBy?: string }>(snapshot[kind]);
  const names = items.flatMap((i) => (i.managedBy === 'aws' ? [] : (i.name ?? [])));
  const stacks = kind === 'stacks' ? stackNames(snapshot, (name) => name).known : [];
  return [...new Set([...names, ...stacks])];
}

/** A name of the source that holds a spelling of its region, and exists on the target with a spelling of that one. */
function nameSuggestions(source: Snapshot, target: Snapshot, config: Config): Suggestion[] {
  return NAMED_KINDS.flatMap((kind) => {
    const section = `names.${kind}` as const;
    const translate = nameMap(config.names?.[kind], section);
    const there = new Set(namesIn(target, kind));
    const open = namesIn(source, kind).filter((name) => !there.has(translate(name)));
    return tokenChanges(source.region, target.region).flatMap(
      ({ from, to, key, value, apply }): Suggestion[] => {
        const touched = open.filter((name) => apply(name) !== null);
        const paired = touched.filter((name) => there.has(apply(name) ?? ''));
        if (paired.length === 0) return [];
        return [
          {
            section,
            from: key,
            to: value,
            supports: paired.length,
            contradicts: touched.length - paired.length,
            because: `"${from}" in ${source.region} corresponds to "${to}" in ${target.region}, as in ${paired
              .slice(0, 2)
              .map((n) => `"${n}"`)
              .join(' and ')}`,
          },
        ];
      },
    );
  });
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
      because: `${count(s.shared, 'security group')} of one name, ${s.apart} on one side only`,
    }));
}

/** VPCs without a counterpart that are called alike but for the region. */
function vpcNameSuggestions(
  source: Snapshot,
  target: Snapshot,
  config: Config,
  others: readonly Suggestion[],
): Suggestion[] {
  const map = vpcMap(source, target, config);
  const changes = tokenChanges(source.region, target.region);
  const open = (side: 'source' | 'target', snapshot: Snapshot) =>
    itemsOf(snapshot.vpcs)
      .filter(({ id, name }) => name !== null && map.over(side, id) === null)
      .map(({ id }) => map.reference(side, id));
  const theirs = open('target', target);
  return open('source', source).flatMap((from): Suggestion[] => {
    const names = regionalNames(changes, from);
    const to = theirs.filter((name) => names.has(name));
    if (to[0] === undefined || to.length > 1 || others.some((o) => o.from === from || o.to === to[0]))
      return [];
    const because = 'the same name but for the region';
    return [{ section: 'vpcs', from, to: to[0], supports: 1, contradicts: 0, because }];
  });
}

/** Where two paired VPCs have ranges of one size, and rules of the one exist on the target with the other's. */
function cidrSuggestions(source: Snapshot, target: Snapshot, config: Config): Suggestion[] {
  const map = vpcMap(source, target, config);
  return itemsOf(source.vpcs).flatMap((vpc) => {
    const over = map.vpc('target', map.over('source', vpc.id));
    if (!over) return [];
    return movedRanges(vpc, over)
      .filter(([from]) => !Object.hasOwn(config.cidrs ?? {}, from))
      .map(([from, to]): Suggestion => {
        const { supports, contradicts } = ruleSupport(source, target, config, from, to);
        const because = `the range of VPC ${map.reference('source', vpc.id)} and of its counterpart ${map.reference('target', over.id)}`;
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

/** Rules of the source within `from`: those that exist on the target translated, and those that exist there unchanged. */
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
