/**
 * What a packet is for, apart from its peer: protocol and port, or protocol and ICMP type and code.
 *
 * All of them are numbers on one line: protocol p owns the points p * 65536 .. p * 65536 + 65535. TCP and UDP use the low part
 * for the port, ICMP and ICMPv6 for type * 256 + code; a protocol without ports owns its points all together, so it is
 * either wholly in a set or not at all. "All protocols" is then simply the whole line, and every set of services is one
 * canonical list of intervals.
 */
import { decimal } from './addresses.ts';
import { combine, DIFFERENCE, type Intervals, pairs } from './intervals.ts';

export type Services = Intervals<number>;

export const NONE: Services = [];
/** How many points one protocol owns. */
export const WIDTH = 65536;
export const PROTOCOLS = 256;
export const EVERYTHING: Services = [0, PROTOCOLS * WIDTH];

export const TCP = 6;
export const UDP = 17;
export const ICMP = 1;
export const ICMPV6 = 58;

/** In the order people expect them in a listing; all others follow by number. */
const NAMES = new Map([
  [TCP, 'tcp'],
  [UDP, 'udp'],
  [ICMP, 'icmp'],
  [ICMPV6, 'icmpv6'],
]);
const NUMBERS = new Map([...NAMES].map(([number, name]) => [name, number]));
const RANKS = new Map([...NAMES.keys()].map((number, rank) => [number, rank]));

export const hasPorts = (protocol: number): boolean => protocol === TCP || protocol === UDP;
export const hasTypes = (protocol: number): boolean => protocol === ICMP || protocol === ICMPV6;

export const protocolName = (protocol: number): string => NAMES.get(protocol) ?? String(protocol);

/** @throws RangeError naming a text that is neither one of the four names nor a number 0 .. 255. */
export function protocolNumber(name: string): number {
  const number = NUMBERS.get(name) ?? decimal(name, PROTOCOLS - 1);
  if (number === null) throw new RangeError(`no protocol: ${JSON.stringify(name)}`);
  return number;
}

/** tcp, udp, icmp, icmpv6, then by number. */
export function byProtocol(a: number, b: number): number {
  return (RANKS.get(a) ?? NAMES.size) - (RANKS.get(b) ?? NAMES.size) || a - b;
}

export const protocolOf = (point: number): number => Math.floor(point / WIDTH);
export const portOf = (point: number): number => point % WIDTH;

/** The services of one protocol: `first` to `last` of its ports or types and codes, or all of it. */
export function servicesOf(
  protocol: number | 'all',
  range: { readonly first: number; readonly last: number } | 'all',
): Services {
  if (protocol === 'all') return EVERYTHING;
  if (!isWithin(protocol, PROTOCOLS)) throw new RangeError(`no protocol: ${protocol}`);
  const base = protocol * WIDTH;
  if (range === 'all' || !(hasPorts(protocol) || hasTypes(protocol))) return [base, base + WIDTH];
  if (!isWithin(range.first, WIDTH) || !isWithin(range.last, WIDTH) || range.first > range.last)
    throw new RangeError(`no range of ${protocolName(protocol)}: ${range.first} to ${range.last}`);
  return [base + range.first, base + range.last + 1];
}

/**
 * The linear range of an ICMP type and code, null meaning any. A null type is everything, with any code.
 * @throws RangeError for a type or code outside 0 .. 255.
 */
export function icmpRange(type: number | null, code: number | null): { first: number; last: number } | 'all' {
  if (type === null) return 'all';
  if (!isWithin(type, 256) || (code !== null && !isWithin(code, 256)))
    throw new RangeError(`no ICMP type and code: ${type}/${code}`);
  return { first: type * 256 + (code ?? 0), last: type * 256 + (code ?? 255) };
}

const isWithin = (value: number, end: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < end;

/** The protocols of which every point is in the set, as the services they make up. */
export function wholeProtocols(services: Services): Services {
  const whole: number[] = [];
  for (let i = 0; i + 1 < services.length; i += 2) {
    const first = services[i] as number;
    const end = services[i + 1] as number;
    if (end - first < WIDTH) continue;
    const from = Math.ceil(first / WIDTH) * WIDTH;
    const to = Math.floor(end / WIDTH) * WIDTH;
    if (from < to) whole.push(from, to);
  }
  return whole;
}

/** How many protocols a set of whole protocols holds. */
export function countProtocols(whole: Services): number {
  let points = 0;
  for (const [first, end] of pairs(whole)) points += end - first;
  return points / WIDTH;
}

/** How many codes an ICMP type has. */
export const CODES = 256;

/** Services of one ICMP protocol, one part per whole type and one per single code. */
export function typesAndCodes(services: Services): Services[] {
  const parts: Services[] = [];
  for (const [first, end] of pairs(services)) {
    for (let from = first; from < end; ) {
      const to = from % CODES === 0 && from + CODES <= end ? from + CODES : from + 1;
      parts.push([from, to]);
      from = to;
    }
  }
  return parts;
}

/**
 * Services of one ICMP protocol as a whole without some: `of` is one code, one type, or all of the protocol, whichever is the
 * least that holds them; `except` are the types and codes of it that are missing.
 */
export function icmpOutline(services: Services): { readonly of: Services; readonly except: Services[] } {
  const [first = 0, last = first] = [services[0], (services.at(-1) ?? 1) - 1];
  if (first === last) return { of: services, except: [] };
  const base = protocolOf(first) * WIDTH;
  const type = first - (first % CODES);
  const of = last < type + CODES ? [type, type + CODES] : [base, base + WIDTH];
  return { of, except: typesAndCodes(combine(of, services, DIFFERENCE)) };
}
