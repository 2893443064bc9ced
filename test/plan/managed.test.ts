import { describe, expect, it } from 'vitest';
import { ED25519, RSA } from '../inventory/vectors.ts';
import { ACCOUNT, allow, type Estate, group, VPC } from '../kit/estate.ts';
import { becauseOf, doing, planned } from './kit.ts';

const OTHER = '222233334444';

describe('what a plan leaves to those who manage it', () => {
  const template = (id: string, KeyName: string, more: object = {}) => ({
    LaunchTemplateId: id,
    LaunchTemplateName: 'app',
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    Versions: [{ VersionNumber: 1, LaunchTemplateData: { InstanceType: 't3.micro' as const, KeyName } }],
    ...more,
  });
  const keyPairs = [
    { KeyName: 'a', PublicKey: ED25519.line },
    { KeyName: 'b', PublicKey: RSA.line },
  ];

  it.each([
    [
      { Managed: true, Principal: 'ec2.compute-agent.amazonaws.com' },
      /^ec2\.compute-agent\.amazonaws\.com manages it/,
    ],
    [{ Managed: true }, /^An AWS service manages it/],
    [{ Managed: false }, null],
  ])('a launch template of the target with the operator %j', (Operator, because) => {
    const made = planned(
      { keyPairs, launchTemplates: [template('lt-1', 'a')] },
      { keyPairs, launchTemplates: [template('lt-2', 'b', { Operator })] },
    );
    expect(doing(made)).toHaveLength(because === null ? 2 : 0);
    expect(becauseOf(made, 'workload/differs')).toEqual(
      because === null ? [] : [expect.stringMatching(because)],
    );
  });

  it('a launch template of the source that a service manages is not created', () => {
    const Operator = { Managed: true, Principal: 'eks.amazonaws.com' };
    const made = planned({ keyPairs, launchTemplates: [template('lt-1', 'a', { Operator })] }, { keyPairs });
    expect(doing(made)).toEqual([]);
    expect(becauseOf(made, 'workload/missing')).toEqual([expect.stringContaining('eks.amazonaws.com')]);
  });

  it('a prefix list whose entries IPAM sets', () => {
    const list = (id: string, entry: string, synced: boolean) => ({
      PrefixListId: id,
      PrefixListName: 'office',
      AddressFamily: 'IPv4',
      MaxEntries: 9,
      Entries: [entry, '192.0.2.0/24'].slice(synced ? 1 : 0),
      IpamPrefixListResolverSyncEnabled: synced,
      IpamPrefixListResolverTargetId: 'ipam-pl-1',
    });
    const made = (synced: boolean) =>
      planned(
        { prefixLists: [list('pl-1', '198.51.100.0/24', false)] },
        {
          prefixLists: [{ ...list('pl-2', '192.0.2.0/24', true), IpamPrefixListResolverSyncEnabled: synced }],
        },
      );
    expect(doing(made(false))).toEqual(['Change the prefix list "office": add 1 entry']);
    expect(doing(made(true))).toEqual([]);
    expect(becauseOf(made(true), 'prefix-list/entries-differ')).toEqual([
      'IPAM sets the entries of the prefix list of the target (ipam-pl-1). Change the prefix list resolver.',
    ]);
  });

  it('a group of a shared VPC that another account owns', () => {
    const rules = [allow('tcp', 443, 443, '192.0.2.0/24')];
    const made = planned(
      { vpcs: [VPC], securityGroups: [group('web', rules)] },
      { vpcs: [VPC], securityGroups: [group('web', [], { OwnerId: OTHER })] },
    );
    expect(doing(made)).toEqual([]);
    expect(becauseOf(made, 'security-group/allows-less')).toEqual([
      expect.stringContaining(`Account ${OTHER} owns it`),
    ]);
  });
});

describe('groups that cannot be created', () => {
  it('changes the rules of the default group of a VPC, and creates none', () => {
    const side = (rules: Parameters<typeof group>[1]): Estate => ({
      vpcs: [VPC],
      securityGroups: [group('default', rules)],
    });
    const rules = [allow('tcp', 443, 443, '192.0.2.0/24')];
    expect(doing(planned(side(rules), side([])))).toEqual(['Authorize 1 rule of ingress on "default"']);
    const missing = planned(side(rules), { vpcs: [VPC] });
    expect(missing.plan.steps.map((s) => s.operation.type)).not.toContain('create-security-group');
  });

  it('one whose name differs from that of another group of the VPC by its case only', () => {
    const made = planned(
      { vpcs: [VPC], securityGroups: [group('web', []), group('Web-2', [])] },
      {
        vpcs: [VPC],
        securityGroups: [group('WEB', [], { GroupId: 'sg-9', OwnerId: OTHER }), group('web-2 ', [])],
      },
    );
    expect(made.plan.steps.map((s) => s.operation.type)).not.toContain('create-security-group');
  });

  it('creates groups of one name in the VPC of each', () => {
    const vpc = (VpcId: string, Value: string) => ({
      VpcId,
      CidrBlock: '10.0.0.0/16',
      Tags: [{ Key: 'Name', Value }],
    });
    const of = (VpcId: string) => group('web', [], { VpcId, GroupId: `sg-${VpcId}`, OwnerId: ACCOUNT });
    const made = planned(
      { vpcs: [vpc('vpc-1', 'a'), vpc('vpc-2', 'b')], securityGroups: [of('vpc-1'), of('vpc-2')] },
      { vpcs: [vpc('vpc-3', 'a'), vpc('vpc-4', 'b')] },
    );
    const created = made.plan.steps.flatMap(({ operation: o }) =>
      o.type === 'create-security-group' ? [`${o.name} ${o.vpcId}`] : [],
    );
    expect(created.sort()).toEqual(['web vpc-3', 'web vpc-4']);
  });
});
