import { describe, expect, it } from 'vitest';
import type { Collected } from '../../src/inventory/collected.ts';
import type { FactKind } from '../../src/inventory/launch-facts/kinds.ts';
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
import { EVERY_FACT, lookedUp, runningRegion, workloadsOf } from './workloads-kit.ts';

withKeys();
closingEndpoints();

const ec2Answer = (action: string, content: string) => `<${action}Response>${content}</${action}Response>`;
const queryAnswer = (action: string, content: string) =>
  ec2Answer(action, `<${action}Result>${content}</${action}Result>`);

/** What stands in for a list: nothing of it is an item, and the SDK reads "there are none". */
const SPOILT: readonly (readonly [what: string, spoilt: (list: string) => string])[] = [
  ['text', (list) => `<${list}>garbage</${list}>`],
  ['an element of another name', (list) => `<${list}><error><code>Busy</code></error></${list}>`],
  ['marked-up text', (list) => `<${list}><html><body>Sign in</body></html></${list}>`],
];

const KINDS: readonly (readonly [SnapshotKind, action: string, list: string, answer: typeof ec2Answer])[] = [
  ['keyPairs', 'DescribeKeyPairs', 'keySet', ec2Answer],
  ['vpcs', 'DescribeVpcs', 'vpcSet', ec2Answer],
  ['securityGroups', 'DescribeSecurityGroups', 'securityGroupInfo', ec2Answer],
  ['images', 'DescribeImages', 'imagesSet', ec2Answer],
  ['prefixLists', 'DescribeManagedPrefixLists', 'prefixListSet', ec2Answer],
];
const WORKLOADS: typeof KINDS = [
  ['instances', 'DescribeInstances', 'reservationSet', ec2Answer],
  ['launchTemplates', 'DescribeLaunchTemplates', 'launchTemplates', ec2Answer],
  ['autoScalingGroups', 'DescribeAutoScalingGroups', 'AutoScalingGroups', queryAnswer],
  ['launchConfigurations', 'DescribeLaunchConfigurations', 'LaunchConfigurations', queryAnswer],
  ['stacks', 'DescribeStacks', 'Stacks', queryAnswer],
];
const FACTS: readonly (readonly [FactKind, action: string, list: string])[] = [
  ['subnets', 'DescribeSubnets', 'subnetSet'],
  ['routeTables', 'DescribeRouteTables', 'routeTableSet'],
  ['networkAcls', 'DescribeNetworkAcls', 'networkAclSet'],
  ['internetGateways', 'DescribeInternetGateways', 'internetGatewaySet'],
  ['natGateways', 'DescribeNatGateways', 'natGatewaySet'],
  ['networkInterfaces', 'DescribeNetworkInterfaces', 'networkInterfaceSet'],
  ['capacityReservations', 'DescribeCapacityReservations', 'capacityReservationSet'],
  ['placementGroups', 'DescribePlacementGroups', 'placementGroupSet'],
];

const faulty = (action: string, body: string) =>
  endpoint({ [HERE]: { ...runningRegion, facts: {}, faults: { [action]: { body } } } });
const malformed = (collected: Collected<unknown>) => expect(failureIn(collected).code).toBe('malformed');

describe.each(SPOILT)('%s in place of the items of a list is malformed, not empty', (_, spoilt) => {
  it.each(KINDS)('%s', async (kind, action, list, answer) => {
    malformed((await snapshotOf(await faulty(action, answer(action, spoilt(list)))))[kind]);
  });
  it.each(WORKLOADS)('%s', async (kind, action, list, answer) => {
    malformed((await workloadsOf(await faulty(action, answer(action, spoilt(list)))))[kind]);
  });
  it.each(FACTS)('%s', async (kind, action, list) => {
    const found = await lookedUp(await faulty(action, ec2Answer(action, spoilt(list))), {
      facts: EVERY_FACT,
    });
    const own = found.launchFacts[kind];
    // To an endpoint that is not AWS's, a fact about launches is not supported: it is left out, and said to be.
    expect(own).toMatchObject({ status: 'failed', failure: { code: 'unsupported' } });
  });
});

describe('a list of a row that is not there, or is text', () => {
  const ofPrefixList = (content: string) => ec2Answer('GetManagedPrefixListEntries', content);
  it.each(['<entrySet>garbage</entrySet>', ''])('entries of a prefix list: "%s"', async (content) => {
    const snapshot = await snapshotOf(await faulty('GetManagedPrefixListEntries', ofPrefixList(content)));
    expect(itemsIn(snapshot.prefixLists)).toMatchObject([{ id: 'pl-1', entries: null }, { id: 'pl-2' }]);
    expect(snapshot.gaps).toContainEqual(expect.objectContaining({ code: 'malformed' }));
  });

  it.each(['<launchPermission>garbage</launchPermission>', ''])(
    'launch permissions of an image: "%s"',
    async (content) => {
      const body = ec2Answer('DescribeImageAttribute', content);
      const snapshot = await snapshotOf(
        await endpoint({ [HERE]: { ...busyRegion, faults: { DescribeImageAttribute: { body } } } }),
      );
      expect(itemsIn(snapshot.images)).toMatchObject([{ id: 'ami-1', launchPermissions: null }]);
      expect(snapshot.gaps).toContainEqual(expect.objectContaining({ code: 'malformed' }));
    },
  );

  it.each(['<launchTemplateVersionSet>garbage</launchTemplateVersionSet>', ''])(
    'versions of a launch template: "%s"',
    async (content) => {
      const snapshot = await workloadsOf(
        await faulty('DescribeLaunchTemplateVersions', ec2Answer('DescribeLaunchTemplateVersions', content)),
      );
      expect(itemsIn(snapshot.launchTemplates)).toMatchObject([{ id: 'lt-1', versions: null }]);
      expect(snapshot.gaps).toContainEqual(expect.objectContaining({ code: 'malformed' }));
    },
  );

  it.each([
    ['no rules', ''],
    ['rules, and no outgoing rules', '<ipPermissions/>'],
    ['outgoing rules, and no rules', '<ipPermissionsEgress/>'],
    [
      'text in the peers of a rule',
      '<ipPermissions><item><ipProtocol>tcp</ipProtocol><groups>x</groups></item></ipPermissions><ipPermissionsEgress/>',
    ],
    ['a rule without anything', '<ipPermissions><item/></ipPermissions><ipPermissionsEgress/>'],
  ])('a group with %s, beside one that is whole', async (_, rules) => {
    const one = (id: string, content: string) =>
      `<item><groupId>${id}</groupId><groupName>${id}</groupName><vpcId>vpc-1</vpcId>${content}</item>`;
    const whole = '<ipPermissions/><ipPermissionsEgress/>';
    const body = ec2Answer(
      'DescribeSecurityGroups',
      `<securityGroupInfo>${one('sg-1', whole)}${one('sg-2', rules)}</securityGroupInfo>`,
    );
    malformed((await snapshotOf(await faulty('DescribeSecurityGroups', body))).securityGroups);
  });

  it.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"none"'],
    ['a number', '5'],
    ['an object without the rows', '{}'],
    ['a row whose name is a number', '{"Parameters":[{"Name":5,"Value":"ami-1"}]}'],
    ['a row whose value is a list', '{"Parameters":[{"Name":"/p","Value":["ami-1"]}]}'],
    ['null in place of the rows', '{"Parameters":null}'],
  ])('an answer of SSM that is %s', async (_, body) => {
    const snapshot = await lookedUp(await faulty('GetParameters', body), { parameterNames: ['/p'] });
    malformed(snapshot.parameters);
  });
});
