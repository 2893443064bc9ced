import type * as AutoScalingSdk from '@aws-sdk/client-auto-scaling';
import type * as CloudFormationSdk from '@aws-sdk/client-cloudformation';
import type * as Ec2Sdk from '@aws-sdk/client-ec2';
import type * as ElbSdk from '@aws-sdk/client-elastic-load-balancing';
import type * as ElbV2Sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as IamSdk from '@aws-sdk/client-iam';
import type * as KmsSdk from '@aws-sdk/client-kms';
import type * as ServiceQuotasSdk from '@aws-sdk/client-service-quotas';
import type * as SsmSdk from '@aws-sdk/client-ssm';
import type { ReadAction } from './actions.ts';

/** What each action takes and gives, in the SDK's words. */
interface EveryCall extends Record<ReadAction, { in: object; out: object }> {
  DescribeRegions: { in: Ec2Sdk.DescribeRegionsCommandInput; out: Ec2Sdk.DescribeRegionsCommandOutput };
  DescribeVpcs: { in: Ec2Sdk.DescribeVpcsCommandInput; out: Ec2Sdk.DescribeVpcsCommandOutput };
  DescribeKeyPairs: { in: Ec2Sdk.DescribeKeyPairsCommandInput; out: Ec2Sdk.DescribeKeyPairsCommandOutput };
  DescribeManagedPrefixLists: {
    in: Ec2Sdk.DescribeManagedPrefixListsCommandInput;
    out: Ec2Sdk.DescribeManagedPrefixListsCommandOutput;
  };
  GetManagedPrefixListEntries: {
    in: Ec2Sdk.GetManagedPrefixListEntriesCommandInput;
    out: Ec2Sdk.GetManagedPrefixListEntriesCommandOutput;
  };
  DescribeSecurityGroups: {
    in: Ec2Sdk.DescribeSecurityGroupsCommandInput;
    out: Ec2Sdk.DescribeSecurityGroupsCommandOutput;
  };
  DescribeStaleSecurityGroups: {
    in: Ec2Sdk.DescribeStaleSecurityGroupsCommandInput;
    out: Ec2Sdk.DescribeStaleSecurityGroupsCommandOutput;
  };
  DescribeImages: { in: Ec2Sdk.DescribeImagesCommandInput; out: Ec2Sdk.DescribeImagesCommandOutput };
  DescribeImageAttribute: {
    in: Ec2Sdk.DescribeImageAttributeCommandInput;
    out: Ec2Sdk.DescribeImageAttributeCommandOutput;
  };
  GetImageAncestry: { in: Ec2Sdk.GetImageAncestryCommandInput; out: Ec2Sdk.GetImageAncestryCommandOutput };
  DescribeSnapshots: { in: Ec2Sdk.DescribeSnapshotsCommandInput; out: Ec2Sdk.DescribeSnapshotsCommandOutput };
  GetAllowedImagesSettings: {
    in: Ec2Sdk.GetAllowedImagesSettingsCommandInput;
    out: Ec2Sdk.GetAllowedImagesSettingsCommandOutput;
  };
  GetEbsDefaultKmsKeyId: {
    in: Ec2Sdk.GetEbsDefaultKmsKeyIdCommandInput;
    out: Ec2Sdk.GetEbsDefaultKmsKeyIdCommandOutput;
  };
  GetEbsEncryptionByDefault: {
    in: Ec2Sdk.GetEbsEncryptionByDefaultCommandInput;
    out: Ec2Sdk.GetEbsEncryptionByDefaultCommandOutput;
  };
  ListImagesInRecycleBin: {
    in: Ec2Sdk.ListImagesInRecycleBinCommandInput;
    out: Ec2Sdk.ListImagesInRecycleBinCommandOutput;
  };
  DescribeInstances: { in: Ec2Sdk.DescribeInstancesCommandInput; out: Ec2Sdk.DescribeInstancesCommandOutput };
  DescribeLaunchTemplates: {
    in: Ec2Sdk.DescribeLaunchTemplatesCommandInput;
    out: Ec2Sdk.DescribeLaunchTemplatesCommandOutput;
  };
  DescribeLaunchTemplateVersions: {
    in: Ec2Sdk.DescribeLaunchTemplateVersionsCommandInput;
    out: Ec2Sdk.DescribeLaunchTemplateVersionsCommandOutput;
  };
  DescribeAutoScalingGroups: {
    in: AutoScalingSdk.DescribeAutoScalingGroupsCommandInput;
    out: AutoScalingSdk.DescribeAutoScalingGroupsCommandOutput;
  };
  DescribeLaunchConfigurations: {
    in: AutoScalingSdk.DescribeLaunchConfigurationsCommandInput;
    out: AutoScalingSdk.DescribeLaunchConfigurationsCommandOutput;
  };
  DescribeScalingActivities: {
    in: AutoScalingSdk.DescribeScalingActivitiesCommandInput;
    out: AutoScalingSdk.DescribeScalingActivitiesCommandOutput;
  };
  DescribeLifecycleHooks: {
    in: AutoScalingSdk.DescribeLifecycleHooksCommandInput;
    out: AutoScalingSdk.DescribeLifecycleHooksCommandOutput;
  };
  DescribeTargetGroups: {
    in: ElbV2Sdk.DescribeTargetGroupsCommandInput;
    out: ElbV2Sdk.DescribeTargetGroupsCommandOutput;
  };
  DescribeLoadBalancers: {
    in: ElbSdk.DescribeLoadBalancersCommandInput;
    out: ElbSdk.DescribeLoadBalancersCommandOutput;
  };
  DescribeStacks: {
    in: CloudFormationSdk.DescribeStacksCommandInput;
    out: CloudFormationSdk.DescribeStacksCommandOutput;
  };
  ListExports: {
    in: CloudFormationSdk.ListExportsCommandInput;
    out: CloudFormationSdk.ListExportsCommandOutput;
  };
  GetTemplate: {
    in: CloudFormationSdk.GetTemplateCommandInput;
    out: CloudFormationSdk.GetTemplateCommandOutput;
  };
  DescribeSubnets: {
    in: Ec2Sdk.DescribeSubnetsCommandInput;
    out: Ec2Sdk.DescribeSubnetsCommandOutput;
  };
  DescribeInstanceTypeOfferings: {
    in: Ec2Sdk.DescribeInstanceTypeOfferingsCommandInput;
    out: Ec2Sdk.DescribeInstanceTypeOfferingsCommandOutput;
  };
  DescribeInstanceTypes: {
    in: Ec2Sdk.DescribeInstanceTypesCommandInput;
    out: Ec2Sdk.DescribeInstanceTypesCommandOutput;
  };
  DescribeRouteTables: {
    in: Ec2Sdk.DescribeRouteTablesCommandInput;
    out: Ec2Sdk.DescribeRouteTablesCommandOutput;
  };
  DescribeNetworkAcls: {
    in: Ec2Sdk.DescribeNetworkAclsCommandInput;
    out: Ec2Sdk.DescribeNetworkAclsCommandOutput;
  };
  DescribeInternetGateways: {
    in: Ec2Sdk.DescribeInternetGatewaysCommandInput;
    out: Ec2Sdk.DescribeInternetGatewaysCommandOutput;
  };
  DescribeNatGateways: {
    in: Ec2Sdk.DescribeNatGatewaysCommandInput;
    out: Ec2Sdk.DescribeNatGatewaysCommandOutput;
  };
  DescribeNetworkInterfaces: {
    in: Ec2Sdk.DescribeNetworkInterfacesCommandInput;
    out: Ec2Sdk.DescribeNetworkInterfacesCommandOutput;
  };
  DescribePlacementGroups: {
    in: Ec2Sdk.DescribePlacementGroupsCommandInput;
    out: Ec2Sdk.DescribePlacementGroupsCommandOutput;
  };
  DescribeCapacityReservations: {
    in: Ec2Sdk.DescribeCapacityReservationsCommandInput;
    out: Ec2Sdk.DescribeCapacityReservationsCommandOutput;
  };
  DescribeSecurityGroupVpcAssociations: {
    in: Ec2Sdk.DescribeSecurityGroupVpcAssociationsCommandInput;
    out: Ec2Sdk.DescribeSecurityGroupVpcAssociationsCommandOutput;
  };
  GetInstanceMetadataDefaults: {
    in: Ec2Sdk.GetInstanceMetadataDefaultsCommandInput;
    out: Ec2Sdk.GetInstanceMetadataDefaultsCommandOutput;
  };
  GetInstanceProfile: {
    in: IamSdk.GetInstanceProfileCommandInput;
    out: IamSdk.GetInstanceProfileCommandOutput;
  };
  DescribeKey: { in: KmsSdk.DescribeKeyCommandInput; out: KmsSdk.DescribeKeyCommandOutput };
  GetServiceQuota: {
    in: ServiceQuotasSdk.GetServiceQuotaCommandInput;
    out: ServiceQuotasSdk.GetServiceQuotaCommandOutput;
  };
  GetParameters: { in: SsmSdk.GetParametersCommandInput; out: SsmSdk.GetParametersCommandOutput };
}

export type InputOf<Action extends ReadAction> = EveryCall[Action]['in'];
export type OutputOf<Action extends ReadAction> = EveryCall[Action]['out'];
