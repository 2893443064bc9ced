import { domainOf, partitionOf } from '../inventory/regions.ts';
import type { Place } from './outcome.ts';

/** Null where the place does not show it. */
export function pseudoParameter(name: string, { region, account, stackName }: Place): string | null {
  switch (name) {
    case 'AWS::Region':
      return region;
    case 'AWS::AccountId':
      return account;
    case 'AWS::Partition':
      return partitionOf(region);
    case 'AWS::URLSuffix':
      return domainOf(region);
    case 'AWS::StackName':
      return stackName ?? null;
    default:
      return null;
  }
}
