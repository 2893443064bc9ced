import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../src/cloudformation/index.ts';
import { LAUNCH_PLACES } from '../../src/cloudformation/launch-fields.ts';
import { STARTING } from '../../src/cloudformation/starting.ts';
import { compare } from '../../src/comparator/compare.ts';
import { complete } from '../../src/inventory/collected.ts';
import { volumeSnapshotFrom } from '../../src/inventory/launch-facts/compute.ts';
import { UNREAD_FACTS } from '../../src/inventory/launch-facts/index.ts';
import type { LaunchField } from '../../src/inventory/template.ts';
import { snapshotOf, VPC } from '../kit/estate.ts';
import { completed } from './completed.ts';
import { propertiesAt } from './kit.ts';

/** A value of each field that the target lacks, and the rule that says so; null: nothing by itself. */
const MISSING: Readonly<Record<LaunchField, readonly [value: string, rule: string] | null>> = {
  type: ['p5.48xlarge', 'workload/type-not-offered'],
  subnet: ['subnet-0cccccccccccccccc', 'workload/no-subnet'],
  zone: ['us-east-1a', 'reference/of-another-region'],
  profile: ['gone', 'workload/missing-profile'],
  interface: ['eni-0cccccccccccccccc', 'workload/refused'],
  'placement-group': ['gone', 'workload/missing-placement'],
  reservation: ['cr-0cccccccccccccccc', 'workload/missing-placement'],
  snapshot: ['snap-0cccccccccccccccc', 'workload/refused'],
  'kms-key': ['arn:aws:kms:us-east-1:111122223333:key/k', 'reference/of-another-region'],
  'target-group': [
    'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/1',
    'reference/of-another-region',
  ],
  licence: [
    'arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-1',
    'reference/of-another-region',
  ],
  'host-resource-group': [
    'arn:aws:resource-groups:us-east-1:111122223333:group/hosts',
    'reference/of-another-region',
  ],
  'load-balancer': ['gone', 'workload/refused'],
  platform: null,
  requirement: null,
  market: null,
  'spot-price': null,
  'on-demand-base': null,
  'on-demand-percent': null,
  'service-linked-role': null,
  'private-address': null,
  host: null,
  'http-tokens': null,
  'http-endpoint': null,
  hibernation: null,
  enclave: null,
  'ebs-optimized': null,
  device: null,
  size: null,
  encrypted: null,
  'volume-type': null,
  iops: null,
  throughput: null,
  image: null,
  group: null,
  count: null,
};

/** A target that has nothing of what a launch may name, and was asked for all of it. */
const EMPTY = {
  ...Object.fromEntries(Object.keys(UNREAD_FACTS).map((kind) => [kind, complete([])])),
  volumeSnapshots: complete([
    { ...volumeSnapshotFrom({ SnapshotId: 'snap-0cccccccccccccccc' }), exists: false },
  ]),
};

function judged(type: string, properties: unknown) {
  const text = JSON.stringify({
    Parameters: { Given: { Type: 'List<AWS::EC2::Subnet::Id>' } },
    Resources: { R: { Type: type, Properties: properties } },
  });
  return compare({
    source: snapshotOf('us-east-1', { vpcs: [VPC] }),
    target: snapshotOf('eu-west-1', { vpcs: [VPC], launchFacts: EMPTY as never }),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [{ file: 'table.json', template: readTemplate(text) }],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
}

const cases = [...LAUNCH_PLACES].flatMap(([type, places]) =>
  places.flatMap(({ field, path }) => {
    const missing = MISSING[field];
    return missing ? [[type, path.join('.'), field, path, ...missing] as const] : [];
  }),
);

describe('what a launch names, by the table of properties', () => {
  it('holds what it held when it was made, and more', () => {
    const types = (field: LaunchField) =>
      new Set(cases.flatMap(([type, , of]) => (of === field ? [type] : []))).size;
    expect(types('subnet')).toBeGreaterThan(130);
    expect(types('zone')).toBeGreaterThan(40);
    expect(types('type')).toBeGreaterThan(18);
    expect(types('profile')).toBeGreaterThan(13);
    expect(types('snapshot')).toBeGreaterThan(7);
    expect(types('kms-key')).toBeGreaterThan(9);
  });

  it.each(cases)('%s %s (%s) that the target lacks is found', (type, _, __, path, value, rule) => {
    const report = judged(type, completed(type, propertiesAt(path, value)));
    expect(report.findings.map((f) => f.rule)).toEqual([rule]);
    expect(report.verdict).toBe('differences');
    expect(report.workloads.map((w) => w.verdict)).toEqual(['blocked']);
  });

  it.each([
    ['AWS::RDS::DBInstance', { DBInstanceClass: 'db.t3.micro', KmsKeyId: 'arn:aws:kms:us-east-1:1:key/k' }],
    ['AWS::ElastiCache::CacheCluster', { CacheNodeType: 'cache.t3.micro' }],
    ['AWS::OpenSearchService::Domain', { ClusterConfig: { InstanceType: 'm5.large.search' } }],
    ['AWS::MSK::Cluster', { BrokerNodeGroupInfo: { InstanceType: 'kafka.m5.large' } }],
    [
      'AWS::SageMaker::EndpointConfig',
      { KmsKeyId: 'alias/k', ProductionVariants: [{ InstanceType: 'ml.m5.large' }] },
    ],
    ['AWS::S3::Bucket', { BucketEncryption: { KMSMasterKeyID: 'arn:aws:kms:us-east-1:111122223333:key/k' } }],
    ['AWS::SQS::Queue', { KmsMasterKeyId: 'alias/aws/sqs' }],
    ['AWS::EC2::Subnet', { VpcId: 'vpc-1', AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } }],
    ['AWS::DMS::MigrationProject', { InstanceProfileName: 'gone' }],
    ['AWS::RDS::DBSubnetGroup', { SubnetIds: { Ref: 'Given' } }],
    ['AWS::Synthetics::Canary', { Replicas: [{ VpcConfig: { SubnetIds: ['subnet-0cccccccccccccccc'] } }] }],
  ])('%s %j starts nothing in EC2, and names nothing that is to be found there', (type, properties) => {
    const report = judged(type, properties);
    expect(report.findings).toEqual([]);
    expect(report.workloads).toEqual([]);
    expect(STARTING.has(type)).toBe(false);
  });

  it('instances of a service are not of the types that EC2 offers', () => {
    const report = judged('AWS::SageMaker::NotebookInstance', {
      InstanceType: 'ml.t3.medium',
      RoleArn: 'arn:aws:iam::111122223333:role/notebooks',
    });
    expect(report.findings).toEqual([]);
  });
});
