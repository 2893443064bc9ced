import { type AutoScalingGroup, autoScalingGroupFrom } from '../inventory/auto-scaling-group.ts';
import { type LaunchConfiguration, launchConfigurationFrom } from '../inventory/launch-configuration.ts';
import { canonical } from './canonical.ts';
import { allPages } from './paging.ts';
import type { Reader } from './reader.ts';

export async function readAutoScalingGroups(reader: Reader): Promise<AutoScalingGroup[]> {
  const rows = await allPages(reader, {
    action: 'DescribeAutoScalingGroups',
    what: 'Auto Scaling groups',
    reports: true,
    ask: async ({ MaxResults: MaxRecords, ...token }) => {
      const answer = await reader.call('DescribeAutoScalingGroups', { MaxRecords, ...token });
      return { rows: answer.AutoScalingGroups, next: answer.NextToken };
    },
    idOf: (group) => group.AutoScalingGroupName,
  });
  return rows.map((row) =>
    canonical(reader, 'DescribeAutoScalingGroups', row.AutoScalingGroupName ?? '', () =>
      autoScalingGroupFrom(row),
    ),
  );
}

export async function readLaunchConfigurations(reader: Reader): Promise<LaunchConfiguration[]> {
  const rows = await allPages(reader, {
    action: 'DescribeLaunchConfigurations',
    what: 'launch configurations',
    reports: true,
    ask: async ({ MaxResults: MaxRecords, ...token }) => {
      const answer = await reader.call('DescribeLaunchConfigurations', { MaxRecords, ...token });
      return { rows: answer.LaunchConfigurations, next: answer.NextToken };
    },
    idOf: (configuration) => configuration.LaunchConfigurationName,
  });
  return rows.map(launchConfigurationFrom);
}
