import { compareText } from '../../inventory/order.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Finding } from '../../report/model.ts';
import { SEVERITIES } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import type { Direction } from '../pairing/group-meaning.ts';
import { perAudit } from '../per-audit.ts';
import { equal, type Traffic, trafficOf, union } from '../traffic/index.ts';
import type { Reference } from './reference.ts';
import { type Workload, workloadsOf } from './workloads.ts';

type Side = 'source' | 'target';
type Group = SecurityGroup;

/** A set of groups that some interface wears, and who wears it. */
interface Worn {
  readonly groups: readonly { readonly source: Group; readonly target: Group }[] | null;
  readonly by: Set<Workload>;
  /** The ids of the source groups among them. */
  readonly members: readonly string[];
}

/** What a group finding weighs whose traffic another group of every wearer admits: something unread may wear the group alone. */
const CANCELLED = 'low';

/**
 * What an interface admits is the union of its groups. A rule that moved from one of them to another is a difference of
 * both groups and of no workload: such findings say so and weigh less, where the union is equal on both sides for
 * everything that wears the group.
 */
export function markMovedRules(context: Context, findings: readonly Finding[]): void {
  const suspects = findings.filter((f) => TRAFFIC.has(f.rule));
  if (suspects.length === 0) return;
  const { wornBy, balanced } = wardrobe(context);
  for (const finding of suspects) {
    const worn = wornBy.get(finding.subject.sourceId ?? '') ?? [];
    const direction = finding.facts.direction as Direction;
    if (worn.length === 0 || !worn.every((set) => balanced(set, direction))) continue;
    const names = [...new Set(worn.flatMap((set) => [...set.by].map((w) => w.name)))].sort(compareText);
    const others = [...new Set(worn.flatMap((set) => set.groups ?? []).map((g) => g.source.name))].filter(
      (name) => name !== finding.subject.name,
    );
    if (SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(CANCELLED)) finding.severity = CANCELLED;
    finding.facts = { ...finding.facts, cancelledBy: others.sort(compareText), wornBy: names };
    finding.message += ` It cancels out for every workload that wears the group (${listedNames(names)}): together with ${listedNames(others)} it admits the same on both sides.`;
  }
}

function listedNames(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((n) => `"${n}"`);
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
}

/**
 * Whether what the finding reports of the group cancels out for a launch with these interfaces, whatever it does to
 * others: on each of them that wears the group, the union is equal on both sides.
 */
export function cancelsOut(
  finding: Finding,
  group: Group,
  interfaces: readonly (readonly Reference[])[],
  context: Context,
): boolean {
  if (!TRAFFIC.has(finding.rule)) return false;
  const { byInterface, balanced } = wardrobe(context);
  const wearing = interfaces.filter((all) =>
    all.some((r) => r.found.is === 'security-group' && r.found.item === group),
  );
  return (
    wearing.length > 0 &&
    wearing.every((all) => {
      const worn = byInterface.get(all);
      return worn !== undefined && balanced(worn, finding.facts.direction as Direction);
    })
  );
}

const TRAFFIC: ReadonlySet<string> = new Set(['security-group/allows-less', 'security-group/allows-more']);

interface Wardrobe {
  /** By id of the source group: every set that is worn with it, on either side. */
  readonly wornBy: ReadonlyMap<string, readonly Worn[]>;
  readonly byInterface: ReadonlyMap<readonly Reference[], Worn>;
  readonly balanced: (worn: Worn, direction: Direction) => boolean;
}

const wardrobe = perAudit((context): Wardrobe => ({ ...wornSets(context), balanced: unions(context) }));

/** Every set once, however many wear it. Null groups: one of them has no counterpart. */
function wornSets(context: Context): Pick<Wardrobe, 'wornBy' | 'byInterface'> {
  const pairOf = new Map<Group, Counterpart<Group>>();
  for (const c of context.counterparts['security-group']) {
    if (c.source) pairOf.set(c.source, c);
    if (c.target) pairOf.set(c.target, c);
  }
  const sets = new Map<string, Worn>();
  const byInterface = new Map<readonly Reference[], Worn>();
  const { on } = workloadsOf(context);
  for (const workload of [...on.source, ...on.target]) {
    for (const references of workload.launchSpecs.flatMap((a) => a.interfaces)) {
      const items = references.map((r) => (r.found.is === 'security-group' ? r.found.item : null));
      const pairs = items.map((item) => (item ? (pairOf.get(item) ?? null) : null));
      const whole = pairs.every((p) => p?.pairingStatus === 'paired');
      const key = `${workload.side} ${items.map((item, i) => item?.id ?? `? ${references[i]?.text}`).join(' ')}`;
      const known = sets.get(key) ?? {
        groups: whole
          ? pairs.flatMap((p) => (p?.source && p.target ? [{ source: p.source, target: p.target }] : []))
          : null,
        members: pairs.flatMap((p) => p?.source?.id ?? []),
        by: new Set<Workload>(),
      };
      known.by.add(workload);
      sets.set(key, known);
      byInterface.set(references, known);
    }
  }
  const byGroup = new Map<string, Worn[]>();
  for (const set of sets.values()) {
    for (const id of new Set(set.members)) {
      const known = byGroup.get(id);
      if (known) known.push(set);
      else byGroup.set(id, [set]);
    }
  }
  return { wornBy: byGroup, byInterface };
}

/** Whether the groups of a set admit the same together on both sides, in a direction: worked out once per set. */
function unions(context: Context): (worn: Worn, direction: Direction) => boolean {
  const known = new Map<Worn, Map<Direction, boolean>>();
  const perGroup = new Map<string, Traffic>();
  const trafficIn = (side: Side, group: Group, direction: Direction): Traffic | null => {
    const rows = context.meanings.rows(side, group).filter((r) => r.direction === direction);
    // What is not known to be admitted cannot be known to be equal.
    if (rows.some((r) => r.unread || r.unresolved)) return null;
    const key = `${side} ${direction} ${group.id}`;
    const made = perGroup.get(key) ?? trafficOf(rows.flatMap((r) => r.permits));
    perGroup.set(key, made);
    return made;
  };
  const together = (side: Side, groups: readonly Group[], direction: Direction): Traffic | null => {
    const all = groups.map((g) => trafficIn(side, g, direction));
    return all.every((t) => t !== null) ? all.reduce((a, b) => union(a, b)) : null;
  };
  return (worn, direction) => {
    const { groups } = worn;
    if (groups === null || groups.length < 2) return false;
    const hit = known.get(worn)?.get(direction);
    if (hit !== undefined) return hit;
    const s = together(
      'source',
      groups.map((g) => g.source),
      direction,
    );
    const t = together(
      'target',
      groups.map((g) => g.target),
      direction,
    );
    const same = s !== null && t !== null && equal(s, t);
    known.set(worn, (known.get(worn) ?? new Map()).set(direction, same));
    return same;
  };
}
