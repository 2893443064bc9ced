import { itemsOf } from '../../inventory/collected.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { regionOfZone } from './foreign.ts';
import { type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import { ANYWHERE, type Places } from './place.ts';
import type { Start } from './starts.ts';
import { noSubnet } from './subnets.ts';

/**
 * Where a launch of a template starts that names no subnet: in a default subnet of its zone, or of any zone of the region.
 * Without a default VPC EC2 refuses it: "VPCIdNotSpecified: No default VPC for this user".
 */
export function defaultVpcPlaces(start: Start, context: Context): Places {
  const { source, target, places } = context;
  const { zone } = start.details;
  const zones = zone === null ? [] : [{ zone, zoneId: null }];
  const at = (checked: Checked): Places => ({ ...ANYWHERE, zones, checked });
  // A zone of another region is said as such.
  if (zone !== null && (regionOfZone(zone) ?? target.region) !== target.region)
    return { ...ANYWHERE, checked: passed('network') };
  if (target.vpcs.status === 'failed') return at(NOTHING_FOUND);
  const vpc = target.vpcs.items.find(({ isDefault }) => isDefault);
  if (!vpc) {
    if (!itemsOf(source.vpcs).some(({ isDefault }) => isDefault)) return at(withoutDefaults(context));
    const why = `${places.target} has no default VPC, and no subnet is named`;
    return at(found(noSubnet('target', start.at, 'no-default-vpc', {}, 'its subnet', why)));
  }
  const facts = factsOf(context).target;
  const unread = facts.unread('subnets');
  if (unread) return at(notKnown(unread, 'subnets', facts, 'its subnet'));
  const own = (facts.all('subnets') ?? []).filter(({ vpcId }) => vpcId === vpc.id);
  const defaults = own.filter((s) => s.defaultForZone);
  // Where none is shown as a default subnet, it is enough to know the VPC.
  if (defaults.length === 0) return { ...ANYWHERE, subnets: own, zones, checked: passed('network') };
  const subnets = zone === null ? defaults : defaults.filter((s) => s.zone === zone);
  if (subnets.length > 0)
    return { ...ANYWHERE, subnets, zones: zone === null ? subnets : zones, checked: passed('network') };
  const why = 'has no default subnet';
  return at(
    found(noSubnet('target', start.at, 'no-subnet-in-zone', { vpc: vpc.id, zone }, `zone ${zone}`, why)),
  );
}

/** Where neither side has a default VPC, the VPCs that were read may be a part of them. */
function withoutDefaults({ places }: Context): Checked {
  return {
    ...NOTHING_FOUND,
    omissions: [
      {
        what: 'subnets of launches that name none (whether each has one on the target)',
        side: 'target',
        because: `Neither ${places.source} nor ${places.target} has a default VPC.`,
        parts: ['network'],
      },
    ],
  };
}
