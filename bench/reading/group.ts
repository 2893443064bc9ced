import type { SecurityGroup } from '@aws-sdk/client-ec2';

export const ACCOUNT = '111122223333';

/** A resource id of the length that AWS gives: the same numbers give different ids with another mark, which is a hexadecimal digit. */
export function idOf(prefix: string, n: number, mark = '0'): string {
  return `${prefix}-${mark}${n.toString(16).padStart(16, '0')}`;
}

/** @param shift Moves the addresses of its rules: two groups with another shift differ. */
export function groupOf(
  n: number,
  rules: number,
  { region = 'us-east-1', mark = '0', shift = 0 } = {},
): SecurityGroup {
  const id = idOf('sg', n, mark);
  return {
    GroupId: id,
    GroupName: `group-${n}`,
    Description: `Group ${n} & its rules`,
    VpcId: idOf('vpc', 1, mark),
    OwnerId: ACCOUNT,
    SecurityGroupArn: `arn:aws:ec2:${region}:${ACCOUNT}:security-group/${id}`,
    IpPermissions: Array.from({ length: rules }, (_, r) => ({
      IpProtocol: r % 3 === 0 ? 'udp' : 'tcp',
      FromPort: 1000 + (r % 7),
      ToPort: 1000 + (r % 7) + (r % 5),
      IpRanges: [{ CidrIp: `10.${(n + r + shift) % 256}.${r % 256}.0/24`, Description: `Office ${r % 9}` }],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    })),
    IpPermissionsEgress: [
      {
        IpProtocol: '-1',
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
    ],
    Tags: [{ Key: 'Name', Value: `group ${n}` }],
  };
}
