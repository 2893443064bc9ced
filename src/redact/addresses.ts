import { canonicalCidr } from '../inventory/addresses.ts';

/** The blocks whose meaning everybody knows. An address never enters or leaves one of them by being replaced. */
const SPECIAL: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::/16',
  '64:ff9b::/96',
  '2000::/3',
  'fc00::/7',
  'fd00:ec2::/32',
  'fe80::/10',
  'ff00::/8',
];

/** Blocks whose addresses name no host of anyone: loopback, link-local with the services of EC2, multicast. */
const UNCHANGED: readonly string[] = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '::/16',
  '64:ff9b::/96',
  'fd00:ec2::/32',
  'fe80::/10',
  'ff00::/8',
];

interface Prefix {
  readonly family: 4 | 6;
  readonly bits: string;
}

/**
 * Replaces addresses so that what contains what stays as it is, and nothing else of them is left: below the special blocks, the first branch
 * that is seen of each node becomes 0 and the other one 1. So two addresses share as many leading bits as before,
 * and no key exists with which the replacement could be undone.
 */
export class Addresses {
  readonly #firstBits = new Map<string, string>();

  /** The replacement of an address or CIDR; null where the text is neither. */
  replace(text: string): string | null {
    const prefix = prefixOf(text);
    if (prefix === null) return null;
    if (UNCHANGED_PREFIXES.some((block) => contains(block, prefix))) return text;
    const shown = addressText(prefix.family, this.#bits(prefix));
    return text.includes('/') ? `${shown}/${prefix.bits.length}` : shown;
  }

  #bits({ family, bits }: Prefix): string {
    let out = '';
    for (let depth = 0; depth < bits.length; depth += 1) {
      const bit = bits.charAt(depth);
      const node = `${family}:${bits.slice(0, depth)}`;
      if (leadsToSpecial(family, bits.slice(0, depth))) {
        out += bit;
        continue;
      }
      const first = this.#firstBits.get(node);
      if (first === undefined) this.#firstBits.set(node, bit);
      out += first === undefined || first === bit ? '0' : '1';
    }
    return out;
  }
}

const UNCHANGED_PREFIXES = UNCHANGED.flatMap((block) => prefixOf(block) ?? []);
const SPECIAL_PREFIXES = SPECIAL.flatMap((block) => prefixOf(block) ?? []);

function contains(block: Prefix, inner: Prefix): boolean {
  return block.family === inner.family && inner.bits.startsWith(block.bits);
}

/** Whether a special block is below this node, so that its branches have to stay where they are. */
function leadsToSpecial(family: 4 | 6, bits: string): boolean {
  return SPECIAL_PREFIXES.some((s) => s.bits.length > bits.length && contains({ family, bits }, s));
}

function prefixOf(text: string): Prefix | null {
  const canonical = canonicalOf(text);
  if (canonical === null) return null;
  const [address = '', length = ''] = canonical.split('/');
  const bits = address.includes(':') ? bits6(address) : bits4(address);
  return { family: address.includes(':') ? 6 : 4, bits: bits.slice(0, Number(length)) };
}

function canonicalOf(text: string): string | null {
  try {
    return canonicalCidr(text);
  } catch {
    return null;
  }
}

function bits4(address: string): string {
  return address
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
}

function bits6(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...(tail === undefined ? [] : zeros), ...after]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}

function addressText(family: 4 | 6, bits: string): string {
  const [width, size, radix, separator] = family === 4 ? [32, 8, 10, '.'] : [128, 16, 16, ':'];
  const all = bits.padEnd(width, '0');
  const groups = Array.from({ length: width / size }, (_, i) =>
    Number.parseInt(all.slice(i * size, (i + 1) * size), 2).toString(radix),
  );
  return canonicalCidr(groups.join(separator)).split('/')[0] ?? '';
}
