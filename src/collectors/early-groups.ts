import type { SecurityGroup as AwsGroup } from '@aws-sdk/client-ec2';
import {
  type AwsPermission,
  addRules,
  type Rule,
  type SecurityGroup,
  securityGroupFrom,
  securityGroupWith,
} from '../inventory/security-group.ts';
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

const known = {
  ingress: new WeakMap<AwsPermission, readonly Rule[]>(),
  egress: new WeakMap<AwsPermission, readonly Rule[]>(),
};

/** The rules of a permission that several groups have: one object each for all of them. @throws MalformedValue */
function sharedRules(direction: Rule['direction'], permission: AwsPermission): readonly Rule[] {
  const hit = known[direction].get(permission);
  if (hit) return hit;
  const made: Rule[] = [];
  addRules(made, direction, permission);
  known[direction].set(permission, made);
  return made;
}

/** A row that cannot be converted stays as it is: the collector converts it again, and knows which call to name. */
export const EARLY_GROUPS: EarlyRows = {
  list: 'SecurityGroupList',
  repeated: 'IpPermissionList',
  convert: (row: AwsGroup, isShared) => {
    try {
      const add: typeof addRules = (rules, direction, permission) => {
        if (!isShared(permission)) addRules(rules, direction, permission);
        else for (const rule of sharedRules(direction, permission)) rules.push(rule);
      };
      return new ReadGroup(row, securityGroupWith(withRules(row), add));
    } catch {
      return row;
    }
  },
};

/** @throws MalformedValue */
export function convertedGroup(row: AwsGroup): SecurityGroup {
  return row instanceof ReadGroup ? row.item : securityGroupFrom(withRules(row));
}
