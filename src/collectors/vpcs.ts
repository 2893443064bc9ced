import { type Vpc, vpcFrom } from '../inventory/vpc.ts';
import { canonical } from './canonical.ts';
import { allPages } from './paging.ts';
import type { Reader } from './reader.ts';

export async function readVpcs(reader: Reader): Promise<Vpc[]> {
  const rows = await allPages(reader, {
    action: 'DescribeVpcs',
    what: 'VPCs',
    reports: true,
    ask: async (position) => {
      const { Vpcs, NextToken } = await reader.call('DescribeVpcs', position);
      return { rows: Vpcs, next: NextToken };
    },
    idOf: (vpc) => vpc.VpcId,
  });
  return rows.map((row) => canonical(reader, 'DescribeVpcs', row.VpcId ?? '', () => vpcFrom(row)));
}
