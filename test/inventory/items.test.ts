import { describe, expect, it } from 'vitest';
import { imageFrom, launchPermissionsFrom } from '../../src/inventory/image.ts';
import { isAwsManaged, prefixListFrom } from '../../src/inventory/prefix-list.ts';
import { nameTag, tagsFrom, userTags } from '../../src/inventory/tags.ts';
import { vpcFrom } from '../../src/inventory/vpc.ts';

describe('tags', () => {
  it('are a record in code-unit order, whatever order AWS gave', () => {
    const tags = tagsFrom([
      { Key: 'b', Value: '2' },
      { Key: 'B', Value: '1' },
      { Key: 'ä' },
      { Key: 'a', Value: '' },
    ]);
    expect(Object.entries(tags)).toEqual([
      ['B', '1'],
      ['a', ''],
      ['b', '2'],
      ['ä', ''],
    ]);
  });

  it('may be called __proto__ and stay tags', () => {
    const tags = tagsFrom([
      { Key: '__proto__', Value: 'x' },
      { Key: 'constructor', Value: 'y' },
    ]);
    expect(Object.entries(tags)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.getPrototypeOf(tags)).toBe(Object.prototype);
    expect(Object.entries(userTags(tags))).toEqual(Object.entries(tags));
  });

  it('of AWS itself are not the user’s', () => {
    expect(
      userTags(
        tagsFrom([
          { Key: 'aws:cloudformation:stack-id', Value: 'x' },
          { Key: 'awsome', Value: 'y' },
        ]),
      ),
    ).toEqual({ awsome: 'y' });
  });

  it('name nothing when the Name tag is absent or blank', () => {
    expect(
      [{}, { Name: '' }, { Name: '  ' }, { name: 'x' }, { Name: ' x ' }].map((tags) =>
        nameTag(tags as never),
      ),
    ).toEqual([null, null, null, null, ' x ']);
  });

  it('are none where AWS gives no list', () => {
    expect([tagsFrom(undefined), tagsFrom(null), tagsFrom([])]).toEqual([{}, {}, {}]);
  });
});

describe('a VPC', () => {
  it('has the ranges that are associated, each once, canonical and sorted', () => {
    const vpc = vpcFrom({
      VpcId: 'vpc-1',
      CidrBlock: '10.0.0.0/16',
      CidrBlockAssociationSet: [
        { CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } },
        { CidrBlock: '10.9.0.0/16', CidrBlockState: { State: 'disassociating' } },
        { CidrBlock: '10.8.0.0/16', CidrBlockState: { State: 'failed' } },
        { CidrBlock: '10.1.0.0/16' },
      ],
      Ipv6CidrBlockAssociationSet: [
        { Ipv6CidrBlock: '2600:1F14:AAA:BB00::/56', Ipv6CidrBlockState: { State: 'associated' } },
      ],
      Tags: [{ Key: 'Name', Value: 'prod' }],
    });
    expect(vpc).toMatchObject({
      cidrs: ['10.0.0.0/16', '10.1.0.0/16', '2600:1f14:aaa:bb00::/56'],
      name: 'prod',
      isDefault: false,
    });
  });
});

describe('a prefix list', () => {
  it('is AWS’s by owner, or by a name that customers cannot give', () => {
    expect(isAwsManaged({ OwnerId: 'AWS', PrefixListName: 'x' })).toBe(true);
    expect(isAwsManaged({ PrefixListName: 'com.amazonaws.us-east-1.s3' })).toBe(true);
    expect(isAwsManaged({ OwnerId: '111122223333', PrefixListName: 'com.amazon' })).toBe(false);
  });

  it('has its entries canonical and sorted; AWS’s own have none that are compared', () => {
    const entries = [
      { Cidr: '10.1.0.1/16', Description: '' },
      { Cidr: '10.0.0.0/16', Description: 'a' },
    ];
    expect(prefixListFrom({ PrefixListId: 'pl-1', PrefixListName: 'office' }, entries).entries).toEqual([
      { cidr: '10.0.0.0/16', description: 'a' },
      { cidr: '10.1.0.0/16', description: null },
    ]);
    expect(prefixListFrom({ PrefixListId: 'pl-1', PrefixListName: 'office' }, []).entries).toEqual([]);
    expect(prefixListFrom({ PrefixListId: 'pl-1', PrefixListName: 'office' }, null).entries).toBeNull();
    expect(
      prefixListFrom(
        { PrefixListId: 'pl-2', OwnerId: 'AWS', PrefixListName: 'com.amazonaws.us-east-1.s3' },
        entries,
      ).entries,
    ).toBeNull();
  });
});

describe('an image', () => {
  it('says of absent fields that they are not known', () => {
    expect(imageFrom({ ImageId: 'ami-1' }, null)).toMatchObject({
      name: null,
      ena: null,
      imds: null,
      sourceImageId: null,
      launchPermissions: null,
      public: false,
    });
  });

  it('has its block devices in one order, instance-store volumes among them', () => {
    const BlockDeviceMappings = [
      { DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' },
      { DeviceName: '/dev/sda1', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8, Encrypted: false } },
    ];
    const { blockDevices } = imageFrom({ ImageId: 'ami-1', BlockDeviceMappings }, null);
    expect(blockDevices.map(({ device, virtualName, ebs }) => [device, virtualName, ebs?.sizeGiB])).toEqual([
      ['/dev/sda1', null, 8],
      ['/dev/sdb', 'ephemeral0', undefined],
    ]);
  });

  it('is shared with accounts, organizations or everyone, each once and sorted', () => {
    expect(
      launchPermissionsFrom([
        { UserId: '222222222222' },
        { UserId: '111111111111' },
        { UserId: '222222222222' },
        { OrganizationArn: 'arn:o' },
        { OrganizationalUnitArn: 'arn:a' },
        { Group: 'all' },
      ]),
    ).toEqual({
      accounts: ['111111111111', '222222222222'],
      organizations: ['arn:a', 'arn:o'],
      everyone: true,
    });
  });

  it('that is disabled is shared with nobody, and one that never came to be has nothing to share', () => {
    const rows = [{ UserId: '111111111111' }];
    const nobody = { accounts: [], organizations: [], everyone: false };
    expect(imageFrom({ ImageId: 'ami-1', State: 'disabled' }, null).launchPermissions).toEqual(nobody);
    expect(imageFrom({ ImageId: 'ami-1', State: 'disabled' }, rows).launchPermissions).toEqual(nobody);
    expect(imageFrom({ ImageId: 'ami-1', State: 'failed' }, rows).launchPermissions).toBeNull();
    expect(imageFrom({ ImageId: 'ami-1', State: 'available' }, []).launchPermissions).toEqual(nobody);
  });
});
