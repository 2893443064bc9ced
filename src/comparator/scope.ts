import { itemsOf } from '../inventory/collected.ts';
import { wordsOf } from '../inventory/kinds.ts';
import type { Tags } from '../inventory/tags.ts';
import type { Note } from '../report/model.ts';
import { KINDS, SIDES, type SideName } from '../report/vocabulary.ts';
import { count } from '../text/counts.ts';
import { listed } from '../text/lists.ts';
import { matches } from '../waivers/glob.ts';
import type { Config } from './config.ts';
import type { ComparedKind, Context } from './context.ts';
import type { Counterpart } from './pairing/counterpart.ts';
import { usersOf } from './workloads/users.ts';

type Entry = NonNullable<Config['include']>[number];
interface Item {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly vpcId?: string | null;
  readonly tags?: Tags;
}

/** Whether a pair is audited. What is out of scope is read too: it is evidence about what is in scope. */
export type InScope = (kind: ComparedKind, pair: Counterpart<unknown>) => boolean;

/** By the config's `include` and `exclude`; a pair is what either of its ends is. */
export function scopeOf(context: Context): InScope {
  const { include = [], exclude = [] } = context.config;
  if (include.length + exclude.length === 0) return () => true;
  const vpcs = vpcsOfWorkloads(context);
  const fits = (entry: Entry, kind: ComparedKind, pair: Counterpart<unknown>): boolean => {
    if (entry.kind !== undefined && entry.kind !== kind) return false;
    return SIDES.some((side) => {
      const item = pair[side] as Item | null;
      if (item === null) return false;
      const { name, vpc, tag } = entry;
      if (name !== undefined && ![pair.name, item.name, item.id].some((n) => n && matches(name, n)))
        return false;
      if (tag !== undefined && !hasTag(item.tags ?? {}, tag)) return false;
      return vpc === undefined || namesOfVpcs(kind, item, side).some((n) => matches(vpc, n));
    });
  };
  const namesOfVpcs = (kind: ComparedKind, item: Item, side: SideName): string[] => {
    const ids = item.vpcId ? [item.vpcId] : [...(vpcs.get(`${side} ${kind} ${item.id}`) ?? [])];
    return ids.flatMap((id) => {
      const vpc = context.vpcs.vpc(side, id);
      return [id, ...(vpc?.name ? [vpc.name] : []), ...(vpc?.isDefault ? ['default'] : [])];
    });
  };
  return (kind, pair) =>
    (include.length === 0 || include.some((entry) => fits(entry, kind, pair))) &&
    !exclude.some((entry) => fits(entry, kind, pair));
}

/** `env=prod`, `env=*`, or `env` for any value. */
function hasTag(tags: Tags, wanted: string): boolean {
  const at = wanted.indexOf('=');
  const [key, value] = at < 0 ? [wanted, '*'] : [wanted.slice(0, at), wanted.slice(at + 1)];
  return Object.entries(tags).some(([k, v]) => matches(key, k) && matches(value, v));
}

/** Where the groups of a workload are, there it is. */
function vpcsOfWorkloads(context: Context): ReadonlyMap<string, ReadonlySet<string>> {
  const vpcs = new Map<string, Set<string>>();
  for (const side of SIDES) {
    for (const group of itemsOf(context[side].securityGroups)) {
      for (const { kind, id, side: of } of usersOf(group, context)) {
        if (group.vpcId === null) continue;
        const key = `${of} ${kind} ${id}`;
        vpcs.set(key, (vpcs.get(key) ?? new Set<string>()).add(group.vpcId));
      }
    }
  }
  return vpcs;
}

/** What include and exclude leave out, counted and named. */
export function scopeNote(
  { include, exclude }: Config,
  out: { readonly kinds: readonly ComparedKind[]; readonly findings: number; readonly workloads: number },
): Note[] {
  if (include === undefined && exclude === undefined) return [];
  const at = [...(include ? ['include'] : []), ...(exclude ? ['exclude'] : [])];
  const parts = KINDS.flatMap((kind) => {
    const n = out.kinds.filter((k) => k === kind).length;
    return n === 0 ? [] : [count(n, wordsOf(kind).one, wordsOf(kind).many)];
  });
  return [
    {
      code: 'out-of-scope',
      at: at[0] ?? 'include',
      message:
        parts.length === 0
          ? `${listed(at)} leave nothing out.`
          : `out of scope by ${listed(at)}: ${listed(parts, parts.length)}, with ${count(out.findings, 'finding')} and ${count(out.workloads, 'workload')}. They were read as evidence and are not reported.`,
      hint: 'Change include and exclude in the config to audit them.',
    },
  ];
}
