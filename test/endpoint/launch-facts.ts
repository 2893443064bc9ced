import * as ec2 from '@aws-sdk/client-ec2';
import * as elb from '@aws-sdk/client-elastic-load-balancing';
import * as elbV2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as quotas from '@aws-sdk/client-service-quotas';
import { AwsError, type RegionModel } from './model.ts';
import { type Asked, type KnownOperation, paged } from './operations.ts';
import type { Operation } from './wire.ts';

type Operations = Readonly<Record<string, KnownOperation>>;
type Facts = NonNullable<RegionModel['facts']>;

/** A paged list of rows, of which EC2's filter by instance type leaves some. */
function list(
  schema: unknown,
  member: keyof Facts & string,
  range: { min: number; max: number },
): KnownOperation {
  return {
    schema: schema as Operation,
    answer: (asked) => {
      const { Filters = [] } = asked.input;
      const rows = (asked.here.facts?.[member] ?? []) as readonly { InstanceType?: string }[];
      const kept = rows.filter((row) =>
        Filters.every(({ Name, Values }: { Name: string; Values: string[] }) => {
          if (Name !== 'instance-type')
            throw new AwsError(400, 'InvalidParameterValue', `The filter '${Name}' is invalid`);
          return Values.includes(row.InstanceType ?? '');
        }),
      );
      return paged(asked, member, kept, range);
    },
  };
}

const THOUSAND = { min: 5, max: 1000 };

export const EC2_FACTS: Operations = {
  DescribeSubnets: list(ec2.DescribeSubnets$, 'Subnets', THOUSAND),
  DescribeInstanceTypeOfferings: list(ec2.DescribeInstanceTypeOfferings$, 'InstanceTypeOfferings', THOUSAND),
  DescribeInstanceTypes: list(ec2.DescribeInstanceTypes$, 'InstanceTypes', { min: 5, max: 100 }),
  DescribeRouteTables: list(ec2.DescribeRouteTables$, 'RouteTables', { min: 5, max: 100 }),
  DescribeNetworkAcls: list(ec2.DescribeNetworkAcls$, 'NetworkAcls', THOUSAND),
  DescribeInternetGateways: list(ec2.DescribeInternetGateways$, 'InternetGateways', THOUSAND),
  DescribeNatGateways: list(ec2.DescribeNatGateways$, 'NatGateways', THOUSAND),
  DescribeNetworkInterfaces: list(ec2.DescribeNetworkInterfaces$, 'NetworkInterfaces', THOUSAND),
  DescribeCapacityReservations: list(ec2.DescribeCapacityReservations$, 'CapacityReservations', {
    min: 1,
    max: 1000,
  }),
  DescribeSecurityGroupVpcAssociations: list(
    ec2.DescribeSecurityGroupVpcAssociations$,
    'SecurityGroupVpcAssociations',
    THOUSAND,
  ),
  DescribePlacementGroups: {
    schema: ec2.DescribePlacementGroups$ as unknown as Operation,
    answer: ({ here }) => ({ PlacementGroups: here.facts?.PlacementGroups ?? [] }),
  },
  GetEbsDefaultKmsKeyId: {
    schema: ec2.GetEbsDefaultKmsKeyId$ as unknown as Operation,
    answer: ({ here }) => ({ KmsKeyId: here.facts?.defaultKey ?? 'alias/aws/ebs' }),
  },
  GetInstanceMetadataDefaults: {
    schema: ec2.GetInstanceMetadataDefaults$ as unknown as Operation,
    answer: ({ here }) => ({ AccountLevel: here.facts?.AccountLevel ?? {} }),
  },
};

export const IAM: Operations = {
  GetInstanceProfile: {
    schema: iam.GetInstanceProfile$ as unknown as Operation,
    answer: ({ here, input, account }) => {
      const name = input.InstanceProfileName;
      if (!here.facts?.profiles?.includes(name))
        throw new AwsError(404, 'NoSuchEntity', `Instance Profile ${name} cannot be found.`);
      return {
        InstanceProfile: {
          InstanceProfileName: name,
          InstanceProfileId: 'AIPA1',
          Arn: `arn:aws:iam::${account}:instance-profile/${name}`,
          Path: '/',
          CreateDate: new Date(0),
          Roles: [],
        },
      };
    },
  },
};

export const KMS: Operations = {
  DescribeKey: {
    schema: kms.DescribeKey$ as unknown as Operation,
    answer: ({ here, input }) => {
      if (here.facts?.deniedKeys?.includes(input.KeyId))
        throw new AwsError(
          400,
          'AccessDeniedException',
          'User is not authorized to perform: kms:DescribeKey',
        );
      const key = here.facts?.keys?.find(({ KeyId, Arn }) => [KeyId, Arn].includes(input.KeyId));
      if (!key) throw new AwsError(400, 'NotFoundException', `Key '${input.KeyId}' does not exist`);
      return { KeyMetadata: key };
    },
  },
};

export const SERVICE_QUOTAS: Operations = {
  GetServiceQuota: {
    schema: quotas.GetServiceQuota$ as unknown as Operation,
    answer: ({ here, input }) => {
      const Value = here.facts?.quotas?.[input.QuotaCode];
      if (Value === undefined)
        throw new AwsError(400, 'NoSuchResourceException', `No quota ${input.QuotaCode}`);
      return { Quota: { QuotaCode: input.QuotaCode, ServiceCode: input.ServiceCode, Value } };
    },
  },
};

/** Rows by name: one unknown name fails the whole, and a page size beside names is refused. */
function byName<Row>(
  { input, ...asked }: Asked,
  of: { rows: readonly Row[]; names: string[]; nameOf: (row: Row) => string | undefined; absent: string },
  member: string,
): object {
  const { Marker, PageSize } = input;
  if (PageSize !== undefined) throw new AwsError(400, 'ValidationError', 'Names and a page size');
  const unknown = of.names.find((name) => !of.rows.some((row) => of.nameOf(row) === name));
  if (unknown !== undefined) throw new AwsError(400, of.absent, `'${unknown}' not found`);
  const rows = of.rows.filter((row) => of.names.includes(of.nameOf(row) ?? ''));
  const page = { ...asked, input: { NextToken: Marker, MaxResults: 400 } };
  const { NextToken: NextMarker, ...answer } = paged(page, member, rows, { min: 1, max: 400 }) as {
    NextToken?: string;
  };
  return { ...answer, ...(NextMarker === undefined ? {} : { NextMarker }) };
}

export const ELASTIC_LOAD_BALANCING: Operations = {
  DescribeTargetGroups: {
    schema: elbV2.DescribeTargetGroups$ as unknown as Operation,
    answer: (asked) => {
      const rows = asked.here.facts?.TargetGroups ?? [];
      const of = { rows, names: asked.input.TargetGroupArns, absent: 'TargetGroupNotFound' };
      return byName(asked, { ...of, nameOf: (row) => row.TargetGroupArn }, 'TargetGroups');
    },
  },
  DescribeLoadBalancers: {
    schema: elb.DescribeLoadBalancers$ as unknown as Operation,
    answer: (asked) => {
      const rows = asked.here.facts?.LoadBalancerDescriptions ?? [];
      const of = { rows, names: asked.input.LoadBalancerNames, absent: 'LoadBalancerNotFound' };
      return byName(asked, { ...of, nameOf: (row) => row.LoadBalancerName }, 'LoadBalancerDescriptions');
    },
  },
};
