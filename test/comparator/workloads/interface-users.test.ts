import { describe, expect, it } from 'vitest';
import { complete } from '../../../src/inventory/collected.ts';
import type { AwsInstance } from '../../../src/inventory/instance.ts';
import type { LaunchFacts } from '../../../src/inventory/launch-facts/index.ts';
import {
  type AwsNetworkInterface,
  networkInterfaceFrom,
} from '../../../src/inventory/launch-facts/network.ts';
import { allow, audit, type Estate, finding, found, group, VPC } from '../../kit/estate.ts';

const HTTPS = allow('tcp', 443, 443, '0.0.0.0/0');
const SSH = allow('tcp', 22, 22, '10.0.0.0/8');

const eni = (n: number, groups: string[], more: AwsNetworkInterface = {}): AwsNetworkInterface => ({
  NetworkInterfaceId: `eni-${n}`,
  InterfaceType: 'interface',
  Status: 'in-use',
  Groups: groups.map((g) => ({ GroupId: `sg-${g}` })),
  ...more,
});
const interfaces = (...all: AwsNetworkInterface[]): Partial<LaunchFacts> => ({
  networkInterfaces: complete(all.map(networkInterfaceFrom)),
});
const denied: Partial<LaunchFacts> = {
  networkInterfaces: {
    status: 'failed',
    failure: { code: 'access-denied', message: 'DescribeNetworkInterfaces denied', hint: 'allow it' },
  },
};
const estate = (groups: string[], facts: Partial<LaunchFacts>, more: Estate = {}): Estate => ({
  vpcs: [VPC],
  securityGroups: groups.map((name) => group(name, [HTTPS])),
  launchFacts: facts,
  ...more,
});
const ALB = { Description: 'ELB app/shop/50dc6c495c0c9188', RequesterId: 'amazon-elb' };

const usersOf = (...all: AwsNetworkInterface[]) => {
  const report = audit(estate(['web'], interfaces(...all)), estate([], interfaces()));
  return finding(report, 'security-group/missing');
};

describe('what uses a security group through a network interface', () => {
  it.each<[string, string, AwsNetworkInterface]>([
    ['load-balancer', 'shop', ALB],
    ['load-balancer', 'shop', { Description: 'ELB app/shop/50dc6c495c0c9188', RequesterId: '111122223333' }],
    ['load-balancer', 'old-shop', { Description: 'ELB old-shop', RequesterId: 'amazon-elb' }],
    [
      'load-balancer',
      'fast',
      { InterfaceType: 'network_load_balancer', Description: 'ELB net/fast/0123456789abcdef' },
    ],
    ['database', 'eni-1', { Description: 'RDSNetworkInterface', RequesterId: 'amazon-rds' }],
    ['database', 'eni-1', { Description: 'RedshiftNetworkInterface', RequesterId: 'amazon-redshift' }],
    [
      'function',
      'resize-image',
      {
        InterfaceType: 'lambda',
        Description: 'AWS Lambda VPC ENI-resize-image-7c2a1a52-5c7e-4b1f-9d3a-0a1b2c3d4e5f',
        RequesterId: 'AROAEXAMPLE:resize-image',
      },
    ],
    [
      'vpc-endpoint',
      'vpce-0a1b2c3d',
      { InterfaceType: 'vpc_endpoint', Description: 'VPC Endpoint Interface vpce-0a1b2c3d' },
    ],
    [
      'file-system',
      'fs-0a1b2c3d',
      { Description: 'EFS mount target for fs-0a1b2c3d (fsmt-0e1f2a3b)', RequesterId: '111122223333' },
    ],
    ['cache', 'sessions-001', { Description: 'ElastiCache sessions-001', RequesterId: 'amazon-elasticache' }],
    ['kubernetes-cluster', 'blue', { Description: 'Amazon EKS blue', RequesterId: '111122223333' }],
    [
      'container-task',
      'eni-1',
      {
        Description: 'arn:aws:ecs:us-east-1:111122223333:attachment/0a1b2c3d-1111-2222-3333-0a1b2c3d4e5f',
      },
    ],
    ['network-interface', 'eni-1', { Description: 'made by hand for ELB app tests' }],
    // Its mark is enough where the description is of an unknown form.
    ['function', 'eni-1', { InterfaceType: 'lambda', Description: '' }],
  ])('is a %s "%s" where the interface says so, and the group is then missed', (kind, name, marks) => {
    const missing = usersOf(eni(1, ['web'], marks));
    expect(missing.usedBy).toEqual([{ kind, name, id: 'eni-1', side: 'source' }]);
    expect(missing.severity).toBe('critical');
  });

  it('is named once, however many interfaces it has', () => {
    const { usedBy } = usersOf(eni(2, ['web'], ALB), eni(1, ['web'], ALB));
    expect(usedBy).toEqual([{ kind: 'load-balancer', name: 'shop', id: 'eni-1', side: 'source' }]);
  });

  it('is not said twice of an instance, whose interfaces are known from it', () => {
    const instance: AwsInstance = {
      InstanceId: 'i-1',
      State: { Name: 'running' },
      NetworkInterfaces: [{ Groups: [{ GroupId: 'sg-web' }] }],
      Tags: [{ Key: 'Name', Value: 'node' }],
    };
    const attached = eni(1, ['web'], { Attachment: { InstanceId: 'i-1' } });
    const other = eni(2, ['web'], { Attachment: { InstanceId: 'i-2' } });
    const report = audit(
      estate(['web'], interfaces(attached, other), { instances: [instance] }),
      estate([], interfaces()),
    );
    expect(finding(report, 'security-group/missing').usedBy).toEqual([
      { kind: 'instance', name: 'node', id: 'i-1', side: 'source' },
      // Not in the list of instances: the interface alone tells of it.
      { kind: 'instance', name: 'i-2', id: 'eni-2', side: 'source' },
    ]);
  });

  it('is nothing where an interface is attached to nothing, unless a launch names it', () => {
    const spare = eni(1, ['web'], { Status: 'available' });
    const template = {
      LaunchTemplateId: 'lt-1',
      LaunchTemplateName: 'spare',
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [
        {
          VersionNumber: 1,
          LaunchTemplateData: { NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: 'eni-1' }] },
        },
      ],
    };
    const of = (more: Estate) =>
      finding(
        audit(estate(['web'], interfaces(spare), more), estate([], interfaces())),
        'security-group/missing',
      );
    expect(of({})).toMatchObject({ severity: 'high', usedBy: [] });
    expect(of({ launchTemplates: [template] })).toMatchObject({
      severity: 'critical',
      usedBy: [{ kind: 'network-interface', name: 'eni-1' }],
    });
  });
});

describe('a rule that moved between the groups of a load balancer', () => {
  const moved = (source: AwsNetworkInterface[], target: AwsNetworkInterface[] = []) =>
    audit(
      {
        vpcs: [VPC],
        securityGroups: [group('web', [HTTPS, SSH]), group('ops', [])],
        launchFacts: interfaces(...source),
      },
      {
        vpcs: [VPC],
        securityGroups: [group('web', [HTTPS]), group('ops', [SSH])],
        launchFacts: interfaces(...target),
      },
    );

  it('cancels out where each of its interfaces has both', () => {
    const report = moved([eni(1, ['web', 'ops'], ALB)]);
    expect(found(report)).toEqual(['security-group/allows-less low', 'security-group/allows-more low']);
    expect(report.findings[0]?.facts).toMatchObject({ cancelledBy: ['ops'], wornBy: ['shop'] });
  });

  it.each([
    ['of the source', [eni(1, ['web', 'ops'], ALB), eni(2, ['web'])], []],
    ['of the target', [eni(1, ['web', 'ops'], ALB)], [eni(2, ['web'])]],
    ['with a group of another account', [eni(1, ['web', 'ops', 'foreign'], ALB)], []],
  ])('is a difference where an interface %s has another set of groups', (_, source, target) => {
    expect(found(moved(source, target))).toContain('security-group/allows-less high');
  });
});

describe('network interfaces that were not read', () => {
  it('are a gap where the read was denied, which blocks what depends on it alone', () => {
    const used = audit(estate(['web'], denied), estate([], denied));
    expect(used.gaps.map((g) => [g.side, g.blocking])).toEqual([
      ['source', true],
      ['target', false],
    ]);
    expect(used.complete).toBe(false);
    const same = audit(estate(['web'], denied), estate(['web'], denied));
    expect(same.gaps.map((g) => g.blocking)).toEqual([false, false]);
    expect(same.verdict).toBe('parity');
  });

  it('are listed as not looked at where a finding depends on them and nobody asked', () => {
    const what =
      'network interfaces (which load balancers, databases, functions and endpoints use a security group)';
    const report = audit(estate(['web'], {}), estate([], {}));
    expect(report.notLookedAt).toMatchObject([{ what, side: 'source' }]);
    expect(report.gaps).toEqual([]);
    expect(audit(estate(['web'], {}), estate(['web'], {})).notLookedAt).toEqual([]);
  });

  it('are left out by the config, and said to be', () => {
    const config = { launch: { skip: ['networkInterfaces' as const] } };
    const report = audit(estate(['web'], interfaces(eni(1, ['web'], ALB))), estate([], {}), { config });
    expect(finding(report, 'security-group/missing')).toMatchObject({ severity: 'high', usedBy: [] });
    expect(report.notLookedAt).toMatchObject([{ because: 'Left out by the config (launch.skip).' }]);
  });

  it('are not missed where the report is about other kinds', () => {
    const report = audit(estate(['web'], denied), estate([], denied), { scopes: ['images'] });
    expect(report.gaps).toEqual([]);
    expect(report.notLookedAt).toEqual([]);
  });
});
