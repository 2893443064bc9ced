import {
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeKeyPairsCommand,
  DescribeManagedPrefixListsCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Endpoint, type RegionModel, startEndpoint } from './endpoint.ts';

const REGION = 'us-east-1';
beforeAll(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
});
// The files of the unit tests share a process.
afterAll(() => {
  vi.unstubAllEnvs();
});
let running: Endpoint | undefined;
afterEach(async () => running?.close());

async function clientOf(model: RegionModel, region = REGION): Promise<EC2Client> {
  running = await startEndpoint({ regions: { [REGION]: model } });
  return new EC2Client(config(region));
}
function config(region: string) {
  return {
    region,
    endpoint: running?.url ?? '',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 's' },
  };
}

const group: SecurityGroup = {
  GroupId: 'sg-1',
  GroupName: 'web & <b>"quoted"</b>',
  Description: ' spaces, ünïcode, \t tab ',
  IpPermissions: [
    {
      IpProtocol: 'tcp',
      FromPort: 0,
      ToPort: 65535,
      IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'a' }, { CidrIp: '192.0.2.0/24' }],
      Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
      PrefixListIds: [{ PrefixListId: 'pl-1' }],
      UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: '111122223333' }],
    },
  ],
  IpPermissionsEgress: [],
  Tags: [{ Key: 'empty', Value: '' }],
};

describe('the endpoint double', () => {
  it('gives back through the real SDK what it was given in the shapes of the SDK', async () => {
    const CreateTime = new Date('2024-05-06T07:08:09.010Z');
    const client = await clientOf({
      securityGroups: [group],
      keyPairs: [{ KeyName: 'k', CreateTime, Tags: [] }],
    });
    expect((await client.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups).toEqual([group]);
    expect((await client.send(new DescribeKeyPairsCommand({}))).KeyPairs).toEqual([
      { KeyName: 'k', CreateTime, Tags: [] },
    ]);
  });

  it('gives back images with booleans, numbers and nested structures', async () => {
    const image = {
      ImageId: 'ami-1',
      OwnerId: '111122223333',
      State: 'available' as const,
      EnaSupport: true,
      Public: false,
      BlockDeviceMappings: [
        { DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8, Encrypted: false } },
      ],
    };
    const client = await clientOf({
      images: [{ ...image, LaunchPermissions: [{ Group: 'all' }, { UserId: '444455556666' }] }],
    });
    expect((await client.send(new DescribeImagesCommand({}))).Images).toEqual([image]);
    const answer = await client.send(
      new DescribeImageAttributeCommand({ ImageId: 'ami-1', Attribute: 'launchPermission' }),
    );
    expect(answer.LaunchPermissions).toEqual([{ Group: 'all' }, { UserId: '444455556666' }]);
  });

  it('records requests in the shape they had before the SDK wrote them', async () => {
    const client = await clientOf({});
    const input = { Filters: [{ Name: 'tag:Name', Values: ['a', 'b'] }], MaxResults: 5 };
    await client.send(new DescribeVpcsCommand(input));
    expect(running?.calls('DescribeVpcs', REGION)).toMatchObject([
      { service: 'ec2', accessKeyId: 'AKIATEST', params: input },
    ]);
  });

  it.each([
    ['groups by fewer than 5', new DescribeSecurityGroupsCommand({ MaxResults: 4 }), 'InvalidParameterValue'],
    [
      'groups by more than 1000',
      new DescribeSecurityGroupsCommand({ MaxResults: 1001 }),
      'InvalidParameterValue',
    ],
    [
      'prefix lists by more than 100',
      new DescribeManagedPrefixListsCommand({ MaxResults: 101 }),
      'InvalidParameterValue',
    ],
    [
      'images by id with a page size',
      new DescribeImagesCommand({ ImageIds: ['ami-1'], MaxResults: 5 }),
      'InvalidParameterCombination',
    ],
    ['an unknown image', new DescribeImagesCommand({ ImageIds: ['ami-9'] }), 'InvalidAMIID.NotFound'],
    ['an unknown group', new DescribeSecurityGroupsCommand({ GroupIds: ['sg-9'] }), 'InvalidGroup.NotFound'],
    ['a made-up token', new DescribeVpcsCommand({ NextToken: 'x' }), 'InvalidNextToken'],
  ])('refuses %s, as EC2 does', async (_, command, code) => {
    const client = await clientOf({ images: [{ ImageId: 'ami-1' }] });
    // biome-ignore lint/suspicious/noExplicitAny: a union of commands
    await expect(client.send(command as any)).rejects.toMatchObject({ name: code });
  });

  it('shows public keys only when they are asked for', async () => {
    const client = await clientOf({ keyPairs: [{ KeyName: 'k', PublicKey: 'ssh-ed25519 AAAA' }] });
    expect((await client.send(new DescribeKeyPairsCommand({}))).KeyPairs).toEqual([{ KeyName: 'k' }]);
    expect(
      (await client.send(new DescribeKeyPairsCommand({ IncludePublicKey: true }))).KeyPairs?.[0]?.PublicKey,
    ).toBe('ssh-ed25519 AAAA');
  });

  it('hides disabled images from everybody, and other people’s from who asks for their own', async () => {
    const client = await clientOf({
      images: [
        { ImageId: 'ami-1', State: 'disabled' },
        { ImageId: 'ami-2', OwnerId: '999999999999' },
      ],
    });
    const ids = async (input: object) =>
      (await client.send(new DescribeImagesCommand(input))).Images?.map((i) => i.ImageId);
    expect(await ids({})).toEqual(['ami-2']);
    expect(await ids({ Owners: ['self'] })).toEqual([]);
    expect(await ids({ Owners: ['self'], IncludeDisabled: true })).toEqual(['ami-1']);
  });

  it('knows a region by the signature, and refuses one that it does not hold', async () => {
    const client = await clientOf({}, 'eu-west-1');
    await expect(client.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({ name: 'AuthFailure' });
    const home = new EC2Client(config(REGION));
    expect((await home.send(new DescribeRegionsCommand({}))).Regions?.map((r) => r.RegionName)).toEqual([
      REGION,
    ]);
  });

  it('tells the account over STS', async () => {
    await clientOf({ account: '123456789012' });
    expect(await new STSClient(config(REGION)).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '123456789012',
    });
  });

  it('misbehaves for as many requests as it was told, and stops when told', async () => {
    const client = await clientOf({});
    const ask = () =>
      client.send(new DescribeVpcsCommand({})).then(
        () => 'ok',
        (e) => e.name,
      );
    running?.misbehave(REGION, 'DescribeVpcs', { throttle: true, after: 1, times: 1 });
    expect([await ask(), await ask(), await ask()]).toEqual(['ok', 'RequestLimitExceeded', 'ok']);
    running?.misbehave(REGION, '*', { deny: true });
    running?.misbehave(REGION, 'DescribeVpcs', null);
    expect(await ask()).toBe('UnauthorizedOperation');
    running?.misbehave(REGION, '*', null);
    expect(await ask()).toBe('ok');
  });
});
