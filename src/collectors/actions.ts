interface Action {
  readonly reads: string;
  readonly page?: { readonly min: number; readonly max: number };
  /** Rights beside its own, of the same service. */
  readonly needs?: readonly string[];
  /** How fast its bucket of requests fills (E4), where that is not the rate of its service. */
  readonly perSecond?: number;
}
type Actions = Readonly<Record<string, Action>>;

/** Requests that only read, with a filter or a page size. */
const EC2_PER_SECOND = 20;

/** CloudFormation says nowhere how long a page is, and takes no wish: only the token goes over the wire. */
const PAGES_OF_ITS_OWN = { min: 1, max: 100 } as const;

/**
 * Everything that the tool ever asks AWS for: the one list that the clients refuse to go beyond
 * (`guard.ts`) and that the IAM policy is printed from (`iam-policy.ts`).
 * `page`: the page sizes that the service accepts, where the call is paged.
 */
export const EC2_ACTIONS = {
  DescribeRegions: { reads: 'whether a region is enabled for the account' },
  DescribeVpcs: { reads: 'VPCs', page: { min: 5, max: 1000 } },
  DescribeKeyPairs: { reads: 'key pairs' },
  DescribeManagedPrefixLists: { reads: 'prefix lists', page: { min: 1, max: 100 } },
  GetManagedPrefixListEntries: { reads: 'prefix list entries', page: { min: 1, max: 100 } },
  DescribeSecurityGroups: { reads: 'security groups', page: { min: 5, max: 1000 } },
  DescribeStaleSecurityGroups: {
    reads: 'which rules refer to groups that no longer exist',
    page: { min: 5, max: 255 },
    perSecond: 5,
  },
  DescribeImages: { reads: 'images', page: { min: 1, max: 1000 } },
  DescribeImageAttribute: { reads: 'launch permissions' },
  GetImageAncestry: { reads: 'which image a copy of a copy was made from' },
  DescribeSnapshots: {
    reads: 'descriptions and written sizes of image snapshots',
    page: { min: 5, max: 1000 },
  },
  GetAllowedImagesSettings: { reads: 'whether Allowed AMIs hides images' },
  GetEbsDefaultKmsKeyId: { reads: 'the key that EBS encrypts with where no key is named' },
  GetEbsEncryptionByDefault: { reads: 'whether EBS encryption by default is on' },
  ListImagesInRecycleBin: { reads: 'images that can be restored', page: { min: 1, max: 1000 } },
  DescribeInstances: { reads: 'instances', page: { min: 5, max: 1000 } },
  DescribeLaunchTemplates: { reads: 'launch templates', page: { min: 1, max: 200 } },
  DescribeLaunchTemplateVersions: { reads: 'versions of launch templates', page: { min: 1, max: 200 } },
  DescribeSubnets: { reads: 'subnets', page: { min: 5, max: 1000 } },
  DescribeInstanceTypeOfferings: { reads: 'where instance types are offered', page: { min: 5, max: 1000 } },
  DescribeInstanceTypes: { reads: 'what instance types support', page: { min: 5, max: 100 } },
  DescribeRouteTables: { reads: 'route tables', page: { min: 5, max: 100 } },
  DescribeNetworkAcls: { reads: 'network ACLs', page: { min: 5, max: 1000 } },
  DescribeInternetGateways: { reads: 'internet gateways', page: { min: 5, max: 1000 } },
  DescribeNatGateways: { reads: 'NAT gateways', page: { min: 5, max: 1000 } },
  DescribeNetworkInterfaces: { reads: 'network interfaces', page: { min: 5, max: 1000 } },
  DescribePlacementGroups: { reads: 'placement groups' },
  DescribeCapacityReservations: { reads: 'capacity reservations', page: { min: 1, max: 1000 } },
  DescribeSecurityGroupVpcAssociations: {
    reads: 'VPCs that groups are associated with',
    page: { min: 5, max: 1000 },
  },
  GetInstanceMetadataDefaults: { reads: 'whether IMDSv2 is enforced' },
} as const satisfies Actions;

export const AUTO_SCALING_ACTIONS = {
  DescribeAutoScalingGroups: { reads: 'Auto Scaling groups', page: { min: 1, max: 100 } },
  DescribeScalingActivities: { reads: 'why launches failed', page: { min: 1, max: 100 } },
  DescribeLaunchConfigurations: { reads: 'launch configurations', page: { min: 1, max: 100 } },
  DescribeLifecycleHooks: { reads: 'lifecycle hooks of Auto Scaling groups' },
} as const satisfies Actions;

export const CLOUDFORMATION_ACTIONS = {
  DescribeStacks: {
    reads: 'stacks and their parameters',
    page: PAGES_OF_ITS_OWN,
    // Without a stack's name, AWS requires both permissions (CloudFormation API, DescribeStacks).
    needs: ['ListStacks'],
  },
  GetTemplate: { reads: 'the template of a stack' },
  ListExports: { reads: 'exports that templates import', page: PAGES_OF_ITS_OWN },
} as const satisfies Actions;

export const SSM_ACTIONS = {
  GetParameters: { reads: 'parameters that image references go through' },
} as const satisfies Actions;

export const IAM_ACTIONS = {
  GetInstanceProfile: { reads: 'instance profiles that launches name' },
} as const satisfies Actions;

export const KMS_ACTIONS = {
  DescribeKey: { reads: 'KMS keys that launches name' },
} as const satisfies Actions;

export const ELB_V2_ACTIONS = {
  DescribeTargetGroups: { reads: 'target groups of Auto Scaling groups', page: { min: 1, max: 400 } },
} as const satisfies Actions;

export const ELB_CLASSIC_ACTIONS = {
  DescribeLoadBalancers: {
    reads: 'Classic Load Balancers of Auto Scaling groups',
    page: { min: 1, max: 400 },
  },
} as const satisfies Actions;

export const SERVICE_QUOTAS_ACTIONS = {
  GetServiceQuota: { reads: 'vCPU quotas' },
} as const satisfies Actions;

/** STS answers GetCallerIdentity independent of policies; it is listed so that the list is complete. */
export const STS_ACTIONS = { GetCallerIdentity: { reads: 'the account' } } as const;

/** Asked only with `--verify-content`, so `iam-policy` prints them only with --with-verify-content. */
export const EBS_ACTIONS = {
  ListSnapshotBlocks: { reads: 'which blocks of a snapshot are written' },
  GetSnapshotBlock: { reads: 'a block of a snapshot' },
} as const;

/** What a region is read with: every list that a `Reader` can call, by service. */
export const READ_ACTIONS = {
  ec2: EC2_ACTIONS,
  autoscaling: AUTO_SCALING_ACTIONS,
  cloudformation: CLOUDFORMATION_ACTIONS,
  ssm: SSM_ACTIONS,
  iam: IAM_ACTIONS,
  kms: KMS_ACTIONS,
  servicequotas: SERVICE_QUOTAS_ACTIONS,
  elbv2: ELB_V2_ACTIONS,
  elb: ELB_CLASSIC_ACTIONS,
} as const;
export type ReadService = keyof typeof READ_ACTIONS;

const SERVICES = { ...READ_ACTIONS, sts: STS_ACTIONS, ebs: EBS_ACTIONS } as const;
type Service = keyof typeof SERVICES;

/** As AWS calls them. */
const NAMES: Readonly<Record<Service, string>> = {
  ec2: 'EC2',
  autoscaling: 'Auto Scaling',
  cloudformation: 'CloudFormation',
  ssm: 'Systems Manager',
  iam: 'IAM',
  kms: 'KMS',
  servicequotas: 'Service Quotas',
  elbv2: 'Elastic Load Balancing',
  elb: 'Elastic Load Balancing',
  sts: 'STS',
  ebs: 'EBS',
};

/** The prefix that IAM gives the actions of a service, where it is not the key of its list. */
const IAM_PREFIXES: Readonly<Partial<Record<Service, string>>> = {
  elbv2: 'elasticloadbalancing',
  elb: 'elasticloadbalancing',
};

type ActionsOf<S extends ReadService> = (typeof READ_ACTIONS)[S];
export type ReadAction = { [S in ReadService]: keyof ActionsOf<S> }[ReadService];
export type PagedAction = {
  [S in ReadService]: {
    [A in keyof ActionsOf<S>]: ActionsOf<S>[A] extends { page: unknown } ? A : never;
  }[keyof ActionsOf<S>];
}[ReadService];

export function pageSizesOf(action: PagedAction): { readonly min: number; readonly max: number } {
  const page = actionOf(action)?.page;
  if (!page) throw new TypeError(`${action} is not paged`);
  return page;
}

/** How many requests a second AWS documents for an action; only EC2 has such figures (E4). */
export function perSecondOf(action: string): number | null {
  return actionOf(action)?.perSecond ?? (serviceOf(action) === 'ec2' ? EC2_PER_SECOND : null);
}

/** Whether an action is on one of the lists. */
export function isListed(action: string): boolean {
  return Object.values(SERVICES).some((actions) => Object.hasOwn(actions, action));
}

/** The service of an action; what is on no list is treated as EC2's. */
export function serviceOf(action: string): Service {
  const services = Object.keys(SERVICES) as Service[];
  return services.find((service) => Object.hasOwn(SERVICES[service], action)) ?? 'ec2';
}

/** A service for messages: "Auto Scaling". */
export function serviceName(action: string): string {
  return NAMES[serviceOf(action)];
}

/** The IAM name of an action, as policies and errors write it. */
export function iamName(action: string): string {
  const service = serviceOf(action);
  return `${IAM_PREFIXES[service] ?? service}:${action}`;
}

/** The rights that an action takes: its own, and those that AWS requires in addition. */
export function rightsFor(action: string): string[] {
  const service = serviceOf(action);
  const prefix = IAM_PREFIXES[service] ?? service;
  return [action, ...(actionOf(action)?.needs ?? [])].map((name) => `${prefix}:${name}`);
}

function actionOf(action: string): Action | undefined {
  const actions: Actions = SERVICES[serviceOf(action)];
  return Object.hasOwn(actions, action) ? actions[action] : undefined;
}
