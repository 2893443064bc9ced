import { itemsOf } from '../../../src/inventory/collected.ts';
import type { Rule, SecurityGroup } from '../../../src/inventory/security-group.ts';
import type { Snapshot } from '../../../src/inventory/snapshot.ts';

/** One packet that a rule admits or not. `peer`: an address, or what identifies a group on both sides. */
interface Packet {
  readonly protocol: string;
  readonly port: number;
  readonly peer: { readonly address: bigint; readonly bits: 32 | 128 } | { readonly group: string };
}

interface Range {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

/** By hand, and so that nothing is shared with the code under test: canonical CIDRs only. */
function rangeOf(cidr: string): Range {
  const [address = '', length = ''] = cidr.split('/');
  const bits = address.includes(':') ? 128 : 32;
  const first = bits === 32 ? ipv4(address) : ipv6(address);
  const size = 1n << BigInt(bits - Number(length));
  return { bits, first, last: first + size - 1n };
}

function ipv4(address: string): bigint {
  return address.split('.').reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function ipv6(address: string): bigint {
  const [head = '', tail] = address.split('::');
  const words = (text: string) => (text === '' ? [] : text.split(':'));
  const [before, after] = [words(head), words(tail ?? '')];
  const zeros = tail === undefined ? [] : Array(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].reduce((sum, word) => sum * 65536n + BigInt(`0x${word}`), 0n);
}

/** What a group is called on both sides: the VPC by its name, the group by its own. */
function identityOf(id: string, side: Snapshot, end: 'source' | 'target'): string {
  const group = itemsOf(side.securityGroups).find((g) => g.id === id);
  const vpc = itemsOf(side.vpcs).find((v) => v.id === group?.vpcId);
  return group && vpc ? `${vpc.isDefault ? 'default' : vpc.name}/${group.name}` : `${end} ${id}`;
}

/** Whom a rule admits; null where the entries of its list were not read. */
function peersOf({ peer }: Rule, side: Snapshot, end: 'source' | 'target'): (Range | string)[] | null {
  if (peer.type === 'cidr') return [rangeOf(peer.cidr)];
  if (peer.type === 'group') return [identityOf(peer.id, side, end)];
  const entries = itemsOf(side.prefixLists).find((l) => l.id === peer.id)?.entries;
  return entries ? entries.map((e) => rangeOf(e.cidr)) : null;
}

function admits({ protocol, from, to }: Rule, peers: readonly (Range | string)[], packet: Packet): boolean {
  if (protocol !== '-1' && protocol !== packet.protocol) return false;
  // Of ICMP, `from` is the type, and no estate of these tests names a code.
  const last = protocol.startsWith('icmp') ? from : to;
  if (
    protocol !== '-1' &&
    from !== null &&
    from !== -1 &&
    (packet.port < from || packet.port > (last ?? from))
  )
    return false;
  const { peer } = packet;
  return peers.some((p) =>
    typeof p === 'string'
      ? 'group' in peer && peer.group === p
      : 'address' in peer && peer.bits === p.bits && p.first <= peer.address && peer.address <= p.last,
  );
}

/** Which of two groups admits packets that the other does not, tried with a packet at each edge; null where that was not read. */
export function compared(
  source: { readonly side: Snapshot; readonly group: SecurityGroup },
  target: { readonly side: Snapshot; readonly group: SecurityGroup },
  direction: Rule['direction'],
): { readonly less: boolean; readonly more: boolean } | null {
  const read = ({ side, group }: typeof source, end: 'source' | 'target') =>
    group.rules
      .filter((r) => r.direction === direction)
      .map((rule) => ({ rule, peers: peersOf(rule, side, end) }));
  const [here, there] = [read(source, 'source'), read(target, 'target')];
  const all = [...here, ...there];
  if (all.some(({ peers }) => peers === null)) return null;
  const ports = new Set(
    all.flatMap(({ rule: { from, to } }) => [from ?? 0, to ?? 0, (to ?? 0) + 1]).concat(9),
  );
  const protocols = new Set([...all.map(({ rule }) => rule.protocol).filter((p) => p !== '-1'), '99']);
  const peers: Packet['peer'][] = all.flatMap(({ peers: own }) =>
    (own ?? []).flatMap((p): Packet['peer'][] =>
      typeof p === 'string'
        ? [{ group: p }]
        : [p.first, p.last, p.first - 1n, p.last + 1n].map((address) => ({ address, bits: p.bits })),
    ),
  );
  const is = (rows: typeof all, packet: Packet) =>
    rows.some(({ rule, peers: own }) => admits(rule, own ?? [], packet));
  let [less, more] = [false, false];
  for (const protocol of protocols)
    for (const port of ports)
      for (const peer of peers) {
        const packet = { protocol, port, peer };
        const [s, t] = [is(here, packet), is(there, packet)];
        if (s && !t) less = true;
        if (t && !s) more = true;
      }
  return { less, more };
}

/** Whether the ranges are all addresses of a family, together. */
export function isWholeFamily(cidrs: readonly string[]): boolean {
  const ranges = cidrs.map(rangeOf);
  return ([32, 128] as const).some((bits) => {
    const own = ranges.filter((r) => r.bits === bits).sort((a, b) => (a.first < b.first ? -1 : 1));
    let next = 0n;
    for (const { first, last } of own) if (first <= next && last >= next) next = last + 1n;
    return next === 1n << BigInt(bits);
  });
}
