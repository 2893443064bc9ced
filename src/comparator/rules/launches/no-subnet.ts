import type { FactsOf } from '../../../report/rules/index.ts';
import type { NoSubnet } from '../../../report/rules/launches.ts';
import { count } from '../../../text/counts.ts';
import { always, rule } from '../rule.ts';
import { aboutLaunch, ERRORS, place, subject, TROUBLESHOOTING } from './shared.ts';

const NO_SUBNET: Readonly<
  Record<NoSubnet, { says: (facts: FactsOf<'workload/no-subnet'>, target: string) => string; fix: string }>
> = {
  'no-default-vpc': {
    says: (_, target) => `names no subnet, and ${target} has no default VPC`,
    fix: 'Name a subnet of a VPC of the target.',
  },
  'no-vpc': {
    says: ({ vpc }, target) => `launches into VPC ${vpc}, and no VPC of ${target} is its counterpart`,
    fix: 'Create the VPC on the target, or map it in the config (vpcs).',
  },
  'no-subnet-in-vpc': {
    says: ({ vpc }, target) => `needs a subnet of VPC ${vpc}, which has none in ${target}`,
    fix: 'Create a subnet in the VPC.',
  },
  'no-subnet-in-zone': {
    says: ({ zone }) => `needs a default subnet in ${zone}, which has none`,
    fix: 'Create the default subnet (aws ec2 create-default-subnet), or give the group subnets.',
  },
  missing: {
    says: ({ subnet }, target) => `names subnet ${subnet}, which was not found in ${target}`,
    fix: 'Refer to a subnet of the target.',
  },
  'other-network': {
    says: ({ subnet, vpc, group, groupVpc }) =>
      `uses security group "${group}" of ${groupVpc} in subnet ${subnet} of ${vpc}, and the group is not known to be associated with that VPC`,
    fix: "Refer to a group of the subnet's VPC, to a subnet of the group's, or associate the group with the VPC.",
  },
  full: {
    says: ({ subnet, zone, free, wanted }) => {
      const where = subnet === null ? `its subnets${zone === null ? '' : ` in ${zone}`}` : `subnet ${subnet}`;
      return `has ${count(free ?? 0, 'free address', 'free addresses')} in ${where} for ${count(wanted ?? 0, 'instance')}`;
    },
    fix: 'Add a subnet, or free addresses.',
  },
};

export const noSubnet = rule({
  id: 'workload/no-subnet',
  title: 'No subnet to launch into',
  short: 'no subnet',
  severity: always('critical'),
  severityNote:
    'high where the subnets have too few free addresses, or another launch of the group has a subnet',
  compares:
    'The subnets that a launch names with those of the target: whether they exist, are of the VPC of its security groups and have free addresses. Of an object that is yet to be made: whether the VPC that is the counterpart has a subnet.',
  why: 'EC2 refuses the launch: "InvalidSubnetID.NotFound", "VPCIdNotSpecified: No default VPC for this user", "Security group sg-… and subnet subnet-… belong to different networks", "InsufficientFreeAddressesInSubnet".',
  remedy: 'Refer to a subnet of the target that is of the VPC of the security groups.',
  links: [ERRORS, TROUBLESHOOTING],
  *find(pair, context) {
    yield* aboutLaunch('workload/no-subnet', pair, context);
  },
  message: (facts, { name, onTarget, target }) =>
    `${subject(facts, { name, onTarget, target })} ${NO_SUBNET[facts.because].says(facts, target)}${place(facts)}.`,
  remedyFor: ({ because }) => NO_SUBNET[because].fix,
});
