import { describe, expect, it } from 'vitest';
import type { SnapshotKind } from '../../src/inventory/snapshot.ts';
import {
  busyRegion,
  closingEndpoints,
  endpoint,
  failureIn,
  HERE,
  itemsIn,
  snapshotOf,
  withKeys,
} from './kit.ts';
import { lookedUp, workloadsOf } from './workloads-kit.ts';

withKeys();
closingEndpoints();

const group = (rules: string) =>
  `<DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>sg-1</groupId><groupName>web</groupName><vpcId>vpc-1</vpcId>${rules}</item></securityGroupInfo></DescribeSecurityGroupsResponse>`;
const EGRESS = '<ipPermissionsEgress/>';

/** Bodies of 200 that the SDK reads as "there is nothing", or as less than they hold. */
const BODIES: readonly (readonly [what: string, kind: SnapshotKind, action: string, body: string])[] = [
  [
    'text in place of a list',
    'keyPairs',
    'DescribeKeyPairs',
    '<DescribeKeyPairsResponse><keySet>garbage</keySet></DescribeKeyPairsResponse>',
  ],
  [
    'text beside the items',
    'keyPairs',
    'DescribeKeyPairs',
    '<DescribeKeyPairsResponse><keySet>garbage<item><keyName>a</keyName></item></keySet></DescribeKeyPairsResponse>',
  ],
  [
    'elements of another name',
    'vpcs',
    'DescribeVpcs',
    '<DescribeVpcsResponse><vpcSet><error><code>x</code></error></vpcSet></DescribeVpcsResponse>',
  ],
  [
    'text in place of the rules of a group',
    'securityGroups',
    'DescribeSecurityGroups',
    group(`<ipPermissions>garbage</ipPermissions>${EGRESS}`),
  ],
  [
    'text in place of the ranges of a rule',
    'securityGroups',
    'DescribeSecurityGroups',
    group(
      `<ipPermissions><item><ipProtocol>tcp</ipProtocol><ipRanges>garbage</ipRanges></item></ipPermissions>${EGRESS}`,
    ),
  ],
  ['a group without rules', 'securityGroups', 'DescribeSecurityGroups', group(EGRESS)],
  ['a group without outgoing rules', 'securityGroups', 'DescribeSecurityGroups', group('<ipPermissions/>')],
  [
    'a rule without ranges',
    'securityGroups',
    'DescribeSecurityGroups',
    group(`<ipPermissions><item><ipProtocol>-1</ipProtocol></item></ipPermissions>${EGRESS}`),
  ],
];

describe('an answer that is well-formed and says nothing is malformed, not empty', () => {
  it.each(BODIES)('%s', async (_, kind, action, body) => {
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { [action]: { body } } } });
    expect(failureIn((await snapshotOf(ec2))[kind])).toMatchObject({
      code: 'malformed',
      message: expect.stringMatching(new RegExp(`^${action} in eu-west-1: .*[a-z]`)),
    });
  });

  it.each([
    ['an empty element', '<DescribeKeyPairsResponse><keySet/></DescribeKeyPairsResponse>'],
    [
      'one with white space and an attribute',
      '<DescribeKeyPairsResponse xmlns="x"><keySet xmlns:a="b">\n  </keySet></DescribeKeyPairsResponse>',
    ],
  ])('but %s is an empty list', async (_, body) => {
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { DescribeKeyPairs: { body } } } });
    expect(itemsIn((await snapshotOf(ec2)).keyPairs)).toEqual([]);
  });

  it.each([
    ['without instances', '<item><reservationId>r-1</reservationId></item>'],
    ['with an empty list of them', '<item><reservationId>r-1</reservationId><instancesSet/></item>'],
    ['that is text', '<item>garbage</item>'],
  ])('a reservation %s', async (_, item) => {
    const body = `<DescribeInstancesResponse><reservationSet>${item}</reservationSet></DescribeInstancesResponse>`;
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { DescribeInstances: { body } } } });
    expect(failureIn((await workloadsOf(ec2)).instances)).toMatchObject({
      code: 'malformed',
      message: expect.stringMatching(/ has no instances$/),
    });
  });

  it('text in place of the Auto Scaling groups', async () => {
    const body =
      '<DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult><AutoScalingGroups>garbage</AutoScalingGroups></DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>';
    const ec2 = await endpoint({
      [HERE]: { ...busyRegion, faults: { DescribeAutoScalingGroups: { body } } },
    });
    expect(failureIn((await workloadsOf(ec2)).autoScalingGroups).code).toBe('malformed');
  });

  it('a launch template version without its data', async () => {
    const ec2 = await endpoint({
      [HERE]: {
        ...busyRegion,
        launchTemplates: [
          {
            LaunchTemplateId: 'lt-1',
            LaunchTemplateName: 'web',
            DefaultVersionNumber: 1,
            LatestVersionNumber: 1,
            Versions: [{ VersionNumber: 1 }],
          },
        ],
      },
    });
    const snapshot = await workloadsOf(ec2);
    expect(itemsIn(snapshot.launchTemplates)).toMatchObject([{ id: 'lt-1', versions: null }]);
    expect(snapshot.gaps).toContainEqual(
      expect.objectContaining({
        kind: 'launch-template',
        code: 'malformed',
        message: expect.stringContaining('version 1 has no LaunchTemplateData'),
      }),
    );
  });

  it.each([
    ['a row without value', '{"Parameters":[{"Name":"/p","Type":"String"}],"InvalidParameters":[]}'],
    ['a value that is a number', '{"Parameters":[{"Name":"/p","Value":5}]}'],
    ['rows that are numbers', '{"Parameters":[5]}'],
    ['rows that are null', '{"Parameters":[null]}'],
    ['an object in place of the rows', '{"Parameters":{"Name":"/p"}}'],
    ['text in place of the rows', '{"Parameters":"none"}'],
    ['a name that is an object', '{"Parameters":[{"Name":{},"Value":"ami-1"}]}'],
    ['text in place of the invalid names', '{"Parameters":[],"InvalidParameters":"/p"}'],
    ['numbers in place of the invalid names', '{"Parameters":[],"InvalidParameters":[1]}'],
  ])('an answer of SSM with %s is a failure of that call, and no defect of the tool', async (_, body) => {
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { GetParameters: { body } } } });
    const snapshot = await lookedUp(ec2, { parameterNames: ['/p'] });
    const failure = failureIn(snapshot.parameters);
    expect(failure).toMatchObject({ message: expect.stringMatching(/^GetParameters in eu-west-1: \S/) });
    expect(failure.code).toBe('malformed');
  });
});
