import { itemsOf } from '../../inventory/collected.ts';
import { compareText } from '../../inventory/order.ts';
import type { DifferingPart } from '../../report/rules/workloads.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { ignoredOf } from '../ignored.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { copiedFrom, isCopyOf } from '../pairing/image-lineage.ts';
import { perAudit } from '../per-audit.ts';
import { type Differing, hookDifferences } from './hook-differences.ts';
import type { Launcher, LaunchSpec } from './launches.ts';
import { type Reference, referenceName } from './reference.ts';
import { type Workload, workloadsOf } from './workloads.ts';

type Part = DifferingPart;

/** What two workloads that are counterparts refer to differently. */
interface LaunchDifference {
  readonly parts: readonly Part[];
  readonly rows: { readonly source: readonly string[]; readonly target: readonly string[] };
  /** True where something unread could hide a difference. */
  readonly undetermined: boolean;
}

type Token = string | null;

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
  let undetermined = source.issues.length + target.issues.length > 0;
  const same = sameness(context);
  const compared = (s: LaunchSpec | undefined, t: LaunchSpec | undefined): ComparedLaunch => {
    let unknown = false;
    const differing = partsOf(s, t).flatMap(([part, ours, theirs]): Differing[] => {
      if (isIgnored(part)) return [];
      const [a, b] = [ours.map((r) => same('source', r)), theirs.map((r) => same('target', r))];
      if ([...a, ...b].includes(null)) {
        unknown = true;
        return [];
      }
      const role = source.kind === 'launch-template' ? (s?.role ?? null) : null;
      return alike(ours, theirs, same, context)
        ? []
        : [{ role, part, source: namesOf(ours), target: namesOf(theirs) }];
    });
    return { differing, unknown };
  };
  const pairs = source.kind === 'launch-template' ? byRole : byLikeness(compared);
  const differing = pairs(source.launchSpecs, target.launchSpecs).map(([s, t]) => {
    const { differing: parts, unknown } = compared(s, t);
    undetermined ||= unknown;
    return parts;
  });
  const hooks = hookDifferences(source, target, context);
  return {
    ...told(hooks.differing.length > 0 ? [...differing, hooks.differing] : differing),
    undetermined: undetermined || hooks.unknown,
  };
}

interface ComparedLaunch {
  readonly differing: readonly Differing[];
  /** True where something unread could hide a difference. */
  readonly unknown: boolean;
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

type LaunchPair = readonly [LaunchSpec | undefined, LaunchSpec | undefined];

/** Version numbers mean nothing in another region; "$Default" and "$Latest" do. */
function byRole(ours: readonly LaunchSpec[], theirs: readonly LaunchSpec[]): LaunchPair[] {
  return ['$Default', '$Latest'].flatMap((role) => {
    const [s, t] = [ours.find((a) => a.role === role), theirs.find((a) => a.role === role)];
    return s && t ? [[s, t] as const] : [];
  });
}

/**
 * Each launch with the one on the other side that is most like it; one that several on the other side equal is theirs too,
 * since it is reported once. What is left over is held against the launch that it differs least from. Names decide between
 * equals, never ids.
 */
function byLikeness(compared: (s: LaunchSpec, t: LaunchSpec) => ComparedLaunch) {
  return (ours: readonly LaunchSpec[], theirs: readonly LaunchSpec[]): LaunchPair[] => {
    if (ours.length === 0 || theirs.length === 0) return [];
    const scored = ours.flatMap((s) =>
      theirs.map((t) => {
        const { differing, unknown } = compared(s, t);
        return { s, t, apart: 2 * differing.length + Number(unknown), words: `${wordsOf(s)}\n${wordsOf(t)}` };
      }),
    );
    scored.sort((a, b) => a.apart - b.apart || compareText(a.words, b.words));
    const pairs: LaunchPair[] = [];
    const [usedOurs, usedTheirs] = [new Set<LaunchSpec>(), new Set<LaunchSpec>()];
    const take = (s: LaunchSpec, t: LaunchSpec) => {
      usedOurs.add(s);
      usedTheirs.add(t);
      pairs.push([s, t]);
    };
    for (const { s, t, apart } of scored)
      if (apart === 0 || (!usedOurs.has(s) && !usedTheirs.has(t))) take(s, t);
    for (const { s, t } of scored) if (!usedOurs.has(s) || !usedTheirs.has(t)) take(s, t);
    return pairs;
  };
}

/** What a launch refers to, in names. */
function wordsOf(spec: LaunchSpec): string {
  return partsOf(spec, undefined)
    .map(([part, references]) => {
      // An id of nothing has no name; the order of what is said may not follow ids.
      const nameless = references.filter((r) => isDangling(r) && r.to !== 'key-pair');
      return `${part}: ${namesOf(references.filter((r) => !nameless.includes(r)))} ${nameless.length}`;
    })
    .join('; ');
}

function partsOf(s: LaunchSpec | undefined, t: LaunchSpec | undefined): [Part, Reference[], Reference[]][] {
  const one = (reference: Reference | null | undefined) => (reference ? [reference] : []);
  return [
    ['key pair', one(s?.key), one(t?.key)],
    ['security groups', s?.interfaces.flat() ?? [], t?.interfaces.flat() ?? []],
    ['image', one(s?.image), one(t?.image)],
  ];
}

/**
 * What does not exist on its own side has a separate finding, and is not another object of its kind: an id that refers
 * nowhere, or a name that the other side uses too, may be the counterpart of one that only the other side has.
 */
function alike(
  ours: readonly Reference[],
  theirs: readonly Reference[],
  same: (side: SideName, reference: Reference) => Token,
  { names }: Context,
): boolean {
  const named = {
    source: new Set(ours.map((r) => nameThere(r, names))),
    target: new Set(theirs.map((r) => r.text)),
  };
  const isOpen = (r: Reference, side: SideName) =>
    isDangling(r) &&
    (/^(ami|sg)-/.test(r.text) ||
      (side === 'source' ? named.target.has(nameThere(r, names)) : named.source.has(r.text)));
  const read = (side: SideName, references: readonly Reference[]) => {
    const open = references.filter((r) => isOpen(r, side));
    const tokens = references.filter((r) => !open.includes(r)).map((r) => same(side, r));
    return { open: new Set(open.map((r) => r.text)).size, tokens: new Set(tokens) };
  };
  const [s, t] = [read('source', ours), read('target', theirs)];
  const only = (a: ReadonlySet<Token>, b: ReadonlySet<Token>) => [...a].filter((x) => !b.has(x)).length;
  return only(s.tokens, t.tokens) <= t.open && only(t.tokens, s.tokens) <= s.open;
}

function isDangling({ found, parameter }: Reference): boolean {
  return found.is === 'dangling' && parameter === null;
}

/** The name that a reference of the source has on the target. */
function nameThere({ to, text, found }: Reference, names: Context['names']): string {
  if (to === 'key-pair') return names.keyPairs(text);
  return found.is === 'security-group' ? found.item.name : text;
}

function namesOf(references: readonly Reference[]): string {
  const names = [
    ...new Set(references.map((r) => referenceName(r).replace(/^(key pair|security group|image) /, ''))),
  ];
  return names.length === 0 ? 'none' : names.sort(compareText).join(', ');
}

/** A word for what a reference means that is the same on both sides; null where that is not known. */
const sameness = perAudit((context): ((side: 'source' | 'target', reference: Reference) => Token) => {
  const pairs = new Map<object, { token: string; pairingStatus: Counterpart<unknown>['pairingStatus'] }>();
  for (const kind of ['key-pair', 'security-group', 'image'] as const) {
    for (const [i, c] of (context.counterparts[kind] as readonly Counterpart<object>[]).entries()) {
      const known = { token: `${kind} ${i}`, pairingStatus: c.pairingStatus };
      if (c.source) pairs.set(c.source, known);
      if (c.target) pairs.set(c.target, known);
    }
  }
  // An id means the same image to every account of its region.
  const oneRegion = context.source.region === context.target.region;
  const originals = new Map(itemsOf(context.source.images).map((image) => [image.id, image]));
  return (side, reference) => {
    const { found, parameter, text, to } = reference;
    if (parameter !== null) return `parameter ${parameter}`;
    switch (found.is) {
      case 'unread':
        return null;
      case 'dangling':
        return to === 'key-pair'
          ? `name ${side === 'source' ? context.names.keyPairs(text) : text}`
          : `missing ${to}`;
      case 'other-image': {
        // One that another account shares can be the counterpart of an image of the source.
        const shared = found.item.details && pairs.get(found.item.details);
        if (shared) return shared.token;
        const original = side === 'target' && oneRegion ? originals.get(text) : undefined;
        const pair = original && pairs.get(original);
        return pair?.token ?? `other ${found.item.ownerId ?? found.item.ownerAlias}/${found.item.name}`;
      }
      case 'key-pair':
      case 'security-group':
      case 'image':
      case 'prefix-list': {
        const known = pairs.get(found.item);
        if (!known || known.pairingStatus === 'unread' || known.pairingStatus === 'ambiguous') return null;
        if (known.pairingStatus === 'paired' || found.is !== 'image' || side === 'source') return known.token;
        // One more copy of the same image: the pair has another, and this is the same content.
        const image = originals.get(copiedFrom(found.item)?.id ?? '');
        const kin = image && isCopyOf(found.item, { image, region: context.source.region });
        return (kin && pairs.get(image)?.token) || known.token;
      }
    }
  };
});

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
