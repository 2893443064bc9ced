import { type Permit, type Traffic, trafficOf, unionOfAll } from '../../traffic/index.ts';
import type { MeantRow } from '../pairing/meant-row.ts';

/** The rows of many groups share the permits of one prefix list, which can be a thousand: worked out once for all of them. */
const MANY = 50;

/** All that rows admit. */
export function permitted(rows: readonly Pick<MeantRow, 'permits'>[]): Traffic {
  const few = trafficOf(rows.flatMap(({ permits }) => (permits.length > MANY ? [] : permits)));
  return unionOfAll([few, ...rows.flatMap(({ permits }) => (permits.length > MANY ? [ofAll(permits)] : []))]);
}

/** All that one row admits: groups share rows. */
export function permittedByRow({ permits }: Pick<MeantRow, 'permits'>): Traffic {
  return ofAll(permits);
}

/** So many are kept, and then found again. */
const MOST_KNOWN = 100_000;
let known = new WeakMap<readonly Permit[], Traffic>();
let count = 0;

function ofAll(permits: readonly Permit[]): Traffic {
  const hit = known.get(permits);
  if (hit) return hit;
  const made = trafficOf(permits);
  count += 1;
  if (count > MOST_KNOWN) [known, count] = [new WeakMap(), 1];
  known.set(permits, made);
  return made;
}

/** What each permit admits, as texts: equal ones admit the same. */
export function permitTexts(permits: readonly Permit[]): readonly string[] {
  const hit = texts.get(permits);
  if (hit) return hit;
  const made = permits.map(permitText);
  if (permits.length > MANY) texts.set(permits, made);
  return made;
}
const texts = new WeakMap<readonly Permit[], readonly string[]>();

function permitText({ protocol, range, peer }: Permit): string {
  const ports = range === 'all' ? 'all' : `${range.first}-${range.last}`;
  return `${protocol} ${ports} ${peer.type === 'cidr' ? peer.cidr : peer.atom}`;
}
