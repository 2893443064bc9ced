import type { Expression } from '../inventory/template.ts';
import type { Names } from './intrinsics.ts';
import type { Node } from './node.ts';
import { STARTING } from './starting.ts';
import { valuesAt } from './walk.ts';

/** Types that start EC2 instances in the account only where a property says so. */
const STARTING_WHERE: ReadonlyMap<string, readonly string[]> = new Map([
  // EKS Auto Mode: EKS starts the nodes, of images and instance types that it chooses (Amazon EKS User Guide).
  ['AWS::EKS::Cluster', ['ComputeConfig', 'Enabled']],
  // RDS Custom: the database runs on an EC2 instance of the account, which has this profile (Amazon RDS User Guide).
  ['AWS::RDS::DBInstance', ['CustomIAMInstanceProfile']],
]);

/** Whether a resource starts EC2 instances, or says how others start them; a value that a function gives may say so. */
export function startsInstances(type: string, properties: Node, names: Names): boolean {
  const where = STARTING_WHERE.get(type);
  if (where === undefined) return STARTING.has(type);
  return [...valuesAt(properties, where, names)].some(({ value }) => isGiven(value));
}

function isGiven(value: Expression): boolean {
  if (value.is === 'if') return isGiven(value.yes) || isGiven(value.no);
  if (value.is === 'pseudo') return value.name !== 'AWS::NoValue';
  return value.is !== 'text' || !/^(?:false|no|)$/i.test(value.text);
}
