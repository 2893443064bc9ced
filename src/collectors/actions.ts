import type * as Ec2Sdk from '@aws-sdk/client-ec2';

/**
 * Everything that the tool ever asks AWS for: the one list that the clients refuse to go beyond
 * (`guard.ts`) and that the IAM policy is printed from (`iam-policy.ts`).
 * `page`: the page sizes EC2 accepts for MaxResults, where the call is paged (ec2-facts.md, E5).
 */
export const EC2_ACTIONS = {
  DescribeRegions: { reads: 'whether a region is enabled for the account' },
  DescribeVpcs: { reads: 'VPCs', page: { min: 5, max: 1000 } },
  DescribeKeyPairs: { reads: 'key pairs' },
  DescribeManagedPrefixLists: { reads: 'prefix lists', page: { min: 1, max: 100 } },
  GetManagedPrefixListEntries: { reads: 'prefix list entries', page: { min: 1, max: 100 } },
  DescribeSecurityGroups: { reads: 'security groups', page: { min: 5, max: 1000 } },
  DescribeImages: { reads: 'images', page: { min: 1, max: 1000 } },
  DescribeImageAttribute: { reads: 'launch permissions' },
} as const satisfies Record<string, { reads: string; page?: { min: number; max: number } }>;

/** STS answers GetCallerIdentity whatever a policy says; it is listed so that the list is complete. */
export const STS_ACTIONS = { GetCallerIdentity: { reads: 'the account' } } as const;

export type Ec2Action = keyof typeof EC2_ACTIONS;
export type PagedAction = {
  [A in Ec2Action]: (typeof EC2_ACTIONS)[A] extends { page: unknown } ? A : never;
}[Ec2Action];

/** What each action takes and gives, in the SDK's words. */
export interface Ec2Calls {
  DescribeRegions: { in: Ec2Sdk.DescribeRegionsCommandInput; out: Ec2Sdk.DescribeRegionsCommandOutput };
  DescribeVpcs: { in: Ec2Sdk.DescribeVpcsCommandInput; out: Ec2Sdk.DescribeVpcsCommandOutput };
  DescribeKeyPairs: { in: Ec2Sdk.DescribeKeyPairsCommandInput; out: Ec2Sdk.DescribeKeyPairsCommandOutput };
  DescribeManagedPrefixLists: {
    in: Ec2Sdk.DescribeManagedPrefixListsCommandInput;
    out: Ec2Sdk.DescribeManagedPrefixListsCommandOutput;
  };
  GetManagedPrefixListEntries: {
    in: Ec2Sdk.GetManagedPrefixListEntriesCommandInput;
    out: Ec2Sdk.GetManagedPrefixListEntriesCommandOutput;
  };
  DescribeSecurityGroups: {
    in: Ec2Sdk.DescribeSecurityGroupsCommandInput;
    out: Ec2Sdk.DescribeSecurityGroupsCommandOutput;
  };
  DescribeImages: { in: Ec2Sdk.DescribeImagesCommandInput; out: Ec2Sdk.DescribeImagesCommandOutput };
  DescribeImageAttribute: {
    in: Ec2Sdk.DescribeImageAttributeCommandInput;
    out: Ec2Sdk.DescribeImageAttributeCommandOutput;
  };
}

/** The IAM name of an action, as policies and errors write it. */
export function iamName(action: string): string {
  return `${Object.hasOwn(STS_ACTIONS, action) ? 'sts' : 'ec2'}:${action}`;
}
