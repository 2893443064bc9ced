/**
 * The two address spaces. IPv4 addresses are numbers 0 .. 2**32-1, IPv6 addresses are bigints: 32 bits do not fit
 * JavaScript's signed shifts without care, and bigints for both would make the common family several times slower.
 * All arithmetic on addresses is in this file.
 */
import type { Point } from './intervals.ts';

/** A CIDR block: its first address and its prefix length. */
export interface Block<P extends Point> {
  readonly start: P;
  readonly length: number;
}

export interface Space<P extends Point> {
  readonly bits: 32 | 128;
  readonly start: P;
  /** One past the last address. */
  readonly end: P;
  /** One past the last address of a block. */
  after(block: Block<P>): P;
  /** The address with all but its first `length` bits cleared. */
  mask(address: P, length: number): P;
  /** The prefix length of the largest block that begins at `start` and does not reach beyond `end`. */
  fit(start: P, end: P): number;
  /** How many leading bits two different addresses share. */
  shared(a: P, b: P): number;
  next(address: P): P;
  text(address: P): string;
}

export const IPV4: Space<number> = {
  bits: 32,
  start: 0,
  end: 2 ** 32,
  after: ({ start, length }) => start + 2 ** (32 - length),
  // A shift by 32 is a shift by 0 in JavaScript, so /0 is handled separately.
  mask: (address, length) => (length === 0 ? 0 : (address & (-1 << (32 - length))) >>> 0),
  fit(start, end) {
    const aligned = start === 0 ? 0 : Math.clz32(start & -start) + 1;
    const room = end - start === 2 ** 32 ? 0 : Math.clz32(end - start) + 1;
    return Math.max(aligned, room);
  },
  shared: (a, b) => Math.clz32(a ^ b),
  next: (address) => address + 1,
  text: (address) => `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`,
};

const BITS = 128n;

export const IPV6: Space<bigint> = {
  bits: 128,
  start: 0n,
  end: 1n << BITS,
  after: ({ start, length }) => start + (1n << BigInt(128 - length)),
  mask: (address, length) => (address >> BigInt(128 - length)) << BigInt(128 - length),
  fit(start, end) {
    const aligned = start === 0n ? 0 : 129 - bitLength(start & -start);
    return Math.max(aligned, 129 - bitLength(end - start));
  },
  shared: (a, b) => 128 - bitLength(a ^ b),
  next: (address) => address + 1n,
  text: ipv6Text,
};

function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return hex.length * 4 + 28 - Math.clz32(Number.parseInt(hex.charAt(0), 16));
}

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals) as `::`. */
function ipv6Text(address: bigint): string {
  const hex = address.toString(16).padStart(32, '0');
  const groups = Array.from({ length: 8 }, (_, i) =>
    Number.parseInt(hex.slice(i * 4, i * 4 + 4), 16).toString(16),
  );
  let [from, longest] = [0, 1];
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (groups[i + run] === '0') run++;
    if (run > longest) [from, longest] = [i, run];
  }
  if (longest < 2) return groups.join(':');
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + longest).join(':')}`;
}

/** An address or block of either family. */
type Parsed =
  | { readonly family: 'ipv4'; readonly block: Block<number> }
  | { readonly family: 'ipv6'; readonly block: Block<bigint> };

/** Reads `address/length`; host bits are masked off. Null when the text is no CIDR. */
export function parseCidr(text: string): Parsed | null {
  const slash = text.indexOf('/');
  if (slash < 0) return null;
  const length = decimal(text.slice(slash + 1), 128);
  const parsed = length === null ? null : parseAddress(text.slice(0, slash));
  if (length === null || parsed === null || length > parsed.block.length) return null;
  if (parsed.family === 'ipv4')
    return { family: 'ipv4', block: { start: IPV4.mask(parsed.block.start, length), length } };
  return { family: 'ipv6', block: { start: IPV6.mask(parsed.block.start, length), length } };
}

/** Reads a bare address as a block of one. Null when the text is no address. */
export function parseAddress(text: string): Parsed | null {
  if (!BEGINS_ADDRESS.test(text)) return null;
  if (text.includes(':')) {
    const start = parseIpv6(text);
    return start === null ? null : { family: 'ipv6', block: { start, length: 128 } };
  }
  const start = parseIpv4(text);
  return start === null ? null : { family: 'ipv4', block: { start, length: 32 } };
}

const BEGINS_ADDRESS = /^[\da-f:]/i;

/** Four decimal octets. A leading zero is refused: some programs read `010` as 8, others as 10. */
function parseIpv4(text: string): number | null {
  const octets = text.split('.');
  if (octets.length !== 4) return null;
  let address = 0;
  for (const octet of octets) {
    const value = decimal(octet, 255);
    if (value === null) return null;
    address = address * 256 + value;
  }
  return address;
}

/** RFC 4291 text forms: full, with one `::`, and with a dotted IPv4 tail. No zone. */
function parseIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? '', halves.length === 1);
  const tail = halves[1] === undefined ? '' : groupsOf(halves[1], true);
  if (head === null || tail === null) return null;
  const given = head.length + tail.length;
  // `::` replaces at least one group.
  if (halves.length === 1 ? given !== 32 : given > 28) return null;
  return BigInt(`0x${head}${'0'.repeat(32 - given)}${tail}`);
}

/** Colon-separated groups as hex digits, four to a group; only the end of an address may be dotted. */
function groupsOf(text: string, isEnd: boolean): string | null {
  if (text === '') return '';
  const groups = text.split(':');
  let digits = '';
  for (const [i, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(group)) {
      digits += group.padStart(4, '0');
      continue;
    }
    const dotted = isEnd && i === groups.length - 1 ? parseIpv4(group) : null;
    if (dotted === null) return null;
    digits += dotted.toString(16).padStart(8, '0');
  }
  return digits;
}

/** A decimal number from 0 to `max` without sign, space or leading zero. */
export function decimal(text: string, max: number): number | null {
  if (!/^(0|[1-9][0-9]{0,4})$/.test(text)) return null;
  const value = Number(text);
  return value <= max ? value : null;
}
