import { expect, it } from 'vitest';
import { readTemplate } from '../../src/cloudformation/index.ts';

const starts = (Type: string, Properties: object) =>
  readTemplate(JSON.stringify({ Resources: { R: { Type, Properties } } })).launches.some((l) => l.starts);

it.each([
  ['AWS::EKS::Cluster', { ComputeConfig: { Enabled: true } }, true],
  ['AWS::EKS::Cluster', { ComputeConfig: { Enabled: { Ref: 'Auto' } } }, true],
  [
    'AWS::EKS::Cluster',
    { ComputeConfig: { 'Fn::If': ['A', { Enabled: true }, { Ref: 'AWS::NoValue' }] } },
    true,
  ],
  ['AWS::EKS::Cluster', { ComputeConfig: { Enabled: 'false' } }, false],
  ['AWS::EKS::Cluster', { ComputeConfig: { Enabled: { Ref: 'AWS::NoValue' } } }, false],
  ['AWS::EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: ['subnet-1'] } }, false],
  ['AWS::RDS::DBInstance', { Engine: 'custom-oracle-ee', CustomIAMInstanceProfile: 'AWSRDSCustom' }, true],
  ['AWS::RDS::DBInstance', { Engine: 'postgres', VPCSecurityGroups: ['sg-1'] }, false],
])('%s with %j starts EC2 instances in the account: %s', (type, properties, expected) => {
  expect(starts(type, properties)).toBe(expected);
});

it('groups of what starts instances only with a property count as those of a launch', () => {
  const groups = (ComputeConfig: object) =>
    readTemplate(
      JSON.stringify({
        Resources: {
          R: {
            Type: 'AWS::EKS::Cluster',
            Properties: { ComputeConfig, ResourcesVpcConfig: { SecurityGroupIds: ['sg-0aaaaaaaaaaaaaaaa'] } },
          },
        },
      }),
    ).references.map((r) => r.launches);
  expect(groups({ Enabled: true })).toEqual([true]);
  expect(groups({ Enabled: false })).toEqual([false]);
});
