import { isCanonical } from './addresses.ts';
import { isObject } from './json-text.ts';
import type { Rule } from './security-group.ts';

/**
 * The rules of a group in a snapshot file where every one is what `ruleSchema` allows, in canonical form and of a plain
 * kind: by tcp, udp, ICMP or all protocols. A large region has a million rules, and the general check copies each of them.
 * Null for anything else, right or wrong: the general check then says which.
 * @param shared Has the rules that were looked at when they were read.
 */
export function plainRules(
  value: unknown,
  shared?: { isPlain(rule: unknown): boolean; isPlainList(rules: unknown): rules is Rule[] },
): Rule[] | null {
  if (shared?.isPlainList(value)) return value;
  if (!Array.isArray(value)) return null;
  for (let i = 0; i < value.length; i++)
    if (!shared?.isPlain(value[i]) && !isPlainRule(value[i])) return null;
  return value;
}

export function isPlainRule(value: unknown): boolean {
  if (!isObject(value) || countKeys(value) !== 6) return false;
  const { direction, protocol, from, to, peer, description } = value;
  return (
    (direction === 'ingress' || direction === 'egress') &&
    (description === null || typeof description === 'string') &&
    isPlainRange(protocol, from, to) &&
    isPlainPeer(peer)
  );
}

function isPlainRange(protocol: unknown, from: unknown, to: unknown): boolean {
  switch (protocol) {
    case 'tcp':
    case 'udp':
      return isWithin(to, 0, 65535) && isWithin(from, 0, to);
    case 'icmp':
    case 'icmpv6':
      return isWithin(from, -1, 255) && isWithin(to, -1, from === -1 ? -1 : 255);
    default:
      return protocol === '-1' && from === null && to === null;
  }
}

function isPlainPeer(peer: unknown): boolean {
  if (!isObject(peer)) return false;
  switch (peer.type) {
    case 'cidr':
      return typeof peer.cidr === 'string' && isCanonical(peer.cidr) && countKeys(peer) === 2;
    case 'prefix-list':
      return typeof peer.id === 'string' && countKeys(peer) === 2;
    case 'group': {
      const { id, ownerId, name, vpcId, peeringConnectionId, peeringStatus } = peer;
      return (
        typeof id === 'string' &&
        [ownerId, name, vpcId, peeringConnectionId, peeringStatus].every(isTextOrNull) &&
        countKeys(peer) === 7
      );
    }
    default:
      return false;
  }
}

/** Also those that a prototype gives: what has one is not plain. */
function countKeys(value: object): number {
  let count = 0;
  for (const _ in value) count += 1;
  return count;
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

function isWithin(value: unknown, low: number, high: number): value is number {
  return Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
}
