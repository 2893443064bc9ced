import * as z from 'zod';
import { compareText, firstOf } from './order.ts';

/** What DescribeStaleSecurityGroups answered of one VPC: the rules whose group was deleted, or whose peering was. */
export const staleVpcSchema = z.strictObject({
  vpcId: z.string(),
  references: z.array(z.strictObject({ groupId: z.string(), peerId: z.string() })),
});
export type StaleVpc = z.infer<typeof staleVpcSchema>;

interface AwsStalePermission {
  UserIdGroupPairs?: { GroupId?: string | undefined }[] | undefined;
}
/** A row of DescribeStaleSecurityGroups' `StaleSecurityGroupSet`. */
export interface AwsStaleGroup {
  GroupId?: string | undefined;
  VpcId?: string | undefined;
  StaleIpPermissions?: AwsStalePermission[] | undefined;
  StaleIpPermissionsEgress?: AwsStalePermission[] | undefined;
}

/** One VPC's rows; `vpcId` as it was requested, since there may be no row. */
export function staleVpcFrom(vpcId: string, rows: readonly AwsStaleGroup[]): StaleVpc {
  const references = rows.flatMap(({ GroupId, StaleIpPermissions, StaleIpPermissionsEgress }) =>
    [...(StaleIpPermissions ?? []), ...(StaleIpPermissionsEgress ?? [])].flatMap(({ UserIdGroupPairs }) =>
      (UserIdGroupPairs ?? []).map((pair) => ({ groupId: GroupId ?? '', peerId: pair.GroupId ?? '' })),
    ),
  );
  const unlike = new Map(references.map((one) => [`${one.groupId} ${one.peerId}`, one]));
  return {
    vpcId,
    references: [...unlike.values()].sort((a, b) =>
      firstOf(compareText(a.groupId, b.groupId), compareText(a.peerId, b.peerId)),
    ),
  };
}

export function sortedStale(vpcs: readonly StaleVpc[]): StaleVpc[] {
  return [...vpcs].sort((a, b) => compareText(a.vpcId, b.vpcId));
}
