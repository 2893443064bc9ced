import * as z from 'zod';
import { interfacesOf, launchSchema } from './launch.ts';
import {
  type AwsLaunchDevice,
  type AwsMetadataOptions,
  type LaunchDetails,
  launchDetailsFrom,
} from './launch-details.ts';
import { tagsSchema } from './tags.ts';

export const launchConfigurationSchema = z.strictObject({
  id: z.string().describe('The ARN; the name where a dump has none.'),
  name: z.string(),
  launch: launchSchema,
  tags: tagsSchema.describe('Always empty: launch configurations have no tags.'),
});
export type LaunchConfiguration = z.infer<typeof launchConfigurationSchema>;

/** A row of DescribeLaunchConfigurations. */
export interface AwsLaunchConfiguration {
  LaunchConfigurationName?: string | undefined;
  LaunchConfigurationARN?: string | undefined;
  ImageId?: string | undefined;
  KeyName?: string | undefined;
  SecurityGroups?: string[] | undefined;
  InstanceType?: string | undefined;
  IamInstanceProfile?: string | undefined;
  BlockDeviceMappings?: AwsLaunchDevice[] | undefined;
  AssociatePublicIpAddress?: boolean | undefined;
  PlacementTenancy?: string | undefined;
  MetadataOptions?: AwsMetadataOptions | undefined;
  EbsOptimized?: boolean | undefined;
  SpotPrice?: string | undefined;
  UserData?: string | undefined;
}

/** Its group list holds ids, or names of groups of the default VPC (Auto Scaling API, LaunchConfiguration). */
export function launchConfigurationFrom(raw: AwsLaunchConfiguration): LaunchConfiguration {
  const name = raw.LaunchConfigurationName ?? '';
  const groups = (raw.SecurityGroups ?? []).map((text) =>
    text.startsWith('sg-') ? { id: text, name: null } : { id: null, name: text },
  );
  return {
    id: raw.LaunchConfigurationARN || name,
    name,
    launch: {
      imageId: raw.ImageId || null,
      keyName: raw.KeyName || null,
      interfaces: interfacesOf([groups]),
      details: detailsOf(raw),
    },
    tags: {},
  };
}

/** It names a profile by name or ARN, and no subnet and no zone: its Auto Scaling group does. */
function detailsOf(raw: AwsLaunchConfiguration): LaunchDetails {
  return {
    ...launchDetailsFrom({
      InstanceType: raw.InstanceType,
      SecurityGroups: raw.SecurityGroups,
      IamInstanceProfile: { Name: raw.IamInstanceProfile },
      BlockDeviceMappings: raw.BlockDeviceMappings,
      Placement: { Tenancy: raw.PlacementTenancy },
      MetadataOptions: raw.MetadataOptions,
      EbsOptimized: raw.EbsOptimized,
      ...(raw.SpotPrice ? { InstanceMarketOptions: { MarketType: 'spot' } } : {}),
      UserData: raw.UserData,
    }),
    publicAddress: raw.AssociatePublicIpAddress ?? null,
  };
}
