import { describe, expect, it } from 'vitest';
import { snapshotSchema } from '../../src/inventory/snapshot.ts';
import {
  ACCOUNT,
  busyRegion,
  closingEndpoints,
  endpoint,
  groups,
  HERE,
  image,
  itemsIn,
  keyPair,
  snapshotOf,
  vpc,
  withKeys,
} from './kit.ts';

withKeys();
closingEndpoints();

describe('a live snapshot', () => {
  it('holds every kind, in canonical form, and satisfies the schema of snapshots', async () => {
    const snapshot = await snapshotOf(await endpoint({ [HERE]: busyRegion }));
    expect(snapshotSchema.parse(snapshot)).toEqual(snapshot);
    expect(snapshot).toMatchObject({
      region: HERE,
      account: ACCOUNT,
      origin: 'live',
      takenAt: '2026-03-01T12:00:00.000Z',
      gaps: [],
    });
    expect(itemsIn(snapshot.vpcs)).toMatchObject([
      { id: 'vpc-1', name: 'main', isDefault: true, cidrs: ['10.0.0.0/16'] },
    ]);
    expect(itemsIn(snapshot.keyPairs)).toEqual([
      {
        id: 'key-1',
        name: 'deploy',
        type: 'ed25519',
        fingerprint: keyPair.KeyFingerprint,
        publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICCsmL2Am788PfJodSvi9qUOlX72Si3efN+kXyKSfy6O',
        createdAt: '2025-01-02T03:04:05.678Z',
        tags: { team: 'a & b <c>' },
      },
    ]);
    expect(itemsIn(snapshot.securityGroups)[0]?.rules).toMatchObject([
      { direction: 'egress', protocol: '-1', from: null, to: null, peer: { cidr: '0.0.0.0/0' } },
      { direction: 'ingress', protocol: 'tcp', from: 22, to: 22, peer: { cidr: '10.0.0.0/8' } },
    ]);
    expect(itemsIn(snapshot.images)).toMatchObject([
      { id: 'ami-1', launchPermissions: { accounts: ['444455556666'] } },
    ]);
  });

  it('reads the entries of the customer’s prefix lists only', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion });
    const snapshot = await snapshotOf(ec2);
    expect(itemsIn(snapshot.prefixLists).map(({ name, entries }) => [name, entries])).toEqual([
      ['offices', [{ cidr: '192.0.2.0/24', description: 'Lyon' }]],
      ['com.amazonaws.eu-west-1.s3', null],
    ]);
    expect(ec2.calls('GetManagedPrefixListEntries').map(({ params }) => params.PrefixListId)).toEqual([
      'pl-1',
    ]);
  });

  it('differs only in the time when nothing changed, in whatever order AWS answers', async () => {
    const ec2 = await endpoint({
      [HERE]: {
        ...busyRegion,
        securityGroups: groups(30),
        images: ['ami-2', 'ami-1'].map((id) => image(id)),
      },
    });
    const first = await snapshotOf(ec2);
    const shuffled = (region: typeof busyRegion) => ({
      ...region,
      securityGroups: groups(30).reverse(),
      images: ['ami-1', 'ami-2'].map((id) => image(id)),
    });
    ec2.replace(HERE, shuffled(busyRegion));
    ec2.misbehave(HERE, 'DescribeSecurityGroups', { pageCap: 7 });
    const second = await snapshotOf(ec2, {}, { now: () => new Date('2026-03-02T00:00:00Z') });
    expect(second.takenAt).not.toBe(first.takenAt);
    expect(JSON.stringify({ ...second, takenAt: '' })).toBe(JSON.stringify({ ...first, takenAt: '' }));
  });

  it('shows the owner disabled and deprecated images, which EC2 hides by default', async () => {
    const images = [
      image('ami-disabled', { State: 'disabled' }),
      image('ami-deprecated', { DeprecationTime: '2020-01-01T00:00:00Z' }),
      image('ami-foreign', { OwnerId: '999999999999' }),
    ];
    const ec2 = await endpoint({ [HERE]: { images } });
    const snapshot = await snapshotOf(ec2);
    expect(itemsIn(snapshot.images).map(({ id, state }) => [id, state])).toEqual([
      ['ami-deprecated', 'available'],
      ['ami-disabled', 'disabled'],
    ]);
    expect(ec2.calls('DescribeImages')[0]?.params).toEqual({
      Owners: ['self'],
      IncludeDeprecated: true,
      IncludeDisabled: true,
      MaxResults: 1000,
    });
  });

  it('asks nobody for the launch permissions of an image that cannot be launched', async () => {
    const ec2 = await endpoint({
      [HERE]: { images: [image('ami-1', { State: 'failed' }), image('ami-2', { State: 'disabled' })] },
    });
    const snapshot = await snapshotOf(ec2);
    expect(itemsIn(snapshot.images).map((i) => i.launchPermissions)).toEqual([
      null,
      { accounts: [], organizations: [], everyone: false },
    ]);
    expect(ec2.calls('DescribeImageAttribute')).toEqual([]);
    expect(snapshot.gaps).toEqual([]);
  });

  it('leaves launch permissions to the second look, and says so, when there are more images than the limit', async () => {
    const ec2 = await endpoint({ [HERE]: { images: [image('ami-1'), image('ami-2')] } });
    const snapshot = await snapshotOf(ec2, {}, { detailLimit: 1 });
    expect(itemsIn(snapshot.images).map((i) => i.launchPermissions)).toEqual([null, null]);
    expect(snapshot.gaps).toMatchObject([{ kind: 'image', code: 'not-read' }]);
    expect(ec2.calls('DescribeImageAttribute')).toEqual([]);
  });

  it('asks only for the kinds in scope, and states the others as not read', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion });
    const snapshot = await snapshotOf(ec2, {}, { scopes: ['key-pairs'] });
    const aboutTheRegion = ['GetCallerIdentity', 'DescribeRegions'];
    const asked = ec2.received.map((r) => r.action).filter((action) => !aboutTheRegion.includes(action));
    expect(asked).toEqual(['DescribeKeyPairs']);
    expect(snapshot.keyPairs.status).toBe('complete');
    for (const kind of [snapshot.vpcs, snapshot.prefixLists, snapshot.securityGroups, snapshot.images]) {
      expect(kind).toMatchObject({ status: 'failed', failure: { code: 'not-read' } });
    }
  });

  it('keeps to its number of calls at once', async () => {
    const many = Array.from({ length: 40 }, (_, i) => image(`ami-${i}`));
    const ec2 = await endpoint({
      [HERE]: { images: many, faults: { DescribeImageAttribute: { delayMs: 5 } } },
    });
    await snapshotOf(ec2, {}, { concurrency: 3 });
    expect(ec2.calls('DescribeImageAttribute')).toHaveLength(40);
    expect(ec2.busiest).toBeLessThanOrEqual(4); // three, and DescribeRegions beside them
  });

  it('tells how far it is, page by page, and when a kind is done', async () => {
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, securityGroups: groups(12) } });
    const heard: string[] = [];
    await snapshotOf(
      ec2,
      {},
      {
        pageSize: 5,
        onProgress: ({ what, count, done }) => heard.push(`${what} ${count}${done ? '.' : ''}`),
      },
    );
    expect(heard.filter((h) => h.startsWith('security groups'))).toEqual([
      'security groups 5',
      'security groups 10',
      'security groups 12.',
    ]);
    expect(heard).toEqual(
      expect.arrayContaining([
        'VPCs 1.',
        'key pairs 1.',
        'prefix lists 2.',
        'images 1.',
        'launch permissions 1.',
      ]),
    );
  });

  it('lets every call under way listen to one signal, and Node does not warn of a leak', async () => {
    const images = Array.from({ length: 40 }, (_, i) => image(`ami-${i}`));
    const ec2 = await endpoint({ [HERE]: { images } });
    const warnings: string[] = [];
    const note = (warning: Error) => warnings.push(warning.name);
    process.on('warning', note);
    // As the command line gives it: one signal that follows others, which Node counts where it does not count a plain one.
    const signal = AbortSignal.any([new AbortController().signal]);
    await snapshotOf(ec2, {}, { signal, concurrency: 40 });
    await new Promise(setImmediate);
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('stops with the signal’s reason, and does not take the abort for a failure of AWS', async () => {
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { DescribeVpcs: { delayMs: 20_000 } } } });
    const stop = new AbortController();
    const reading = snapshotOf(ec2, {}, { signal: stop.signal, requestTimeoutMs: 30_000 });
    setTimeout(() => stop.abort(new Error('SIGINT')), 300);
    await expect(reading).rejects.toThrow('SIGINT');
  });

  it('takes the account from what groups and VPCs belong to where STS cannot tell', async () => {
    const shared = { ...vpc, VpcId: 'vpc-shared', OwnerId: '777788889999' };
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, vpcs: [vpc, shared] } }, { sts: false });
    expect((await snapshotOf(ec2)).account).toBe(ACCOUNT);
  });
});
