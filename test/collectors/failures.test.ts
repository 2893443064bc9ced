import { describe, expect, it } from 'vitest';
import { ANSWERS, awsError as error } from '../kit/answers.ts';
import {
  busyRegion,
  closingEndpoints,
  endpoint,
  failureIn,
  HERE,
  image,
  itemsIn,
  keyPair,
  snapshotOf,
  withKeys,
} from './kit.ts';

withKeys();
closingEndpoints();

describe('a kind that cannot be read', () => {
  it.each(ANSWERS)('%s', async (_, fault, code) => {
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { DescribeKeyPairs: fault } } });
    // Short only where the timeout is the point, and then with a third attempt: the other kinds have to answer within it on
    // a busy machine.
    const hasty = { requestTimeoutMs: 300, maxAttempts: 3 };
    const snapshot = await snapshotOf(ec2, {}, code === 'timed-out' ? hasty : {});
    const failure = failureIn(snapshot.keyPairs);
    expect(failure).toMatchObject({
      code,
      message: expect.stringMatching(/^DescribeKeyPairs in eu-west-1: \S/),
    });
    expect(`${failure.message} ${failure.hint}`).not.toMatch(/\p{Cc}|undefined|Deserialization|\[object/u);
    expect(failure.hint).toMatch(/^\S.*\.$/);
    // On its own: the others were read.
    for (const kind of [snapshot.vpcs, snapshot.prefixLists, snapshot.securityGroups, snapshot.images])
      expect(kind.status).toBe('complete');
  });

  it('is no empty list, and an empty list is no failure', async () => {
    const ec2 = await endpoint({ [HERE]: { faults: { DescribeVpcs: { deny: true } } } });
    const snapshot = await snapshotOf(ec2);
    expect(failureIn(snapshot.vpcs).code).toBe('access-denied');
    expect(itemsIn(snapshot.keyPairs)).toEqual([]);
  });

  it('names the IAM action to allow, and where the whole policy is', async () => {
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { DescribeImages: { deny: true } } } });
    expect(failureIn((await snapshotOf(ec2)).images).hint).toMatch(
      /^Allow ec2:DescribeImages .*`ec2-parity iam-policy`/,
    );
  });

  it('repeats what AWS said in one line without control characters, and without the encoded part nobody can read', async () => {
    const said =
      'You are\nnot \u001b[31mauthorized\u001b[0m \u202Eto.\tEncoded authorization failure message: c2VjcmV0c2VjcmV0';
    const ec2 = await endpoint({
      [HERE]: { ...busyRegion, faults: { DescribeVpcs: error(403, 'UnauthorizedOperation', said) } },
    });
    expect(failureIn((await snapshotOf(ec2)).vpcs).message).toBe(
      'DescribeVpcs in eu-west-1: UnauthorizedOperation: You are not [31mauthorized [0m to',
    );
  });

  it('is read after all when throttling or a dropped connection passes', async () => {
    const ec2 = await endpoint({
      [HERE]: {
        ...busyRegion,
        faults: {
          DescribeVpcs: { throttle: true, times: 1 },
          DescribeKeyPairs: { dropConnection: true, times: 1 },
        },
      },
    });
    const snapshot = await snapshotOf(ec2);
    expect([snapshot.vpcs.status, snapshot.keyPairs.status]).toEqual(['complete', 'complete']);
    expect(ec2.calls('DescribeVpcs')).toHaveLength(2);
  });

  it('is read in whole when EC2 hands out its tokens slower than we ask', async () => {
    const images = Array.from({ length: 20 }, (_, i) => image(`ami-${i}`));
    const bucket = { capacity: 5, perSecond: 30 };
    const ec2 = await endpoint({ [HERE]: { images, faults: { DescribeImageAttribute: { bucket } } } });
    const snapshot = await snapshotOf(ec2, {}, { maxAttempts: 8 });
    expect(snapshot.gaps).toEqual([]);
    expect(itemsIn(snapshot.images).filter((i) => i.launchPermissions === null)).toEqual([]);
    expect(ec2.calls('DescribeImageAttribute').length).toBeGreaterThan(20);
  });

  it('is unreachable when the port is closed, and says where it was looked for', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion });
    await ec2.close();
    const failure = failureIn((await snapshotOf(ec2)).images);
    expect(failure).toMatchObject({ code: 'unreachable', hint: expect.stringContaining(ec2.url) });
  });

  it('is not asked for eight times where nothing answers: silence gets no better', async () => {
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { DescribeVpcs: { stall: true } } } });
    const options = { maxAttempts: 8, requestTimeoutMs: 200 };
    const silent = failureIn((await snapshotOf(ec2, {}, options)).vpcs);
    expect(silent).toMatchObject({
      code: 'timed-out',
      message: expect.stringContaining('(after 3 attempts)'),
    });
    await ec2.close();
    const refused = failureIn((await snapshotOf(ec2, {}, options)).vpcs);
    expect(refused).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('(after 3 attempts)'),
    });
  });

  it('stays a gap, and ends nothing, when everything is denied', async () => {
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { '*': { deny: true } } } });
    const { vpcs, keyPairs, prefixLists, securityGroups, images } = await snapshotOf(ec2);
    const codes = [vpcs, keyPairs, prefixLists, securityGroups, images].map((kind) => failureIn(kind).code);
    expect(codes).toEqual(Array(5).fill('access-denied'));
  });
});

describe('a row that AWS does not document', () => {
  it('fails its kind, and the message names the group and the value', async () => {
    const odd = {
      GroupId: 'sg-9',
      GroupName: 'odd',
      IpPermissions: [{ IpProtocol: 'tcp', IpRanges: [{ CidrIp: '300.0.0.0/8' }] }],
    };
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, securityGroups: [odd] } });
    expect(failureIn((await snapshotOf(ec2)).securityGroups)).toMatchObject({
      code: 'malformed',
      message: expect.stringMatching(/sg-9 \("odd"\).*300\.0\.0\.0\/8/),
    });
  });

  it.each([
    ['a VPC without an id', { vpcs: [{ CidrBlock: '10.0.0.0/16' }] }, 'vpcs'],
    ['a key pair without a name', { keyPairs: [{ ...keyPair, KeyName: undefined }] }, 'keyPairs'],
    ['a group without a name', { securityGroups: [{ GroupId: 'sg-9' }] }, 'securityGroups'],
    ['a prefix list without a name', { prefixLists: [{ PrefixListId: 'pl-9' }] }, 'prefixLists'],
    ['an image without an id', { images: [{ Name: 'x' }] }, 'images'],
  ] as const)('fails its kind: %s', async (_, region, kind) => {
    const ec2 = await endpoint({ [HERE]: { ...region } });
    expect(failureIn((await snapshotOf(ec2))[kind]).code).toBe('malformed');
  });
});

describe('a part that cannot be read', () => {
  const lists = ['pl-1', 'pl-2', 'pl-3', 'pl-4', 'pl-5'].map((id) => ({
    PrefixListId: id,
    PrefixListName: `list ${id}`,
    Entries: [{ Cidr: '10.0.0.0/8' }],
  }));

  it('leaves the prefix list without entries, and makes one gap of one cause', async () => {
    const ec2 = await endpoint({
      [HERE]: { prefixLists: lists, faults: { GetManagedPrefixListEntries: { deny: true } } },
    });
    const snapshot = await snapshotOf(ec2);
    expect(itemsIn(snapshot.prefixLists).map((l) => l.entries)).toEqual(Array(5).fill(null));
    expect(snapshot.gaps).toEqual([
      {
        kind: 'prefix-list',
        code: 'access-denied',
        message: expect.stringMatching(
          /^The entries of pl-1 \("list pl-1"\), pl-2 .*, pl-3 .* and 2 more could not be read: GetManagedPrefixListEntries in eu-west-1: UnauthorizedOperation/,
        ),
        hint: expect.stringContaining('Allow ec2:GetManagedPrefixListEntries'),
      },
    ]);
  });

  it('makes a gap for each cause, of the launch permissions too', async () => {
    const images = ['ami-1', 'ami-2', 'ami-3'].map((id) => image(id));
    const ec2 = await endpoint({
      [HERE]: { images, faults: { DescribeImageAttribute: { deny: true, times: 1 } } },
    });
    const snapshot = await snapshotOf(ec2, {}, { concurrency: 1 });
    expect(itemsIn(snapshot.images).map((i) => i.launchPermissions === null)).toEqual([true, false, false]);
    expect(snapshot.gaps).toMatchObject([
      {
        kind: 'image',
        code: 'access-denied',
        message: expect.stringMatching(/^The launch permissions of ami-1 /),
      },
    ]);
  });

  it('says which list holds an entry that is no address range', async () => {
    const bad = { PrefixListId: 'pl-1', PrefixListName: 'odd', Entries: [{ Cidr: 'everywhere' }] };
    const snapshot = await snapshotOf(await endpoint({ [HERE]: { prefixLists: [bad] } }));
    expect(itemsIn(snapshot.prefixLists)).toMatchObject([{ id: 'pl-1', entries: null }]);
    expect(snapshot.gaps).toMatchObject([
      { kind: 'prefix-list', code: 'malformed', message: expect.stringMatching(/"odd".*"everywhere"/) },
    ]);
  });
});
