/** The algebra of allowed traffic: exact sets of packets, their differences, descriptions and witnesses. No cloud. */
export { denoted, describe, type TrafficEntry } from './describe.ts';
export { admittedInOrder, everythingOf, type OrderedEntry, type PrefixRoute, routedBy } from './ordered.ts';
export { answeredBy } from './replies.ts';
export { icmpRange } from './services.ts';
export {
  difference,
  equal,
  intersection,
  isEmpty,
  NOTHING,
  newlyOpenToWorld,
  type Permit,
  type PermitPeer,
  type Traffic,
  trafficOf,
  union,
  unionOfAll,
} from './set.ts';
export { admits, type Packet, witness } from './witness.ts';
