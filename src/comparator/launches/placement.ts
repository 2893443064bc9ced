import type { FactOf } from '../../inventory/launch-facts/index.ts';
import type { Refusal } from '../../report/rules/launches.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { isReplaced } from './foreign.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { Places } from './place.ts';
import type { JudgedWorkload, Start } from './starts.ts';
import { typeFacts } from './types.ts';

type Placed = Pick<JudgedWorkload, 'group' | 'desired'>;
type PlacementGroup = FactOf['placementGroups'];

/** A spread placement group holds at most seven running instances in each Availability Zone (EC2 User Guide). */
const SPREAD_PER_ZONE = 7;

/** Whether the placement group of the launch exists on the target and takes what is launched. */
export function placementChecks(start: Start, places: Places, workload: Placed, context: Context): Checked {
  const name = start.details.placementGroup ?? workload.group?.placementGroup ?? null;
  // An id is replaced with the object that is made; a name is what a copy keeps.
  if (name === null || (name.startsWith('pg-') && isReplaced(name, start.mode, context)))
    return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const byId = facts.all('placementGroups')?.find((g) => g.groupId === name);
  const known = byId ? { is: 'item' as const, item: byId } : facts.find('placementGroups', name);
  if (known.is === 'none') return lacks(start, name, null, facts.place);
  if (known.is !== 'item') return notKnown(known, 'placementGroups', facts, `placement group ${name}`);
  const { state } = known.item;
  if (state !== null && state !== 'available') return lacks(start, name, state, facts.place);
  return all([
    passed('network'),
    typeChecks(start, name, known.item, context),
    zoneChecks(start, name, known.item, places),
    spreadChecks(start, name, known.item, places, workload),
  ]);
}

function lacks({ at, mode }: Start, name: string, state: string | null, place: string): Checked {
  return found({
    rule: 'workload/missing-placement',
    facts: { at, judged: mode, what: 'placement group', name, state },
    verdict: 'blocked',
    steps: [`placement group ${name}`, state === null ? `was not found in ${place}` : `is ${state}`],
    place: [at, 'placement group'],
  });
}

function refused(
  { at, mode }: Start,
  because: Refusal,
  steps: string[],
  what: string,
  limit: number | null,
  verdict: 'blocked' | 'degraded',
): Checked {
  return found({
    rule: 'workload/refused',
    facts: { at, judged: mode, because, what, limit },
    verdict,
    ...(verdict === 'degraded' ? { severity: 'high' } : {}),
    steps,
    place: [at, because],
  } as Draft);
}

/** Not every instance type can be started in a cluster placement group. */
function typeChecks(start: Start, name: string, { strategy }: PlacementGroup, context: Context): Checked {
  const known = start.type === null ? null : typeFacts(start.type, context);
  const strategies = known?.is === 'item' ? known.item.placementStrategies : [];
  if (strategy === null || strategies.length === 0 || strategies.includes(strategy)) return NOTHING_FOUND;
  return refused(
    start,
    'type-not-for-placement',
    [`instance type ${start.type}`, `cannot be started in ${strategy} placement group ${name}`],
    `${start.type} into ${strategy} placement group ${name}`,
    null,
    'blocked',
  );
}

function zonesOf({ subnets, definite }: Places): string[] {
  if (subnets === null || !definite) return [];
  return [...new Set(subnets.flatMap((s) => s.zone ?? s.zoneId ?? []))].sort();
}

/** The first instance decides the zone, and what is started in another zone is refused. */
function zoneChecks(start: Start, name: string, { strategy }: PlacementGroup, places: Places): Checked {
  const zones = strategy === 'cluster' ? zonesOf(places) : [];
  if (zones.length < 2) return NOTHING_FOUND;
  const list = zones.join(' and ');
  return refused(
    start,
    'cluster-in-several-zones',
    [`cluster placement group ${name}`, `is in one Availability Zone, and the subnets are in ${list}`],
    `${name} from subnets in ${list}`,
    null,
    'degraded',
  );
}

function spreadChecks(
  start: Start,
  name: string,
  { strategy }: PlacementGroup,
  places: Places,
  { group, desired }: Placed,
): Checked {
  const zones = strategy === 'spread' ? zonesOf(places).length : 0;
  const counted = group !== null && group.capacityUnit === null && start.weight === 1 ? (desired ?? 0) : 1;
  const limit = zones * SPREAD_PER_ZONE;
  if (zones === 0 || counted <= limit) return NOTHING_FOUND;
  return refused(
    start,
    'spread-group-full',
    [`spread placement group ${name}`, `holds ${limit} instances in its zones, and ${counted} are wanted`],
    `${counted} instances in spread placement group ${name}`,
    limit,
    'degraded',
  );
}
