import type { FactOf } from '../../inventory/launch-facts/index.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { isReplaced } from './foreign.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { Places } from './place.ts';
import type { JudgedWorkload, Start } from './starts.ts';

type Reservation = FactOf['capacityReservations'];
/** What starts into the reservation, and how many instances that are still to be started. */
export type Reserving = Pick<JudgedWorkload, 'group' | 'desired' | 'running'> & {
  /** False where another workload starts it, for which the number is judged. */
  readonly startsItself: boolean;
};

/** Whether each capacity reservation that the launch targets exists, fits the launch and has capacity left. */
export function reservationChecks(
  start: Start,
  places: Places,
  workload: Reserving,
  context: Context,
): Checked {
  const ofGroup = workload.group?.reservations ?? null;
  const preference = preferenceOf(start, workload);
  // Auto Scaling starts On-Demand Instances where a reservation has no capacity, or uses none at all.
  const isBound = preference !== 'capacity-reservations-first' && preference !== 'none';
  const ids = [...new Set([start.details.reservation ?? '', ...(ofGroup?.ids ?? [])])].filter(
    (id) => id.startsWith('cr-') && !isReplaced(id, start.mode, context),
  );
  const targetsGroups =
    (start.details.reservation?.startsWith('arn:') ?? false) || (ofGroup?.groups ?? []).length > 0;
  if (ids.length === 0)
    return preference === 'capacity-reservations-only' && !targetsGroups && (ofGroup?.ids ?? []).length === 0
      ? openOnes(start, places, workload, context)
      : NOTHING_FOUND;
  const judged = ids.map((id) => ({ id, ...judgedOne(id, start, places, workload, isBound, context) }));
  // One of several that can be used is enough, and what one lacks of capacity another may have.
  const ofSeveral = (id: string, { verdict, place }: Draft) =>
    ids.length === 1
      ? {}
      : {
          place: [...place, id],
          ...(usable && verdict === 'blocked' ? { verdict: 'degraded', severity: 'high' } : {}),
        };
  const usable = ids.length > 1 && judged.some((one) => one.left > 0);
  const left = judged.reduce((sum, one) => sum + one.left, 0);
  const enough = ids.length > 1 && left >= wantedOf(start, workload);
  const drafts = judged.flatMap((one) =>
    one.isShort && enough ? [] : one.drafts.map((draft) => ({ ...draft, ...ofSeveral(one.id, draft) })),
  );
  return all([...judged.map(({ checked }) => checked), found(...(drafts as Draft[]))]);
}

/** What the group says comes before what its launch template says, but for "default" (Auto Scaling API Reference). */
function preferenceOf({ details }: Start, { group }: Reserving): string | null {
  const ofGroup = group?.reservations?.preference ?? 'default';
  return ofGroup === 'default' ? details.reservationPreference : ofGroup;
}

interface One {
  /** How many instances it has capacity for; infinite where that is not known. */
  readonly left: number;
  /** Whether nothing is wrong with it but that. */
  readonly isShort: boolean;
  readonly drafts: readonly Draft[];
  readonly checked: Checked;
}

function judgedOne(
  id: string,
  start: Start,
  places: Places,
  workload: Reserving,
  isBound: boolean,
  context: Context,
): One {
  const facts = factsOf(context).target;
  const known = facts.find('capacityReservations', id);
  const lacks = (state: string | null, blocks = true): Draft =>
    ({
      rule: 'workload/missing-placement',
      facts: { at: start.at, judged: start.mode, what: 'capacity reservation', name: id, state },
      verdict: blocks ? 'blocked' : 'degraded',
      ...(blocks ? {} : { severity: 'high' }),
      steps: [
        `capacity reservation ${id}`,
        state === null ? `was not found in ${facts.place}` : `is ${state}`,
      ],
      place: [start.at, 'capacity reservation'],
    }) as Draft;
  const unusable = (...drafts: Draft[]) => ({ left: 0, isShort: false, drafts, checked: NOTHING_FOUND });
  if (known.is === 'none') return unusable(lacks(null));
  if (known.is !== 'item')
    return {
      left: 0,
      isShort: false,
      drafts: [],
      checked: notKnown(known, 'capacityReservations', facts, `capacity reservation ${id}`),
    };
  const { item } = known;
  const unfit = whyUnfit(item, start, places);
  const left = item.available ?? Number.POSITIVE_INFINITY;
  const fine = { left, isShort: false, drafts: [], checked: passed('network') };
  if (unfit !== null) return isBound ? unusable(lacks(unfit.state, unfit.blocks)) : fine;
  const short = isBound ? whyShort(item.available, item.state, start, workload) : null;
  if (short === null) return fine;
  const drafts = [lacks(short.state, short.left === 0)];
  return { left: short.left, isShort: true, drafts, checked: NOTHING_FOUND };
}

/** Why no instance of the launch can run in it: "The requested reservation does not have … compatible … capacity". */
function whyUnfit(
  { state, instanceType, platform, tenancy, zone, zoneId }: Reservation,
  { type, image, details }: Start,
  places: Places,
): { state: string; blocks: boolean } | null {
  const no = (text: string, blocks = true) => ({ state: text, blocks });
  // It may be available for use while it is reported as pending (EC2 User Guide).
  if (state !== null && state !== 'active' && state !== 'pending') return no(state);
  if (type !== null && instanceType !== null && type !== instanceType) return no(`for ${instanceType}`);
  if (platform !== null && image !== null && otherPlatform(platform, image))
    return no(`for ${platform}, and the image is of ${image.platformDetails ?? image.platform}`);
  if (tenancy !== null && details.tenancy !== null && tenancy !== details.tenancy)
    return no(`of tenancy ${tenancy}, and the launch of tenancy ${details.tenancy}`);
  const isHere = (one: { zone: string | null; zoneId: string | null }) =>
    (zone !== null && one.zone === zone) || (zoneId !== null && one.zoneId === zoneId);
  const known = zonesIn(places).filter((one) => (zone !== null && one.zone !== null) || one.zoneId !== null);
  const others = known.filter((one) => !isHere(one));
  if (others.length === 0 || (zone ?? zoneId) === null) return null;
  const names = [...new Set(others.map((one) => one.zone ?? one.zoneId))].join(', ');
  return no(`in ${zone ?? zoneId}, and the launch in ${names}`, others.length === known.length);
}

function zonesIn({ subnets, zones }: Places) {
  return subnets !== null && subnets.length > 0 ? subnets : zones;
}

/** The platforms that reservations and images call alike (EC2 API, InstancePlatform and PlatformDetails). */
const PLATFORMS: ReadonlySet<string> = new Set([
  'Linux/UNIX',
  'Red Hat Enterprise Linux',
  'SUSE Linux',
  'Ubuntu Pro',
  'Windows',
  'Windows with SQL Server Enterprise',
  'Windows with SQL Server Standard',
  'Windows with SQL Server Web',
  'Linux with SQL Server Enterprise',
  'Linux with SQL Server Standard',
  'Linux with SQL Server Web',
]);

function otherPlatform(
  platform: string,
  { platform: os, platformDetails }: Pick<NonNullable<Start['image']>, 'platform' | 'platformDetails'>,
): boolean {
  if (platformDetails === null) return os === 'windows' && !platform.startsWith('Windows');
  if (PLATFORMS.has(platform) && PLATFORMS.has(platformDetails)) return platform !== platformDetails;
  return platform.startsWith('Windows') !== platformDetails.startsWith('Windows');
}

/** How many instances it is short of; null where it has enough, or that is not known. */
function whyShort(
  available: number | null,
  state: string | null,
  start: Start,
  workload: Reserving,
): { state: string; left: number } | null {
  if (available === null || state === 'pending' || start.details.spot) return null;
  const wanted = wantedOf(start, workload);
  if (wanted <= available) return null;
  if (available === 0) return { state: 'used up: it has no capacity left', left: 0 };
  // Where a group can start other launches as well, it is not known how many are to be of this one.
  if ((workload.group?.overrides.length ?? 0) > 1) return null;
  return { state: `available for ${available} of ${wanted} instances`, left: available };
}

function wantedOf({ weight }: Start, { group, desired, running, startsItself }: Reserving): number {
  if (!startsItself) return 0;
  if (group === null) return desired ?? 1;
  // The running ones may be in it already, so that nothing is to be started.
  return Math.max(0, Math.ceil((desired ?? 0) / weight) - running);
}

/** A launch that runs in reservations only, and targets none, needs open ones that match it. */
function openOnes(start: Start, places: Places, workload: Reserving, context: Context): Checked {
  const facts = factsOf(context).target;
  const called = 'open capacity reservations';
  const why = facts.unread('capacityReservations');
  if (why) return notKnown(why, 'capacityReservations', facts, called);
  const matching = (facts.all('capacityReservations') ?? []).filter((one) => {
    const unfit = whyUnfit(one, start, places);
    return one.match !== 'targeted' && (unfit === null || !unfit.blocks);
  });
  const wanted = Math.max(workload.startsItself ? 1 : 0, wantedOf(start, workload));
  const left = matching.reduce((sum, one) => sum + (one.available ?? wanted), 0);
  if (matching.length > 0 && (left > 0 || wanted === 0)) return passed('network');
  const what = start.type ?? 'its instance types';
  return found({
    rule: 'workload/refused',
    facts: { at: start.at, judged: start.mode, because: 'no-open-reservation', what, limit: null },
    verdict: 'blocked',
    steps: [
      called,
      `${facts.place} has none with capacity left for ${what}, and the launch uses no other capacity`,
    ],
    place: [start.at, 'no-open-reservation'],
  });
}
