import type { FactsOf } from '../../../report/rules/index.ts';
import type { Refusal } from '../../../report/rules/launches.ts';
import { count } from '../../../text/counts.ts';
import { OTHER_NAME } from './name-taken.ts';

/** Between what has no image and where. */
const NO_IMAGE = ' and takes none from a launch template, so that EC2 refuses the launch';

/** Per refusal, what the launch does, and how to change it. */
export const REFUSED: Readonly<
  Record<Refusal, { says: (facts: FactsOf<'workload/refused'>, target: string) => string; fix: string }>
> = {
  'name-taken': {
    says: ({ what }, target) => `creates ${what}, and ${target} has one of this name already`,
    fix: OTHER_NAME,
  },
  'rule-fails': {
    says: ({ what }, target) => `has the rule ${what}, which fails in ${target}`,
    fix: 'Change the rule or the parameters so that its assertion holds on the target.',
  },
  'no-such-export': {
    says: ({ what }, target) => `imports "${what}", which no stack of ${target} exports`,
    fix: 'Deploy the stack that exports it on the target first, or import another name.',
  },
  'no-such-zone': {
    says: ({ what, limit }, target) =>
      limit === null
        ? `names Availability Zone ${what}, which does not exist in ${target}: no subnet and no instance type offering that was read there names it`
        : `takes zone ${what} of Fn::GetAZs, which gives ${count(limit, 'zone')} in ${target}`,
    fix: 'Take a zone that each Region has, or make the number of zones depend on the Region.',
  },
  'no-such-name': {
    says: ({ what }) =>
      `refers to ${what}, which is neither a parameter nor a resource of the template: CloudFormation refuses the template in every region`,
    fix: 'Correct the name, or add the parameter or resource that it is meant to be.',
  },
  'no-such-condition': {
    says: ({ what }) =>
      `depends on the condition ${what}, which the template does not define: CloudFormation refuses the template in every region`,
    fix: 'Correct the name, or add the condition to Conditions.',
  },
  'no-value': {
    says: ({ what }) =>
      `has the property ${what} without a value: "'null' values are not allowed in templates"`,
    fix: 'Give the property a value, or drop it.',
  },
  'name-refused': {
    says: ({ what }) => `creates ${what}: AWS refuses such a name in every region`,
    fix: 'Give it another name, or none so that AWS makes one.',
  },
  'no-source-image': {
    says: ({ what }) => `copies ${what}, which does not exist there`,
    fix: 'Copy an image that exists in that region.',
  },
  'refused-text': {
    says: ({ what }) => `gives ${what}: EC2 refuses it in every region`,
    fix: 'Write the text without the other characters.',
  },
  'no-property': {
    says: ({ what }) =>
      `does not give ${what}, which is required: CloudFormation refuses the template in every region`,
    fix: 'Give the property a value.',
  },
  'no-property-there': {
    says: ({ what }, target) =>
      `does not give ${what} in ${target}, which is required: CloudFormation refuses the template there`,
    fix: 'Give the property a value in each branch of the conditions.',
  },
  'no-image': {
    says: () => `names no image${NO_IMAGE} in every region: "The request must contain the parameter ImageId"`,
    fix: 'Name an image in the launch, or in the launch template that it starts from.',
  },
  'no-image-there': {
    says: (_, target) =>
      `names no image in ${target}${NO_IMAGE} there: "The request must contain the parameter ImageId"`,
    fix: 'Name an image in each branch of the conditions, and in the launch template of the target.',
  },
  'no-such-resource': {
    says: ({ what }, target) => `names ${what}, which does not exist in ${target}`,
    fix: 'Refer to the one of the target by a parameter.',
  },
  'groups-beside-interfaces': {
    says: () =>
      'names security groups beside network interfaces: "Network interfaces and an instance-level security groups may not be specified on the same request"',
    fix: 'Move the security groups into the network interface.',
  },
  'imds-v1': {
    says: ({ what }, target) =>
      `${admitsV1(what)}, and the account enforces IMDSv2 in ${target}: "You can't launch instances with IMDSv1 because httpTokensEnforced is enabled for this account"`,
    fix: 'Set HttpTokens to required.',
  },
  'groups-per-interface': {
    says: ({ what, limit }, target) =>
      `names ${what} security groups on one network interface, and ${target} takes ${limit}`,
    fix: 'Merge security groups, or ask Service Quotas for more per network interface (L-2AFB9258).',
  },
  'address-outside-subnet': {
    says: ({ what }) => `names private address ${what}, which is not in the range of its subnet`,
    fix: 'Choose an address of the subnet, or leave the choice to EC2.',
  },
  'address-reserved': {
    says: ({ what }) =>
      `names private address ${what}, which AWS reserves: the first four addresses of a subnet and the last`,
    fix: 'Choose another address of the subnet, or leave the choice to EC2.',
  },
  'groups-of-several-vpcs': {
    says: ({ what }) =>
      `names security groups of several VPCs for one network interface (${what}): "You have specified two resources that belong to different networks"`,
    fix: 'Name security groups of one VPC, or associate them with one.',
  },
  'too-many-interfaces': {
    says: ({ what, limit }) => `has ${what} network interfaces, and its instance type takes ${limit}`,
    fix: 'Use fewer network interfaces, or an instance type that takes more.',
  },
  'zone-of-another-subnet': {
    says: ({ what }) =>
      `names zone ${what}, and its subnet is in another zone: "Value (${what}) for parameter availabilityZone is invalid"`,
    fix: 'Name the zone of the subnet, or no zone.',
  },
  'interfaces-in-several-zones': {
    says: ({ what }) =>
      `has network interfaces in ${what}, and those of one instance have to be in one Availability Zone`,
    fix: 'Refer to subnets of one Availability Zone.',
  },
  'no-such-interface': {
    says: ({ what }, target) => `names network interface ${what}, which was not found in ${target}`,
    fix: 'Refer to a network interface of the target, or let EC2 make one.',
  },
  'no-such-target-group': {
    says: ({ what }, target) =>
      `attaches its instances to target group ${what}, which does not exist in ${target}: "One or more target groups not found. Validating load balancer configuration failed"`,
    fix: 'Refer to a target group of the target, or drop it from the group.',
  },
  'target-group-of-another-vpc': {
    says: ({ what }) =>
      `attaches its instances to target group ${what}, which belongs to another VPC than its subnets`,
    fix: "Refer to a target group of the subnets' VPC.",
  },
  'no-such-load-balancer': {
    says: ({ what }, target) =>
      `attaches its instances to Classic Load Balancer ${what}, which does not exist in ${target}: "Cannot find Load Balancer ${what}. Validating load balancer configuration failed"`,
    fix: 'Create the load balancer on the target, or drop it from the group.',
  },
  'load-balancer-of-another-vpc': {
    says: ({ what }) =>
      `attaches its instances to Classic Load Balancer ${what}, which belongs to another VPC than its subnets: "EC2 instance … is not in VPC. Updating load balancer configuration failed"`,
    fix: "Refer to a load balancer of the subnets' VPC.",
  },
  'no-such-snapshot': {
    says: ({ what }, target) => `makes a volume from snapshot ${what}, which was not found in ${target}`,
    fix: 'Refer to a snapshot of the target.',
  },
  'snapshot-not-completed': {
    says: ({ what }) => `makes a volume from snapshot ${what}, which is not completed`,
    fix: 'Wait until the snapshot is completed, or refer to another.',
  },
  'type-not-for-placement': {
    says: ({ what }) => `launches ${what}, whose strategy the instance type does not support`,
    fix: 'Use an instance type that supports the strategy, or another placement group.',
  },
  'cluster-in-several-zones': {
    says: ({ what }) =>
      `launches into cluster placement group ${what}, and a cluster placement group is in one Availability Zone`,
    fix: 'Use subnets of one Availability Zone, or a placement group of another strategy.',
  },
  'spread-group-full': {
    says: ({ what, limit }) =>
      `wants ${what}, which holds ${limit}: seven running instances in each Availability Zone`,
    fix: 'Use several placement groups, more Availability Zones, or a placement group of another strategy.',
  },
  'interface-in-use': {
    says: ({ what }, target) =>
      `names network interface ${what}, which is in use in ${target} already: "InvalidNetworkInterface.InUse"`,
    fix: 'Detach it, or let EC2 make a network interface.',
  },
  'address-in-use': {
    says: ({ what }, target) =>
      `names private address ${what}, which is in use in ${target} already: "InvalidIPAddress.InUse"`,
    fix: 'Choose another address of the subnet, or let EC2 choose one.',
  },
  'no-ipv6-range': {
    says: ({ what }) => `requests an IPv6 address in subnet ${what}, which has no IPv6 range`,
    fix: 'Associate an IPv6 range with the subnet, or request no IPv6 address.',
  },
  'public-address-of-several': {
    says: () =>
      'requests a public address beside several network interfaces: "The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces"',
    fix: 'Use one network interface, or an Elastic IP address.',
  },
  'option-unsupported': {
    says: ({ what }) => what ?? '',
    fix: 'Use an instance type that supports it, or launch without it.',
  },
  'volume-limits': {
    says: ({ what }) => `requests ${what}`,
    fix: 'Change the size, the type, the IOPS or the throughput of the volume.',
  },
  'hibernation-with-enclave': {
    says: () =>
      'enables hibernation and a Nitro enclave: "You can\'t enable AWS Nitro Enclaves and hibernation on the same instance"',
    fix: 'Enable one of the two.',
  },
  'hibernation-root-unencrypted': {
    says: ({ what }, target) =>
      `enables hibernation, for which the root volume has to be encrypted: ${what} is not, and EBS encryption by default is off in ${target}`,
    fix: 'Encrypt the root volume in the block device mappings, copy the image encrypted, or enable EBS encryption by default.',
  },
  'no-open-reservation': {
    says: ({ what }, target) =>
      `runs in capacity reservations only (capacity-reservations-only), and ${target} has no open one with capacity left for ${what}`,
    fix: 'Create an open capacity reservation that matches the launch, or change the preference to open.',
  },
  'key-without-encryption': {
    says: ({ what }) => `names a KMS key for volume ${what} and sets Encrypted to false`,
    fix: 'Set Encrypted to true, or drop the key.',
  },
};

/** @param from Where HttpTokens is taken from; null: the launch sets it. */
function admitsV1(from: string | null): string {
  if (from === 'default') return 'does not set HttpTokens, whose default in the account is optional';
  if (from === 'image')
    return 'does not set HttpTokens, nor is it required by default of the account or by the image';
  return 'admits IMDSv1 (HttpTokens optional)';
}
