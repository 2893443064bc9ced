import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DescribeManagedPrefixListsCommand,
  EC2Client,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit, type Report } from '../../src/index.ts';
import { plainFacts } from '../../src/report/model.ts';
import { AWS_ENV, type Moto, startMoto } from './kit.ts';

const ACCOUNT = '123456789012';
let moto: Moto;
let report: Report;

/** What one side of every trap is: ingress per group; `sg:NAME` and `pl:NAME` stand for ids that the region gives. */
type Plan = Record<string, { ingress?: IpPermission[] }>;
const all = (...cidrs: string[]): IpPermission => ({
  IpProtocol: '-1',
  IpRanges: cidrs.map((CidrIp) => ({ CidrIp })),
});
const rule = (IpProtocol: string, FromPort: number, ToPort: number, ...cidrs: string[]): IpPermission => ({
  IpProtocol,
  FromPort,
  ToPort,
  IpRanges: cidrs.filter((c) => !c.includes(':')).map((CidrIp) => ({ CidrIp })),
  Ipv6Ranges: cidrs.filter((c) => c.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
});
const from = (GroupId: string, port: number): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  UserIdGroupPairs: [{ GroupId, UserId: ACCOUNT }],
});
const list = (PrefixListId: string, port: number): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  PrefixListIds: [{ PrefixListId }],
});

const SOURCE: Plan = {
  unadapted: { ingress: [rule('tcp', 6379, 6379, '10.1.0.0/16')] },
  'by-reference': { ingress: [from('sg:peer', 80)] },
  peer: {},
  other: {},
  'by-name-only': { ingress: [from('sg:peer', 80)] },
  Case: { ingress: [rule('tcp', 22, 22, '10.0.0.0/8')] },
  spelled: {
    ingress: [
      rule('6', 443, 443, '10.0.0.7/8'),
      rule('58', -1, -1, '2001:0DB8::/32'),
      rule('50', 0, 0, '192.0.2.1/32'),
    ],
  },
  'all-is-more': { ingress: [all('10.0.0.0/8')] },
  split: { ingress: [rule('tcp', 80, 80, '10.0.0.0/9', '10.128.0.0/9'), rule('tcp', 81, 81, '10.0.0.0/8')] },
  'list-only': { ingress: [list('pl:corp', 443)] },
  'aws-list': { ingress: [list('pl:aws', 443)] },
  'list-inline': { ingress: [list('pl:same', 8443)] },
  dangling: { ingress: [from('sg:doomed', 80)] },
  'moved-from': { ingress: [rule('tcp', 9000, 9000, '10.0.0.0/8')] },
  'moved-to': {},
  'one-of-many': {
    ingress: [rule('tcp', 443, 443, ...Array.from({ length: 30 }, (_, i) => `192.0.2.${i}/32`))],
  },
  icmp: { ingress: [rule('icmp', 3, 4, '10.0.0.0/8'), rule('icmp', 8, -1, '10.0.0.0/8')] },
  untouched: {},
};
const TARGET: Plan = {
  unadapted: { ingress: [rule('tcp', 6379, 6379, '10.1.0.0/16')] },
  'by-reference': { ingress: [from('sg:peer', 80)] },
  peer: {},
  other: {},
  'by-name-only': { ingress: [from('sg:other', 80)] },
  case: { ingress: [rule('tcp', 22, 22, '10.0.0.0/8')] },
  spelled: {
    ingress: [
      rule('tcp', 443, 443, '10.0.0.0/8'),
      rule('icmpv6', -1, -1, '2001:db8::/32'),
      rule('50', -1, -1, '192.0.2.1/32'),
    ],
  },
  'all-is-more': {
    ingress: [
      rule('tcp', 0, 65535, '10.0.0.0/8'),
      rule('udp', 0, 65535, '10.0.0.0/8'),
      rule('icmp', -1, -1, '10.0.0.0/8'),
    ],
  },
  split: { ingress: [rule('tcp', 80, 81, '10.0.0.0/8')] },
  'list-only': { ingress: [list('pl:corp', 443)] },
  'aws-list': { ingress: [list('pl:aws', 443)] },
  'list-inline': { ingress: [rule('tcp', 8443, 8443, '198.51.100.0/24')] },
  dangling: {},
  'moved-from': {},
  'moved-to': { ingress: [rule('tcp', 9000, 9000, '10.0.0.0/8')] },
  'one-of-many': {
    ingress: [rule('tcp', 443, 443, ...Array.from({ length: 30 }, (_, i) => `192.0.2.${i + 1}/32`))],
  },
  icmp: { ingress: [rule('icmp', 3, -1, '10.0.0.0/8'), rule('icmp', 8, -1, '10.0.0.0/8')] },
  untouched: {},
};
const LISTS = {
  source: { corp: ['192.0.2.0/24'], same: ['198.51.100.0/25', '198.51.100.128/25'] },
  target: { corp: ['192.0.2.0/25'] },
};

async function seed(
  region: string,
  plan: Plan,
  lists: Record<string, string[]>,
  cidr: string,
  ipv6: boolean,
): Promise<void> {
  const ec2 = new EC2Client({
    region,
    endpoint: moto.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const tags = (ResourceType: 'vpc') => [{ ResourceType, Tags: [{ Key: 'Name', Value: 'prod' }] }];
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({
      CidrBlock: cidr,
      AmazonProvidedIpv6CidrBlock: ipv6,
      TagSpecifications: tags('vpc'),
    }),
  );
  const ids = new Map<string, string>();
  for (const [name, entries] of Object.entries(lists)) {
    const made = await ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: name,
        AddressFamily: 'IPv4',
        MaxEntries: 5,
        Entries: entries.map((Cidr) => ({ Cidr })),
      }),
    );
    ids.set(`pl:${name}`, made.PrefixList?.PrefixListId ?? '');
  }
  const { PrefixLists = [] } = await ec2.send(new DescribeManagedPrefixListsCommand({}));
  ids.set(
    'pl:aws',
    PrefixLists.find((l) => l.PrefixListName === `com.amazonaws.${region}.s3`)?.PrefixListId ?? '',
  );
  for (const name of [...Object.keys(plan), 'doomed']) {
    const made = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: name, Description: name, VpcId: Vpc?.VpcId }),
    );
    ids.set(`sg:${name}`, made.GroupId ?? '');
  }
  const id = (text: string | undefined) => ids.get(text ?? '') ?? text;
  const meant = (p: IpPermission): IpPermission => ({
    ...p,
    UserIdGroupPairs: p.UserIdGroupPairs?.map((g) => ({ ...g, GroupId: id(g.GroupId) })),
    PrefixListIds: p.PrefixListIds?.map((l) => ({ PrefixListId: id(l.PrefixListId) })),
  });
  for (const [name, { ingress = [] }] of Object.entries(plan)) {
    const GroupId = ids.get(`sg:${name}`);
    const IpPermissions = ingress.map(meant);
    if (ingress.length > 0)
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  }
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: ids.get('sg:doomed') }));
  ec2.destroy();
}

beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  moto = await startMoto();
  await seed('us-east-1', SOURCE, LISTS.source, '10.1.0.0/16', false);
  await seed('eu-west-1', TARGET, LISTS.target, '10.2.0.0/16', true);
  const side = { endpointUrl: moto.url };
  report = await audit('us-east-1', 'eu-west-1', { source: side, target: side, only: ['security-groups'] });
}, 240_000);
afterAll(() => moto?.stop());

/** "allows-less high" of every finding on that group of the VPC, without the infos. */
const said = (name: string) =>
  report.findings
    .filter((f) => f.subject.name === name && f.kind === 'security-group' && f.severity !== 'info')
    .map((f) => `${f.rule.split('/')[1]} ${f.severity}`)
    .sort();
const state = (name: string) =>
  report.pairs
    .filter((p) => p.kind === 'security-group' && p.name === name && p.scope === 'prod')
    .map((p) => p.state);

describe('false alarms that others raise', () => {
  it.each([
    ['ids of referenced groups differ between regions', 'by-reference'],
    ['a group name is case-insensitive', 'Case'],
    ['6 is tcp, 58 is icmpv6, host bits count for nothing, ESP has no ports', 'spelled'],
    ['adjacent ranges and ports are one', 'split'],
    ["AWS's own prefix list bears the region in its name", 'aws-list'],
    ['a prefix list equals its addresses written out', 'list-inline'],
    ['every new group has default egress, and one to ::/0 where its VPC has IPv6', 'untouched'],
  ])('%s', (_, name) => {
    expect(said(name)).toEqual([]);
    expect(state(name)).toEqual(['same']);
  });

  it('that egress to ::/0 is explained', () => {
    const [note] = report.findings.filter((f) => f.subject.name === 'untouched');
    expect(note).toMatchObject({
      rule: 'security-group/allows-more',
      severity: 'info',
      facts: { explained: expect.stringContaining('no IPv6') },
    });
  });

  it('every VPC has a group called default, and they stay apart', () => {
    const defaults = report.pairs.filter((p) => p.name === 'default');
    expect(defaults.map((p) => [p.scope, p.state])).toEqual([
      ['default', 'same'],
      ['prod', 'same'],
    ]);
  });
});

describe('differences that others miss', () => {
  it.each([
    ["the source VPC's own range, equal to the letter", 'unadapted', ['unadapted-cidr medium']],
    ['another group under an equal rule', 'by-name-only', ['allows-less high', 'allows-more high']],
    ['all traffic is more than tcp, udp and icmp', 'all-is-more', ['allows-less high']],
    ['one list name, other entries, in a rule that names nothing else', 'list-only', ['allows-less high']],
    ['a rule moved to another group, where it came from', 'moved-from', ['allows-less high']],
    ['a rule moved to another group, where it went', 'moved-to', ['allows-more high']],
    ['one address of thirty', 'one-of-many', ['allows-less high', 'allows-more high']],
    ['an ICMP code', 'icmp', ['allows-more high']],
  ])('%s', (_, name, expected) => {
    expect(said(name)).toEqual(expected);
  });

  it('one changed address is that address, and not the thirty', () => {
    const [less] = report.findings.filter((f) => f.subject.name === 'one-of-many' && f.rule.endsWith('less'));
    expect(less && plainFacts(less).traffic).toEqual([
      { protocol: 'tcp', ports: '443', peers: ['192.0.2.0/32'] },
    ]);
  });

  it('a reference to a deleted group', () => {
    const [finding] = report.findings.filter((f) => f.subject.name === 'dangling');
    expect(finding?.rule).toBe('security-group/unresolved-peer');
  });
});

it('everything was read, over a real EC2 API', () => {
  expect(report.gaps).toEqual([]);
  expect(report.complete).toBe(true);
});
