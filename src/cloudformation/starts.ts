import { get, type Node, textOf } from './node.ts';
import { STARTING } from './starting.ts';

/** Types that start EC2 instances in the account only where a property says so. */
const STARTING_WHERE: ReadonlyMap<string, (properties: Node) => boolean> = new Map([
  // EKS Auto Mode: EKS starts the nodes, of images and instance types that it chooses (Amazon EKS User Guide).
  ['AWS::EKS::Cluster', (properties: Node) => isGiven(get(get(properties, 'ComputeConfig'), 'Enabled'))],
  // RDS Custom: the database runs on an EC2 instance of the account, which has this profile (Amazon RDS User Guide).
  ['AWS::RDS::DBInstance', (properties: Node) => isGiven(get(properties, 'CustomIAMInstanceProfile'))],
]);

/** Whether a resource starts EC2 instances, or says how others start them. */
export function startsInstances(type: string, properties: Node): boolean {
  return STARTING.has(type) || (STARTING_WHERE.get(type)?.(properties) ?? false);
}

/** A value that a function gives may be one. */
function isGiven(node: Node | undefined): boolean {
  if (node === undefined || textOf(get(node, 'Ref')) === 'AWS::NoValue') return false;
  return node.is !== 'text' || (node.text !== null && !/^(?:false|no|)$/i.test(node.text));
}
