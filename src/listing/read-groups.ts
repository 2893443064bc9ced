import {
  type AwsPermission,
  type Rule,
  type SecurityGroup,
  securityGroupFrom,
  sortedRules,
} from '../inventory/security-group.ts';
import { groupBy } from '../text/groups.ts';
import { type ListedPermission, permissionOf } from './read-permission.ts';
import { at, type Listed, malformed } from './records.ts';

interface Reading {
  readonly where: string;
  readonly group: Omit<SecurityGroup, 'tags' | 'rules'>;
  readonly permissions: { readonly listed: Listed; readonly found: ListedPermission }[];
  readonly tags: { Key: string; Value: string }[];
}

const ONE_ONLY = 'Keep one of the two listings.';
const ECHO = 'Save the output of ec2-describe-group, which lists whole groups.';

/** Takes the GROUP, PERMISSION and TAG lines of a listing in their order; a PERMISSION has no id of its group, only its place. */
export class GroupReader {
  readonly #byId = new Map<string, Reading>();
  #last: Reading | null = null;

  group({ columns, where }: Listed): void {
    const group = groupOf(columns, where);
    const before = this.#byId.get(group.id);
    if (before) throw malformed(where, `${group.id} is in ${before.where} already`, ONE_ONLY);
    this.#last = { where, group, permissions: [], tags: [] };
    this.#byId.set(group.id, this.#last);
  }

  permission(listed: Listed): void {
    const last = this.#last;
    if (!last) throw malformed(listed.where, 'a PERMISSION comes before any GROUP');
    // The owners need not agree: people blot them out.
    if (listed.columns[2] !== last.group.name) {
      throw malformed(
        listed.where,
        `the PERMISSION is of "${listed.columns[2] ?? ''}", but the group before it is "${last.group.name}"`,
      );
    }
    last.permissions.push({ listed, found: permissionOf(listed) });
  }

  tag({ columns, where }: Listed): void {
    const [, , id = '', key = '', value = ''] = columns;
    // Eucalyptus names the group where it has no id.
    const owner = this.#byId.get(id) ?? (this.#last?.group.name === id ? this.#last : undefined);
    if (!owner) throw malformed(where, `the TAG is of ${id}, which the listing does not contain`);
    owner.tags.push({ Key: key, Value: value });
  }

  finish(): SecurityGroup[] {
    const ids = this.#idsByName();
    return [...this.#byId.values()].map(({ group, permissions, tags }) => ({
      // Through AWS's own shape, so that the fields have their one order.
      ...securityGroupFrom({
        GroupId: group.id,
        GroupName: group.name,
        Description: group.description,
        VpcId: group.vpcId ?? undefined,
        OwnerId: group.ownerId ?? undefined,
        Tags: tags,
      }),
      rules: sortedRules(permissions.flatMap(({ listed, found }) => at(listed, () => rulesOf(found, ids)))),
    }));
  }

  /** For peers that are given by name alone. A name that two groups of the account have refers to neither. */
  #idsByName(): ReadonlyMap<string, string> {
    const groups = [...this.#byId.values()].map(({ group }) => group);
    const names = groupBy(groups, ({ ownerId, name }) => nameOf(ownerId ?? '', name));
    return new Map(
      [...names].flatMap(([name, [group, ...more]]) =>
        group && more.length === 0 ? [[name, group.id]] : [],
      ),
    );
  }
}

/** What is used as the id where there is none. In EC2-Classic names are unique per account and region. */
function nameOf(owner: string, name: string): string {
  return `${owner}/${name}`;
}

/**
 * By its width: six columns (the tools since groups have ids), five where an editor took the last TAB and with it the
 * empty VpcID of EC2-Classic, or four (2009: owner, name, description).
 */
function groupOf(columns: readonly string[], where: string): Reading['group'] {
  const [, first = '', second = ''] = columns;
  const hasId = first.startsWith('sg-');
  const isOld = !hasId && (columns.length === 4 || (columns.length === 5 && columns[4] === ''));
  if (first === '' || columns.length < 4 || (columns.length === 4 && hasId)) {
    throw malformed(
      where,
      'this GROUP line is incomplete, or it is the output of ec2-create-group or ec2-authorize',
      ECHO,
    );
  }
  if (columns.length > 6) {
    throw malformed(
      where,
      `a GROUP has 6 columns and this one ${columns.length}: a TAB in a name or description cannot be distinguished from the next column`,
      'Remove the TAB from that line.',
    );
  }
  const [id, ownerId, name = '', description = '', vpcId = ''] = isOld
    ? [nameOf(first, second), ...columns.slice(1)]
    : columns.slice(1);
  return { id: id ?? '', ownerId: ownerId || null, name, description, vpcId: (!isOld && vpcId) || null };
}

function rulesOf(
  { direction, permission, named }: ListedPermission,
  ids: ReadonlyMap<string, string>,
): Rule[] {
  const whole: AwsPermission = named
    ? {
        ...permission,
        UserIdGroupPairs: (permission.UserIdGroupPairs ?? []).map((pair) => ({
          ...pair,
          GroupId: ids.get(nameOf(named.owner, named.name)) ?? pair.GroupId,
        })),
      }
    : permission;
  return securityGroupFrom(
    direction === 'ingress' ? { IpPermissions: [whole] } : { IpPermissionsEgress: [whole] },
  ).rules;
}
