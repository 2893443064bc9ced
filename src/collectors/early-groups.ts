import type { SecurityGroup as AwsGroup } from '@aws-sdk/client-ec2';
import { type SecurityGroup, securityGroupFrom } from '../inventory/security-group.ts';
import { withRules } from './silent.ts';
import type { EarlyRows } from './wire/one-pass.ts';

/**
 * A row that was converted while its page was read. A page of 1,000 groups has up to 60,000 rules, each of ten objects as AWS
 * writes it. Converted row by row, few of them are in memory at one time.
 */
class ReadGroup implements AwsGroup {
  readonly GroupId: string | undefined;
  readonly GroupName: string | undefined;
  readonly item: SecurityGroup;

  constructor({ GroupId, GroupName }: AwsGroup, item: SecurityGroup) {
    this.GroupId = GroupId;
    this.GroupName = GroupName;
    this.item = item;
  }
}

/** A row that cannot be converted stays as it is: the collector converts it again, and knows which call to name. */
export const EARLY_GROUPS: EarlyRows = {
  list: 'SecurityGroupList',
  convert: (row: AwsGroup) => {
    try {
      return new ReadGroup(row, convertedGroup(row));
    } catch {
      return row;
    }
  },
};

/** @throws MalformedValue */
export function convertedGroup(row: AwsGroup): SecurityGroup {
  return row instanceof ReadGroup ? row.item : securityGroupFrom(withRules(row));
}
