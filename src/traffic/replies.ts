/**
 * A stateless filter must admit the replies too. A client's port is not known beforehand: AWS's documentation on network
 * ACLs names 1024 to 65535 as the range that covers all common clients.
 */
import { combine, DIFFERENCE, INTERSECTION, UNION, unionOf } from './intervals.ts';
import { mapProfile } from './profile.ts';
import { EVERYTHING, ICMP, ICMPV6, type Services, servicesOf, TCP, UDP } from './services.ts';
import { fromRows, type Traffic, union } from './set.ts';

const CLIENT_PORTS = { first: 1024, last: 65535 };

/** ICMP requests and the types of their replies. All other types are messages that nothing answers. */
const ICMP_REPLIES = [
  { protocol: ICMP, request: 8, reply: 0 },
  { protocol: ICMP, request: 13, reply: 14 },
  { protocol: ICMP, request: 15, reply: 16 },
  { protocol: ICMP, request: 17, reply: 18 },
  { protocol: ICMPV6, request: 128, reply: 129 },
] as const;

/** Packets whose replies are others than themselves: the packets, and what must be admitted back. */
const ANSWERS: readonly { readonly packets: Services; readonly replies: Services }[] = [
  ...[TCP, UDP].map((p) => ({ packets: servicesOf(p, 'all'), replies: servicesOf(p, CLIENT_PORTS) })),
  ...ICMP_REPLIES.map(({ protocol, request, reply }) => ({
    packets: typeOf(protocol, request),
    replies: typeOf(protocol, reply),
  })),
];

/** All protocols but these four. Each is wholly in a set of services or not at all, and its packets are answered by its packets. */
const WITHOUT_PORTS: Services = [TCP, UDP, ICMP, ICMPV6]
  .map((p) => servicesOf(p, 'all'))
  .reduce((rest, services) => combine(rest, services, DIFFERENCE), EVERYTHING);

/**
 * The packets that can be answered where `back` admits the packets of the other direction, and those that need no answer.
 * Of TCP and UDP that is every port as soon as `back` admits any port that a client may use: some client gets through,
 * so a list that leaves only a part of the client ports open counts as open. Of a protocol without ports the protocol
 * itself must be admitted back.
 */
export function answeredBy(back: Traffic): Traffic {
  const known = new Map<Services, Services>();
  const answered = (services: Services): Services => {
    const hit = known.get(services) ?? answeredServices(services);
    known.set(services, hit);
    return hit;
  };
  const asked: Traffic = {
    ipv4: mapProfile(back.ipv4, answered),
    ipv6: mapProfile(back.ipv6, answered),
    atoms: [],
  };
  return union(asked, UNANSWERED);
}

function answeredServices(services: Services): Services {
  const answers = ANSWERS.filter(({ replies }) => combine(services, replies, INTERSECTION).length > 0);
  return unionOf([combine(services, WITHOUT_PORTS, INTERSECTION), ...answers.map((a) => a.packets)]);
}

function typeOf(protocol: number, type: number): Services {
  return servicesOf(protocol, { first: type * 256, last: type * 256 + 255 });
}

/** ICMP messages that nothing answers, from and to anywhere. */
const UNANSWERED: Traffic = fromRows(
  ['0.0.0.0/0', '::/0'].map((cidr) => ({ peer: { type: 'cidr', cidr }, services: unansweredTypes() })),
);

function unansweredTypes(): Services {
  const requests = new Set(ICMP_REPLIES.map(({ protocol, request }) => `${protocol} ${request}`));
  return [ICMP, ICMPV6]
    .flatMap((protocol) =>
      Array.from({ length: 256 }, (_, type) => type)
        .filter((type) => !requests.has(`${protocol} ${type}`))
        .map((type) => typeOf(protocol, type)),
    )
    .reduce((a, b) => combine(a, b, UNION));
}
