import { familyOf } from '../../inventory/addresses.ts';
import type { Context } from '../context.ts';

/** What EC2 lets a new group send to by its default rules: all of IPv4, and all of IPv6 where the VPC has an IPv6 range. */
export function defaultEgressCidrs(vpcId: string | null, { vpcs }: Context): string[] {
  const ranges = vpcs.vpc('target', vpcId)?.cidrs ?? [];
  return ['0.0.0.0/0', ...(ranges.some((c) => familyOf(c) === 6) ? ['::/0'] : [])];
}
