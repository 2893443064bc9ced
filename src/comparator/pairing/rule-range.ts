import type { Rule } from '../../inventory/security-group.ts';
import { icmpRange, type Permit } from '../../traffic/index.ts';

const NUMBERS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 };

/** The protocol of a rule as the algebra numbers it. */
export function protocolNumber(protocol: string): number | 'all' {
  return protocol === '-1' ? 'all' : (NUMBERS[protocol] ?? Number(protocol));
}

/** The ports, or ICMP types and codes, of a rule. */
export function rangeOf(rule: Rule): Permit['range'] {
  if (rule.from === null || rule.to === null) return 'all';
  if (rule.protocol === 'icmp' || rule.protocol === 'icmpv6') {
    return icmpRange(rule.from === -1 ? null : rule.from, rule.to === -1 ? null : rule.to);
  }
  return { first: rule.from, last: rule.to };
}

/** The same as a rule prints it, with a blank before it: " 443", " 1024-65535", " 3/4"; empty for everything. */
export function rangeText({ protocol, from, to }: Rule): string {
  if (from === null || to === null) return '';
  if (protocol === 'icmp' || protocol === 'icmpv6')
    return from === -1 ? '' : to === -1 ? ` ${from}` : ` ${from}/${to}`;
  if (from === 0 && to === 65535) return ' all';
  return from === to ? ` ${from}` : ` ${from}-${to}`;
}
