import type { AwsPermission, Rule } from '../inventory/security-group.ts';
import { type Listed, malformed } from './records.ts';

/** A rule in AWS's shape, ready for the one door that makes rows canonical. */
export interface ListedPermission {
  readonly direction: Rule['direction'];
  readonly permission: AwsPermission;
  /** A peer that only has a name, as the tools of 2009 and Eucalyptus print it. */
  readonly named: { readonly owner: string; readonly name: string } | null;
}

const DIRECTIONS: Readonly<Record<string, Rule['direction']>> = { FROM: 'ingress', TO: 'egress' };

/**
 * `PERMISSION owner group ALLOWS protocol from to FROM CIDR range ingress`, and the like with USER. The tools of 2009
 * have no last column and know ingress only.
 */
export function permissionOf(listed: Listed): ListedPermission {
  const { columns, where } = listed;
  const arrow = [7, 5].find((i) => Object.hasOwn(DIRECTIONS, columns[i] ?? ''));
  if (columns[3] !== 'ALLOWS' || arrow === undefined)
    throw malformed(where, 'a PERMISSION has ALLOWS in column 4 and FROM or TO in column 8');
  const direction = DIRECTIONS[columns[arrow] ?? ''] as Rule['direction'];
  const [kind, ...rest] = columns.slice(arrow + 1);
  const last = rest.at(-1);
  const said = last === 'ingress' || last === 'egress' ? last : null;
  if (said !== null && said !== direction) throw malformed(where, `${columns[arrow]} contradicts "${said}"`);
  if (said === null && direction === 'egress') throw malformed(where, 'the line ends before its direction');
  const peer = said === null ? rest : rest.slice(0, -1);
  const base = {
    IpProtocol: columns[4],
    FromPort: arrow === 5 ? undefined : numberOf(columns[5], listed),
    ToPort: arrow === 5 ? undefined : numberOf(columns[6], listed),
  };
  if (kind === 'CIDR') {
    const [cidr, ...more] = peer;
    if (!cidr || more.some((text) => text !== ''))
      throw malformed(where, 'CIDR is followed by one address range');
    return { direction, permission: { ...base, IpRanges: [{ CidrIp: cidr }] }, named: null };
  }
  if (kind !== 'USER') throw malformed(where, 'the peer is neither CIDR nor USER');
  const [owner = '', ...words] = peer;
  const { id, name } = groupOf(words, listed);
  if (id === null && name === null)
    throw malformed(where, 'USER is followed by neither a name nor an id of a group');
  const pair = {
    GroupId: id ?? `${owner}/${name}`,
    ...(owner ? { UserId: owner } : {}),
    ...(name ? { GroupName: name } : {}),
  };
  return {
    direction,
    permission: { ...base, UserIdGroupPairs: [pair] },
    named: id === null && name !== null ? { owner, name } : null,
  };
}

/** `NAME n` and `ID sg-1` as one column each (the EC2 tools) or as two (euca2ools); GRPNAME is the NAME of 2009. */
function groupOf(words: readonly string[], { where }: Listed): { id: string | null; name: string | null } {
  const found = { id: null as string | null, name: null as string | null };
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '') continue;
    const [, label, inline] = /^(NAME|GRPNAME|ID)(?: (.*))?$/s.exec(word) ?? [];
    if (label === undefined) throw malformed(where, 'a peer group is given by NAME and ID');
    const value = inline ?? words[++i] ?? '';
    found[label === 'ID' ? 'id' : 'name'] = value || null;
  }
  return found;
}

function numberOf(text: string | undefined, { where }: Listed): number | undefined {
  if (!text) return undefined;
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw malformed(where, `"${text}" is neither a port nor an ICMP type or code`);
}
