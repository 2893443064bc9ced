import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  busyRegion,
  closingEndpoints,
  endpoint,
  groups,
  HERE,
  snapshotOf,
  withKeys,
} from './kit.ts';

withKeys();
closingEndpoints();

const naming = (pair: object): SecurityGroup => ({
  ...(groups(1)[0] as SecurityGroup),
  GroupId: 'sg-9',
  GroupName: 'nine',
  IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [pair] }],
});
const region = (pair: object) => ({
  ...busyRegion,
  securityGroups: [...groups(1), naming(pair)],
  staleGroups: [
    { GroupId: 'sg-9', VpcId: 'vpc-1', StaleIpPermissions: [{ UserIdGroupPairs: [{ GroupId: 'sg-gone' }] }] },
    { GroupId: 'sg-x', VpcId: 'vpc-2', StaleIpPermissions: [] },
  ],
});

describe('which references to groups are stale', () => {
  it('is asked of the VPC where a rule names a group that is not listed, without its owner', async () => {
    const ec2 = await endpoint({ [HERE]: region({ GroupId: 'sg-gone' }) });
    expect((await snapshotOf(ec2)).staleReferences).toEqual([
      { vpcId: 'vpc-1', references: [{ groupId: 'sg-9', peerId: 'sg-gone' }] },
    ]);
    expect(ec2.calls('DescribeStaleSecurityGroups').map(({ params }) => params.VpcId)).toEqual(['vpc-1']);
  });

  it.each([
    [{ GroupId: 'sg-0000' }],
    [{ GroupId: 'sg-other', UserId: '999988887777' }],
    [{ GroupId: 'sg-gone', UserId: ACCOUNT }],
    [{ GroupId: 'sg-peer', VpcPeeringConnectionId: 'pcx-1' }],
  ])('is not asked where nothing hangs on it: %j', async (pair) => {
    const ec2 = await endpoint({ [HERE]: region(pair) });
    expect((await snapshotOf(ec2)).staleReferences).toBeNull();
    expect(ec2.calls('DescribeStaleSecurityGroups')).toEqual([]);
  });

  it('is a gap that names the right, where it may not be asked', async () => {
    const faults = { DescribeStaleSecurityGroups: { deny: true } };
    const ec2 = await endpoint({ [HERE]: { ...region({ GroupId: 'sg-gone' }), faults } });
    const snapshot = await snapshotOf(ec2);
    expect(snapshot.staleReferences).toBeNull();
    expect(snapshot.gaps).toMatchObject([
      {
        kind: 'security-group',
        code: 'access-denied',
        hint: expect.stringContaining('ec2:DescribeStaleSecurityGroups'),
      },
    ]);
  });
});
