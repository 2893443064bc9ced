import * as z from 'zod';
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

/** @throws MalformedValue */
export function securityGroupFrom(raw: AwsSecurityGroup): SecurityGroup {
  return securityGroupWith(raw, addRules);
}

/** @param add Puts the rules of one permission behind the others: groups that share permissions can share rules. */
export function securityGroupWith(raw: AwsSecurityGroup, add: typeof addRules): SecurityGroup {
  const rules: Rule[] = [];
  for (const permission of raw.IpPermissions ?? []) add(rules, 'ingress', permission);
  for (const permission of raw.IpPermissionsEgress ?? []) add(rules, 'egress', permission);
  return {
    id: raw.GroupId ?? '',
    name: raw.GroupName ?? '',
    description: raw.Description ?? '',
    vpcId: raw.VpcId || null,
    ownerId: raw.OwnerId ?? null,
    tags: tagsFrom(raw.Tags),
    rules: inOrder(rules),
  };
}

/** AWS groups peers by protocol and ports in no documented order; rows in a total order compare as text. */
export function sortedRules(rules: readonly Rule[]): Rule[] {
  return inOrder([...rules]);
}

/** The same array. A region can have a million rules: most are compared without a text made for each. */
function inOrder(rules: Rule[]): Rule[] {
  // A snapshot file holds them in order.
  if (rules.every((rule, i) => i === 0 || byRow(rules[i - 1] as Rule, rule) <= 0)) return rules;
  return rules.sort(byRow);
}

/**
 * The order of `sortKey`, which is made only where one of two rows of one service is of no address range: what the key has before
 * the peer and the text of a range hold no character that JSON escapes, and each part ends with one that sorts before all that
 * may be in it.
 */
function byRow(a: Rule, b: Rule): number {
  if (a.direction !== b.direction) return a.direction < b.direction ? -1 : 1;
  if (a.protocol !== b.protocol) return a.protocol < b.protocol ? -1 : 1;
  if (a.from !== b.from || a.to !== b.to) return byService(a, b);
  if (a.peer.type === 'cidr' && b.peer.type === 'cidr') {
    if (a.peer.cidr !== b.peer.cidr) return a.peer.cidr < b.peer.cidr ? -1 : 1;
  } else {
    const byKey = compareText(sortKey(a), sortKey(b));
    if (byKey !== 0) return byKey;
  }
  return byDescription(a, b);
}

/** Of two rows of one protocol that differ in ports, or in ICMP types. */
function byService(a: Rule, b: Rule): number {
  if (isPort(a.from) && isPort(a.to) && isPort(b.from) && isPort(b.to))
    return a.from === b.from ? byDigits(a.to, b.to) : byDigits(a.from, b.from);
  const text = ({ from, to }: Rule) => `${from ?? ''}-${to ?? ''} `;
  return compareText(text(a), text(b));
}

function isPort(value: number | null): value is number {
  return value !== null && value >= 0;
}

/** The order of the texts of two different numbers of at least 0, each before a character that is less than a digit. */
function byDigits(a: number, b: number): number {
  let [one, other] = [a, b];
  for (let power = 10; power <= a || power <= b; power *= 10) {
    if (power > a) one *= 10;
    if (power > b) other *= 10;
  }
  // "2" is before "20".
  return one - other || a - b;
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

/** @throws MalformedValue */
export function addRules(rules: Rule[], direction: Rule['direction'], raw: AwsPermission): void {
  const { protocol, from, to } = canonicalRange(
    canonicalProtocol(raw.IpProtocol ?? ''),
    raw.FromPort,
    raw.ToPort,
  );
  const add = (peer: Peer, description: string | undefined) =>
    rules.push({ direction, protocol, from, to, peer, description: description ?? null });
  for (const range of raw.IpRanges ?? [])
    add({ type: 'cidr', cidr: canonicalCidr(range.CidrIp ?? '') }, range.Description);
  for (const range of raw.Ipv6Ranges ?? [])
    add({ type: 'cidr', cidr: canonicalCidr(range.CidrIpv6 ?? '') }, range.Description);
  for (const list of raw.PrefixListIds ?? [])
    add({ type: 'prefix-list', id: list.PrefixListId ?? '' }, list.Description);
  for (const group of raw.UserIdGroupPairs ?? [])
    add(
      {
        type: 'group',
        id: group.GroupId ?? '',
        ownerId: group.UserId ?? null,
        name: group.GroupName ?? null,
        vpcId: group.VpcId ?? null,
        peeringConnectionId: group.VpcPeeringConnectionId ?? null,
        peeringStatus: group.PeeringStatus ?? null,
      },
      group.Description,
    );
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
