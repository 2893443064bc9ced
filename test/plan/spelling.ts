import fc from 'fast-check';
import type { AwsPermission } from '../../src/inventory/security-group.ts';
import type { Estate } from '../kit/estate.ts';

/** How a side is written, where what it is stays the same. */
export interface Spelling {
  /** Each rule with one peer, or all peers of one service in one rule. */
  readonly shape: 'as it is' | 'one by one' | 'together';
  /** One range as two that are all of it: the ports, or the addresses. */
  readonly split: boolean;
  readonly reversed: boolean;
  /** Addresses with host bits, and IPv6 in upper case without any zeros left out. */
  readonly loose: boolean;
}

export const spellings: fc.Arbitrary<Spelling> = fc.record({
  shape: fc.constantFrom('as it is', 'one by one', 'together'),
  split: fc.boolean(),
  reversed: fc.boolean(),
  loose: fc.boolean(),
});

/** The same estate in another region: other ids, the images as copies, and all rules written differently. */
export function spelled(estate: Estate, spelling: Spelling): Estate {
  const { images = [], securityGroups = [], prefixLists = [], ...rest } = estate;
  const order = <T>(all: readonly T[]): T[] => (spelling.reversed ? [...all].reverse() : [...all]);
  const there: Estate = {
    ...rest,
    securityGroups: order(securityGroups).map((group) => ({
      ...group,
      Tags: order(group.Tags ?? []),
      IpPermissions: order(written(group.IpPermissions ?? [], spelling)),
      IpPermissionsEgress: order(written(group.IpPermissionsEgress ?? [], spelling)),
    })),
    prefixLists: order(prefixLists).map((list) => ({
      ...list,
      ...(list.Entries ? { Entries: order(list.Entries).map((cidr) => loosened(cidr, spelling)) } : {}),
    })),
    images: order(images).map((image) => ({ ...image, CreationDate: '2026-02-01T00:00:00.000Z' })),
  };
  const otherIds = JSON.parse(
    JSON.stringify(there).replaceAll('-0a000000000000', '-0b000000000000'),
  ) as Estate;
  return {
    ...otherIds,
    images: (otherIds.images ?? []).map((image) => ({
      ...image,
      SourceImageId: image.ImageId?.replace('-0b', '-0a'),
      SourceImageRegion: 'us-east-1',
    })),
  };
}

function written(all: readonly AwsPermission[], spelling: Spelling): AwsPermission[] {
  const shaped =
    spelling.shape === 'one by one'
      ? all.flatMap(oneByOne)
      : spelling.shape === 'together'
        ? together(all)
        : [...all];
  return (spelling.split ? shaped.flatMap(divided) : shaped).map((p) => ({
    ...p,
    IpRanges: (p.IpRanges ?? []).map((r) => ({ ...r, CidrIp: loosened(r.CidrIp ?? '', spelling) })),
    Ipv6Ranges: (p.Ipv6Ranges ?? []).map((r) => ({ ...r, CidrIpv6: loosened(r.CidrIpv6 ?? '', spelling) })),
  }));
}

function oneByOne(p: AwsPermission): AwsPermission[] {
  const { IpProtocol, FromPort, ToPort } = p;
  const base = { IpProtocol, FromPort, ToPort };
  return [
    ...(p.IpRanges ?? []).map((r) => ({ ...base, IpRanges: [r] })),
    ...(p.Ipv6Ranges ?? []).map((r) => ({ ...base, Ipv6Ranges: [r] })),
    ...(p.PrefixListIds ?? []).map((r) => ({ ...base, PrefixListIds: [r] })),
    ...(p.UserIdGroupPairs ?? []).map((r) => ({ ...base, UserIdGroupPairs: [r] })),
  ];
}

/** As DescribeSecurityGroups writes them: one permission for each service. */
function together(all: readonly AwsPermission[]): AwsPermission[] {
  const byService = new Map<string, AwsPermission>();
  for (const p of all) {
    const key = JSON.stringify([p.IpProtocol, p.FromPort, p.ToPort]);
    const known = byService.get(key);
    byService.set(key, {
      ...p,
      IpRanges: [...(known?.IpRanges ?? []), ...(p.IpRanges ?? [])],
      Ipv6Ranges: [...(known?.Ipv6Ranges ?? []), ...(p.Ipv6Ranges ?? [])],
      PrefixListIds: [...(known?.PrefixListIds ?? []), ...(p.PrefixListIds ?? [])],
      UserIdGroupPairs: [...(known?.UserIdGroupPairs ?? []), ...(p.UserIdGroupPairs ?? [])],
    });
  }
  return [...byService.values()];
}

/** Ports as two neighbouring ranges, or an IPv4 range as its two halves. */
function divided(p: AwsPermission): AwsPermission[] {
  const { IpProtocol, FromPort, ToPort } = p;
  if (
    (IpProtocol === 'tcp' || IpProtocol === 'udp') &&
    FromPort !== undefined &&
    ToPort !== undefined &&
    FromPort < ToPort
  )
    return [
      { ...p, ToPort: FromPort },
      { ...p, FromPort: FromPort + 1 },
    ];
  return [
    {
      ...p,
      IpRanges: (p.IpRanges ?? []).flatMap((r) => halves(r.CidrIp ?? '').map((CidrIp) => ({ ...r, CidrIp }))),
    },
  ];
}

function halves(cidr: string): string[] {
  const [address = '', length = ''] = cidr.split('/');
  const bytes = address.split('.').map(Number);
  const bits = Number(length);
  // All addresses stay one rule: EC2 tracks connections in another way with two.
  if (bits === 0 || bits >= 32) return [cidr];
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0) + 2 ** (31 - bits);
  const upper = [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
  return [`${address}/${bits + 1}`, `${upper}/${bits + 1}`];
}

/** The same range in another spelling that EC2, or a tool that saves what was sent, gives. */
function loosened(cidr: string, { loose }: Spelling): string {
  if (!loose) return cidr;
  const [address = '', length = ''] = cidr.split('/');
  if (address.includes(':')) {
    const [head = '', tail = ''] = address.split('::');
    const words = (text: string) => (text === '' ? [] : text.split(':'));
    const zeros = Array(8 - words(head).length - words(tail).length).fill('0');
    return `${[...words(head), ...zeros, ...words(tail)].map((w) => w.toUpperCase().padStart(4, '0')).join(':')}/${length}`;
  }
  return Number(length) < 31
    ? `${address.replace(/\d+$/, (byte) => String(Number(byte) + 1))}/${length}`
    : cidr;
}
