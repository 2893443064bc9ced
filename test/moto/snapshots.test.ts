import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDumps } from '../../src/collectors/dumps/index.ts';
import { openSide } from '../../src/collectors/live.ts';
import { itemsOf } from '../../src/inventory/collected.ts';
import { UNREAD_FACTS } from '../../src/inventory/launch-facts/index.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { snapshotText } from '../../src/inventory/store.ts';
import { SCOPES } from '../../src/report/vocabulary.ts';
import { dumpByHints } from './dumps.ts';
import { SOURCE, seedEstate, TARGET } from './estate.ts';
import { AWS_ENV, type Moto, startMoto } from './kit.ts';

let moto: Moto;
let root: string;
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  root = await mkdtemp(join(tmpdir(), 'ec2-parity-moto-'));
  moto = await startMoto();
  await seedEstate(moto.url);
});
afterAll(async () => {
  await moto?.stop();
  await rm(root, { recursive: true, force: true });
});

async function live(region: string): Promise<Snapshot> {
  const side = await openSide({ region, endpointUrl: moto.url });
  try {
    return await side.collect({ scopes: SCOPES, now: () => new Date() });
  } finally {
    side.close();
  }
}

/**
 * But for what must differ, as text: not even the order of a field may. A live region is asked only for the facts that its
 * launches name, and a folder holds what somebody saved.
 */
const text = (snapshot: Snapshot) =>
  snapshotText({ ...snapshot, takenAt: '', origin: '', launchFacts: UNREAD_FACTS });

describe.each([SOURCE, TARGET])('%s, which a real EC2 API holds', (region) => {
  it('gives one snapshot, whether it is read live or from AWS CLI dumps made by the hints', async () => {
    const fromLive = await live(region);
    const dir = await dumpByHints(root, region, moto.url);
    const { snapshot: fromDumps, notes } = await readDumps(dir, { flag: '--source-region', scopes: SCOPES });
    expect(text(fromDumps)).toBe(text(fromLive));
    expect({ ...fromDumps, launchFacts: null }).toEqual({
      ...fromLive,
      takenAt: fromDumps.takenAt,
      origin: 'dumps',
      launchFacts: null,
    });
    expect(fromLive).toMatchObject({ region, account: '123456789012', origin: 'live', gaps: [] });
    expect(notes).toEqual([]);
  });

  it('gives the same snapshot when it is read again', async () => {
    expect(text(await live(region))).toBe(text(await live(region)));
  });

  it('is read whole: what was put there is in the snapshot', async () => {
    const snapshot = await live(region);
    const groups = itemsOf(snapshot.securityGroups).filter(({ name }) => name !== 'default');
    const prod = itemsOf(snapshot.vpcs).find(({ name }) => name === 'prod');
    const office = itemsOf(snapshot.prefixLists).find(({ name }) => name === 'office');
    const web = groups.find(({ name }) => name === 'web');
    const app = groups.find(({ name }) => name === 'app');
    expect(prod?.cidrs).toEqual([
      expect.stringMatching(/^10\.[12]0\.0\.0\/16$/),
      expect.stringMatching(/:.*\/56$/),
    ]);
    expect(
      web?.rules.map(({ protocol, from, to, peer }) => `${protocol} ${from} ${to} ${peer.type}`),
    ).toEqual(
      expect.arrayContaining([
        '50 null null cidr',
        'icmp 8 -1 cidr',
        'tcp 22 22 cidr',
        'tcp 443 443 cidr',
        'tcp 8443 8443 prefix-list',
      ]),
    );
    expect(app?.rules.filter(({ peer }) => peer.type === 'group').map(({ peer }) => peer)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: app?.id }),
        expect.objectContaining({ id: web?.id }),
      ]),
    );
    expect(office?.entries?.map(({ cidr }) => cidr)).toContain('198.51.100.0/24');
    expect(itemsOf(snapshot.keyPairs).find(({ name }) => name === 'deploy')?.publicKey).toMatch(
      /^ssh-rsa AAAA\S+$/,
    );
    expect(snapshot.imageSettings).toEqual({ allowedImages: null, encryptionByDefault: region === TARGET });
    const image = itemsOf(snapshot.images).find(({ name }) => name === 'not-copied' || name === 'no-copy');
    // What moto writes of the snapshots that it makes up.
    expect(image?.blockDevices[0]?.ebs?.description).toMatch(/^Auto-created snapshot/);
    expect(image?.launchPermissions?.accounts).toEqual(['444455556666', '999988887777']);
    expect(Object.entries(image?.tags ?? {})).toEqual([['__proto__', 'a tag like any other']]);
  });
});
