/**
 * A second opinion on traffic: small universes that are enumerated point by point. It shares no code with the algebra;
 * it looks at each packet and each rule and asks whether the rule admits the packet.
 *
 * A universe is a corner of each address family (8 neighbouring addresses), some addresses far from it, and the edges of
 * ports and of ICMP types. Rules are drawn from blocks and ranges that begin and end only there, so the packets of a
 * universe hold one of every kind that its rules can tell apart: sets that agree on them are equal.
 */
import fc from 'fast-check';
import type { Packet, Permit, PermitPeer } from '../../src/traffic/index.ts';

export type Peer =
  | { readonly family: 4 | 6; readonly start: bigint; readonly length: number }
  | { readonly family: 0; readonly name: string };

/** `first` and `last` are ports or type * 256 + code; protocol -1 is all. */
export interface Rule {
  readonly protocol: number;
  readonly first: number;
  readonly last: number;
  readonly peer: Peer;
}

export interface Universe {
  readonly name: string;
  readonly corner4: bigint;
  readonly corner6: bigint;
}

const TOP4 = 2n ** 32n - 1n;
const TOP6 = 2n ** 128n - 1n;

export const UNIVERSES: readonly Universe[] = [
  { name: 'the bottom of both spaces', corner4: 0n, corner6: 0n },
  { name: 'the top of both spaces', corner4: TOP4 - 7n, corner6: TOP6 - 7n },
  { name: 'the middle', corner4: 0x0a000000n, corner6: 0x20010db8n << 96n },
  { name: 'around the sign bits', corner4: 0x7ffffff8n, corner6: (1n << 64n) - 8n },
  { name: 'mapped addresses', corner4: 0x80000000n, corner6: (0xffffn << 32n) + 0x01020300n },
];

const WIDE: readonly Peer[] = [
  { family: 4, start: 0n, length: 0 },
  { family: 4, start: 0n, length: 1 },
  { family: 4, start: 2n ** 31n, length: 1 },
  { family: 4, start: 0x0a000000n, length: 8 },
  { family: 6, start: 0n, length: 0 },
  { family: 6, start: 0n, length: 1 },
  { family: 6, start: 2n ** 127n, length: 1 },
  { family: 6, start: 0x20010db8n << 96n, length: 32 },
];
const FAR4 = [0x00000100n, 0x0a000100n, 0x80000100n];
const FAR6 = [0x100n, (0x20010db8n << 96n) + 0x100n, 0x8000n << 112n];
const ATOMS = ['group:prod/web', 'prefix-list:com.amazonaws.{region}.s3', 'Ä'];

const PORT_EDGES = [0, 1, 22, 23, 80, 81, 65534, 65535];
const PORTS = [...PORT_EDGES, 10, 50, 1000];
const TYPE_EDGES = [0, 3, 255];
const CODE_EDGES = [0, 4, 255];
/** 99 is never named by a rule: only "all" admits it. */
const PLAIN_PROTOCOLS = [0, 50, 99, 255];

/** Every packet of a universe, with the point it stands for. */
export interface Probe {
  readonly packet: Packet;
  readonly protocol: number;
  readonly point: number;
  readonly peer: Peer;
}

export function probesOf(universe: Universe): readonly Probe[] {
  const corner = Array.from({ length: 8 }, (_, i) => BigInt(i));
  const peers: Peer[] = [
    ...[...corner.map((i) => universe.corner4 + i), ...FAR4].map((start) => host(4, start)),
    ...[...corner.map((i) => universe.corner6 + i), ...FAR6].map((start) => host(6, start)),
    ...ATOMS.map((name) => ({ family: 0, name }) as const),
  ];
  const types = [...TYPE_EDGES, 100].flatMap((type) =>
    (type === 100 ? [7] : [...CODE_EDGES, 7]).map((code) => ({ type, code })),
  );
  const services: (Omit<Packet, 'peer'> & { number: number; point: number })[] = [
    ...PORTS.flatMap((port) => [
      { protocol: 'tcp', port, number: 6, point: port },
      { protocol: 'udp', port, number: 17, point: port },
    ]),
    ...types.flatMap(({ type, code }) => [
      { protocol: 'icmp', type, code, number: 1, point: type * 256 + code },
      { protocol: 'icmpv6', type, code, number: 58, point: type * 256 + code },
    ]),
    ...PLAIN_PROTOCOLS.map((number) => ({ protocol: String(number), number, point: 0 })),
  ];
  return peers.flatMap((peer) =>
    services.map(({ number, point, ...service }): Probe => {
      const packet = { ...service, peer: peer.family === 0 ? peer.name : address(peer.family, peer.start) };
      return { packet, protocol: number, point, peer };
    }),
  );
}

function host(family: 4 | 6, start: bigint): Peer {
  return { family, start, length: family === 4 ? 32 : 128 };
}

/** Whether any of the rules admits a packet, from the definition. */
export function oracleOf(rules: readonly Rule[]): (probe: Probe) => boolean {
  const admitting = rules.map(({ protocol, first, last, peer }) => {
    const end =
      peer.family === 0 ? 0n : peer.start + 2n ** BigInt((peer.family === 4 ? 32 : 128) - peer.length);
    const isRanged = [1, 6, 17, 58].includes(protocol);
    return (probe: Probe): boolean => {
      if (protocol !== -1 && protocol !== probe.protocol) return false;
      if (isRanged && (probe.point < first || last < probe.point)) return false;
      if (peer.family === 0) return probe.peer.family === 0 && probe.peer.name === peer.name;
      return peer.family === probe.peer.family && peer.start <= probe.peer.start && probe.peer.start < end;
    };
  });
  return (probe) => admitting.some((admits) => admits(probe));
}

/** An address as text, IPv6 in full without any shortening: reading it back also tests the reader. */
export function address(family: 4 | 6, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  return (value.toString(16).padStart(32, '0').match(/..../g) ?? []).join(':');
}

export function permitOf({ protocol, first, last, peer }: Rule): Permit {
  const permitPeer: PermitPeer =
    peer.family === 0
      ? { type: 'atom', atom: peer.name }
      : { type: 'cidr', cidr: `${address(peer.family, peer.start)}/${peer.length}` };
  const range = first === 0 && last === 65535 ? 'all' : ({ first, last } as const);
  return { protocol: protocol === -1 ? 'all' : protocol, range, peer: permitPeer };
}

const universeArb = fc.constantFrom(...UNIVERSES);

function peerArb({ corner4, corner6 }: Universe): fc.Arbitrary<Peer> {
  const near = fc
    .record({ family: fc.constantFrom(4 as const, 6 as const), offset: fc.nat(7), size: fc.nat(3) })
    .map(({ family, offset, size }): Peer => {
      const start = (family === 4 ? corner4 : corner6) + BigInt((offset >> size) << size);
      return { family, start, length: (family === 4 ? 32 : 128) - size };
    });
  return fc.oneof(
    { weight: 6, arbitrary: near },
    { weight: 3, arbitrary: fc.constantFrom(...WIDE) },
    { weight: 2, arbitrary: fc.constantFrom(...ATOMS).map((name): Peer => ({ family: 0, name })) },
  );
}

const rangeArb = fc.oneof(
  fc.constant([0, 65535] as const),
  fc
    .tuple(fc.constantFrom(...PORT_EDGES), fc.constantFrom(...PORT_EDGES))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
);
const icmpArb = fc.oneof(
  fc.constant([0, 65535] as const),
  fc.constantFrom(...TYPE_EDGES).map((type) => [type * 256, type * 256 + 255] as const),
  fc
    .tuple(fc.constantFrom(...TYPE_EDGES), fc.constantFrom(...CODE_EDGES))
    .map(([type, code]) => [type * 256 + code, type * 256 + code] as const),
);
const serviceArb = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom(6, 6, 17), rangeArb) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(1, 58), icmpArb) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(0, 50, 255), rangeArb) },
  { weight: 2, arbitrary: fc.tuple(fc.constant(-1), fc.constant([0, 65535] as const)) },
);

function ruleArb(universe: Universe): fc.Arbitrary<Rule> {
  return fc
    .tuple(serviceArb, peerArb(universe))
    .map(([[protocol, [first, last]], peer]) => ({ protocol, first, last, peer }));
}

/** Changes that keep the set of packets, and changes that may not. */
const NEUTRAL = [
  'split block',
  'split range',
  'split protocols',
  'duplicate',
  'swap',
  'add contained',
] as const;
const TELLING = ['widen block', 'narrow block', 'move edge', 'change protocol', 'drop', 'add'] as const;
type Change = {
  readonly kind: (typeof NEUTRAL)[number] | (typeof TELLING)[number];
  readonly at: number;
  readonly other: Rule;
};

function changed(rules: readonly Rule[], { kind, at, other }: Change): readonly Rule[] {
  const i = rules.length === 0 ? 0 : at % rules.length;
  const rule = rules[i];
  if (kind === 'add') return [...rules.slice(0, i), other, ...rules.slice(i)];
  if (rule === undefined) return rules;
  const replacedBy = (...by: Rule[]) => [...rules.slice(0, i), ...by, ...rules.slice(i + 1)];
  const { peer, first, last, protocol } = rule;
  const bits = peer.family === 4 ? 32 : 128;
  switch (kind) {
    case 'drop':
      return replacedBy();
    case 'duplicate':
      return [...rules, rule];
    case 'swap':
      return [...rules.slice(i), ...rules.slice(0, i)];
    case 'add contained':
      if (protocol !== -1) return [...rules, { ...rule, first: last }];
      return [...rules, { ...other, peer }];
    case 'split block':
    case 'narrow block': {
      if (peer.family === 0 || peer.length === bits) return rules;
      const length = peer.length + 1;
      const low = { ...rule, peer: { ...peer, length } };
      const high = { ...rule, peer: { ...peer, length, start: peer.start + 2n ** BigInt(bits - length) } };
      // Halves of wide blocks would have edges that the universe does not probe; splitting keeps the set all the same.
      if (kind === 'split block') return replacedBy(high, low);
      return peer.length < bits - 3 ? rules : replacedBy(at % 2 === 0 ? low : high);
    }
    case 'widen block': {
      if (peer.family === 0 || peer.length <= bits - 3) return rules;
      const size = 2n ** BigInt(bits - peer.length + 1);
      return replacedBy({
        ...rule,
        peer: { ...peer, length: peer.length - 1, start: (peer.start / size) * size },
      });
    }
    case 'split range': {
      if (first === last || ![1, 6, 17, 58].includes(protocol)) return rules;
      const middle = first + (at % (last - first));
      return replacedBy({ ...rule, first: middle + 1 }, { ...rule, last: middle });
    }
    case 'split protocols':
      if (protocol !== -1) return rules;
      return replacedBy(...Array.from({ length: 256 }, (_, number) => ({ ...rule, protocol: number })));
    case 'move edge':
      return replacedBy(
        other.protocol === protocol ? { ...rule, first: other.first, last: other.last } : rule,
      );
    case 'change protocol':
      return replacedBy({ ...other, peer });
  }
}

function changesArb(universe: Universe, kinds: readonly Change['kind'][]): fc.Arbitrary<Change[]> {
  if (kinds.length === 0) return fc.constant([]);
  return fc.array(
    fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(99999), other: ruleArb(universe) }),
    {
      maxLength: 6,
    },
  );
}

export const rulesIn = (universe: Universe): fc.Arbitrary<Rule[]> =>
  fc.array(ruleArb(universe), { maxLength: 9 });

export const rulesArb: fc.Arbitrary<readonly Rule[]> = universeArb.chain(rulesIn);

/** Two sides, the second made by changing the first. */
export interface Sides {
  readonly universe: Universe;
  readonly a: readonly Rule[];
  readonly b: readonly Rule[];
}

const sidesWith = (
  telling: readonly Change['kind'][],
  neutral: readonly Change['kind'][],
): fc.Arbitrary<Sides> =>
  universeArb.chain((universe) =>
    fc
      // Neutral changes come last: they may make edges that the universe does not probe, which is safe while they cancel out.
      .tuple(rulesIn(universe), changesArb(universe, telling), changesArb(universe, neutral))
      .map(([a, changes, rewriting]) => ({ universe, a, b: [...changes, ...rewriting].reduce(changed, a) })),
  );

/** One side is the other with changes of meaning, and rewritten. */
export const sidesArb = sidesWith(
  TELLING,
  // 256 rules for one would only slow the oracle down.
  NEUTRAL.filter((kind) => kind !== 'split protocols'),
);
/** One side is the other rewritten. */
export const rewrittenArb = sidesWith([], NEUTRAL);
