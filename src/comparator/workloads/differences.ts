import { compareText } from '../../inventory/order.ts';
import type { DifferingPart } from '../../report/rules/workloads.ts';
import type { Context } from '../context.ts';
import { ignoredOf } from '../ignored.ts';
import { perAudit } from '../per-audit.ts';
import { type Differing, hookDifferences } from './hook-differences.ts';
import type { Launcher, LaunchSpec } from './launches.ts';
import {
  alike,
  byLikeness,
  byRole,
  type ComparedLaunch,
  isDangling,
  type LaunchPair,
  partsOf,
  sameness,
} from './likeness.ts';
import { toldApart } from './told-apart.ts';
import { type Workload, workloadsOf } from './workloads.ts';

type Part = DifferingPart;

/** What two workloads that are counterparts refer to differently. */
interface LaunchDifference {
  readonly parts: readonly Part[];
  readonly rows: { readonly source: readonly string[]; readonly target: readonly string[] };
  /** True where something unread could hide a difference. */
  readonly undetermined: boolean;
}

/**
 * Held against each other launch by launch: by the part that a version plays ("$Default", "$Latest"), else by what each
 * launches, since the order of several says nothing: it follows the ids of their templates. Two references are one where their ends are a pair, even with different ids and names.
 */
function launchDifferenceOf(
  source: Workload,
  target: Workload,
  context: Context,
  isIgnored: (part: Part) => boolean = () => false,
): LaunchDifference {
  const compared = comparison(source, context, isIgnored);
  let undetermined = source.issues.length + target.issues.length > 0;
  const differing = comparedLaunches(source, target, context, isIgnored).map(([s, t]) => {
    const { differing: parts, unknown } = compared(s, t);
    undetermined ||= unknown;
    return parts;
  });
  const hooks = isIgnored('lifecycle hooks')
    ? { differing: [], unknown: false }
    : hookDifferences(source, target, context);
  return {
    ...told(hooks.differing.length > 0 ? [...differing, hooks.differing] : differing),
    undetermined: undetermined || hooks.unknown,
  };
}

/** The launches of two counterparts that are compared with each other. */
export function comparedLaunches(
  source: Workload,
  target: Workload,
  context: Context,
  isIgnored: (part: Part) => boolean = () => false,
): LaunchPair[] {
  const pairs =
    source.kind === 'launch-template' ? byRole : byLikeness(comparison(source, context, isIgnored));
  return pairs(source.launchSpecs, target.launchSpecs);
}

/** How one launch of a workload is compared with one of its counterpart. */
function comparison(
  { kind }: Workload,
  context: Context,
  isIgnored: (part: Part) => boolean,
): (s: LaunchSpec | undefined, t: LaunchSpec | undefined) => ComparedLaunch<Differing> {
  const same = sameness(context);
  return (s, t) => {
    let unknown = false;
    const differing = partsOf(s, t).flatMap(([part, ours, theirs]): Differing[] => {
      if (isIgnored(part)) return [];
      const [a, b] = [ours.map((r) => same('source', r)), theirs.map((r) => same('target', r))];
      if ([...a, ...b].includes(null)) {
        unknown = true;
        return [];
      }
      const role = kind === 'launch-template' ? (s?.role ?? null) : null;
      return alike(ours, theirs, same, context) ? [] : [{ role, part, ...toldApart(ours, theirs, context) }];
    });
    return { differing, unknown };
  };
}

/** Whether two workloads that are no pair refer to the same objects. Of references to nothing, or to deleted objects, nothing is said. */
export function launchesAlike(source: Workload, target: Workload, context: Context): boolean {
  const named = [...source.launchSpecs, ...target.launchSpecs].map((spec) =>
    partsOf(spec, undefined).flatMap(([, references]) => references),
  );
  if (named.every((references) => references.length === 0) || named.flat().some(isDangling)) return false;
  const { parts, undetermined } = launchDifferenceOf(source, target, context);
  return parts.length === 0 && !undetermined;
}

/** The role of a version is named only where the versions do not differ in the same way. */
function told(perLaunch: readonly (readonly Differing[])[]): Pick<LaunchDifference, 'parts' | 'rows'> {
  const words = perLaunch.map((all) => JSON.stringify(all.map(({ role: _role, ...rest }) => rest)));
  const oneWay = new Set(words).size <= 1;
  // Launches without a role come in an order that follows ids, so that their differences are reported in a separate order.
  const all = perLaunch
    .flat()
    .sort((a, b) => (a.role === null && b.role === null ? compareText(rankOf(a), rankOf(b)) : 0));
  const row = (side: 'source' | 'target') => (d: Differing) =>
    `${oneWay || d.role === null ? '' : `${d.role}: `}${d.part}: ${d[side]}`;
  return {
    parts: [...new Set(all.map((d) => d.part))],
    rows: { source: onePerName(all.map(row('source'))), target: onePerName(all.map(row('target'))) },
  };
}

const ORDER = {
  'key pair': 0,
  'security groups': 1,
  image: 2,
  'lifecycle hooks': 3,
} as const satisfies Record<Part, number>;

/**
 * Each row once. Of rows that differ only by the id of a reference to nothing the first: which of the launches with such ids
 * are held against each other follows no name, and the findings about those references name each id.
 */
function onePerName(rows: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const row of rows) {
    const key = row.replace(/\b(?:sg|ami)-[0-9a-f]{8,17}\b/g, '');
    if (!known.has(key)) known.set(key, row);
  }
  return [...known.values()];
}

/** Ids left out: a reference to nothing is known by its id alone, and no id decides an order. */
function rankOf({ part, source, target }: Differing): string {
  const withoutIds = (names: string) => names.replace(/\b(?:sg|ami)-[^\s,]+/g, '');
  return JSON.stringify([ORDER[part], withoutIds(source), withoutIds(target)]);
}

const knownIn = perAudit(() => new Map<Launcher, LaunchDifference>());

/** The difference of two items that are a pair; computed once, since a rule and the state of the pair need it. */
export function launchDifferences(source: Launcher, target: Launcher, context: Context): LaunchDifference {
  const known = knownIn(context);
  const hit = known.get(source);
  if (hit) return hit;
  const all = workloadsOf(context);
  const [s, t] = [all.of(source), all.of(target)];
  const made =
    s && t
      ? launchDifferenceOf(
          s,
          t,
          context,
          ignoredOf(context.config, { kind: s.kind, name: s.name, scope: null }),
        )
      : { parts: [], rows: { source: [], target: [] }, undetermined: true };
  known.set(source, made);
  return made;
}
