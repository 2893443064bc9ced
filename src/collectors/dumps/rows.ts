import { z } from 'zod';
import type { AwsImage, AwsLaunchPermission } from '../../inventory/image.ts';
import type { AwsKeyPair } from '../../inventory/key-pair.ts';
import type { AwsPrefixList, AwsPrefixListEntry } from '../../inventory/prefix-list.ts';
import type { AwsSecurityGroup } from '../../inventory/security-group.ts';
import type { AwsVpc } from '../../inventory/vpc.ts';

/**
 * The rows of the answers as a file may hold them. The SDK checks what it reads from the wire; a file can hold
 * anything. Unknown fields pass (AWS adds some every month); null passes for absent, as other tools than the CLI write it.
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? undefined);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? undefined);
const id = z.string().min(1, 'is blank');
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? undefined);

const Tags = list(z.object({ Key: z.string(), Value: text }));

export const vpcRow: z.ZodType<AwsVpc & { VpcId: string }> = z.object({
  VpcId: id,
  IsDefault: flag,
  OwnerId: text,
  CidrBlock: text,
  CidrBlockAssociationSet: list(z.object({ CidrBlock: text, CidrBlockState: state() })),
  Ipv6CidrBlockAssociationSet: list(z.object({ Ipv6CidrBlock: text, Ipv6CidrBlockState: state() })),
  Tags,
});

function state() {
  return z
    .object({ State: text })
    .nullish()
    .transform((value) => value ?? undefined);
}

export const keyPairRow: z.ZodType<AwsKeyPair & { KeyName: string }> = z.object({
  KeyPairId: text,
  KeyName: id,
  KeyType: text,
  KeyFingerprint: text,
  PublicKey: text,
  CreateTime: text,
  Tags,
});

export const prefixListRow: z.ZodType<AwsPrefixList & { PrefixListId: string }> = z.object({
  PrefixListId: id,
  PrefixListName: id,
  OwnerId: text,
  AddressFamily: text,
  MaxEntries: number,
  State: text,
  Tags,
  Cidrs: list(z.string()),
});

export const entryRow: z.ZodType<AwsPrefixListEntry & { Cidr: string }> = z.object({
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

export const securityGroupRow: z.ZodType<AwsSecurityGroup & { GroupId: string }> = z.object({
  GroupId: id,
  GroupName: id,
  Description: text,
  VpcId: text,
  OwnerId: text,
  Tags,
  IpPermissions: list(permission),
  IpPermissionsEgress: list(permission),
});

export const imageRow: z.ZodType<AwsImage & { ImageId: string; ImageOwnerAlias?: string | undefined }> =
  z.object({
    ImageId: id,
    ImageOwnerAlias: text,
    Name: text,
    Description: text,
    OwnerId: text,
    State: text,
    StateReason: z
      .object({ Code: text, Message: text })
      .nullish()
      .transform((value) => value ?? undefined),
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
        Ebs: z
          .object({
            SnapshotId: text,
            VolumeSize: number,
            VolumeType: text,
            Iops: number,
            Throughput: number,
            Encrypted: flag,
            DeleteOnTermination: flag,
          })
          .nullish()
          .transform((value) => value ?? undefined),
      }),
    ),
    SourceImageId: text,
    SourceImageRegion: text,
    SourceInstanceId: text,
    Tags,
  });

export const launchPermissionRow: z.ZodType<AwsLaunchPermission> = z.object({
  UserId: text,
  Group: text,
  OrganizationArn: text,
  OrganizationalUnitArn: text,
});
