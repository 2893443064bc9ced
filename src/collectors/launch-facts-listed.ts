import { exportFrom } from '../inventory/launch-facts/account.ts';
import {
  capacityReservationFrom,
  type Offering,
  offeringsFrom,
  placementGroupFrom,
  volumeSnapshotFrom,
} from '../inventory/launch-facts/compute.ts';
import { type InstanceTypeFacts, instanceTypeFrom } from '../inventory/launch-facts/instance-type.ts';
import { EVERY_TYPE } from '../inventory/launch-facts/kinds.ts';
import {
  groupVpcFrom,
  internetGatewayFrom,
  natGatewayFrom,
  networkAclFrom,
  networkInterfaceFrom,
  routeTableFrom,
  subnetFrom,
} from '../inventory/launch-facts/network.ts';
import type { PagedAction } from './actions.ts';
import { allPages, listed } from './paging.ts';
import type { Reader } from './reader.ts';

/** EC2 takes at most so many values of one filter. */
const FILTER_VALUES = 200;

/** By filter, since one unknown name in a list of names fails the whole call (facts I). */
async function filtered<Row>(
  names: readonly string[],
  read: (values: string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const chunks = Array.from({ length: Math.ceil(names.length / FILTER_VALUES) }, (_, i) =>
    names.slice(i * FILTER_VALUES, (i + 1) * FILTER_VALUES),
  );
  return (await Promise.all(chunks.map(read))).flat();
}

/** Without a filter where every type is wanted. */
function filteredByType<Row>(
  names: readonly string[],
  read: (filters: { Filters?: { Name: string; Values: string[] }[] }) => Promise<Row[]>,
): Promise<Row[]> {
  if (names.includes(EVERY_TYPE)) return read({});
  return filtered(names, (Values) => read({ Filters: [{ Name: 'instance-type', Values }] }));
}

/** A type that was requested and is offered in no zone is listed as not offered. */
export async function readOfferings(reader: Reader, names: readonly string[]): Promise<Offering[]> {
  const rows = await filteredByType(names, (Filters) =>
    allPages(reader, {
      action: 'DescribeInstanceTypeOfferings',
      what: 'instance type offerings',
      ask: async (position) => {
        const answer = await reader.call('DescribeInstanceTypeOfferings', {
          LocationType: 'availability-zone',
          ...Filters,
          ...position,
        });
        return { rows: answer.InstanceTypeOfferings, next: answer.NextToken };
      },
      idOf: ({ InstanceType, Location }) => (InstanceType ? `${InstanceType} ${Location ?? ''}` : undefined),
    }),
  );
  const offered = new Map(offeringsFrom(rows).map((offering) => [offering.id, offering]));
  const every = names.includes(EVERY_TYPE);
  if (every) offered.set(EVERY_TYPE, { id: EVERY_TYPE, zones: [], inRegion: true });
  const asked = names.map((id) => offered.get(id) ?? { id, zones: [], inRegion: false });
  return every ? [...new Map([...offered.values(), ...asked].map((o) => [o.id, o])).values()] : asked;
}

export async function readTypes(reader: Reader, names: readonly string[]): Promise<InstanceTypeFacts[]> {
  const rows = await filteredByType(names, (Filters) =>
    allPages(reader, {
      action: 'DescribeInstanceTypes',
      what: 'instance types',
      ask: async (position) => {
        const answer = await reader.call('DescribeInstanceTypes', { ...Filters, ...position });
        return { rows: answer.InstanceTypes, next: answer.NextToken };
      },
      idOf: ({ InstanceType }) => InstanceType,
    }),
  );
  // An emulator may not know the filter.
  return rows.map(instanceTypeFrom).filter(({ id }) => names.includes(EVERY_TYPE) || names.includes(id));
}

export async function readVolumeSnapshots(reader: Reader, names: readonly string[]) {
  const rows = await filtered(names, (Values) =>
    allPages(reader, {
      action: 'DescribeSnapshots',
      what: 'snapshots',
      ask: async (position) => {
        const Filters = [{ Name: 'snapshot-id', Values }];
        const { Snapshots, NextToken } = await reader.call('DescribeSnapshots', { Filters, ...position });
        return { rows: Snapshots, next: NextToken };
      },
      idOf: ({ SnapshotId }) => SnapshotId,
    }),
  );
  // Without owners EC2 returns everything that the account may use: what it leaves out cannot be launched with.
  const known = new Map(rows.map(volumeSnapshotFrom).map((snapshot) => [snapshot.id, snapshot]));
  return names.map((id) => known.get(id) ?? { id, sizeGiB: null, state: null, exists: false });
}

interface Position {
  readonly MaxResults: number;
  readonly NextToken?: string;
}

function pages<Row, Item>(
  action: PagedAction,
  what: string,
  ask: (
    reader: Reader,
    position: Position,
  ) => Promise<{ rows: readonly Row[] | undefined; next: string | undefined }>,
  idOf: (row: Row) => string | undefined,
  from: (row: Row) => Item,
) {
  return {
    action,
    read: async (reader: Reader): Promise<Item[]> => {
      const rows = await allPages(reader, { action, what, ask: (position) => ask(reader, position), idOf });
      return rows.map(from);
    },
  };
}

/** The kinds of which all in the region are read. */
export const LISTED = {
  subnets: pages(
    'DescribeSubnets',
    'subnets',
    async (reader, position) => {
      const { Subnets: rows, NextToken: next } = await reader.call('DescribeSubnets', position);
      return { rows, next };
    },
    (row) => row.SubnetId,
    subnetFrom,
  ),
  routeTables: pages(
    'DescribeRouteTables',
    'route tables',
    async (reader, position) => {
      const { RouteTables: rows, NextToken: next } = await reader.call('DescribeRouteTables', position);
      return { rows, next };
    },
    (row) => row.RouteTableId,
    routeTableFrom,
  ),
  networkAcls: pages(
    'DescribeNetworkAcls',
    'network ACLs',
    async (reader, position) => {
      const { NetworkAcls: rows, NextToken: next } = await reader.call('DescribeNetworkAcls', position);
      return { rows, next };
    },
    (row) => row.NetworkAclId,
    networkAclFrom,
  ),
  internetGateways: pages(
    'DescribeInternetGateways',
    'internet gateways',
    async (reader, position) => {
      const answer = await reader.call('DescribeInternetGateways', position);
      return { rows: answer.InternetGateways, next: answer.NextToken };
    },
    (row) => row.InternetGatewayId,
    internetGatewayFrom,
  ),
  natGateways: pages(
    'DescribeNatGateways',
    'NAT gateways',
    async (reader, position) => {
      const { NatGateways: rows, NextToken: next } = await reader.call('DescribeNatGateways', position);
      return { rows, next };
    },
    (row) => row.NatGatewayId,
    natGatewayFrom,
  ),
  networkInterfaces: pages(
    'DescribeNetworkInterfaces',
    'network interfaces',
    async (reader, position) => {
      const answer = await reader.call('DescribeNetworkInterfaces', position);
      return { rows: answer.NetworkInterfaces, next: answer.NextToken };
    },
    (row) => row.NetworkInterfaceId,
    networkInterfaceFrom,
  ),
  capacityReservations: pages(
    'DescribeCapacityReservations',
    'capacity reservations',
    async (reader, position) => {
      const answer = await reader.call('DescribeCapacityReservations', position);
      return { rows: answer.CapacityReservations, next: answer.NextToken };
    },
    (row) => row.CapacityReservationId,
    capacityReservationFrom,
  ),
  groupVpcs: pages(
    'DescribeSecurityGroupVpcAssociations',
    'VPC associations of security groups',
    async (reader, position) => {
      const answer = await reader.call('DescribeSecurityGroupVpcAssociations', position);
      return { rows: answer.SecurityGroupVpcAssociations, next: answer.NextToken };
    },
    (row) => (row.GroupId && row.VpcId ? `${row.GroupId} ${row.VpcId}` : undefined),
    groupVpcFrom,
  ),
  exports: pages(
    'ListExports',
    'exports',
    async (reader, { NextToken }) => {
      const answer = await reader.call('ListExports', NextToken ? { NextToken } : {});
      return { rows: answer.Exports, next: answer.NextToken };
    },
    (row) => row.Name,
    exportFrom,
  ),
  placementGroups: {
    action: 'DescribePlacementGroups',
    read: async (reader: Reader) => {
      const { PlacementGroups } = await reader.call('DescribePlacementGroups', {});
      return listed(reader, 'DescribePlacementGroups', PlacementGroups).map(placementGroupFrom);
    },
  },
} as const;
