import { describe, expect, test } from 'vitest';
import { failed } from '../../src/inventory/collected.ts';
import { writeListing } from '../../src/listing/index.ts';
import { ACCOUNT, GENUINE, GENUINE_GROUPS, regionOf, shown } from './kit.ts';

const genuine = regionOf({ groups: GENUINE_GROUPS });

describe('ec2-describe-group', () => {
  const printed = writeListing(genuine, { header: true }).text;

  test.each(GENUINE.map((line, i) => [i + 1, line] as const))(
    'line %i of the genuine output is written to the byte: %s',
    (number, line) => {
      expect(shown(printed)[number - 1]).toBe(line);
    },
  );

  test('there is nothing else in it, and every line ends in one line feed', () => {
    expect(printed).toBe(GENUINE.map((line) => `${line.replaceAll('→', '\t')}\n`).join(''));
  });

  test('without -H only the header is missing', () => {
    expect(shown(writeListing(genuine, { header: false }).text)).toEqual(GENUINE.slice(1));
  });

  test('nothing is lost of what the format holds', () => {
    expect(writeListing(genuine, { header: false }).lost).toEqual([]);
  });

  test('a group without rules is its GROUP line alone', () => {
    const none = regionOf({
      groups: [{ GroupId: 'sg-1', GroupName: 'a', Description: 'b', OwnerId: ACCOUNT, VpcId: 'vpc-1' }],
    });
    expect(shown(writeListing(none, { header: false }).text)).toEqual(['GROUP→sg-1→111122223333→a→b→vpc-1']);
  });

  test('no groups are no lines; a header is printed all the same, as the tool does', () => {
    expect(writeListing(regionOf({}), { header: false }).text).toBe('');
    expect(shown(writeListing(regionOf({}), { header: true }).text)).toEqual([GENUINE[0]]);
  });

  test('a peer without owner keeps its empty columns, and one permission prints groups before addresses', () => {
    const group = {
      GroupId: 'sg-1',
      GroupName: 'a',
      Description: 'b',
      OwnerId: ACCOUNT,
      VpcId: 'vpc-1',
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 1,
          ToPort: 2,
          IpRanges: [{ CidrIp: '1.2.3.4/32' }, { CidrIp: '1.2.3.5/32' }],
          UserIdGroupPairs: [{ UserId: '1', GroupId: 'sg-7' }, { GroupId: 'sg-8' }],
        },
      ],
    };
    expect(shown(writeListing(regionOf({ groups: [group] }), { header: false }).text).slice(1)).toEqual([
      'PERMISSION→111122223333→a→ALLOWS→tcp→1→2→FROM→USER→→→ID sg-8→ingress',
      'PERMISSION→111122223333→a→ALLOWS→tcp→1→2→FROM→USER→1→→ID sg-7→ingress',
      'PERMISSION→111122223333→a→ALLOWS→tcp→1→2→FROM→CIDR→1.2.3.4/32→ingress',
      'PERMISSION→111122223333→a→ALLOWS→tcp→1→2→FROM→CIDR→1.2.3.5/32→ingress',
    ]);
  });

  test('what the format cannot hold is left out and counted, one line a group', () => {
    const group = {
      GroupId: 'sg-1',
      GroupName: 'web',
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          IpRanges: [
            { CidrIp: '10.0.0.0/8', Description: 'office' },
            { CidrIp: '11.0.0.0/8', Description: 'home' },
          ],
          Ipv6Ranges: [{ CidrIpv6: '::/0', Description: 'counted with its rule' }],
          PrefixListIds: [{ PrefixListId: 'pl-1' }, { PrefixListId: 'pl-2' }],
          UserIdGroupPairs: [{ GroupId: 'sg-2', VpcPeeringConnectionId: 'pcx-1', VpcId: 'vpc-2' }],
        },
      ],
    };
    const { text, lost } = writeListing(regionOf({ groups: [group, { GroupId: 'sg-2', GroupName: 'b' }] }), {
      header: false,
    });
    expect(shown(text).filter((line) => line.startsWith('PERMISSION'))).toHaveLength(3);
    expect(lost).toEqual([
      'sg-1 ("web"): the listing cannot contain 1 rule with an IPv6 range, 2 rules with prefix lists, 2 rule descriptions, 1 VPC or peering of a peer group',
    ]);
  });

  test('no text breaks its line or the next column, or moves the cursor; that it was changed is said', () => {
    const hostile = 'a\tb\nc\r\u001b[2J\u2028d\u202e\ud800';
    const group = {
      GroupId: 'sg-1',
      GroupName: hostile,
      Description: hostile,
      OwnerId: ACCOUNT,
      Tags: [{ Key: hostile, Value: 'v' }],
      IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-2', GroupName: hostile }] }],
    };
    const { text, lost } = writeListing(regionOf({ groups: [group] }), { header: false });
    const plain = 'a b c  [2J d  ';
    expect(shown(text)).toEqual([
      `GROUP→sg-1→111122223333→${plain}→${plain}→`,
      `PERMISSION→111122223333→${plain}→ALLOWS→all→→→FROM→USER→→NAME ${plain}→ID sg-2→ingress`,
      `TAG→GROUP→sg-1→${plain}→v`,
    ]);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toContain('4 texts with control characters (written as spaces)');
    expect(lost[0]).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });
});

describe('ec2-describe-keypairs', () => {
  test('prints name and fingerprint, as the genuine tool does', () => {
    const region = regionOf({
      keyPairs: [
        { KeyName: 'deploy', KeyFingerprint: '1f:51:ae' },
        { KeyName: 'a b', KeyFingerprint: 'x=', PublicKey: 'ssh-dss AAAA', Tags: [{ Key: 'a', Value: 'b' }] },
      ],
    });
    const { text, lost } = writeListing(region, { header: true, kind: 'key-pairs' });
    expect(shown(text)).toEqual(['KeyPair→Fingerprint', 'KEYPAIR→deploy→1f:51:ae', 'KEYPAIR→a b→x=']);
    expect(lost).toEqual([
      'key pairs: the listing cannot contain ids, types and dates, 1 public key, 1 set of tags',
    ]);
  });
});

describe('ec2-describe-images', () => {
  const image = {
    ImageId: 'ami-1',
    Name: 'n',
    OwnerId: ACCOUNT,
    State: 'available',
    Public: false,
    Architecture: 'x86_64',
    RootDeviceType: 'ebs',
    VirtualizationType: 'hvm',
    BlockDeviceMappings: [
      {
        DeviceName: '/dev/xvda',
        Ebs: { SnapshotId: 'snap-1', VolumeSize: 8, DeleteOnTermination: true, VolumeType: 'standard' },
      },
      {
        DeviceName: '/dev/xvdb',
        Ebs: { VolumeSize: 8, DeleteOnTermination: false, VolumeType: 'io1', Iops: 100, Encrypted: true },
      },
      { DeviceName: '/dev/xvdc', VirtualName: 'ephemeral0' },
    ],
    Tags: [{ Key: 'k', Value: 'v' }],
  };

  test('prints images, volumes and tags, as the genuine tool does', () => {
    expect(shown(writeListing(regionOf({ images: [image] }), { header: true, kind: 'images' }).text)).toEqual(
      [
        'Type→ImageID→Name→Owner→State→Accessibility→ProductCodes→Architecture→ImageType→KernelId→RamdiskId→Platform→RootDeviceType→VirtualizationType→Hypervisor',
        'IMAGE→ami-1→111122223333/n→111122223333→available→private→→x86_64→machine→→→→ebs→hvm→xen',
        'BLOCKDEVICEMAPPING→EBS→/dev/xvda→→snap-1→8→true→standard→',
        'BLOCKDEVICEMAPPING→EBS→/dev/xvdb→→→8→false→io1→100',
        'BLOCKDEVICEMAPPING→EPHEMERAL→/dev/xvdc→ephemeral0',
        'TAG→image→ami-1→k→v',
      ],
    );
  });

  test('says once what no image line holds, and of single images what they lack beside', () => {
    const odd = {
      ...image,
      ImageId: 'ami-2',
      RootDeviceType: 'instance-store',
      VirtualizationType: 'paravirtual',
      ProductCodes: [{ ProductCodeId: 'abc' }],
    };
    const { lost } = writeListing(regionOf({ images: [image, odd] }), { header: false, kind: 'images' });
    expect(lost).toEqual([
      expect.stringContaining('images: the listing cannot contain descriptions, dates, boot mode'),
      'ami-2 ("n"): the listing cannot contain 1 product code, the location in S3 (owner/name is written), kernel and RAM disk',
    ]);
  });
});

test.each(['security-groups', 'key-pairs', 'images'] as const)(
  '%s that were not read give no lines',
  (kind) => {
    const unread = failed({ code: 'access-denied', message: 'no', hint: 'ask' });
    const region = { ...genuine, securityGroups: unread, keyPairs: unread, images: unread };
    expect(writeListing(region, { header: false, kind })).toEqual({ text: '', lost: [] });
  },
);
