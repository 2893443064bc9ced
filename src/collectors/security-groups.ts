import type { SecurityGroup as AwsGroup } from '@aws-sdk/client-ec2';
import type { SecurityGroup } from '../inventory/security-group.ts';
import { canonical, nameOf } from './canonical.ts';
import { convertedGroup } from './early-groups.ts';
import { allItems, malformed, type PagesOf } from './paging.ts';
import type { Reader } from './reader.ts';

/**
 * DescribeSecurityGroups alone: it holds every rule with its description, and one page of it replaces fifty of
 * DescribeSecurityGroupRules, which would add only ids and tags of rules (B1).
 */
export async function readSecurityGroups(reader: Reader): Promise<SecurityGroup[]> {
  const pages: PagesOf<AwsGroup> = {
    action: 'DescribeSecurityGroups',
    what: 'security groups',
    reports: true,
    ask: async (position) => {
      const { SecurityGroups, NextToken } = await reader.call('DescribeSecurityGroups', position);
      return { rows: SecurityGroups, next: NextToken };
    },
    idOf: (group) => group.GroupId,
  };
  return allItems(reader, pages, (row) => {
    if (!row.GroupName) throw malformed(reader, 'DescribeSecurityGroups', `${row.GroupId} has no name`);
    const name = nameOf(row.GroupId, row.GroupName);
    return [canonical(reader, 'DescribeSecurityGroups', name, () => convertedGroup(row))];
  });
}
