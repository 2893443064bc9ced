import * as z from 'zod';
import type { AwsSnapshot } from '../../inventory/block-device.ts';
import type { AwsImage, AwsLaunchPermission } from '../../inventory/image.ts';
import type { AwsAncestor } from '../../inventory/image-origin.ts';
import type { AwsKeyPair } from '../../inventory/key-pair.ts';
import type { AwsPrefixList, AwsPrefixListEntry } from '../../inventory/prefix-list.ts';
import type { AwsRecycledImage } from '../../inventory/recycled-image.ts';
import type { AwsSecurityGroup } from '../../inventory/security-group.ts';
import type { AwsStaleGroup } from '../../inventory/stale-groups.ts';
import type { AwsVpc } from '../../inventory/vpc.ts';
import { flag, id, list, number, object, type RowOf, Tags, text } from './fields.ts';

export const vpcRow: RowOf<AwsVpc, { VpcId: string }> = z.object({
  VpcId: id,
  IsDefault: flag,
  OwnerId: text,
  CidrBlock: text,
  CidrBlockAssociationSet: list(z.object({ CidrBlock: text, CidrBlockState: object({ State: text }) })),
  Ipv6CidrBlockAssociationSet: list(
    z.object({ Ipv6CidrBlock: text, Ipv6CidrBlockState: object({ State: text }) }),
  ),
  Tags,
});

export const keyPairRow: RowOf<AwsKeyPair, { KeyName: string }> = z.object({
  KeyPairId: text,
  KeyName: id,
  KeyType: text,
  KeyFingerprint: text,
  PublicKey: text,
  CreateTime: text,
  Tags,
});

export const prefixListRow: RowOf<AwsPrefixList, { PrefixListId: string }> = z.object({
  PrefixListId: id,
  PrefixListName: id,
  OwnerId: text,
  AddressFamily: text,
  MaxEntries: number,
  State: text,
  Tags,
  Cidrs: list(z.string()),
  IpamPrefixListResolverTargetId: text,
  IpamPrefixListResolverSyncEnabled: flag,
});

export const entryRow: RowOf<AwsPrefixListEntry, { Cidr: string }> = z.object({
  Cidr: id,
  Description: text,
});

const permission = z.object({
  IpProtocol: id,
  FromPort: number,
  ToPort: number,
  IpRanges: list(z.object({ CidrIp: id, Description: text })),
  Ipv6Ranges: list(z.object({ CidrIpv6: id, Description: text })),
  PrefixListIds: list(z.object({ PrefixListId: id, Description: text })),
  UserIdGroupPairs: list(
    z.object({
      GroupId: id,
      GroupName: text,
      UserId: text,
      VpcId: text,
      VpcPeeringConnectionId: text,
      PeeringStatus: text,
      Description: text,
    }),
  ),
});

export const securityGroupRow: RowOf<AwsSecurityGroup, { GroupId: string }> = z.object({
  GroupId: id,
  GroupName: id,
  Description: text,
  VpcId: text,
  OwnerId: text,
  Tags,
  IpPermissions: list(permission),
  IpPermissionsEgress: list(permission),
});

export const imageRow: RowOf<AwsImage, { ImageId: string; ImageOwnerAlias?: string | undefined }> = z.object({
  ImageId: id,
  ImageOwnerAlias: text,
  Name: text,
  Description: text,
  OwnerId: text,
  State: text,
  StateReason: object({ Code: text, Message: text }),
  CreationDate: text,
  DeprecationTime: text,
  Public: flag,
  Architecture: text,
  BootMode: text,
  EnaSupport: flag,
  SriovNetSupport: text,
  ImdsSupport: text,
  TpmSupport: text,
  VirtualizationType: text,
  RootDeviceType: text,
  RootDeviceName: text,
  Platform: text,
  PlatformDetails: text,
  UsageOperation: text,
  ProductCodes: list(z.object({ ProductCodeId: text })),
  BlockDeviceMappings: list(
    z.object({
      DeviceName: text,
      VirtualName: text,
      Ebs: object({
        SnapshotId: text,
        VolumeSize: number,
        VolumeType: text,
        Iops: number,
        Throughput: number,
        Encrypted: flag,
        DeleteOnTermination: flag,
        OutpostArn: text,
      }),
    }),
  ),
  SourceImageId: text,
  SourceImageRegion: text,
  SourceInstanceId: text,
  ImageWatermarks: list(
    z.object({
      WatermarkKey: text,
      SourceImageId: text,
      SourceImageRegion: text,
      SourceImageCreationTime: text,
    }),
  ),
  DeregistrationProtection: text,
  ImageAllowed: flag,
  Tags,
});

const stalePermissions = list(z.object({ UserIdGroupPairs: list(z.object({ GroupId: text })) }));

export const staleGroupRow: RowOf<AwsStaleGroup, { GroupId: string; VpcId: string }> = z.object({
  GroupId: id,
  VpcId: id,
  StaleIpPermissions: stalePermissions,
  StaleIpPermissionsEgress: stalePermissions,
});

export const recycledImageRow: RowOf<AwsRecycledImage, { ImageId: string }> = z.object({
  ImageId: id,
  Name: text,
  RecycleBinEnterTime: text,
  RecycleBinExitTime: text,
});

export const snapshotRow: RowOf<AwsSnapshot, { SnapshotId: string }> = z.object({
  SnapshotId: id,
  Description: text,
  FullSnapshotSizeInBytes: number,
  KmsKeyId: text,
  OutpostArn: text,
  AvailabilityZone: text,
});

export const ancestorRow: RowOf<AwsAncestor, { ImageId: string }> = z.object({
  ImageId: id,
  CreationDate: text,
  SourceImageId: text,
  SourceImageRegion: text,
  ImageOwnerAlias: text,
});

export const launchPermissionRow: RowOf<AwsLaunchPermission> = z.object({
  UserId: text,
  Group: text,
  OrganizationArn: text,
  OrganizationalUnitArn: text,
});
