import { familyOf } from '../../inventory/addresses.ts';
import type { Rule } from '../../inventory/security-group.ts';
import { groupBy } from '../../text/groups.ts';
import type { ShellVariable } from './shell.ts';

/** The id of something that exists, or a shell variable that holds the id of what is yet to be made. */
export type Ref = string | ShellVariable;

export type WrittenPeer =
  | { readonly type: 'cidr'; readonly cidr: string }
  | { readonly type: 'prefix-list'; readonly id: Ref }
  | { readonly type: 'group'; readonly id: Ref; readonly ownerId: string | null };

/** One row of a group as `--ip-permissions` takes it. */
export interface WrittenRow extends Pick<Rule, 'protocol' | 'from' | 'to' | 'description'> {
  readonly peer: WrittenPeer;
}

/**
 * Rows as IpPermissions: those of one protocol and range in one. A protocol other than the four that have names takes no
 * range (EC2 API, IpPermission).
 */
export function ipPermissions(rows: readonly WrittenRow[]): object[] {
  const groups = groupBy(rows, ({ protocol, from, to }) => JSON.stringify([protocol, from, to]));
  return [...groups.values()].flatMap((own) =>
    own.slice(0, 1).map(({ protocol, from, to }) => ({
      IpProtocol: protocol,
      ...(from === null || to === null ? {} : { FromPort: from, ToPort: to }),
      ...peers(own),
    })),
  );
}

function peers(rows: readonly WrittenRow[]): object {
  const of = (list: string, member: (row: WrittenRow) => object | null) => {
    const found = rows.flatMap((row) => {
      const made = member(row);
      return made ? [{ ...made, ...(row.description ? { Description: row.description } : {}) }] : [];
    });
    return found.length > 0 ? { [list]: found } : {};
  };
  const cidr = (family: 4 | 6, name: string) => (row: WrittenRow) =>
    row.peer.type === 'cidr' && familyOf(row.peer.cidr) === family ? { [name]: row.peer.cidr } : null;
  return {
    ...of('IpRanges', cidr(4, 'CidrIp')),
    ...of('Ipv6Ranges', cidr(6, 'CidrIpv6')),
    ...of('PrefixListIds', ({ peer }) => (peer.type === 'prefix-list' ? { PrefixListId: peer.id } : null)),
    ...of('UserIdGroupPairs', ({ peer }) =>
      peer.type === 'group'
        ? { GroupId: peer.id, ...(peer.ownerId === null ? {} : { UserId: peer.ownerId }) }
        : null,
    ),
  };
}
