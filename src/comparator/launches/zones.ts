import { itemsOf } from '../../inventory/collected.ts';
import { EVERY_TYPE } from '../../inventory/launch-facts/kinds.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import { factsOf } from './facts.ts';
import { provenForeign, regionOfZone } from './foreign.ts';
import { type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { Start } from './starts.ts';

interface KnownZones {
  readonly names: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
  /** Whether these are all zones of the region, but for Local Zones and Wavelength Zones. */
  readonly all: boolean;
}

/**
 * The zones of the target that its subnets and instance type offerings name. These are all of them where there are default
 * subnets, since a default VPC has one in each zone (VPC User Guide), or where the offerings of every type were read.
 */
const zonesOfTarget = perAudit((context): KnownZones => {
  const facts = factsOf(context).target;
  const subnets = facts.all('subnets') ?? [];
  const offerings = facts.all('instanceTypeOfferings') ?? [];
  const offered = offerings.flatMap((o) => o.zones);
  const everyType =
    context.target.origin === 'dumps' ||
    itemsOf(context.target.launchFacts.instanceTypeOfferings).some(({ id }) => id === EVERY_TYPE);
  const hasDefaults = subnets.some((s) => s.defaultForZone && s.zone !== null);
  const offersAll = everyType && offered.length > 0 && offered.every((z) => regionOfZone(z) !== null);
  const names = new Set([...subnets.flatMap((s) => s.zone ?? []), ...offered]);
  return {
    names,
    ids: new Set([...subnets.flatMap((s) => s.zoneId ?? []), ...offered]),
    // Few regions have two zones: that there are no more than two has to be shown by both.
    all: names.size > 2 ? hasDefaults || offersAll : names.size === 2 && hasDefaults && offersAll,
  };
});

/** Whether the target has the zone that a resource of a template names: CloudFormation creates nothing in one that does not exist. */
export function zoneChecks({ details, at }: Start, context: Context): Checked {
  const { zone, zoneId } = details;
  const { target } = context;
  const facts = factsOf(context).target;
  const text = zone ?? zoneId;
  if (text === null) return NOTHING_FOUND;
  // A zone of another region is said as such.
  if (zone !== null && (regionOfZone(zone) ?? target.region) !== target.region) return NOTHING_FOUND;
  const known = zonesOfTarget(context);
  if (known.names.has(text) || known.ids.has(text)) return passed('network');
  if (zoneId !== null && provenForeign(zoneId, context) !== null) return NOTHING_FOUND;
  // Local Zones and Wavelength Zones have no default subnets.
  const isPlain = zone !== null && zone === `${target.region}${zone.at(-1)}` && /[a-z]$/.test(zone);
  if (isPlain && known.all)
    return found({
      rule: 'workload/refused',
      facts: { at, judged: 'target', because: 'no-such-zone', what: text, limit: null },
      verdict: 'blocked',
      steps: [`zone ${text}`, `does not exist in ${facts.place}`],
      place: [at, 'no-such-zone', text],
    });
  const why = facts.unread('subnets');
  if (why) return notKnown(why, 'subnets', facts, `zone ${text}`);
  const because = `The subnets and instance type offerings that were read of ${facts.place} do not show every zone.`;
  const what = 'Availability Zones that templates name (whether each exists)';
  return { ...NOTHING_FOUND, omissions: [{ what, side: 'target', because, parts: ['network'] }] };
}
