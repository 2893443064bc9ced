import { z } from 'zod';
import { canonicalCidr, MalformedValue } from './addresses.ts';
import { compareText } from './order.ts';
import { type AwsTags, tagsFrom, tagsSchema } from './tags.ts';

export const peerSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('cidr'),
    cidr: z.string().describe('Canonical: host bits masked, RFC 5952.'),
  }),
  z.strictObject({ type: z.literal('prefix-list'), id: z.string() }),
  z.strictObject({
    type: z.literal('group'),
    id: z.string(),
    ownerId: z
      .string()
      .nullable()
      .describe('Account of the referenced group; AWS leaves it out for a deleted group of another VPC.'),
    name: z
      .string()
      .nullable()
      .describe('As AWS gives it: only for default-VPC groups. Never used to identify.'),
    vpcId: z.string().nullable(),
    peeringConnectionId: z.string().nullable(),
    peeringStatus: z.string().nullable(),
  }),
]);
export type Peer = z.infer<typeof peerSchema>;

export const ruleSchema = z.strictObject({
  direction: z.enum(['ingress', 'egress']),
  protocol: z.string().describe('"tcp", "udp", "icmp", "icmpv6", another protocol number, or "-1" for all.'),
  from: z
    .number()
    .int()
    .nullable()
    .describe('First port, or ICMP type (-1: any); null where the protocol has neither.'),
  to: z.number().int().nullable().describe('Last port, or ICMP code (-1: any).'),
  peer: peerSchema,
  description: z.string().nullable(),
});
export type Rule = z.infer<typeof ruleSchema>;

/** "ingress tcp 22 from 10.0.0.0/8", without its description. */
export function ruleSentence({ direction, protocol, from, to, peer }: Rule): string {
  const who = peer.type === 'cidr' ? peer.cidr : peer.id;
  const any = from === null || protocol === '-1' || (from === -1 && to === -1);
  const ports = any ? '' : ` ${from === to || to === null ? from : `${from}-${to}`}`;
  const what = protocol === '-1' ? 'all' : protocol;
  return `${direction} ${what}${ports} ${direction === 'ingress' ? 'from' : 'to'} ${who}`;
}

export const securityGroupSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  vpcId: z.string().nullable().describe('Null for EC2-Classic.'),
  ownerId: z.string().nullable(),
  tags: tagsSchema,
  rules: z.array(ruleSchema).describe('One row per peer, in a total order.'),
});
export type SecurityGroup = z.infer<typeof securityGroupSchema>;

/** An `IpPermissions` entry of DescribeSecurityGroups. */
export interface AwsPermission {
  IpProtocol?: string | undefined;
  FromPort?: number | undefined;
  ToPort?: number | undefined;
  IpRanges?: { CidrIp?: string | undefined; Description?: string | undefined }[] | undefined;
  Ipv6Ranges?: { CidrIpv6?: string | undefined; Description?: string | undefined }[] | undefined;
  PrefixListIds?: { PrefixListId?: string | undefined; Description?: string | undefined }[] | undefined;
  UserIdGroupPairs?:
    | {
        GroupId?: string | undefined;
        GroupName?: string | undefined;
        UserId?: string | undefined;
        VpcId?: string | undefined;
        VpcPeeringConnectionId?: string | undefined;
        PeeringStatus?: string | undefined;
        Description?: string | undefined;
      }[]
    | undefined;
}
/** A row of DescribeSecurityGroups. */
export interface AwsSecurityGroup {
  GroupId?: string | undefined;
  GroupName?: string | undefined;
  Description?: string | undefined;
  VpcId?: string | undefined;
  OwnerId?: string | undefined;
  Tags?: AwsTags;
  IpPermissions?: AwsPermission[] | undefined;
  IpPermissionsEgress?: AwsPermission[] | undefined;
}

export function securityGroupFrom(raw: AwsSecurityGroup): SecurityGroup {
  const rules = [
    ...(raw.IpPermissions ?? []).flatMap((p) => rulesFrom('ingress', p)),
    ...(raw.IpPermissionsEgress ?? []).flatMap((p) => rulesFrom('egress', p)),
  ];
  return {
    id: raw.GroupId ?? '',
    name: raw.GroupName ?? '',
    description: raw.Description ?? '',
    vpcId: raw.VpcId || null,
    ownerId: raw.OwnerId ?? null,
    tags: tagsFrom(raw.Tags),
    rules: sortedRules(rules),
  };
}

/** AWS groups peers by protocol and ports in no documented order; rows in a total order compare as text. */
export function sortedRules(rules: readonly Rule[]): Rule[] {
  // A snapshot file holds them in order.
  if (rules.every((rule, i) => i === 0 || isInOrder(rules[i - 1] as Rule, rule))) return [...rules];
  return rules
    .map((rule) => ({ rule, key: sortKey(rule) }))
    .sort((a, b) => compareText(a.key, b.key) || byDescription(a.rule, b.rule))
    .map(({ rule }) => rule);
}

/** By `sortKey`, which is made only where two rows are of one service: what the key has before the peer holds no character that JSON escapes, and each part ends with one that sorts before all that may be in it. */
function isInOrder(a: Rule, b: Rule): boolean {
  if (a.direction !== b.direction) return a.direction < b.direction;
  if (a.protocol !== b.protocol) return a.protocol < b.protocol;
  if (a.from !== b.from) return String(a.from ?? '') < String(b.from ?? '');
  if (a.to !== b.to) return String(a.to ?? '') < String(b.to ?? '');
  if (a.peer.type === 'cidr' && b.peer.type === 'cidr' && a.peer.cidr !== b.peer.cidr)
    return a.peer.cidr < b.peer.cidr;
  return (compareText(sortKey(a), sortKey(b)) || byDescription(a, b)) <= 0;
}

/** Direction and row in the order of their JSON, which snapshots have been written in from the start. */
function sortKey(rule: Rule): string {
  const text = ruleText(rule);
  return `${rule.direction} ${ESCAPED_IN_JSON.test(text) ? JSON.stringify(text).slice(1) : `${text}"`}`;
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes them
const ESCAPED_IN_JSON = /["\\\u0000-\u001f\ud800-\udfff]/;

function byDescription(a: Rule, b: Rule): number {
  if (a.description === b.description) return 0;
  return compareText(JSON.stringify(a.description), JSON.stringify(b.description));
}

/** A row as one string without its description: equal strings admit the same within one region. */
export function ruleText(rule: Rule): string {
  const { peer } = rule;
  const who =
    peer.type === 'cidr'
      ? peer.cidr
      : peer.type === 'prefix-list'
        ? peer.id
        : `${peer.ownerId ?? ''}/${peer.id}`;
  return `${rule.protocol} ${rule.from ?? ''}-${rule.to ?? ''} ${who}`;
}

function rulesFrom(direction: Rule['direction'], raw: AwsPermission): Rule[] {
  const { protocol, from, to } = canonicalRange(
    canonicalProtocol(raw.IpProtocol ?? ''),
    raw.FromPort,
    raw.ToPort,
  );
  const row = (peer: Peer, description: string | undefined): Rule => ({
    direction,
    protocol,
    from,
    to,
    peer,
    description: description ?? null,
  });
  return [
    ...(raw.IpRanges ?? []).map((r) =>
      row({ type: 'cidr', cidr: canonicalCidr(r.CidrIp ?? '') }, r.Description),
    ),
    ...(raw.Ipv6Ranges ?? []).map((r) =>
      row({ type: 'cidr', cidr: canonicalCidr(r.CidrIpv6 ?? '') }, r.Description),
    ),
    ...(raw.PrefixListIds ?? []).map((r) =>
      row({ type: 'prefix-list', id: r.PrefixListId ?? '' }, r.Description),
    ),
    ...(raw.UserIdGroupPairs ?? []).map((r) =>
      row(
        {
          type: 'group',
          id: r.GroupId ?? '',
          ownerId: r.UserId ?? null,
          name: r.GroupName ?? null,
          vpcId: r.VpcId ?? null,
          peeringConnectionId: r.VpcPeeringConnectionId ?? null,
          peeringStatus: r.PeeringStatus ?? null,
        },
        r.Description,
      ),
    ),
  ];
}

const PROTOCOL_NAMES: Readonly<Record<string, string>> = {
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'icmpv6',
  all: '-1',
};

/** EC2 reads back 6, 17, 1 and 58 as names; templates and emulators keep what was written. */
export function canonicalProtocol(text: string): string {
  if (text === 'tcp' || text === 'udp' || text === '-1') return text;
  const lower = text.trim().toLowerCase();
  const plain = /^\d+$/.test(lower) ? String(Number(lower)) : lower;
  const name = (Object.hasOwn(PROTOCOL_NAMES, plain) ? PROTOCOL_NAMES[plain] : undefined) ?? plain;
  const known =
    name === '-1' ||
    Object.values(PROTOCOL_NAMES).includes(name) ||
    (/^\d+$/.test(name) && Number(name) <= 255);
  if (!known) throw new MalformedValue(`"${text}" is not a protocol`);
  return name;
}

/**
 * "-1 or a protocol number other than tcp, udp, icmp, icmpv6 allows traffic on all ports, regardless of any port
 * range" (EC2 API, IpPermission): absent, 0/0 and -1/-1 are all seen for them and mean the same.
 */
export function canonicalRange(
  protocol: string,
  from: number | undefined,
  to: number | undefined,
): Pick<Rule, 'protocol' | 'from' | 'to'> {
  switch (protocol) {
    case 'tcp':
    case 'udp': {
      const first = from === undefined || from === -1 ? 0 : from;
      const last = to === undefined || to === -1 ? 65535 : to;
      if (!isWithin(first, 0, last) || !isWithin(last, first, 65535))
        throw new MalformedValue(`"${from}-${to}" is not a port range`);
      return { protocol, from: first, to: last };
    }
    case 'icmp':
    case 'icmpv6': {
      const type = from ?? -1;
      const code = type === -1 ? -1 : (to ?? -1); // a wildcard type forces a wildcard code
      if (!isWithin(type, -1, 255) || !isWithin(code, -1, 255))
        throw new MalformedValue(`"${from}/${to}" is not an ICMP type and code`);
      return { protocol, from: type, to: code };
    }
    default:
      return { protocol, from: null, to: null };
  }
}

function isWithin(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}
