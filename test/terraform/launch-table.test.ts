import { describe, expect, it } from 'vitest';
import { complete } from '../../src/inventory/collected.ts';
import { volumeSnapshotFrom } from '../../src/inventory/launch-facts/compute.ts';
import { UNREAD_FACTS } from '../../src/inventory/launch-facts/index.ts';
import { FIELDS } from '../../src/terraform/launch-places.ts';
import { attributesAt, audited, plan, verdicts } from './kit.ts';

/** A value of each field that the target lacks, and the rule that says so. */
const MISSING: Readonly<Record<string, readonly [value: string, rule: string]>> = {
  type: ['p5.48xlarge', 'workload/type-not-offered'],
  subnet: ['subnet-0cccccccccccccccc', 'workload/no-subnet'],
  zone: ['us-east-1a', 'reference/of-another-region'],
  profile: ['gone', 'workload/missing-profile'],
  interface: ['eni-0cccccccccccccccc', 'workload/refused'],
  'placement-group': ['gone', 'workload/missing-placement'],
  reservation: ['cr-0cccccccccccccccc', 'workload/missing-placement'],
  snapshot: ['snap-0cccccccccccccccc', 'workload/refused'],
  licence: [
    'arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-1',
    'reference/of-another-region',
  ],
  'host-resource-group': [
    'arn:aws:resource-groups:us-east-1:111122223333:group/hosts',
    'reference/of-another-region',
  ],
  'target-group': [
    'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/1',
    'reference/of-another-region',
  ],
  'load-balancer': ['gone', 'workload/refused'],
  'kms-key': ['arn:aws:kms:us-east-1:111122223333:key/k', 'reference/of-another-region'],
};
const EMPTY = {
  ...Object.fromEntries(Object.keys(UNREAD_FACTS).map((kind) => [kind, complete([])])),
  volumeSnapshots: complete([
    { ...volumeSnapshotFrom({ SnapshotId: 'snap-0cccccccccccccccc' }), exists: false },
  ]),
};

const judged = (type: string, values: object) =>
  audited(plan({ resources: [{ type, values, written: values }] }), { launchFacts: EMPTY });
const rules = (report: ReturnType<typeof judged>) =>
  report.findings.filter(({ kind }) => kind === 'stack').map(({ rule }) => rule);

const cases = Object.entries(FIELDS).flatMap(([type, lines]) =>
  lines.flatMap((line) => {
    const [field = '', path = ''] = line.split(' ');
    const missing = MISSING[field];
    return missing ? [[type, path, ...missing] as const] : [];
  }),
);

describe('what a launch of Terraform names', () => {
  it.each(cases)('%s %s that the target lacks (%s) is found', (type, path, value, rule) => {
    const report = judged(type, attributesAt(path.split('.'), value));
    expect(rules(report)).toContain(rule);
    expect(verdicts(report)).toEqual(['blocked']);
  });

  it.each([
    ['aws_db_subnet_group', { subnet_ids: ['subnet-0cccccccccccccccc'] }, 'workload/no-subnet'],
    [
      'aws_lambda_function',
      { vpc_config: [{ subnet_ids: ['subnet-0cccccccccccccccc'] }] },
      'workload/no-subnet',
    ],
    ['aws_lb', { subnets: ['subnet-0cccccccccccccccc'] }, 'workload/no-subnet'],
    ['aws_lb', { subnet_mapping: [{ subnet_id: 'subnet-0cccccccccccccccc' }] }, 'workload/no-subnet'],
    ['aws_nat_gateway', { subnet_id: 'subnet-0cccccccccccccccc' }, 'workload/no-subnet'],
    ['aws_subnet', { availability_zone: 'us-east-1a' }, 'reference/of-another-region'],
    ['aws_ebs_volume', { availability_zone: 'us-east-1a' }, 'reference/of-another-region'],
    ['aws_ebs_volume', { snapshot_id: 'snap-0cccccccccccccccc' }, 'workload/refused'],
    ['aws_ami', { ebs_block_device: [{ snapshot_id: 'snap-0cccccccccccccccc' }] }, 'workload/refused'],
    ['aws_ami_from_instance', { source_instance_id: 'i-0cccccccccccccccc' }, 'workload/refused'],
    [
      'aws_lb_target_group_attachment',
      { target_group_arn: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/1' },
      'reference/of-another-region',
    ],
    [
      'aws_elasticache_replication_group',
      { preferred_cache_cluster_azs: ['us-east-1a'] },
      'reference/of-another-region',
    ],
  ])('%s %j starts nothing, and names what the target lacks', (type, values, rule) => {
    expect(rules(judged(type, values))).toEqual([rule]);
  });

  it.each([
    ['aws_db_instance', { instance_class: 'db.t3.micro' }],
    ['aws_opensearch_domain', { cluster_config: [{ instance_type: 'm5.large.search' }] }],
    ['aws_sagemaker_notebook_instance', { instance_type: 'ml.t3.medium' }],
    ['aws_s3_bucket', { bucket: 'subnet-0cccccccccccccccc' }],
    ['aws_route53_zone', { name: 'us-east-1a' }],
    ['google_compute_instance', { subnet_id: 'subnet-0cccccccccccccccc' }],
    ['aws_dynamodb_table', { replica: [{ availability_zone: 'us-east-1a' }] }],
  ])('%s %j names nothing that is to be found in EC2', (type, values) => {
    expect(rules(judged(type, values))).toEqual([]);
  });

  it('settings of Elastic Beanstalk name types, profiles and subnets, blanks after commas or not', () => {
    const setting = (namespace: string, name: string, value: string) => ({ namespace, name, value });
    const report = judged('aws_elastic_beanstalk_environment', {
      setting: [
        setting('aws:ec2:instances', 'InstanceTypes', 'p5.48xlarge, p5e.48xlarge'),
        setting('aws:autoscaling:launchconfiguration', 'IamInstanceProfile', 'gone'),
        setting('aws:ec2:vpc', 'Subnets', 'subnet-0cccccccccccccccc, subnet-0dddddddddddddddd'),
      ],
    });
    expect([...new Set(rules(report))].sort()).toEqual([
      'workload/missing-profile',
      'workload/no-subnet',
      'workload/type-not-offered',
    ]);
  });
});
