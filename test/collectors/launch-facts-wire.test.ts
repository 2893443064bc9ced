import { describe, expect, it } from 'vitest';
import type { FactKind } from '../../src/inventory/launch-facts/kinds.ts';
import type { Fault, RegionModel } from '../endpoint/endpoint.ts';
import { closingEndpoints, endpoint, HERE, withKeys } from './kit.ts';
import { EVERY_FACT, lookedUp, runningRegion } from './workloads-kit.ts';

withKeys();
closingEndpoints();

const many = <Row>(row: (n: number) => Row): Row[] => Array.from({ length: 7 }, (_, n) => row(n));

/** Seven rows of everything that comes in pages. */
const PAGED: NonNullable<RegionModel['facts']> = {
  Subnets: many((n) => ({ SubnetId: `subnet-${n}`, VpcId: 'vpc-1' })),
  RouteTables: many((n) => ({ RouteTableId: `rtb-${n}`, VpcId: 'vpc-1' })),
  NetworkAcls: many((n) => ({ NetworkAclId: `acl-${n}`, VpcId: 'vpc-1' })),
  InternetGateways: many((n) => ({ InternetGatewayId: `igw-${n}` })),
  NatGateways: many((n) => ({ NatGatewayId: `nat-${n}` })),
  NetworkInterfaces: many((n) => ({ NetworkInterfaceId: `eni-${n}` })),
  CapacityReservations: many((n) => ({ CapacityReservationId: `cr-${n}` })),
  SecurityGroupVpcAssociations: many((n) => ({ GroupId: 'sg-1', VpcId: `vpc-${n}` })),
  InstanceTypeOfferings: many((n) => ({
    InstanceType: 'm5.large',
    LocationType: 'availability-zone',
    Location: `${HERE}${'abcdefg'[n]}`,
  })),
};

const ACTIONS = {
  subnets: 'DescribeSubnets',
  routeTables: 'DescribeRouteTables',
  networkAcls: 'DescribeNetworkAcls',
  internetGateways: 'DescribeInternetGateways',
  natGateways: 'DescribeNatGateways',
  networkInterfaces: 'DescribeNetworkInterfaces',
  capacityReservations: 'DescribeCapacityReservations',
  groupVpcs: 'DescribeSecurityGroupVpcAssociations',
} as const satisfies Partial<Record<FactKind, string>>;
const KINDS = Object.entries(ACTIONS) as [keyof typeof ACTIONS, string][];

describe('what launches need, in pages', () => {
  it.each(KINDS)('%s are read to the last page, through short and empty ones', async (kind, action) => {
    const faults = { [action]: { pageCap: 3, emptyPages: 1 } };
    const ec2 = await endpoint({ [HERE]: { ...runningRegion, facts: PAGED, faults } });
    const { launchFacts } = await lookedUp(ec2, { facts: EVERY_FACT });
    const found = launchFacts[kind];
    expect(found.status === 'complete' && found.items.length).toBe(7);
    expect(ec2.calls(action)).toHaveLength(6);
  });

  it('the zones of one instance type are read from every page', async () => {
    const faults = { DescribeInstanceTypeOfferings: { pageCap: 2 } };
    const ec2 = await endpoint({ [HERE]: { ...runningRegion, facts: PAGED, faults } });
    const { instanceTypeOfferings: offered } = (await lookedUp(ec2, { facts: EVERY_FACT })).launchFacts;
    const item = offered.status === 'complete' ? offered.items.find(({ id }) => id === 'm5.large') : null;
    expect(item?.zones).toHaveLength(7);
  });

  const broken: [string, Fault][] = [
    ['a token that leads back to the first page', { pageCap: 3, tokenLoop: true }],
    ['an empty body', { body: '' }],
    [
      'the answer of another call',
      { body: '<DescribeKeyPairsResponse><keySet/></DescribeKeyPairsResponse>' },
    ],
    ['a page of HTML', { html: true }],
    ['XML whose tags do not match', { brokenXml: true }],
    ['half of the document', { truncate: true }],
    ['half of the body', { dropHalfway: true }],
  ];
  it.each(
    broken.flatMap(([what, fault]) => KINDS.map(([kind, action]) => [what, kind, action, fault] as const)),
  )('%s makes %s a failure, never an empty list', async (_, kind, action, fault) => {
    const ec2 = await endpoint({ [HERE]: { ...runningRegion, facts: PAGED, faults: { [action]: fault } } });
    const { launchFacts } = await lookedUp(ec2, { facts: EVERY_FACT });
    const own = launchFacts[kind];
    expect(own.status).toBe('failed');
    expect(own.status === 'failed' && own.failure.code).not.toBe('not-read');
    const others = KINDS.filter(([other]) => other !== kind);
    expect(others.filter(([other]) => launchFacts[other].status !== 'complete')).toEqual([]);
  });
});
