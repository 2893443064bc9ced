import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwsPermission, AwsSecurityGroup } from '../../../src/inventory/security-group.ts';
import { allow, auditGroups, found, group, linesOf } from '../../kit/estate.ts';
import { applied, modelOf } from './model.ts';

/** What can be asked of a group: every combination that the rows below can tell apart. */
const PACKETS = ['tcp', 'udp', 'icmp', '50'].flatMap((protocol) =>
  [22, 80, 443, 8080].flatMap((port) =>
    ['10.1.2.3', '10.9.9.9', '192.0.2.7', '8.8.8.8', '2001:db8::1', '2600::1', 'sg-a', 'sg-b', 'sg-new'].map(
      (peer) => ({ protocol, port, peer }),
    ),
  ),
);
type Packet = (typeof PACKETS)[number];

/** By comparing one packet with one row: nothing of the algebra. */
function admits(rows: readonly AwsPermission[], packet: Packet): boolean {
  return rows.some((row) => {
    const protocol = row.IpProtocol === '-1' || row.IpProtocol === packet.protocol;
    const ranged = row.FromPort !== undefined && row.ToPort !== undefined && row.FromPort !== -1;
    const port = packet.protocol === '50' || !ranged || inRange(packet, row.FromPort ?? 0, row.ToPort ?? 0);
    return protocol && port && peersOf(row).some((peer) => covers(peer, packet.peer));
  });
}
/** An ICMP type is a port here: a code is never given. */
function inRange({ protocol, port }: Packet, from: number, to: number): boolean {
  return protocol === 'icmp' ? port === from : from <= port && port <= to;
}
function peersOf(row: AwsPermission): string[] {
  return [
    ...(row.IpRanges ?? []).map((r) => r.CidrIp ?? ''),
    ...(row.Ipv6Ranges ?? []).map((r) => r.CidrIpv6 ?? ''),
    ...(row.UserIdGroupPairs ?? []).map((r) => r.GroupId ?? ''),
  ];
}
const COVERED: Readonly<Record<string, RegExp>> = {
  '10.0.0.0/8': /^10\./,
  '10.1.0.0/16': /^10\.1\./,
  '192.0.2.0/24': /^192\.0\.2\./,
  '0.0.0.0/0': /^\d+\./,
  '2001:db8::/32': /^2001:db8:/,
  '::/0': /:/,
};
function covers(peer: string, address: string): boolean {
  return COVERED[peer]?.test(address) ?? peer === address;
}

const peer = fc.constantFrom(...Object.keys(COVERED), 'sg-a', 'sg-b', 'sg-new');
const row = fc.oneof(
  fc.tuple(
    fc.constantFrom('tcp', 'udp'),
    fc.constantFrom([22, 22], [80, 80], [80, 443], [0, 65535], [443, 8080]),
  ),
  fc.tuple(fc.constantFrom('icmp'), fc.constantFrom([8080 % 256, -1], [-1, -1], [22, -1], [80, -1])),
  fc.tuple(fc.constantFrom('-1', '50'), fc.constant([undefined, undefined])),
);
const rows = fc
  .array(fc.tuple(row, peer), { maxLength: 5 })
  .map((all) => all.map(([[protocol, [from, to]], p]) => allow(protocol, from, to, p)));
/** The second side is the first with rows taken away, added and widened: as drift makes it. */
const sides = fc
  .tuple(rows, rows, fc.nat(4))
  .map(([source, others, kept]): [AwsPermission[], AwsPermission[]] => [
    source,
    [...source.slice(0, kept), ...others.filter((r) => !JSON.stringify(r).includes('sg-new'))].filter(
      (r) => !JSON.stringify(r).includes('sg-new'),
    ),
  ]);

/** sg-new exists on the source alone. */
const sourceGroups = (a: AwsPermission[], fresh: AwsPermission[] = []): AwsSecurityGroup[] => [
  group('a', a),
  group('b', []),
  group('new', fresh),
];
const targetGroups = (a: AwsPermission[]): AwsSecurityGroup[] => [group('a', a), group('b', [])];

describe('the commands about groups, applied to a model of the target', () => {
  it('leave no difference, cut nothing off that both sides admit, and open nothing at any step', () => {
    fc.assert(
      fc.property(sides, rows, fc.integer({ min: 6, max: 60 }), ([a, there], fresh, rulesPerGroup) => {
        const source = sourceGroups(a, fresh);
        const config = { quotas: { rulesPerGroup } };
        const report = auditGroups(source, targetGroups(there), { config });
        const model = modelOf(targetGroups(there), rulesPerGroup);
        const ids = new Map([['sg-new', model.nextId()]]);
        const translated = (rowsOfSource: readonly AwsPermission[]) =>
          JSON.parse(
            JSON.stringify(rowsOfSource).replaceAll('sg-new', ids.get('sg-new') ?? ''),
          ) as AwsPermission[];
        const [wanted, before] = [translated(a), there];
        const packets = PACKETS.map((p) => ({ ...p, peer: ids.get(p.peer) ?? p.peer }));
        const lines = report.findings.flatMap(linesOf);
        applied(model, lines, () => {
          const now = model.rows('sg-a', 'ingress');
          for (const packet of packets) {
            const [had, shall, has] = [before, wanted, now].map((r) => admits(r, packet));
            if (had && shall) expect(has, `cut off: ${JSON.stringify(packet)}`).toBe(true);
            if (!had && !shall) expect(has, `opened: ${JSON.stringify(packet)}`).toBe(false);
          }
        });
        const after = auditGroups(source, model.groups(), { config });
        // What no packet can use is left: a rule of ICMP for IPv6 addresses.
        const left = found(after).filter((f) => /allows|missing/.test(f) && !f.endsWith(' info'));
        const refused = report.findings.some((f) => /higher quota/.test(f.remedy));
        if (!refused) expect(left).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('give no command twice', () => {
    fc.assert(
      fc.property(sides, rows, ([a, there], fresh) => {
        const lines = auditGroups(sourceGroups(a, fresh), targetGroups(there)).findings.flatMap(linesOf);
        expect(new Set(lines).size).toBe(lines.length);
      }),
      { numRuns: 40 },
    );
  });
});
