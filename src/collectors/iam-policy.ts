import { EBS_ACTIONS, iamName, READ_ACTIONS, rightsFor, STS_ACTIONS } from './actions.ts';

/**
 * The least that the tool needs, as an IAM policy document. Several statements because some actions are allowed per
 * resource, while the Describe calls know no resource but "*".
 * @param content with the optional rights that `--verify-content` needs.
 * @param partition of the ARNs: "aws", "aws-cn", "aws-us-gov", "aws-eusc", …
 */
export function iamPolicy(partition = 'aws', { content = false } = {}): object {
  const perResource: Readonly<Record<string, string | readonly string[]>> = {
    GetManagedPrefixListEntries: `arn:${partition}:ec2:*:*:prefix-list/*`,
    DescribeImageAttribute: `arn:${partition}:ec2:*::image/*`,
    GetImageAncestry: `arn:${partition}:ec2:*::image/*`,
    GetInstanceProfile: `arn:${partition}:iam::*:instance-profile/*`,
    DescribeKey: `arn:${partition}:kms:*:*:key/*`,
    GetTemplate: `arn:${partition}:cloudformation:*:*:stack/*/*`,
    // AWS's own parameters belong to no account. Users who know which others contain images can name them instead of the star.
    GetParameters: [
      `arn:${partition}:ssm:*:*:parameter/*`,
      `arn:${partition}:ssm:*::parameter/aws/service/*`,
    ],
  };
  const actions = [...Object.values(READ_ACTIONS), STS_ACTIONS].flatMap((table) => Object.keys(table));
  const onAll = actions.filter((action) => !Object.hasOwn(perResource, action));
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Inventory', Effect: 'Allow', Action: onAll.flatMap(rightsFor).sort(), Resource: '*' },
      ...Object.entries(perResource).map(([action, resource]) => ({
        Sid: action,
        Effect: 'Allow',
        Action: iamName(action),
        Resource: resource,
      })),
      ...(content ? contentStatements(partition) : []),
    ],
  };
}

/** Blocks of snapshots, and of encrypted ones only with the key. Users who know the keys can name them instead of the star. */
function contentStatements(partition: string): object[] {
  return [
    {
      Sid: 'VerifyContent',
      Effect: 'Allow',
      Action: Object.keys(EBS_ACTIONS).map(iamName).sort(),
      Resource: `arn:${partition}:ec2:*::snapshot/*`,
    },
    {
      Sid: 'VerifyContentOfEncryptedSnapshots',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: `arn:${partition}:kms:*:*:key/*`,
    },
  ];
}
