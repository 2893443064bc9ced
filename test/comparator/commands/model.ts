import type { AwsPermission, AwsSecurityGroup } from '../../../src/inventory/security-group.ts';
import { group } from '../../kit/estate.ts';

type Direction = 'ingress' | 'egress';

/** A target region that takes the commands of a report as EC2 would, and refuses what EC2 would refuse. */
export interface Model {
  groups(): AwsSecurityGroup[];
  rows(groupId: string, direction: Direction): readonly AwsPermission[];
  /** The id of the next group that is made. */
  nextId(): string;
  run(args: readonly string[]): string;
}

/** One row per peer, without its description: what EC2 compares. */
function flat(permissions: readonly AwsPermission[]): AwsPermission[] {
  const only = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
  return permissions.flatMap((p) => [
    ...(p.IpRanges ?? []).map(({ CidrIp }) => ({ ...p, ...only, IpRanges: [{ CidrIp }] })),
    ...(p.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => ({ ...p, ...only, Ipv6Ranges: [{ CidrIpv6 }] })),
    ...(p.PrefixListIds ?? []).map(({ PrefixListId }) => ({
      ...p,
      ...only,
      PrefixListIds: [{ PrefixListId }],
    })),
    ...(p.UserIdGroupPairs ?? []).map(({ GroupId }) => ({
      ...p,
      ...only,
      UserIdGroupPairs: [{ GroupId, UserId: '111122223333' }],
    })),
  ]);
}

function keyOf({ IpProtocol, FromPort, ToPort, ...peers }: AwsPermission): string {
  const ranged = ['tcp', 'udp', 'icmp', 'icmpv6'].includes(IpProtocol ?? '');
  const peer = [
    ...(peers.IpRanges ?? []).map((r) => r.CidrIp),
    ...(peers.Ipv6Ranges ?? []).map((r) => r.CidrIpv6),
    ...(peers.PrefixListIds ?? []).map((r) => r.PrefixListId),
    ...(peers.UserIdGroupPairs ?? []).map((r) => r.GroupId),
  ];
  return JSON.stringify([IpProtocol, ranged ? [FromPort, ToPort] : null, peer]);
}

export function modelOf(groups: readonly AwsSecurityGroup[], quota: number): Model {
  const rows = new Map<string, { ingress: AwsPermission[]; egress: AwsPermission[]; name: string }>();
  for (const g of groups)
    rows.set(g.GroupId ?? '', {
      name: g.GroupName ?? '',
      ingress: once(flat(g.IpPermissions ?? [])),
      egress: once(flat(g.IpPermissionsEgress ?? [])),
    });
  const count = (all: readonly AwsPermission[], list: 'IpRanges' | 'Ipv6Ranges') =>
    all.filter((r) => (r[list] ?? []).length + (r.UserIdGroupPairs ?? []).length > 0).length;
  const change = (does: string, direction: Direction, groupId: string, permissions: AwsPermission[]) => {
    const own = rows.get(groupId);
    if (!own) throw new Error(`InvalidGroup.NotFound: ${groupId}`);
    for (const row of flat(permissions)) {
      for (const { GroupId = '' } of row.UserIdGroupPairs ?? [])
        if (!rows.has(GroupId)) throw new Error(`InvalidGroup.NotFound: ${GroupId}`);
      const at = own[direction].findIndex((r) => keyOf(r) === keyOf(row));
      if (does === 'authorize') {
        if (at >= 0) throw new Error(`InvalidPermission.Duplicate: ${keyOf(row)}`);
        own[direction].push(row);
      } else {
        if (at < 0) throw new Error(`InvalidPermission.NotFound: ${keyOf(row)}`);
        own[direction].splice(at, 1);
      }
    }
    for (const family of ['IpRanges', 'Ipv6Ranges'] as const)
      if (count(own[direction], family) > quota) throw new Error('RulesPerSecurityGroupLimitExceeded');
  };
  let made = 0;
  return {
    groups: () =>
      [...rows].map(([GroupId, { name, ingress, egress }]) =>
        group(name, ingress, { GroupId, IpPermissionsEgress: egress }),
      ),
    rows: (groupId, direction) => rows.get(groupId)?.[direction] ?? [],
    nextId: () => `sg-made${made + 1}`,
    run: (args) => {
      const option = (name: string) => args[args.indexOf(name) + 1] ?? '';
      const [, does, direction] =
        /^(authorize|revoke)-security-group-(ingress|egress)$/.exec(args[1] ?? '') ?? [];
      if (does && direction) {
        change(does, direction as Direction, option('--group-id'), JSON.parse(option('--ip-permissions')));
        return '';
      }
      if (args[1] === 'create-security-group') {
        made += 1;
        const egress = flat([{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]);
        rows.set(`sg-made${made}`, { name: option('--group-name'), ingress: [], egress });
        return `sg-made${made}`;
      }
      if (args[1] === 'describe-security-groups') {
        const names = JSON.parse(option('--filters')).find(
          (f: { Name: string }) => f.Name === 'group-name',
        ).Values;
        return [...rows].find(([, { name }]) => names.includes(name))?.[0] ?? '';
      }
      throw new Error(`not a command about groups: ${args.join(' ')}`);
    },
  };
}

function once(rows: readonly AwsPermission[]): AwsPermission[] {
  return [...new Map(rows.map((r) => [keyOf(r), r])).values()];
}

/** Runs lines as a shell would, with as much of a shell as they use: quotes, and `$(…)` between double quotes. */
export function applied(model: Model, lines: readonly string[], afterEach: () => void): void {
  for (const line of lines) {
    ran(model, line);
    afterEach();
  }
}

function ran(model: Model, line: string): string {
  const [program, ...args] = words(line, (command) => ran(model, command));
  if (program !== 'aws') throw new Error(`not an AWS command: ${line}`);
  return model.run(args);
}

function words(command: string, run: (command: string) => string): string[] {
  const all: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < command.length; at++) {
    const c = command[at] as string;
    if (c === ' ') {
      if (word !== null) all.push(word);
      word = null;
    } else if (c === "'") {
      const end = command.indexOf("'", at + 1);
      word = (word ?? '') + command.slice(at + 1, end);
      at = end;
    } else if (c === '\\') {
      at += 1;
      word = (word ?? '') + (command[at] ?? '');
    } else if (c === '"') {
      if (!command.startsWith('"$(', at)) throw new Error(`not expected in a command: ${command.slice(at)}`);
      const end = endOfSubstitution(command, at + 3);
      word = (word ?? '') + run(command.slice(at + 3, end));
      at = end + 1;
    } else word = (word ?? '') + c;
  }
  return word === null ? all : [...all, word];
}

/** Where the `)` of a substitution is: not one between quotes. */
function endOfSubstitution(command: string, from: number): number {
  for (let at = from; at < command.length; at++) {
    if (command[at] === "'") at = command.indexOf("'", at + 1);
    else if (command[at] === '\\') at += 1;
    else if (command[at] === ')') return at;
  }
  throw new Error(`a substitution that does not end: ${command}`);
}
