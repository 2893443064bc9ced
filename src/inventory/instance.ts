import * as z from 'zod';
import {
  type GroupReference,
  interfacesOf,
  launchSchema,
  type TemplateChoice,
  templateChoiceSchema,
} from './launch.ts';
import { type AwsMetadataOptions, type LaunchDetails, launchDetailsFrom } from './launch-details.ts';
import { type AwsTags, nameTag, tagsFrom, tagsSchema } from './tags.ts';

export const instanceSchema = z.strictObject({
  id: z.string(),
  name: z.string().nullable().describe('The Name tag.'),
  state: z.string().describe('"running", "stopped", …; terminated instances are left out.'),
  platform: z.string().nullable().describe('"windows", else null.'),
  vpcId: z.string().nullable(),
  launch: launchSchema.describe(
    'As launched: EC2 keeps key name and image id even when the key or the image no longer exists.',
  ),
  launchTemplate: templateChoiceSchema.nullable().describe('From the tags that EC2 sets at launch.'),
  autoScalingGroup: z.string().nullable(),
  tags: tagsSchema,
});
export type Instance = z.infer<typeof instanceSchema>;

interface AwsGroup {
  GroupId?: string | undefined;
  GroupName?: string | undefined;
}
/** A row of DescribeInstances' `Reservations[].Instances`. */
export interface AwsInstance {
  InstanceId?: string | undefined;
  ImageId?: string | undefined;
  KeyName?: string | undefined;
  Platform?: string | undefined;
  VpcId?: string | undefined;
  State?: { Name?: string | undefined } | undefined;
  SecurityGroups?: AwsGroup[] | undefined;
  NetworkInterfaces?:
    | {
        Groups?: AwsGroup[] | undefined;
        Attachment?: { DeviceIndex?: number | undefined } | undefined;
        SubnetId?: string | undefined;
        Ipv6Addresses?: { Ipv6Address?: string | undefined }[] | undefined;
      }[]
    | undefined;
  InstanceType?: string | undefined;
  SubnetId?: string | undefined;
  PublicIpAddress?: string | undefined;
  Placement?:
    | {
        AvailabilityZone?: string | undefined;
        AvailabilityZoneId?: string | undefined;
        GroupName?: string | undefined;
        HostId?: string | undefined;
        HostResourceGroupArn?: string | undefined;
        Tenancy?: string | undefined;
      }
    | undefined;
  IamInstanceProfile?: { Arn?: string | undefined } | undefined;
  CapacityReservationSpecification?:
    | {
        CapacityReservationTarget?:
          | {
              CapacityReservationId?: string | undefined;
              CapacityReservationResourceGroupArn?: string | undefined;
            }
          | undefined;
      }
    | undefined;
  Licenses?: { LicenseConfigurationArn?: string | undefined }[] | undefined;
  HibernationOptions?: { Configured?: boolean | undefined } | undefined;
  EnclaveOptions?: { Enabled?: boolean | undefined } | undefined;
  MetadataOptions?: AwsMetadataOptions | undefined;
  InstanceLifecycle?: string | undefined;
  Tags?: AwsTags;
}

/** Terminated instances show for an hour (facts D); what is shutting down starts nothing any more either. */
export function isGone(raw: AwsInstance): boolean {
  return raw.State?.Name === 'terminated' || raw.State?.Name === 'shutting-down';
}

export function instanceFrom(raw: AwsInstance): Instance {
  const tags = tagsFrom(raw.Tags);
  const perInterface = (raw.NetworkInterfaces ?? []).map((n) => references(n.Groups));
  return {
    id: raw.InstanceId ?? '',
    name: nameTag(tags),
    state: raw.State?.Name ?? 'unknown',
    platform: raw.Platform?.toLowerCase() || null,
    vpcId: raw.VpcId || null,
    launch: {
      imageId: raw.ImageId || null,
      keyName: raw.KeyName || null,
      // The instance's own list is the primary interface's; a stopped instance keeps its interfaces.
      interfaces: interfacesOf(
        perInterface.some((g) => g.length > 0) ? perInterface : [references(raw.SecurityGroups)],
      ),
      details: detailsOf(raw),
    },
    launchTemplate: templateOf(tags),
    autoScalingGroup: own(tags, 'aws:autoscaling:groupName'),
    tags,
  };
}

/**
 * As it runs. What EC2 chose for it at launch, such as the ids and addresses of its interfaces, is not something that a user chose;
 * its volumes do not say what they were made from, and its user data takes a request per instance.
 */
function detailsOf(raw: AwsInstance): LaunchDetails {
  const interfaces = raw.NetworkInterfaces ?? [];
  return {
    ...launchDetailsFrom({
      InstanceType: raw.InstanceType,
      NetworkInterfaces:
        interfaces.length > 0
          ? interfaces.map((n) => ({
              DeviceIndex: n.Attachment?.DeviceIndex,
              SubnetId: n.SubnetId ?? raw.SubnetId,
              Groups: (n.Groups ?? []).flatMap((g) => g.GroupId ?? []),
            }))
          : raw.SubnetId
            ? [{ DeviceIndex: 0, SubnetId: raw.SubnetId }]
            : [],
      IamInstanceProfile: raw.IamInstanceProfile,
      Placement: raw.Placement,
      CapacityReservationSpecification: raw.CapacityReservationSpecification,
      LicenseSpecifications: raw.Licenses,
      MetadataOptions: raw.MetadataOptions,
      HibernationOptions: raw.HibernationOptions,
      EnclaveOptions: raw.EnclaveOptions,
      ...(raw.InstanceLifecycle === 'spot' ? { InstanceMarketOptions: { MarketType: 'spot' } } : {}),
    }),
    // A stopped instance gets its public address when it starts; what a running one lacks it was not given.
    publicAddress: raw.PublicIpAddress ? true : raw.State?.Name === 'running' ? false : null,
    ipv6Address: interfaces.length > 0 ? interfaces.some((n) => (n.Ipv6Addresses ?? []).length > 0) : null,
  };
}

function references(groups: readonly AwsGroup[] | undefined): GroupReference[] {
  return (groups ?? []).map((g) => ({ id: g.GroupId || null, name: g.GroupName || null }));
}

function templateOf(tags: Instance['tags']): TemplateChoice | null {
  const id = own(tags, 'aws:ec2launchtemplate:id');
  const version = own(tags, 'aws:ec2launchtemplate:version');
  return id && version ? { id, name: null, version } : null;
}

function own(tags: Instance['tags'], key: string): string | null {
  return Object.hasOwn(tags, key) ? (tags[key] ?? null) : null;
}
