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
  for (const permission of [...row.IpPermissions, ...(row.IpPermissionsEgress ?? [])])
    if (peersOf(permission) === 0)
      throw new MalformedValue('has a rule without address ranges, prefix lists and groups');
  return row;
}

function peersOf(permission: AwsPermission): number {
  const { IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs } = permission;
  return [IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs].reduce(
    (sum, list) => sum + (list?.length ?? 0),
    0,
  );
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
