import { EC2_ACTIONS, iamName, STS_ACTIONS } from './actions.ts';

/**
 * The least that the tool needs, as an IAM policy document. Two statements because GetManagedPrefixListEntries and
 * DescribeImageAttribute are allowed per resource, while the Describe calls know no resource but "*".
 * @param partition of the ARNs: "aws", "aws-cn", "aws-us-gov", "aws-eusc", …
 */
export function iamPolicy(partition = 'aws'): object {
  const perResource: Readonly<Record<string, string>> = {
    GetManagedPrefixListEntries: `arn:${partition}:ec2:*:*:prefix-list/*`,
    DescribeImageAttribute: `arn:${partition}:ec2:*::image/*`,
  };
  const actions = [...Object.keys(EC2_ACTIONS), ...Object.keys(STS_ACTIONS)];
  const onAll = actions.filter((action) => !Object.hasOwn(perResource, action));
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Inventory', Effect: 'Allow', Action: onAll.map(iamName).sort(), Resource: '*' },
      ...Object.entries(perResource).map(([action, resource]) => ({
        Sid: action,
        Effect: 'Allow',
        Action: iamName(action),
        Resource: resource,
      })),
    ],
  };
}
