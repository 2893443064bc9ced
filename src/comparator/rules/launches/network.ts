import type { FactsOf } from '../../../report/rules/index.ts';
import type { NoSubnet, Refusal } from '../../../report/rules/launches.ts';
import { count } from '../../../text/counts.ts';
import { groupBy } from '../../../text/groups.ts';
import type { Context } from '../../context.ts';
import { writtenIn } from '../../workloads/reference-issues.ts';
import { deployedCounterpart, stackOf } from '../../workloads/stack-users.ts';
import type { Check } from '../../workloads/template-checks.ts';
import { always, type Found, rule } from '../rule.ts';
import { nameTakenRemedy, OTHER_NAME } from './name-taken.ts';
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

const REFUSED: Readonly<
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

/** Between what has no image and where. */
const NO_IMAGE = ' and takes none from a launch template, so that EC2 refuses the launch';

/** @param from Where HttpTokens is taken from; null: the launch sets it. */
function admitsV1(from: string | null): string {
  if (from === 'default') return 'does not set HttpTokens, whose default in the account is optional';
  if (from === 'image')
    return 'does not set HttpTokens, nor is it required by default of the account or by the image';
  return 'admits IMDSv1 (HttpTokens optional)';
}

/** What CloudFormation refuses of a template, before it creates anything or while it does. */
function* aboutStack(item: object | null, context: Context): Generator<Found<FactsOf<'workload/refused'>>> {
  const asked = item && stackOf(item, context);
  if (!asked) return;
  // A stack that is deployed on the target has been created there.
  const stack = deployedCounterpart(asked, context) ?? asked;
  const base = { judged: stack === asked ? 'source' : 'target', limit: null } as const;
  for (const refusal of stack.refusals) {
    const { because, what, resource, path } = refusal;
    yield {
      facts: { ...base, ...writtenIn(stack, refusal), at: `${resource} ${path}`, because, what },
      discriminator: [because, resource, what],
      content: null,
      origin: { references: [refusal] },
    };
  }
  const imports = groupBy(stack.checks, ({ issue }) => (issue?.is === 'no-export' ? issue.text : null));
  const zones = groupBy(stack.checks, ({ issue }) => (issue?.is === 'no-zone' ? issue.text : null));
  for (const [what, checks] of [...imports, ...zones]) {
    const [{ reference, issue }] = checks as [Check];
    const because = issue?.is === 'no-zone' ? 'no-such-zone' : 'no-such-export';
    const open = checks.every(({ outcome }) => outcome.when.length > 0);
    yield {
      facts: {
        ...base,
        ...writtenIn(stack, reference),
        at: `${reference.resource} ${reference.path}`,
        because,
        what,
        limit: issue?.is === 'no-zone' ? issue.count : null,
      },
      discriminator: [because, what],
      content: null,
      origin: { references: checks },
      ...(open ? { severity: 'medium' as const } : {}),
    };
  }
}

export const launchRefused = rule({
  id: 'workload/refused',
  title: 'EC2 refuses the parameters',
  short: 'launch refused',
  severity: always('critical'),
  severityNote:
    'high where another launch of the same group can still be used; medium where a condition of a template leaves open whether it counts',
  compares:
    'The parameters of a launch with one another, and with what the account and region of the target are set to refuse; of a template, its Rules, the names that it creates and the exports that it imports.',
  why: 'EC2 refuses the launch: "InvalidParameterCombination: Network interfaces and an instance-level security groups may not be specified on the same request", "InvalidParameterValue: Value (…) for parameter availabilityZone is invalid", "UnsupportedOperation", "SecurityGroupsPerInterfaceLimitExceeded", "AttachmentLimitExceeded", "InvalidNetworkInterfaceID.NotFound", "InvalidSnapshot.NotFound"; Auto Scaling: "One or more target groups not found. Validating load balancer configuration failed".',
  remedy: 'Change the parameters so that EC2 takes them.',
  links: [ERRORS],
  *find(pair, context) {
    yield* aboutLaunch('workload/refused', pair, context);
    yield* aboutStack(pair.source, context);
  },
  message: (facts, { name, onTarget, target }) =>
    `${subject(facts, { name, onTarget, target })} ${REFUSED[facts.because].says(facts, target)}${place(facts)}.`,
  remedyFor: (facts) =>
    facts.because === 'name-taken' ? nameTakenRemedy(facts) : REFUSED[facts.because].fix,
});
