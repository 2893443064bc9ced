import { valuesAt } from './attributes.ts';
import type { Shown } from './document.ts';
import { TERRAFORM_STARTING } from './types.ts';

/** Types that start instances in EC2 only where an attribute says so. */
const STARTING_WHERE: ReadonlyMap<string, readonly string[]> = new Map([
  // EKS Auto Mode: EKS starts the nodes, of images and instance types that it chooses (Amazon EKS User Guide).
  ['aws_eks_cluster', ['compute_config', '*', 'enabled']],
  // RDS Custom: the database runs on an EC2 instance of the account, which has this profile (Amazon RDS User Guide).
  ['aws_db_instance', ['custom_iam_instance_profile']],
]);

/** Whether a resource starts instances, or says how others start them. What is known only after apply may be so. */
export function startsInstances(shown: Shown): boolean {
  const where = STARTING_WHERE.get(shown.type);
  if (where === undefined) return TERRAFORM_STARTING.has(shown.type);
  // What the provider computes where it is not written is unknown as a whole.
  return [...valuesAt(shown, where)].some(({ value, path }) =>
    value === undefined ? path.length === where.length : value !== 'false',
  );
}
