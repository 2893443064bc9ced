import { type AwsImage, imageFrom } from '../../src/inventory/image.ts';
import { type AwsKeyPair, keyPairFrom } from '../../src/inventory/key-pair.ts';
import {
  type AwsSecurityGroup,
  type SecurityGroup,
  securityGroupFrom,
} from '../../src/inventory/security-group.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { Unable } from '../../src/inventory/unable.ts';
import { type ReadListing, readListing } from '../../src/listing/index.ts';
import { ACCOUNT, snapshotOf } from '../kit/estate.ts';

export { ACCOUNT };

/** A listing as one reads it: → is a TAB. */
export function tabbed(...lines: readonly string[]): string {
  return lines.map((line) => `${line.replaceAll('→', '\t')}\n`).join('');
}

export function shown(text: string): string[] {
  return text.replaceAll('\t', '→').split('\n').slice(0, -1);
}

/** A region that holds these and nothing else. */
export function regionOf(kinds: {
  groups?: readonly AwsSecurityGroup[];
  keyPairs?: readonly AwsKeyPair[];
  images?: readonly AwsImage[];
}): Snapshot {
  return {
    ...snapshotOf('us-east-1', {}),
    securityGroups: { status: 'complete', items: (kinds.groups ?? []).map(securityGroupFrom) },
    keyPairs: { status: 'complete', items: (kinds.keyPairs ?? []).map(keyPairFrom) },
    images: { status: 'complete', items: (kinds.images ?? []).map((image) => imageFrom(image, null)) },
  };
}

export function read(text: string, name = 'groups.txt'): ReadListing {
  return readListing(text, { region: 'us-east-1', name });
}

export function groupsIn(text: string): SecurityGroup[] {
  const { securityGroups } = read(text);
  if (securityGroups.status === 'failed') throw new Error(securityGroups.failure.message);
  return securityGroups.items;
}

/** Message and hint of the refusal. */
export function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof Unable) return `${error.message} ${error.hint}`;
    throw error;
  }
  throw new Error('it was read');
}

/** The groups of the genuine tool's output, as DescribeSecurityGroups answers them. */
export const GENUINE_GROUPS: readonly AwsSecurityGroup[] = [
  {
    GroupId: 'sg-1a2b3c4d',
    GroupName: 'WebServers',
    Description: 'Web Servers',
    OwnerId: ACCOUNT,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      {
        IpProtocol: 'icmp',
        FromPort: -1,
        ToPort: -1,
        UserIdGroupPairs: [{ UserId: ACCOUNT, GroupId: 'sg-1a2b3c4d', GroupName: 'WebServers' }],
      },
    ],
  },
  {
    GroupId: 'sg-2a2b3c4d',
    GroupName: 'vpc web',
    Description: 'VPC Web',
    OwnerId: ACCOUNT,
    VpcId: 'vpc-614cc409',
    IpPermissions: [
      { IpProtocol: '-1', UserIdGroupPairs: [{ UserId: ACCOUNT, GroupId: 'sg-2a2b3c4d' }] },
      { IpProtocol: '50', IpRanges: [{ CidrIp: '1.2.3.4/32' }] },
    ],
    IpPermissionsEgress: [
      { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      {
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 23,
        UserIdGroupPairs: [{ UserId: '999988887777', GroupId: 'sg-9999' }],
      },
    ],
    Tags: [{ Key: 'env', Value: 'prod' }],
  },
];

/** What the genuine tool printed of them, line by line: its -H header first. */
export const GENUINE = [
  'GROUP→Id→Owner→Name→Description→VpcID',
  'GROUP→sg-1a2b3c4d→111122223333→WebServers→Web Servers→',
  'PERMISSION→111122223333→WebServers→ALLOWS→tcp→80→80→FROM→CIDR→0.0.0.0/0→ingress',
  'PERMISSION→111122223333→WebServers→ALLOWS→icmp→-1→-1→FROM→USER→111122223333→NAME WebServers→ID sg-1a2b3c4d→ingress',
  'GROUP→sg-2a2b3c4d→111122223333→vpc web→VPC Web→vpc-614cc409',
  'PERMISSION→111122223333→vpc web→ALLOWS→all→→→FROM→USER→111122223333→→ID sg-2a2b3c4d→ingress',
  'PERMISSION→111122223333→vpc web→ALLOWS→50→→→FROM→CIDR→1.2.3.4/32→ingress',
  'PERMISSION→111122223333→vpc web→ALLOWS→all→→→TO→CIDR→0.0.0.0/0→egress',
  'PERMISSION→111122223333→vpc web→ALLOWS→tcp→22→23→TO→USER→999988887777→→ID sg-9999→egress',
  'TAG→GROUP→sg-2a2b3c4d→env→prod',
] as const;
