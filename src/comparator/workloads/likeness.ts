import { itemsOf } from '../../inventory/collected.ts';
import { compareText } from '../../inventory/order.ts';
import type { DifferingPart } from '../../report/rules/workloads.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { copiedFrom, isCopyOf } from '../pairing/image-lineage.ts';
import { perAudit } from '../per-audit.ts';
import type { LaunchSpec } from './launches.ts';
import { type Reference, referenceName } from './reference.ts';

type Part = DifferingPart;

/** What is compared of two launches: the parts in which they differ, and whether something unread could hide a difference. */
export interface ComparedLaunch<Differing> {
  readonly differing: readonly Differing[];
  readonly unknown: boolean;
}

/** A word for what a reference means that is the same on both sides; null where that is not known. */
export type Token = string | null;

export type LaunchPair = readonly [LaunchSpec | undefined, LaunchSpec | undefined];

/** Version numbers mean nothing in another region; "$Default" and "$Latest" do. */
export function byRole(ours: readonly LaunchSpec[], theirs: readonly LaunchSpec[]): LaunchPair[] {
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
export function byLikeness(compared: (s: LaunchSpec, t: LaunchSpec) => ComparedLaunch<unknown>) {
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

export function partsOf(
  s: LaunchSpec | undefined,
  t: LaunchSpec | undefined,
): [Part, Reference[], Reference[]][] {
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
export function alike(
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

export function isDangling({ found, parameter }: Reference): boolean {
  return found.is === 'dangling' && parameter === null;
}

/** The name that a reference of the source has on the target. */
function nameThere({ to, text, found }: Reference, names: Context['names']): string {
  if (to === 'key-pair') return names.keyPairs(text);
  return found.is === 'security-group' ? found.item.name : text;
}

export function namesOf(
  references: readonly Reference[],
  called: (reference: Reference) => string = referenceName,
): string {
  const names = [
    ...new Set(references.map((r) => called(r).replace(/^(key pair|security group|image) /, ''))),
  ];
  return names.length === 0 ? 'none' : names.sort(compareText).join(', ');
}

/** What each reference means, in words that are the same on both sides. */
export const sameness = perAudit((context): ((side: 'source' | 'target', reference: Reference) => Token) => {
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
