/**
 * Which services each address of one family is admitted for: a step function over the addresses. Neighbouring steps
 * differ, so one set has exactly one profile.
 */
import type { Space } from './addresses.ts';
import {
  combine,
  INTERSECTION,
  type Operation,
  type Point,
  passed,
  same,
  UNION,
  unionOf,
} from './intervals.ts';
import { NONE, type Services } from './services.ts';

/** From `starts[i]` up to `starts[i + 1]` (the last: up to the end of the space) `services[i]` are admitted. */
export interface Profile<P extends Point> {
  readonly starts: readonly P[];
  readonly services: readonly Services[];
}

/** A block of addresses and the services it is admitted for. */
export interface Row<P extends Point> {
  readonly start: P;
  readonly end: P;
  readonly services: Services;
}

export const EMPTY: Profile<never> = { starts: [], services: [] };

/**
 * The union of rows. Blocks nest or are disjoint, so a walk in address order with the enclosing blocks on a stack meets
 * every change once: a block admits what its parent admits and what its own rows add.
 */
export function profileOf<P extends Point>(space: Space<P>, rows: readonly Row<P>[]): Profile<P> {
  if (rows.length === 0) return EMPTY;
  const sorted = [...rows].sort(byPlace);
  const profile: Draft<P> = { starts: [], services: [] };
  const enclosing: { end: P; services: Services }[] = [];
  const leaveUntil = (start: P) => {
    for (let top = enclosing.at(-1); top !== undefined && top.end <= start; top = enclosing.at(-1)) {
      enclosing.pop();
      if (top.end < space.end) step(profile, top.end, enclosing.at(-1)?.services ?? NONE);
    }
  };
  for (let i = 0; i < sorted.length; ) {
    const { start, end } = sorted[i] as Row<P>;
    const own: Services[] = [];
    for (let row = sorted[i]; row !== undefined && row.start === start && row.end === end; row = sorted[++i])
      own.push(row.services);
    leaveUntil(start);
    const services = combine(enclosing.at(-1)?.services ?? NONE, unionOf(own), UNION);
    step(profile, start, services);
    enclosing.push({ end, services });
  }
  leaveUntil(space.end);
  return profile;
}

/** By first address, the enclosing block before the enclosed. */
function byPlace<P extends Point>(a: Row<P>, b: Row<P>): number {
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  return a.end > b.end ? -1 : a.end < b.end ? 1 : 0;
}

/** Two profiles combined address by address. */
export function combineProfiles<P extends Point>(
  left: Profile<P>,
  right: Profile<P>,
  operation: Operation,
): Profile<P> {
  if (operation === INTERSECTION && right.starts.length < left.starts.length)
    return combineProfiles(right, left, operation);
  const profile: Draft<P> = { starts: [], services: [] };
  const [first] = left.starts;
  if (operation !== UNION && first === undefined) return profile;
  // Without the left there is something in a union alone: a single row is held against a small part of a group.
  const skipped = operation === UNION || first === undefined ? 0 : passed(right.starts, first);
  let i = 0;
  let j = skipped;
  let ofLeft = NONE;
  let ofRight = right.services[skipped - 1] ?? NONE;
  while (i < left.starts.length || j < right.starts.length) {
    if (operation !== UNION && i === left.starts.length && ofLeft.length === 0) break;
    const x = left.starts[i];
    const y = right.starts[j];
    const at = (y === undefined || (x !== undefined && x < y) ? x : y) as P;
    if (x === at) ofLeft = left.services[i++] ?? NONE;
    if (y === at) ofRight = right.services[j++] ?? NONE;
    step(profile, at, combine(ofLeft, ofRight, operation));
  }
  return profile;
}

/** A profile under construction. */
interface Draft<P extends Point> extends Profile<P> {
  readonly starts: P[];
  readonly services: Services[];
}

/** Adds a step. They come in address order; the last word about an address counts. */
function step<P extends Point>({ starts, services }: Draft<P>, start: P, admitted: Services): void {
  if (starts.at(-1) === start) {
    starts.pop();
    services.pop();
  }
  if (same(services.at(-1) ?? NONE, admitted)) return;
  starts.push(start);
  services.push(admitted);
}

/** The profile with the services of every address replaced. `replaced` of nothing must be nothing. */
export function mapProfile<P extends Point>(
  { starts, services }: Profile<P>,
  replaced: (services: Services) => Services,
): Profile<P> {
  const profile: Draft<P> = { starts: [], services: [] };
  for (const [i, start] of starts.entries()) step(profile, start, replaced(services[i] ?? NONE));
  return profile;
}

export function sameProfile<P extends Point>(left: Profile<P>, right: Profile<P>): boolean {
  return (
    same(left.starts, right.starts) &&
    left.services.every((services, i) => same(services, right.services[i] ?? NONE))
  );
}

/** The steps that admit anything, as `[first address, end, services]`. */
export function* stepsOf<P extends Point>(space: Space<P>, profile: Profile<P>): Generator<[P, P, Services]> {
  for (const [i, services] of profile.services.entries())
    if (services.length > 0) yield [profile.starts[i] as P, profile.starts[i + 1] ?? space.end, services];
}

/** What one address is admitted for. */
export function servicesAt<P extends Point>(profile: Profile<P>, address: P): Services {
  return profile.services[passed(profile.starts, address) - 1] ?? NONE;
}

/** What every single address of the space is admitted for. */
export function servicesEverywhere<P extends Point>(space: Space<P>, profile: Profile<P>): Services {
  if (profile.starts[0] !== space.start) return NONE;
  return profile.services.reduce((common, services) => combine(common, services, INTERSECTION));
}
