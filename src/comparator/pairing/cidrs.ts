import ipaddr from 'ipaddr.js';
import { canonicalCidr, cidrContains, familyOf } from '../../inventory/addresses.ts';
import { Unable } from '../../inventory/unable.ts';

/** What a source address range is on the target. Ranges that no entry covers stay as they are. */
export type CidrMap = (cidr: string) => string;

/**
 * The most specific entry that contains the range moves it: 10.1.0.0/16 -> 10.2.0.0/16 takes 10.1.4.0/24 to 10.2.4.0/24.
 * @throws Unable for an entry whose two ranges differ in size or family.
 */
export function cidrMap(entries: Readonly<Record<string, string>> | undefined): CidrMap {
  const moves = Object.entries(entries ?? {})
    .map(([from, to]) => ({ from: range(from), to: range(to) }))
    .sort((a, b) => prefixOf(b.from) - prefixOf(a.from));
  for (const { from, to } of moves) {
    if (familyOf(from) !== familyOf(to) || prefixOf(from) !== prefixOf(to)) {
      throw new Unable(
        `config cidrs: ${from} and ${to} are not of the same size`,
        'Map a range to one of the same family and prefix length.',
      );
    }
  }
  return (cidr) => {
    const move = moves.find(({ from }) => cidrContains(from, cidr));
    return move ? moved(cidr, move.to) : cidr;
  };
}

/** What is wrong with each entry, by its source range. */
export function cidrFaults(entries: Readonly<Record<string, string>>): { from: string; message: string }[] {
  return Object.entries(entries).flatMap(([from, to]) => {
    try {
      cidrMap({ [from]: to });
      return [];
    } catch (error) {
      if (!(error instanceof Unable)) throw error;
      return [{ from, message: error.message.replace(/^config cidrs: /, '') }];
    }
  });
}

function range(text: string): string {
  try {
    return canonicalCidr(text);
  } catch {
    throw new Unable(
      `config cidrs: "${text}" is not an address range`,
      'Write ranges such as 10.1.0.0/16 or 2001:db8::/56.',
    );
  }
}

function prefixOf(cidr: string): number {
  return Number(cidr.split('/')[1]);
}

/** The bits of `to` in front, the rest of `cidr` behind. */
function moved(cidr: string, to: string): string {
  const [base, length] = ipaddr.parseCIDR(to);
  const [address, prefix] = ipaddr.parseCIDR(cidr);
  const front = base.toByteArray();
  const bytes = address.toByteArray().map((byte, i) => {
    const kept = Math.min(8, Math.max(0, length - 8 * i));
    const mask = (0xff << (8 - kept)) & 0xff;
    return ((front[i] ?? 0) & mask) | (byte & ~mask & 0xff);
  });
  return canonicalCidr(`${ipaddr.fromByteArray(bytes).toString()}/${prefix}`);
}
