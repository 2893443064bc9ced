import type { Offering } from '../../inventory/launch-facts/compute.ts';
import type { InstanceTypeFacts } from '../../inventory/launch-facts/instance-type.ts';
import type { Context } from '../context.ts';
import { factsOf, type Known } from './facts.ts';
import { all, type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import { misfits } from './misfits.ts';
import type { Places, Zone } from './place.ts';
import { fits, requirementsText } from './requirements.ts';
import type { Start } from './starts.ts';

/** Whether the instance type, or any of those that attributes choose, is offered where the launch would run. */
export function offeredChecks(
  start: Start,
  places: Pick<Places, 'zones' | 'definite'>,
  context: Context,
): Checked {
  const { type, details } = start;
  const facts = factsOf(context).target;
  if (type !== null) return offered(start, places, context, type, [type]);
  if (details.requirements === null) return NOTHING_FOUND;
  const types = typesOf(start, context);
  if (!isList(types)) {
    // Every type of the region is known only beside where the types are offered: then that is what was not read.
    const offers = facts.unread('instanceTypes') ? null : facts.unread('instanceTypeOfferings');
    return offers
      ? notKnown(offers, 'instanceTypeOfferings', facts, 'its instance type')
      : notKnown(types, 'instanceTypes', facts, 'its instance type');
  }
  const asked = requirementsText(details.requirements);
  const checked = offered(
    start,
    places,
    context,
    asked,
    types.map(({ id }) => id),
  );
  return all([checked, PRICES]);
}

/** `called`: the type, or the attributes that choose one of `types`. */
function offered(
  start: Start,
  { zones, definite }: Pick<Places, 'zones' | 'definite'>,
  context: Context,
  called: string,
  types: readonly string[],
): Checked {
  const facts = factsOf(context).target;
  const what = start.type === null ? `an instance type with ${called}` : `instance type ${called}`;
  const why = facts.unread('instanceTypeOfferings');
  if (why && types.length > 0) return notKnown(why, 'instanceTypeOfferings', facts, what);
  const known = types.map((type) => facts.find('instanceTypeOfferings', type));
  const unasked = known.find((k) => k.is === 'not-asked' || k.is === 'failed');
  // Of types that attributes choose, one that is known is enough.
  const offerings = known.flatMap((k) => (k.is === 'item' ? [k.item] : []));
  if (offerings.length === 0 && (unasked?.is === 'not-asked' || unasked?.is === 'failed'))
    return notKnown(unasked, 'instanceTypeOfferings', facts, what);
  const names = distinct(zones.flatMap((z) => z.zone ?? z.zoneId ?? []));
  const lacking = distinct(
    zones.filter((z) => !offerings.some((o) => offersIn(o, z))).flatMap((z) => z.zone ?? z.zoneId ?? []),
  );
  const nowhere = offerings.length === 0 || (names.length > 0 && lacking.length === names.length);
  // The maker who chooses among candidates chooses a zone that offers it.
  if (!nowhere && (lacking.length === 0 || !definite)) return passed('type');
  const where = offerings.length === 0 ? facts.place : lacking.join(', ');
  return found({
    rule: 'workload/type-not-offered',
    facts: {
      at: start.at,
      judged: start.mode,
      type: called,
      byAttributes: start.type === null,
      zones: names,
      lacking: offerings.length === 0 ? [] : lacking,
      offeredIn: distinct(offerings.flatMap((o) => o.zones)),
      someLeft: !nowhere,
    },
    verdict: nowhere ? 'blocked' : 'degraded',
    ...(nowhere ? {} : { severity: 'high' as const }),
    steps: [what, `is not offered in ${where}`],
    place: [start.at, 'type'],
  });
}

/** A call for regions returns no zones: then only the region is known. */
function offersIn(offering: Offering, { zone, zoneId }: Zone): boolean {
  if (offering.zones.length === 0) return true;
  return offering.zones.some((z) => z === zone || z === zoneId);
}

const PRICES: Checked = {
  ...NOTHING_FOUND,
  omissions: [
    {
      what: 'prices (which types attribute-based instance type selection leaves out by their price)',
      side: 'target',
      because: 'ec2-parity reads no prices.',
      // Which types fit otherwise was looked at.
      parts: [],
    },
  ],
};

/** The types that may start: the one that is named, or those of the target that have the attributes and fit the image. */
export function typesOf(start: Start, context: Context): readonly InstanceTypeFacts[] | Unread {
  const { type, image, details } = start;
  const facts = factsOf(context).target;
  if (type !== null) {
    const known = typeFacts(type, context);
    return known.is === 'item' ? [known.item] : known.is === 'none' ? [] : known;
  }
  const { requirements } = details;
  if (requirements === null) return [];
  const every = facts.everyType();
  if (!isList(every)) return every;
  return every.filter(
    (t) =>
      fits(t, requirements) &&
      (image === null || !misfits(t, image).some(({ because }) => because === 'architecture')),
  );
}

export type Unread = Exclude<Known<never>, { is: 'item' | 'none' }>;

export function isList<Item>(known: readonly Item[] | Unread): known is readonly Item[] {
  return Array.isArray(known);
}

/** Types mean the same in every region, so what either side says of one counts. */
export function typeFacts(type: string, context: Context): Known<InstanceTypeFacts> {
  const { source, target } = factsOf(context);
  const there = target.find('instanceTypes', type);
  if (there.is === 'item') return there;
  const here = source.find('instanceTypes', type);
  if (here.is === 'item') return here;
  return there.is === 'none'
    ? { is: 'not-asked', because: `No answer of describe-instance-types holds ${type}.` }
    : there;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
