import { describe, expect, it } from 'vitest';
import type { AwsSecurityGroup } from '../../../src/inventory/security-group.ts';
import type { Stack } from '../../../src/inventory/stack.ts';
import type { Report } from '../../../src/report/model.ts';
import { allow, audit, auditGroups, type Estate, finding, found, group, pairOf } from '../../kit/estate.ts';

const tagList = (tags: Record<string, string>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const stackTags = (stack: string, logicalId: string, id = `arn:stack/${stack}`) => ({
  'aws:cloudformation:stack-name': stack,
  'aws:cloudformation:logical-id': logicalId,
  'aws:cloudformation:stack-id': id,
});
const ssh = [allow('tcp', 22, 22, '10.0.0.0/8')];
const tagged = (name: string, tags: Record<string, string>, more: AwsSecurityGroup = {}) =>
  group(name, ssh, { Description: 'd', Tags: tagList(tags), ...more });
const ofStack = (name: string, stack: string, logicalId: string, id?: string) =>
  tagged(name, stackTags(stack, logicalId, id));
const plain = (name: string) => tagged(name, {});
const stack = (name: string, id = `arn:stack/${name}`): Stack => ({
  id,
  name,
  status: 'CREATE_COMPLETE',
  template: null,
  tags: {},
});

/** "source > target by" of every pair, or the state of what has no counterpart. */
const pairs = (report: Report, kind = 'security-group') =>
  report.pairs
    .filter((p) => p.kind === kind)
    .map((p) =>
      p.source && p.target ? `${p.source.name} > ${p.target.name} by ${p.matchedBy}` : `${p.name} ${p.state}`,
    );

describe('what Kubernetes makes for the load balancers of its Services', () => {
  const elb = (id: string, service: string) =>
    tagged(
      `k8s-elb-${id}`,
      { 'kubernetes.io/cluster/prod': 'owned' },
      {
        Description: `Security group for Kubernetes ELB ${id} (${service})`,
      },
    );

  it('pairs by cluster and Service, which only the description names', () => {
    const report = auditGroups([elb('a1', 'shop/web'), elb('a2', 'shop/api')], [elb('b1', 'shop/api')]);
    expect(pairs(report)).toEqual([
      'k8s-elb-a1 missing-in-target',
      'k8s-elb-a2 > k8s-elb-b1 by Kubernetes cluster and Service',
    ]);
  });

  it('is no pair where each side has one, of another Service', () => {
    expect(pairs(auditGroups([elb('a1', 'shop/web')], [elb('b1', 'shop/api')]))).toEqual([
      'k8s-elb-a1 missing-in-target',
      'k8s-elb-b1 extra-in-target',
    ]);
  });
});

describe('what one CloudFormation stack made', () => {
  it('pairs by stack and logical id, whatever CloudFormation put behind them', () => {
    const report = auditGroups(
      [ofStack('shop-Web-1ABCDEFGH2IJK', 'shop', 'Web'), ofStack('shop-Lb-QWERTY123456', 'shop', 'Lb')],
      [ofStack('shop-Lb-ZYXWVUTSRQPO', 'shop', 'Lb'), ofStack('shop-Web-aBcDeF1hIjKl', 'shop', 'Web')],
    );
    expect(pairs(report)).toEqual([
      'shop-Lb-QWERTY123456 > shop-Lb-ZYXWVUTSRQPO by stack and logical id',
      'shop-Web-1ABCDEFGH2IJK > shop-Web-aBcDeF1hIjKl by stack and logical id',
    ]);
    expect(report.verdict).toBe('parity');
  });

  it('is not taken for what another stack made under the same logical id', () => {
    const report = auditGroups(
      [ofStack('a-Web-1ABCDEFGH2IJK', 'a', 'Web'), ofStack('b-Web-1ABCDEFGH2IJL', 'b', 'Web')],
      [ofStack('b-Web-9ZYXWVUT8SRQ', 'b', 'Web'), ofStack('c-Web-9ZYXWVUT8SRR', 'c', 'Web')],
    );
    expect(pairs(report)).toEqual([
      'a-Web-1ABCDEFGH2IJK missing-in-target',
      'b-Web-1ABCDEFGH2IJL > b-Web-9ZYXWVUT8SRQ by stack and logical id',
      'c-Web-9ZYXWVUT8SRR extra-in-target',
    ]);
  });

  it('wins over a namesake that somebody made by hand', () => {
    const report = auditGroups(
      [ofStack('web', 'shop', 'Web')],
      [plain('web'), ofStack('shop-Web-9ZYXWVUT8SRQ', 'shop', 'Web')],
    );
    expect(pairs(report)).toContain('web > shop-Web-9ZYXWVUT8SRQ by stack and logical id');
  });

  it('does not win over the config, which somebody wrote', () => {
    const report = auditGroups(
      [ofStack('shop-Web-1ABCDEFGH2IJK', 'shop', 'Web')],
      [plain('web'), ofStack('shop-Web-9ZYXWVUT8SRQ', 'shop', 'Web')],
      { config: { names: { securityGroups: { 'shop-Web-1ABCDEFGH2IJK': 'web' } } } },
    );
    expect(pairs(report)).toContain('shop-Web-1ABCDEFGH2IJK > web by vpc-and-name');
  });

  it('pairs by the name of a Service Catalog product, whose stack has the account and a generated id in its name', () => {
    const provisioned = (id: string, product: string, region: string) =>
      tagged(`SC-111122223333-pp-${id}-Web-1ABCDEFGH2IJ`, {
        ...stackTags(`SC-111122223333-pp-${id}`, 'Web'),
        'aws:servicecatalog:provisionedProductArn': `arn:aws:servicecatalog:${region}:111122223333:stack/${product}/pp-${id}`,
      });
    const report = auditGroups(
      [provisioned('aaaaaaaaaaaa1', 'shop', 'us-east-1'), provisioned('bbbbbbbbbbbb1', 'wiki', 'us-east-1')],
      [provisioned('cccccccccccc1', 'wiki', 'eu-west-1')],
    );
    expect(pairs(report)).toEqual([
      'SC-111122223333-pp-aaaaaaaaaaaa1-Web-1ABCDEFGH2IJ missing-in-target',
      'SC-111122223333-pp-bbbbbbbbbbbb1-Web-1ABCDEFGH2IJ > SC-111122223333-pp-cccccccccccc1-Web-1ABCDEFGH2IJ by stack and logical id',
    ]);
  });

  it('is found under the stack name that the config gives for the target', () => {
    const report = auditGroups(
      [ofStack('shop-use1-Web-1ABCDEFGH2IJK', 'shop-use1', 'Web')],
      [ofStack('shop-euw1-Web-9ZYXWVUT8SRQ', 'shop-euw1', 'Web')],
      { config: { names: { stacks: { '(.*)-use1': '$1-euw1' } } } },
    );
    expect(pairs(report)).toEqual([
      'shop-use1-Web-1ABCDEFGH2IJK > shop-euw1-Web-9ZYXWVUT8SRQ by stack and logical id',
    ]);
  });

  it('pairs with what the stack that exists made, not with what a deleted one of the name left behind', () => {
    const report = auditGroups(
      [ofStack('shop-Web-1ABCDEFGH2IJK', 'shop', 'Web')],
      [
        ofStack('shop-Web-000000000OLD', 'shop', 'Web', 'arn:stack/shop/old'),
        ofStack('shop-Web-9ZYXWVUT8SRQ', 'shop', 'Web', 'arn:stack/shop/new'),
      ],
      { target: { stacks: [stack('shop', 'arn:stack/shop/new')] }, scopes: ['security-groups'] },
    );
    expect(pairs(report)).toContain('shop-Web-1ABCDEFGH2IJK > shop-Web-9ZYXWVUT8SRQ by stack and logical id');
  });

  const template = (name: string) => ({
    LaunchTemplateId: `lt-${name}`,
    LaunchTemplateName: name,
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    Tags: [
      { Key: 'aws:cloudformation:stack-name', Value: 'shop' },
      { Key: 'aws:cloudformation:logical-id', Value: 'Template' },
    ],
    Versions: [{ VersionNumber: 1, LaunchTemplateData: {} }],
  });

  it('of a launch template is ambiguous in words, and what would start is not known', () => {
    const report = audit(
      { launchTemplates: [template('Template_aBcDeFgHiJkL')] },
      { launchTemplates: [template('Template_MnOpQrStUvWx'), template('Template_0123456789Ab')] },
    );
    const which = finding(report, 'workload/ambiguous');
    expect(which).toMatchObject({
      severity: 'medium',
      subject: { name: 'Template_aBcDeFgHiJkL' },
      facts: {
        candidates: [
          'Template_0123456789Ab (lt-Template_0123456789Ab)',
          'Template_MnOpQrStUvWx (lt-Template_MnOpQrStUvWx)',
        ],
      },
    });
    expect(which.remedy).toContain(
      'names: { launchTemplates: { "Template_aBcDeFgHiJkL": "Template_0123456789Ab" } }',
    );
    expect(report.workloads).toMatchObject([{ verdict: 'unknown', because: [which.fingerprint] }]);
    expect(found(report)).toEqual(['workload/ambiguous medium']);
  });

  it('of a prefix list with another of its name is ambiguous in words', () => {
    const list = (id: string, ...Entries: string[]) => ({
      PrefixListId: id,
      PrefixListName: 'office',
      Entries,
    });
    const report = audit(
      { prefixLists: [list('pl-1', '10.0.0.0/8')] },
      { prefixLists: [list('pl-8', '10.1.0.0/16'), list('pl-9', '10.2.0.0/16')] },
      { scopes: ['security-groups'] },
    );
    expect(finding(report, 'prefix-list/ambiguous').message).toContain('office (pl-8) and office (pl-9)');
    expect(report.verdict).toBe('differences');
  });

  it.each([
    [
      'a StackSet',
      'StackSet-base-11111111-2222-3333-4444-555555555555',
      'Add eu-west-1 to the StackSet "base": its stack there creates the group (logical id Web).',
    ],
    [
      'a nested stack',
      'shop-Network-1ABCDEFGH2IJK',
      'Deploy the stack that contains the nested stack "shop-Network-1ABCDEFGH2IJK" in eu-west-1: the nested stack creates the group (logical id Web).',
    ],
    [
      'a stack',
      'shop',
      'Deploy the template of the stack "shop" in eu-west-1: the stack creates the group (logical id Web).',
    ],
  ])('of %s comes with what deploys it', (_, name, remedy) => {
    const report = auditGroups([ofStack(`${name}-Web-1ABCDEFGH2IJK`, name, 'Web')], []);
    expect(finding(report, 'security-group/missing').remedy).toBe(remedy);
  });

  it('is ambiguous where a side has it twice and nothing tells which is meant', () => {
    const report = auditGroups(
      [ofStack('shop-Web-1ABCDEFGH2IJK', 'shop', 'Web')],
      [ofStack('shop-Web-9ZYXWVUT8SRQ', 'shop', 'Web'), ofStack('shop-Web-8ZYXWVUT8SRQ', 'shop', 'Web')],
    );
    expect(report.pairs.map((p) => p.state)).toEqual(['ambiguous', 'ambiguous', 'ambiguous']);
    expect(finding(report, 'security-group/ambiguous').message).toContain('shop-Web-8ZYXWVUT8SRQ');
  });

  it.each([
    [
      'a StackSet, whose stacks bear a random id',
      'StackSet-base-11111111-2222-3333-4444-555555555555',
      'StackSet-base-99999999-8888-7777-6666-555555555555',
      true,
    ],
    [
      'two StackSets',
      'StackSet-base-11111111-2222-3333-4444-555555555555',
      'StackSet-logs-99999999-8888-7777-6666-555555555555',
      false,
    ],
    ['a nested stack', 'shop-Network-1ABCDEFGH2IJK', 'shop-Network-9ZYXWVUT8SRQ', true],
    ['two nested stacks of one parent', 'shop-Network-1ABCDEFGH2IJK', 'shop-Data-9ZYXWVUT8SRQ', false],
    ['nested stacks of two parents', 'shop-Network-1ABCDEFGH2IJK', 'bank-Network-9ZYXWVUT8SRQ', false],
    [
      'a stack nested in a nested stack',
      'shop-Network-1ABCDEFGH2IJK-Inner-1ABCDEFGH2IJL',
      'shop-Network-9ZYXWVUT8SRQ-Inner-9ZYXWVUT8SRR',
      true,
    ],
    [
      'a cluster of the ECS console',
      'Infra-ECS-Cluster-prod-0a1b2c3d',
      'Infra-ECS-Cluster-prod-9f8e7d6c',
      true,
    ],
    ['two stacks of random-looking names', 'SC-111122223333-pp-abc', 'SC-111122223333-pp-def', false],
  ])('pairs through %s: %s and %s', (_what, ours, theirs, one) => {
    const report = auditGroups([ofStack('x-Web-1', ours, 'Web')], [ofStack('y-Web-2', theirs, 'Web')]);
    expect(pairs(report).some((p) => p.includes('by stack and logical id'))).toBe(one);
  });

  it('knows the parent of a nested stack, and the name that the config gives the parent on the target', () => {
    const side = (parent: string, end: string) => [
      ofStack(`${parent}-Top-${end}`, parent, 'Top'),
      ofStack(`${parent}-Net-${end}-Web-${end}`, `${parent}-Net-${end}`, 'Web'),
    ];
    const report = auditGroups(side('shop-use1', '1ABCDEFGH2IJK'), side('shop-euw1', 'ZYXWVUTSRQPO'), {
      config: { names: { stacks: { 'shop-use1': 'shop-euw1' } } },
    });
    expect(report.pairs.map((p) => p.matchedBy)).toEqual(['stack and logical id', 'stack and logical id']);
  });

  it('is never paired across VPCs that have other counterparts', () => {
    const vpcs = [
      { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Name', Value: 'a' }] },
      { VpcId: 'vpc-2', CidrBlock: '10.1.0.0/16', Tags: [{ Key: 'Name', Value: 'b' }] },
    ];
    const report = audit(
      { vpcs, securityGroups: [tagged('s-Web-1', stackTags('s', 'Web'), { VpcId: 'vpc-1' })] },
      { vpcs, securityGroups: [tagged('s-Web-2', stackTags('s', 'Web'), { VpcId: 'vpc-2' })] },
    );
    expect(pairs(report)).toEqual(['s-Web-1 missing-in-target', 's-Web-2 extra-in-target']);
  });

  it('brings the VPCs together that it made, whatever their names', () => {
    const vpc = (VpcId: string, Name: string, logicalId: string) => ({
      VpcId,
      CidrBlock: '10.0.0.0/16',
      Tags: tagList({ Name, ...stackTags('net', logicalId) }),
    });
    const report = audit(
      {
        vpcs: [vpc('vpc-1', 'use1-a', 'A'), vpc('vpc-2', 'use1-b', 'B')],
        securityGroups: [tagged('web', {}, { VpcId: 'vpc-1' })],
      },
      {
        vpcs: [vpc('vpc-8', 'euw1-b', 'B'), vpc('vpc-9', 'euw1-a', 'A')],
        securityGroups: [tagged('web', {}, { VpcId: 'vpc-9' })],
      },
    );
    expect(pairs(report)).toEqual(['web > web by vpc-and-name']);
    expect(report.mapping?.vpcs.map((v) => [v.source?.id, v.target?.id, v.matchedBy])).toEqual([
      ['vpc-1', 'vpc-9', 'stack'],
      ['vpc-2', 'vpc-8', 'stack'],
    ]);
  });
});

describe('launch templates, configurations and Auto Scaling groups of a stack', () => {
  const side = (end: string): Estate => ({
    launchTemplates: [
      {
        LaunchTemplateId: `lt-${end}`,
        LaunchTemplateName: `WebLT_${end}`,
        Tags: tagList(stackTags('shop', 'WebLT')),
        Versions: [{ LaunchTemplateId: `lt-${end}`, VersionNumber: 1, LaunchTemplateData: {} }],
      },
    ],
    // Launch configurations have no tags: the name begins with a stack that the group's tags name.
    launchConfigurations: [{ LaunchConfigurationName: `shop-WebLC-${end}` }],
    autoScalingGroups: [
      {
        AutoScalingGroupName: `shop-WebAsg-${end}`,
        LaunchConfigurationName: `shop-WebLC-${end}`,
        Tags: tagList(stackTags('shop', 'WebAsg')),
      },
    ],
  });

  it('pair by stack and logical id', () => {
    const report = audit(side('1ABCDEFGH2IJ'), side('ZYXWVUTSRQPO'));
    for (const kind of ['launch-template', 'launch-configuration', 'auto-scaling-group'])
      expect(report.pairs.filter((p) => p.kind === kind).map((p) => p.matchedBy)).toEqual([
        'stack and logical id',
      ]);
    expect(report.workloads.map((w) => w.verdict)).toEqual(['launchable', 'launchable', 'launchable']);
  });

  it('pair in a Beanstalk environment by its name, though its stack has a random id', () => {
    const environment = (id: string, end: string): Estate => ({
      launchConfigurations: [
        { LaunchConfigurationName: `awseb-${id}-stack-AWSEBAutoScalingLaunchConfiguration-${end}` },
      ],
      autoScalingGroups: [
        {
          AutoScalingGroupName: `awseb-${id}-stack-AWSEBAutoScalingGroup-${end}`,
          LaunchConfigurationName: `awseb-${id}-stack-AWSEBAutoScalingLaunchConfiguration-${end}`,
          Tags: tagList({
            'elasticbeanstalk:environment-id': id,
            'elasticbeanstalk:environment-name': 'shop-prod',
            ...stackTags(`awseb-${id}-stack`, 'AWSEBAutoScalingGroup'),
          }),
        },
      ],
    });
    const report = audit(
      environment('e-aaaaaaaaaa', '1ABCDEFGH2IJ'),
      environment('e-bbbbbbbbbb', 'ZYXWVUTSRQPO'),
    );
    expect(report.pairs.map((p) => [p.kind, p.state])).toEqual([
      ['launch-configuration', 'same'],
      ['auto-scaling-group', 'same'],
    ]);
  });
});

describe('stacks', () => {
  it.each([
    ['shop', 'shop', 'name'],
    [
      'StackSet-base-11111111-2222-3333-4444-555555555555',
      'StackSet-base-99999999-8888-7777-6666-555555555555',
      'name without its generated ending',
    ],
    ['awseb-e-aaaaaaaaaa-stack', 'awseb-e-bbbbbbbbbb-stack', undefined],
  ])('%s and %s pair by %s', (ours, theirs, by) => {
    const report = audit({ stacks: [stack(ours)] }, { stacks: [stack(theirs)] });
    expect(report.pairs.find((p) => p.source && p.target)?.matchedBy).toBe(by);
  });
});

describe('a name that holds the id of its VPC', () => {
  const inVpc = (name: string, VpcId: string) => tagged(name, {}, { VpcId, GroupId: `sg-${name}` });
  const vpc = (VpcId: string) => ({ VpcId, CidrBlock: '10.0.0.0/16' });
  const ids = ['vpc-0aaaaaaaaaaaaaaaa', 'vpc-0bbbbbbbbbbbbbbbb'] as const;
  const compared = (a: string, b: string) =>
    pairs(
      audit(
        { vpcs: [vpc(ids[0])], securityGroups: [inVpc(a, ids[0])] },
        { vpcs: [vpc(ids[1])], securityGroups: [inVpc(b, ids[1])] },
      ),
    );

  it('pairs with the one that holds the id of the counterpart', () => {
    expect(compared(`link_${ids[0]}`, `link_${ids[1]}`)).toEqual([
      `link_${ids[0]} > link_${ids[1]} by name but for the VPC id`,
    ]);
  });

  it('not with one of another purpose, or with the id of another VPC', () => {
    expect(compared(`link_${ids[0]}`, `db_${ids[1]}`).join()).not.toContain(' > ');
    expect(compared(`link_${ids[0]}`, 'link_vpc-0cccccccccccccccc').join()).not.toContain(' > ');
  });
});

describe('a name that a tool completed', () => {
  it('pairs by what a person chose, where that is unique on both sides', () => {
    const report = auditGroups(
      [plain('app-20230512101122334455000001'), plain('db-20230512101122334455000002')],
      [plain('db-20240512101122334455000001'), plain('app-20240512101122334455000002')],
    );
    expect(pairs(report)).toEqual([
      'app-20230512101122334455000001 > app-20240512101122334455000002 by name without its generated ending',
      'db-20230512101122334455000002 > db-20240512101122334455000001 by name without its generated ending',
    ]);
  });

  it.each([
    [
      'two of it on the target',
      ['app-20230512101122334455000001'],
      ['app-20240512101122334455000001', 'app-20240512101122334455000002'],
    ],
    [
      'two of it on the source',
      ['app-20230512101122334455000001', 'app-20230512101122334455000002'],
      ['app-20240512101122334455000002'],
    ],
    ['a name without the ending', ['app-20230512101122334455000001'], ['app']],
    [
      'nothing but the ending',
      ['terraform-20230512101122334455000001'],
      ['terraform-20240512101122334455000001'],
    ],
  ])('does not pair with %s', (_what, ours, theirs) => {
    const report = auditGroups(ours.map(plain), theirs.map(plain));
    expect(pairs(report).filter((p) => p.includes(' > '))).toEqual([]);
  });

  it('counts those that are paired already: what is left over is not the counterpart of what is left over', () => {
    const report = auditGroups(
      [plain('app-20230512101122334455000001'), plain('app-20230512101122334455000002')],
      [plain('app-20230512101122334455000001'), plain('app-20240512101122334455000002')],
    );
    expect(pairs(report)).toEqual([
      'app-20230512101122334455000001 > app-20230512101122334455000001 by vpc-and-name',
      'app-20230512101122334455000002 missing-in-target',
      'app-20240512101122334455000002 extra-in-target',
    ]);
  });
});

it('a Name tag that repeats a generated name is no difference of its own', () => {
  const named = (name: string, Name = name) => tagged(name, { Name, 'aws:eks:cluster-name': 'prod' });
  const [a, b] = ['eks-cluster-sg-prod-1', 'eks-cluster-sg-prod-2'];
  expect(auditGroups([named(a)], [named(b)]).findings).toEqual([]);
  expect(auditGroups([named(a)], [named(b, 'x')]).findings.map((f) => f.rule)).toEqual([
    'security-group/tags-differ',
  ]);
});

describe('a missing group whose name no person wrote', () => {
  it.each([
    ['eks-cluster-sg-prod-1', {}, 'EKS created it', 'Do not copy this one manually'],
    ['d-9067012345_controllers', {}, 'Directory Service created it', 'Create the directory in eu-west-1'],
    [
      'shop-Web-1ABCDEFGH2IJK',
      stackTags('shop', 'Web'),
      'stack "shop" created it',
      'Deploy the template of the stack "shop"',
    ],
    ['app-20230512101122334455000001', {}, 'Terraform created it', 'Apply the Terraform configuration'],
    ['shop-Web-1ABCDEFGH2IJK', {}, 'CloudFormation created it', 'Deploy the stack that created it'],
    ['web-1a2b3c4', {}, 'looks generated', 'with the tool that created this one'],
  ])('%s is not to be created under this name', (name, tags, says, remedy) => {
    const missing = finding(auditGroups([tagged(name, tags)], []), 'security-group/missing');
    expect(missing.message).toContain(says);
    expect(missing.remedy).toContain(remedy);
    expect(missing.remedy).not.toContain(`Create "${name}"`);
  });

  it('of a stack that exists on the target is made by updating that stack', () => {
    const report = auditGroups([ofStack('shop-Web-1ABCDEFGH2IJK', 'shop', 'Web')], [], {
      source: { stacks: [stack('shop')] },
      target: { stacks: [stack('shop')] },
    });
    expect(finding(report, 'security-group/missing').remedy).toContain(
      'Update the stack "shop" in eu-west-1',
    );
  });
});

it('a missing Auto Scaling group of a stack comes with its stack', () => {
  const report = audit(
    {
      autoScalingGroups: [
        { AutoScalingGroupName: 'shop-Asg-1ABCDEFGH2IJK', Tags: tagList(stackTags('shop', 'Asg')) },
      ],
    },
    {},
  );
  expect(pairOf(report, 'auto-scaling-group', 'shop-Asg-1ABCDEFGH2IJK').state).toBe('missing-in-target');
  expect(finding(report, 'workload/missing').remedy).toContain('logical id Asg');
});

describe('what is said of a pair whose names differ', () => {
  const [OURS, THEIRS] = ['web20181022054634731400000003', 'web20190301101010555500000001'];
  const report = auditGroups(
    [tagged(OURS, {}, { IpPermissions: [allow('tcp', 443, 443, '10.0.0.0/8')] })],
    [tagged(THEIRS, {}, { IpPermissions: [allow('tcp', 80, 80, '10.0.0.0/8')] })],
  );

  it.each(['security-group/allows-less', 'security-group/allows-more'] as const)(
    '%s names the group of the target as the target calls it',
    (rule) => {
      const { message, remedy, subject } = finding(report, rule);
      expect(subject.name).toBe(OURS);
      expect(message).toContain(`On the target "${THEIRS}" (the counterpart of "${OURS}")`);
      expect(remedy).toContain(`uthorize on "${THEIRS}" in eu-west-1`);
      expect(remedy).not.toContain(OURS);
    },
  );
});

describe('several groups of one Terraform module, with generated endings', () => {
  const module = (ending: string, Name: string | null, port = 443) =>
    tagged(`web-${ending}`, Name === null ? {} : { Name }, {
      IpPermissions: [allow('tcp', port, port, '10.0.0.0/8')],
    });
  const [A1, A2, B1, B2] = [
    '20240102030405123400000001',
    '20240102030405123400000003',
    '20240203040506432100000001',
    '20240203040506432100000003',
  ];

  it('pair by their Name tags, which a person chose', () => {
    const report = auditGroups(
      [module(A1, 'front'), module(A2, 'back', 80)],
      [module(B1, 'back', 80), module(B2, 'front', 8443)],
    );
    expect(pairs(report)).toEqual([
      `web-${A1} > web-${B2} by Name tag, and name without its generated ending`,
      `web-${A2} > web-${B1} by Name tag, and name without its generated ending`,
    ]);
  });

  it.each<[string, string | null, string | null]>([
    ['have none', null, null],
    ['are equal', 'web', 'web'],
    ['are the generated names themselves', `web-${A1}`, `web-${A2}`],
  ])('do not pair where the tags %s', (_, first, second) => {
    const report = auditGroups(
      [module(A1, first), module(A2, second, 80)],
      [module(B1, first, 81), module(B2, second, 82)],
    );
    expect(pairs(report).filter((pair) => pair.includes(' by '))).toEqual([]);
  });
});
