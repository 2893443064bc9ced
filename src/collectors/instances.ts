import type { Instance as AwsInstance } from '@aws-sdk/client-ec2';
import { type Instance, instanceFrom, isGone } from '../inventory/instance.ts';
import { canonical } from './canonical.ts';
import { allItems, type PagesOf } from './paging.ts';
import type { Reader } from './reader.ts';
import { instancesOf } from './silent.ts';

/**
 * Instances that are not terminated. What AWS services start and manage by themselves stays as visible as the account
 * has set it (`IncludeManagedResources` is not sent): those are not migrated manually.
 * @param onOwner Called with the owner of each reservation: an account sees its own only.
 */
export async function readInstances(
  reader: Reader,
  onOwner: (accountId: string) => void,
): Promise<Instance[]> {
  const pages: PagesOf<AwsInstance> = {
    action: 'DescribeInstances',
    what: 'instances',
    reports: true,
    ask: async (position) => {
      const { Reservations, NextToken } = await reader.call('DescribeInstances', position);
      for (const { OwnerId } of Reservations ?? []) if (OwnerId) onOwner(OwnerId);
      const rows = Reservations?.flatMap((one) =>
        canonical(reader, 'DescribeInstances', 'the answer', () => instancesOf(one)),
      );
      return { rows, next: NextToken };
    },
    idOf: (instance) => instance.InstanceId,
  };
  return allItems(reader, pages, (row) =>
    isGone(row)
      ? []
      : [canonical(reader, 'DescribeInstances', row.InstanceId ?? '', () => instanceFrom(row))],
  );
}
