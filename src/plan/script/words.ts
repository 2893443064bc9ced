import { ShellVariable } from '../../comparator/commands/shell.ts';
import { isPlain, shellWord } from '../../text/shell.ts';
import type { Direction, PlannedRule, Ref } from '../model.ts';
import { refValue, type VariableOf } from './calls.ts';

/** A reference as one word of a shell. */
export function refWord(ref: Ref, variableOf: VariableOf): string {
  const value = refValue(ref, variableOf);
  return value instanceof ShellVariable ? `"$${value.name}"` : shellWord(value);
}

/** A rule as the look-up of the script prints it: "ingress|tcp|22-22|10.0.0.0/8", as one word of a shell. */
export function ruleWord(rule: PlannedRule, direction: Direction, variableOf: VariableOf): string {
  const { protocol, from, to, peer } = rule;
  const ranged = ['tcp', 'udp', 'icmp', 'icmpv6'].includes(protocol);
  const start = `${direction}|${protocol}|${ranged ? `${from}-${to}` : 'all'}|`;
  const ref = peer.type === 'cidr' ? { id: peer.cidr } : peer.type === 'group' ? peer.group : peer.list;
  const value = refValue(ref, variableOf);
  return value instanceof ShellVariable
    ? `${shellWord(start)}"$${value.name}"`
    : shellWord(`${start}${value}`);
}

/**
 * A text as a literal of a JMESPath expression. Every character that could end the literal or is not shown as itself is an
 * escape of JSON, so that the expression means this text and nothing else.
 */
export function jmesText(text: string): string {
  const json = JSON.stringify(text);
  const safe = [...json]
    .map((c) => (c !== '`' && c !== '!' && isPlain(c) ? c : c.split('').map(escaped).join('')))
    .join('');
  return `\`${safe}\``;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * A filter of a Describe call by a name. In a filter, `*` and `?` are wildcards, and servers that imitate EC2 take more for
 * patterns: a name with such characters is not filtered by. The query compares the name in any case. Nor is one with a `!`,
 * which an interactive shell expands between double quotes.
 */
export function nameFilter(Name: string, value: string): object[] {
  return /[!\\*?()[\]{}+^$|]/.test(value) ? [] : [{ Name, Values: [value] }];
}
