import { describe, expect, it } from 'vitest';
import { failed } from '../../src/inventory/collected.ts';
import { closingEndpoints, endpoint, failureIn, HERE, image, itemsIn, withKeys } from './kit.ts';
import { lookedUp, runningRegion } from './workloads-kit.ts';

withKeys();
closingEndpoints();

const AMAZON = { OwnerId: '137112412989', ImageOwnerAlias: 'amazon' };
const parameters = Array.from({ length: 25 }, (_, i) => ({
  Name: `/p/${i}`,
  Type: 'String' as const,
  Value: `v${i}`,
}));

describe('the second look', () => {
  it('asks nothing when nothing is wanted, and then both kinds are complete and empty', async () => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    const snapshot = await lookedUp(ec2, {});
    expect(itemsIn(snapshot.parameters)).toEqual([]);
    expect(itemsIn(snapshot.otherImages)).toEqual([]);
    expect(ec2.calls('GetParameters')).toEqual([]);
    expect(ec2.calls('DescribeImages')).toHaveLength(1);
  });

  it('leaves a kind that could not be read before as it is', async () => {
    const why = { code: 'access-denied', message: 'm', hint: 'h' } as const;
    const snapshot = await lookedUp(
      await endpoint({ [HERE]: runningRegion }),
      { parameterNames: ['/golden/image'], imageIds: ['ami-0000000a'] },
      (before) => ({ ...before, parameters: failed(why) }),
    );
    expect(failureIn(snapshot.parameters)).toEqual(why);
    expect(itemsIn(snapshot.otherImages)).toHaveLength(1);
  });

  it('does not ask again for what the snapshot knows', async () => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    const known = await lookedUp(ec2, { parameterNames: ['/golden/image'] });
    const calls = ec2.received.length;
    await lookedUp(ec2, { parameterNames: ['/golden/image'], imageIds: ['ami-0000000a'] }, () => known);
    expect(ec2.received.slice(calls).map(({ action }) => action)).not.toContain('GetParameters');
    expect(ec2.calls('DescribeImages').filter(({ params }) => params.Filters)).toHaveLength(1);
  });
});

describe('parameters', () => {
  it('are read by ten, each once, as they are named', async () => {
    const ec2 = await endpoint({ [HERE]: { ...runningRegion, parameters } });
    const parameterNames = [...parameters, ...parameters].map(({ Name }) => Name);
    const snapshot = await lookedUp(ec2, { parameterNames });
    expect(itemsIn(snapshot.parameters)).toHaveLength(25);
    expect(itemsIn(snapshot.parameters)[0]).toEqual({
      id: '/p/0',
      name: '/p/0',
      type: 'String',
      value: 'v0',
    });
    const asked = ec2.calls('GetParameters').map(({ params }) => params);
    expect(asked.map(({ Names }) => Names.length).sort()).toEqual([10, 10, 5]);
    expect(asked.every(({ WithDecryption }) => WithDecryption === false)).toBe(true);
  });

  it('that do not exist are stated as such', async () => {
    const snapshot = await lookedUp(await endpoint({ [HERE]: { ...runningRegion, parameters } }), {
      parameterNames: ['/p/1', '/none'],
    });
    expect(itemsIn(snapshot.parameters)).toMatchObject([
      { id: '/none', value: null },
      { id: '/p/1', value: 'v1' },
    ]);
    expect(snapshot.gaps).toEqual([]);
  });

  it('beside a name that no parameter can have are not lost with it', async () => {
    const snapshot = await lookedUp(await endpoint({ [HERE]: { ...runningRegion, parameters } }), {
      parameterNames: ['/p/1', 'not a {name}', '/p/2', '/ssm/x'],
    });
    expect(itemsIn(snapshot.parameters).map(({ id, value }) => [id, value])).toEqual([
      ['/p/1', 'v1'],
      ['/p/2', 'v2'],
      ['/ssm/x', null],
      ['not a {name}', null],
    ]);
    expect(snapshot.gaps).toEqual([]);
  });

  it('with a version or label, or named by ARN, keep the name they were asked by', async () => {
    const ARN = 'arn:aws:ssm:eu-west-1:444455556666:parameter/shared';
    const odd = [
      { Name: '/p/1', Selector: ':3', Type: 'String' as const, Value: 'three' },
      { Name: '/p/1', Selector: ':live', Type: 'String' as const, Value: 'live' },
      { Name: '/shared', ARN, Type: 'String' as const, Value: 'shared' },
      { Name: '/secret', Type: 'SecureString' as const, Value: 'AQICAH…' },
    ];
    const snapshot = await lookedUp(await endpoint({ [HERE]: { ...runningRegion, parameters: odd } }), {
      parameterNames: ['/p/1:3', '/p/1:live', ARN, '/secret'],
    });
    expect(itemsIn(snapshot.parameters).map(({ id, value }) => [id, value])).toEqual([
      ['/p/1:3', 'three'],
      ['/p/1:live', 'live'],
      ['/secret', ''],
      [ARN, 'shared'],
    ]);
  });

  it('of which one may not be read are a gap that names it; the others are read', async () => {
    const faults = { GetParameters: { times: 2, deny: true } };
    const ec2 = await endpoint({ [HERE]: { ...runningRegion, parameters, faults } });
    const snapshot = await lookedUp(ec2, { parameterNames: ['/p/1', '/p/2', '/p/3'] });
    expect(itemsIn(snapshot.parameters)).toHaveLength(2);
    expect(snapshot.gaps).toMatchObject([
      {
        kind: 'parameter',
        code: 'access-denied',
        message: expect.stringMatching(/of \/p\/\d could not be read: GetParameters in /),
        hint: expect.stringContaining('ssm:GetParameters'),
      },
    ]);
  });

  it.each([
    [{ deny: true }, 'access-denied'],
    [{ throttle: true }, 'throttled'],
    [{ unsupported: true }, 'unsupported'],
    [{ authFailure: true }, 'auth-failure'],
    [{ html: 404 }, 'unsupported'],
    [{ html: 500 }, 'malformed'],
    [{ html: true }, 'malformed'],
    [{ body: '{}' }, 'malformed'],
    [{ body: '' }, 'malformed'],
    [{ body: '{"Parameters":[],"InvalidParameters":[]}' }, 'malformed'],
    [{ truncate: true }, 'malformed'],
  ] as const)('that cannot be read at all (%j) are a gap of their own', async (fault, code) => {
    const faults = { GetParameters: fault };
    const snapshot = await lookedUp(await endpoint({ [HERE]: { ...runningRegion, faults } }), {
      parameterNames: ['/golden/image', '/other'],
      imageIds: ['ami-0000000a'],
    });
    expect(failureIn(snapshot.parameters)).toMatchObject({
      code,
      message: expect.stringMatching(/^GetParameters in eu-west-1: \S/),
    });
    expect(itemsIn(snapshot.otherImages)).toMatchObject([{ id: 'ami-0000000a', exists: true }]);
  });
});

describe('images of other owners', () => {
  const images = [
    image('ami-1'),
    image('ami-0000000a', { ...AMAZON, Name: 'al2023' }),
    image('ami-0000000b', { ...AMAZON, Name: 'al2023-old', DeprecationTime: '2020-01-01T00:00:00Z' }),
    image('ami-0000000c', { OwnerId: '999999999999', Name: 'al2023' }),
  ];
  const others = { ...runningRegion, images };

  it('are found by id, deprecated ones too, and one that is not there is stated as such', async () => {
    const snapshot = await lookedUp(await endpoint({ [HERE]: others }), {
      imageIds: ['ami-0000000b', 'ami-0000000a', 'ami-00000009', 'ami-0000000a'],
    });
    expect(
      itemsIn(snapshot.otherImages).map(({ id, exists, ownerAlias, name }) => [id, exists, ownerAlias, name]),
    ).toEqual([
      ['ami-00000009', false, null, null],
      ['ami-0000000a', true, 'amazon', 'al2023'],
      ['ami-0000000b', true, 'amazon', 'al2023-old'],
    ]);
  });

  it('are looked for where a parameter names them', async () => {
    const snapshot = await lookedUp(await endpoint({ [HERE]: others }), {
      parameterNames: ['/golden/image'],
    });
    expect(itemsIn(snapshot.otherImages)).toMatchObject([{ id: 'ami-0000000a', exists: true }]);
  });

  it('do not include the account’s own, which are not asked for again', async () => {
    const ec2 = await endpoint({ [HERE]: others });
    const snapshot = await lookedUp(ec2, {
      imageIds: ['ami-1'],
      namesakes: [{ owner: 'self', name: 'image ami-1' }],
    });
    expect(itemsIn(snapshot.otherImages)).toEqual([]);
    expect(
      ec2.calls('DescribeImages').filter(({ params }) => params.Filters?.[0]?.Name === 'image-id'),
    ).toEqual([]);
  });

  it('are asked for by at most 200 ids a call, with nothing that a filter would take for a pattern', async () => {
    const ec2 = await endpoint({ [HERE]: others });
    const imageIds = Array.from({ length: 450 }, (_, i) => `ami-${String(i).padStart(8, '0')}`);
    const snapshot = await lookedUp(ec2, { imageIds: [...imageIds, 'ami-*', 'ami-0000000?', '*'] });
    const values = ec2
      .calls('DescribeImages')
      .flatMap(({ params }) => params.Filters?.map((f: { Values: string[] }) => f.Values) ?? []);
    expect(values.map((v) => v.length).sort()).toEqual([200, 200, 50]);
    expect(itemsIn(snapshot.otherImages)).toHaveLength(453);
    expect(itemsIn(snapshot.otherImages).every(({ exists }) => !exists)).toBe(true);
  });

  it('are found by owner and exact name; that there is none is an answer too', async () => {
    const snapshot = await lookedUp(await endpoint({ [HERE]: others }), {
      namesakes: [
        { owner: 'amazon', name: 'al2023' },
        { owner: '137112412989', name: 'al2023-old' },
        { owner: '999999999999', name: 'al*' },
        { owner: 'aws-marketplace', name: 'al2023' },
      ],
    });
    expect(itemsIn(snapshot.otherImages).map(({ id, exists }) => `${id} ${exists}`)).toEqual([
      '999999999999/al* false',
      'ami-0000000a true',
      'ami-0000000b true',
      'aws-marketplace/al2023 false',
    ]);
  });

  it('that cannot be read are a gap of their own', async () => {
    const faults = { DescribeImages: { after: 1, deny: true } };
    const snapshot = await lookedUp(await endpoint({ [HERE]: { ...others, faults } }), {
      parameterNames: ['/golden/image'],
    });
    expect(failureIn(snapshot.otherImages).code).toBe('access-denied');
    expect(itemsIn(snapshot.parameters)).toHaveLength(1);
    expect(snapshot.images.status).toBe('complete');
  });
});
