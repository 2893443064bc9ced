import type { FactOf } from '../../inventory/launch-facts/index.ts';

/** What a network interface belongs to, as a report names it. */
export interface InterfaceOwner {
  /** "load-balancer", "database", "function", "vpc-endpoint", "file-system", …; "network-interface" where nothing shows it. */
  readonly kind: string;
  /** Its own name where the interface shows it, else the id of the interface. */
  readonly name: string;
}

type NetworkInterface = FactOf['networkInterfaces'];

interface Sign {
  readonly kind: string;
  /** `InterfaceType`, which EC2 sets. */
  readonly types?: readonly string[];
  /** `RequesterId`, which names the service that made the interface; some services write an account id there. */
  readonly requester?: RegExp;
  /** `Description`: the first part in parentheses that is present is the name. Only the services' own fixed texts. */
  readonly description?: RegExp;
}

/**
 * How AWS marks the interfaces that its services make. The type or requester is enough; the description alone counts only
 * where the service sets no other mark and a user's description is very unlikely to read like it.
 */
const SIGNS: readonly Sign[] = [
  {
    kind: 'load-balancer',
    types: ['load_balancer', 'network_load_balancer', 'gateway_load_balancer'],
    requester: /^amazon-elb$/,
    description: /^ELB (?:(?:app|net|gwy)\/([^/]+)\/[0-9a-f]+|([A-Za-z0-9-]+))$/,
  },
  {
    kind: 'function',
    types: ['lambda'],
    description: /^AWS Lambda VPC ENI[-:] ?(.+?)(?:-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/,
  },
  {
    kind: 'vpc-endpoint',
    types: ['vpc_endpoint', 'gateway_load_balancer_endpoint'],
    description: /^VPC Endpoint Interface (vpce-[0-9a-f]+)$/,
  },
  { kind: 'file-system', types: ['efs'], description: /^EFS mount target for (fs-[0-9a-f]+)\b.*$/ },
  {
    kind: 'file-system',
    requester: /^amazon-fsx$/,
    description: /^Created by Amazon FSx.*?(fs-[0-9a-f]+)?$/,
  },
  { kind: 'database', requester: /^amazon-rds$/, description: /^RDSNetworkInterface$/ },
  { kind: 'database', requester: /^amazon-redshift$/, description: /^RedshiftNetworkInterface$/ },
  { kind: 'database', requester: /^amazon-dax$/, description: /^DAX ([a-z0-9-]+)$/ },
  { kind: 'cache', requester: /^amazon-elasticache$/, description: /^ElastiCache ([A-Za-z0-9+-]+)$/ },
  { kind: 'kubernetes-cluster', requester: /^amazon-eks$/, description: /^Amazon EKS ([A-Za-z0-9_-]+)$/ },
  { kind: 'container-task', description: /^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:attachment\/[0-9a-f-]+$/ },
];

export function interfaceOwner(one: NetworkInterface): InterfaceOwner {
  const { id, type, requesterId, description, instanceId } = one;
  for (const { kind, types, requester, description: words } of SIGNS) {
    const match = words?.exec(description);
    const marked =
      (type !== null && types?.includes(type)) ||
      (requesterId !== null && requester?.test(requesterId)) ||
      match;
    if (marked) return { kind, name: match?.slice(1).find((part) => part !== undefined) ?? id };
  }
  // An instance that the list of instances does not hold: the list was not read, or is of another moment.
  return instanceId === null
    ? { kind: 'network-interface', name: id }
    : { kind: 'instance', name: instanceId };
}
