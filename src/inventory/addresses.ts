import ipaddr from 'ipaddr.js';

/** A value that AWS does not document, in an answer or a dump. Names the value; the reader turns it into a gap. */
export class MalformedValue extends Error {
  override name = 'MalformedValue';
}

function badCidr(text: string): MalformedValue {
  return new MalformedValue(`"${text}" is not an IPv4 or IPv6 address range`);
}

// ipaddr.js also reads octal, hex and shortened IPv4 ("010.1", "0x7f.1"); AWS does not, so neither do we.
const DOTTED = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/**
 * One spelling per range: host bits masked, IPv6 in RFC 5952 form, a bare address as /32 or /128.
 * EC2 itself stores `100.68.0.18/18` as `100.68.0.0/18`; dumps, templates and emulators need not.
 * @throws MalformedValue for anything that is not a range.
 */
export function canonicalCidr(text: string): string {
  return canonicalV4(text) ?? anyCanonicalCidr(text);
}

/** Whether a text is a range as this tool writes it. */
export function isCanonical(text: string): boolean {
  if (canonicalV4(text) !== null) return true;
  try {
    return anyCanonicalCidr(text) === text;
  } catch (error) {
    if (error instanceof MalformedValue) return false;
    throw error;
  }
}

/** Null for anything but a plain `192.0.2.0/24`, which nearly all rules have and which is read without the library. */
function canonicalV4(text: string): string | null {
  const slash = text.indexOf('/');
  if (slash < 7 || slash > 15 || text.length - slash > 3 || text.length - slash < 2) return null;
  let address = 0;
  let byte = -1;
  let bytes = 1;
  for (let i = 0; i < slash; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (byte < 0) return null;
      address = address * 256 + byte;
      byte = -1;
      bytes += 1;
    } else {
      // A leading zero is octal to other readers, and no address to AWS.
      if (code < ZERO || code > NINE || byte === 0) return null;
      byte = (byte < 0 ? 0 : byte * 10) + code - ZERO;
      if (byte > 255) return null;
    }
  }
  if (bytes !== 4 || byte < 0) return null;
  address = address * 256 + byte;
  const tens = text.charCodeAt(slash + 1) - ZERO;
  const ones = text.length - slash === 3 ? text.charCodeAt(slash + 2) - ZERO : null;
  if (tens < 0 || tens > 9 || (ones !== null && (tens === 0 || ones < 0 || ones > 9))) return null;
  const length = ones === null ? tens : tens * 10 + ones;
  if (length > 32) return null;
  // With host bits there is more to write; the general way does it.
  return address % 2 ** (32 - length) === 0 ? text : null;
}
const DOT = 46;
const SLASH = 47;
const ZERO = 48;
const NINE = 57;

function anyCanonicalCidr(text: string): string {
  const [written = '', prefix, ...rest] = text.trim().split('/');
  const address = written.includes(':') ? withoutQuad(written) : written;
  const v4 = DOTTED.test(address);
  if (rest.length > 0 || (!v4 && !address.includes(':')) || address.includes('%')) throw badCidr(text);
  if (!v4 && !ipaddr.IPv6.isValid(address)) throw badCidr(text);
  const bits = v4 ? 32 : 128;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) throw badCidr(text);
  const length = prefix === undefined ? bits : Number(prefix);
  if (length > bits) throw badCidr(text);
  const parsed = v4 ? ipaddr.IPv4.parse(address) : ipaddr.IPv6.parse(address);
  const bytes = parsed.toByteArray().map((byte, i) => byte & mask(length - 8 * i));
  return `${v4 ? bytes.join('.') : rfc5952(bytes)}/${length}`;
}

/** `::1.2.3.4` in hexadecimal: ipaddr.js would read it as `::ffff:1.2.3.4`, which is another address (RFC 4291, 2.5.5). */
function withoutQuad(address: string): string {
  const at = address.lastIndexOf(':') + 1;
  if (!DOTTED.test(address.slice(at))) return address;
  const [a = 0, b = 0, c = 0, d = 0] = address.slice(at).split('.').map(Number);
  return `${address.slice(0, at)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function mask(bitsLeft: number): number {
  return bitsLeft >= 8 ? 0xff : bitsLeft <= 0 ? 0 : (0xff << (8 - bitsLeft)) & 0xff;
}

/** Lower case, no leading zeros, the longest run of two or more zero groups as `::` (the first of equals). */
function rfc5952(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((bytes[2 * i] ?? 0) * 256 + (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  const runs = [
    ...groups
      .map((g) => (g === '0' ? '0' : 'x'))
      .join('')
      .matchAll(/0{2,}/g),
  ];
  const longest = runs.reduce<(typeof runs)[number] | undefined>(
    (best, r) => (!best || r[0].length > best[0].length ? r : best),
    undefined,
  );
  if (!longest) return groups.join(':');
  const start = longest.index;
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + longest[0].length).join(':')}`;
}

/** 4 or 6, of a canonical CIDR. */
export function familyOf(cidr: string): 4 | 6 {
  return cidr.includes(':') ? 6 : 4;
}

/** Whether canonical `outer` holds all of canonical `inner`. False across families. */
export function cidrContains(outer: string, inner: string): boolean {
  const length = lengthOf(outer);
  if (familyOf(outer) !== familyOf(inner) || length > lengthOf(inner)) return false;
  // Called for every rule of every group: IPv4 is parsed without the library, which reads each text as IPv6 first.
  if (familyOf(outer) === 4) {
    const drop = 32 - length;
    return drop === 32 || ipv4Number(outer) >>> drop === ipv4Number(inner) >>> drop;
  }
  return ipaddr.IPv6.parse(addressOf(inner)).match(ipaddr.IPv6.parse(addressOf(outer)), length);
}

function addressOf(cidr: string): string {
  return cidr.slice(0, cidr.indexOf('/'));
}

function lengthOf(cidr: string): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}

/** Four decimal bytes, up to the slash or the end. */
function ipv4Number(dotted: string): number {
  let address = 0;
  let byte = 0;
  for (let i = 0; i < dotted.length; i++) {
    const code = dotted.charCodeAt(i);
    if (code === SLASH) break;
    if (code === DOT) {
      address = address * 256 + byte;
      byte = 0;
    } else byte = byte * 10 + code - ZERO;
  }
  return address * 256 + byte;
}
