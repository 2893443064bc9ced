import type { Place } from './outcome.ts';

/** AWS's partitions by the beginning of their regions' names, and their domains (SDK, partitions). */
const PARTITIONS = [
  ['cn-', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-', 'aws-us-gov', 'amazonaws.com'],
  ['eusc-', 'aws-eusc', 'amazonaws.eu'],
  ['us-isob-', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['us-isof-', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['us-iso-', 'aws-iso', 'c2s.ic.gov'],
  ['eu-isoe-', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['', 'aws', 'amazonaws.com'],
] as const;

/** The partition of a region: "aws", "aws-cn", "aws-us-gov", … */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([start]) => region.startsWith(start))?.[1] ?? 'aws';
}

/** Null where the place does not tell it. */
export function pseudoParameter(name: string, { region, account, stackName }: Place): string | null {
  const [, partition, domain] = PARTITIONS.find(([start]) => region.startsWith(start)) ?? [];
  switch (name) {
    case 'AWS::Region':
      return region;
    case 'AWS::AccountId':
      return account;
    case 'AWS::Partition':
      return partition ?? null;
    case 'AWS::URLSuffix':
      return domain ?? null;
    case 'AWS::StackName':
      return stackName ?? null;
    default:
      return null;
  }
}
