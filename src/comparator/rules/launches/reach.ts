import type { FactsOf } from '../../../report/rules/index.ts';
import type { Obstacle } from '../../../report/rules/launches.ts';
import { listed } from '../../../text/lists.ts';
import { always, rule } from '../rule.ts';
import { aboutLaunch, place, subject } from './shared.ts';

type Unreachable = FactsOf<'workload/unreachable'>;

const OBSTACLES: Readonly<Record<Obstacle, { says: (facts: Unreachable) => string; fix: string }>> = {
  'no-route': {
    says: ({ witness }) => `has no route to ${witness.peer}`,
    fix: 'Add the route to the route table of the subnet, or launch into a subnet that has it.',
  },
  'no-public-address': {
    says: () => 'gives the instance no public address, so that its internet gateway carries nothing for it',
    fix: 'Launch into a subnet that gives public addresses, or request one in the launch template (AssociatePublicIpAddress).',
  },
  'outbound-only-route': {
    says: ({ witness }) =>
      `reaches ${witness.peer} through a NAT gateway or an egress-only internet gateway, which admit no connection from outside`,
    fix: 'Launch into a subnet with a route to an internet gateway, or put a load balancer in front.',
  },
  'cut-off-nat': {
    says: ({ witness }) =>
      `has a route for ${witness.peer} to a NAT gateway whose own subnet has no route to an internet gateway`,
    fix: 'Add a route to an internet gateway to the route table of the subnet of the NAT gateway.',
  },
  'block-public-access': {
    says: () => 'is under VPC Block Public Access',
    fix: 'Exclude the subnet from VPC Block Public Access, or launch into one that is excluded.',
  },
  'network-acl': {
    says: () => 'has a network ACL that denies the packet or its reply',
    fix: 'Allow the packets and their replies in the network ACL of the subnet.',
  },
};

export const unreachable = rule({
  id: 'workload/unreachable',
  title: 'The subnet does not carry what the security groups admit',
  short: 'unreachable',
  severity: always('high'),
  compares:
    "What the security groups of both sides admit with what the subnets carry: the route with the longest matching prefix, public addresses, and the subnet's network ACL in the order of its rule numbers, replies included. Addresses of the VPCs themselves are compared only where the config maps them. VPC Block Public Access counts as it applies to the subnet, and a NAT gateway only where its own subnet reaches the internet. Transit gateways, peerings, VPNs and firewalls are not followed.",
  why: 'EC2 reports no error: the instance starts, and connections to it or from it time out.',
  remedy:
    'Change the route table, the public addresses or the network ACL of the subnet, or launch into another subnet.',
  links: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
  ],
  *find(pair, context) {
    yield* aboutLaunch('workload/unreachable', pair, context);
  },
  message: (facts, { name, onTarget, source, target }) =>
    `${subject(facts, { name, onTarget, target })} ${effect(facts)}${place(facts)}: ${subnetsOf(facts)} ${OBSTACLES[facts.because].says(facts)}. The security groups admit it, and nothing that was read of its subnets in ${source} stops it.`,
  remedyFor: ({ because }) => OBSTACLES[because].fix,
});

function effect({ direction, witness }: Unreachable): string {
  const numbers = [witness.port ?? witness.type, witness.code].filter((n) => n !== undefined);
  const packet = [witness.protocol, numbers.join('/')].filter((text) => text !== '').join(' ');
  return direction === 'ingress'
    ? `cannot be reached with ${packet} from ${witness.peer}`
    : `cannot reach ${witness.peer} with ${packet}`;
}

function subnetsOf({ subnets, subnetsInAll }: Unreachable): string {
  if (subnetsInAll > 1 && subnets.length === subnetsInAll) return `each of its ${subnetsInAll} subnets`;
  return subnets.length === 1 ? `subnet ${subnets[0]}` : `each of the subnets ${listed(subnets)}`;
}
