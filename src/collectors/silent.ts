import { MalformedValue } from '../inventory/addresses.ts';
import type { AwsLaunchTemplateVersion } from '../inventory/launch-template.ts';
import type { AwsParameter } from '../inventory/parameter.ts';
import type { AwsPermission, AwsSecurityGroup } from '../inventory/security-group.ts';

/**
 * Rows that are well-formed and say nothing: a group without its lists of rules is not a group without rules. AWS sends an
 * empty list where there is nothing, so an absent one was lost on the way. Asked live and of dumps, before a row is read.
 */

/** @throws MalformedValue for a group whose rules are not there, or a rule without any source or destination. */
export function withRules<Row extends AwsSecurityGroup>(row: Row): Row {
  if (!row.IpPermissions) throw new MalformedValue('has no IpPermissions, not even an empty list');
  // Groups of EC2-Classic have no VPC, and no rules for outgoing traffic.
  if (!row.IpPermissionsEgress && row.VpcId)
    throw new MalformedValue('has no IpPermissionsEgress, not even an empty list');
  refusePeerless(row.IpPermissions);
  refusePeerless(row.IpPermissionsEgress ?? []);
  return row;
}

function refusePeerless(permissions: readonly AwsPermission[]): void {
  for (const permission of permissions)
    if (!hasPeers(permission))
      throw new MalformedValue('has a rule without address ranges, prefix lists and groups');
}

function hasPeers({ IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs }: AwsPermission): boolean {
  return isFilled(IpRanges) || isFilled(Ipv6Ranges) || isFilled(PrefixListIds) || isFilled(UserIdGroupPairs);
}

function isFilled(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0;
}

/** @throws MalformedValue for a version without launch data. */
export function withData<Row extends AwsLaunchTemplateVersion>(row: Row): Row {
  if (!row.LaunchTemplateData)
    throw new MalformedValue(`version ${row.VersionNumber} has no LaunchTemplateData`);
  return row;
}

/** SSM answers JSON, of which the SDK takes any type for any other. @throws MalformedValue for a row without its value. */
export function withValue<Row extends AwsParameter>(row: Row): Row {
  const { Name, Value } = row as { Name: unknown; Value: unknown };
  if (typeof Name !== 'string' || Name === '') throw new MalformedValue('a parameter has no name');
  // SSM takes no empty value.
  if (typeof Value !== 'string' || Value === '') throw new MalformedValue(`${Name} has no value`);
  return row;
}

/** The instances of a reservation. @throws MalformedValue where there are none: nothing else makes a reservation. */
export function instancesOf<Instance>(reservation: {
  readonly ReservationId?: string | undefined;
  readonly Instances?: Instance[] | undefined;
}): Instance[] {
  const { ReservationId = 'a reservation', Instances } = reservation;
  if (!Instances || Instances.length === 0) throw new MalformedValue(`${ReservationId} has no instances`);
  return Instances;
}
