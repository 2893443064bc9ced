import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDumps } from '../../src/collectors/dumps/index.ts';
import { openSide } from '../../src/collectors/live.ts';
import { itemsOf } from '../../src/inventory/collected.ts';
import { type Lookups, NO_LOOKUPS } from '../../src/inventory/lookups.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { dumpByHints } from './dumps.ts';
import { SOURCE, TARGET } from './estate.ts';
import { AWS_ENV, type Moto, startMoto } from './kit.ts';
import { type Seeded, seedWorkloads, TEMPLATES } from './workloads-estate.ts';

const SMALL = 'ap-southeast-2';

let moto: Moto;
let seeded: Seeded;
let snapshot: Snapshot;
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  moto = await startMoto();
  seeded = await seedWorkloads(moto.url, SOURCE);
  snapshot = await read(SOURCE);
}, 180_000);
afterAll(() => moto?.stop());

async function read(region: string, wanted?: Partial<Lookups>): Promise<Snapshot> {
  const side = await openSide({ region, endpointUrl: moto.url });
  try {
    const first = await side.collect({ scopes: ['workloads'], now: () => new Date(0) });
    return wanted ? await side.lookUp(first, { ...NO_LOOKUPS, ...wanted }) : first;
  } finally {
    side.close();
  }
}

describe('the workloads that a real API holds', () => {
  it('are read without a gap', () => {
    expect(snapshot.gaps).toEqual([]);
    for (const kind of [
      'instances',
      'launchTemplates',
      'launchConfigurations',
      'autoScalingGroups',
      'stacks',
    ] as const)
      expect(snapshot[kind].status, kind).toBe('complete');
  });

  it('hold the instances that run, those of groups among them, and none that is terminated', () => {
    const { golden, group, instance } = seeded;
    const instances = itemsOf(snapshot.instances);
    expect(instances.find(({ id }) => id === instance)).toMatchObject({
      name: 'by hand',
      state: 'running',
      autoScalingGroup: null,
      launch: { imageId: golden, keyName: 'deploy', interfaces: [[{ id: group, name: 'web' }]] },
    });
    expect(instances.filter(({ autoScalingGroup }) => autoScalingGroup === 'pinned')).toHaveLength(1);
    expect(instances).toHaveLength(2);
  });

  it('hold every launch template with the versions in use: default, latest and pinned', () => {
    const { golden, foreign, group, web } = seeded;
    const templates = itemsOf(snapshot.launchTemplates);
    expect(templates.filter(({ name }) => /^(web|template-\d+)$/.test(name))).toHaveLength(TEMPLATES);
    expect(templates.every(({ versions }) => versions !== null && versions.length > 0)).toBe(true);
    const found = templates.find(({ id }) => id === web);
    expect(found).toMatchObject({ name: 'web', defaultVersion: 2, latestVersion: 4 });
    const groups = [[{ id: group, name: null }]];
    expect(found?.versions).toMatchObject([
      { number: 1, launch: { imageId: golden, keyName: 'deploy', interfaces: groups } },
      { number: 2, launch: { imageId: 'resolve:ssm:/golden/image', keyName: 'deploy', interfaces: groups } },
      { number: 3, launch: { imageId: foreign.id, keyName: null, interfaces: groups } },
      { number: 4, launch: { imageId: golden, keyName: null, interfaces: [] } },
    ]);
  });

  it('hold groups by template, by mixed policy and by launch configuration', () => {
    const { web, group, golden } = seeded;
    const byName = new Map(itemsOf(snapshot.autoScalingGroups).map((one) => [one.name, one]));
    expect(byName.get('pinned')).toMatchObject({
      launches: [{ template: { id: web, version: '1' }, imageId: null }],
      desired: 1,
      tags: { team: 'platform' },
    });
    const mixed = byName.get('mixed')?.launches.map(({ template }) => template.version);
    expect(mixed?.sort()).toEqual(['$Latest', '3']);
    expect(byName.get('by-configuration')).toMatchObject({ launchConfiguration: 'old', launches: [] });
    expect(itemsOf(snapshot.launchConfigurations)).toMatchObject([
      {
        name: 'old',
        launch: { imageId: golden, keyName: 'deploy', interfaces: [[{ id: group, name: null }]] },
      },
    ]);
  });

  it('hold the stacks that stand, with the references of their templates', () => {
    const stacks = itemsOf(snapshot.stacks);
    expect(stacks.map(({ name }) => name)).toEqual(['app']);
    const [app] = stacks;
    expect(app).toMatchObject({ status: 'CREATE_COMPLETE', tags: { team: 'platform' } });
    expect(app?.template?.parameters).toMatchObject([{ name: 'Image', value: seeded.golden, masked: false }]);
    expect(app?.template?.mappings).toContainEqual(
      expect.objectContaining({ map: 'Images', first: 'us-east-1', value: 'ami-00000001' }),
    );
    expect(app?.template?.references.map(({ resource, to }) => `${resource} ${to}`).sort()).toEqual([
      'Other image',
      'Template image',
      'Template key-pair',
    ]);
  });

  it('are the same when they are read again', async () => {
    expect(await read(SOURCE)).toEqual(snapshot);
  });

  it('are the same from AWS CLI dumps made by the hints', async () => {
    const root = await mkdtemp(join(tmpdir(), 'ec2-parity-workloads-'));
    try {
      // Few templates: the server gives the AWS CLI no more than 15 versions, and says nothing of the rest.
      await seedWorkloads(moto.url, SMALL, 3);
      const dir = await dumpByHints(root, SMALL, moto.url);
      const { snapshot: fromDumps } = await readDumps(dir, {
        flag: '--source-region',
        scopes: ['workloads'],
      });
      // What is asked for by name or id is in the dumps as far as somebody asked.
      const { takenAt, origin, parameters, otherImages, launchFacts } = fromDumps;
      const asked = { takenAt, origin, parameters, otherImages, launchFacts };
      expect(fromDumps).toEqual({ ...(await read(SMALL)), ...asked });
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });

  it('are none in a region where nothing was started', async () => {
    const other = await read(TARGET);
    expect(other.gaps).toEqual([]);
    for (const kind of [
      'instances',
      'launchTemplates',
      'launchConfigurations',
      'autoScalingGroups',
      'stacks',
    ] as const)
      expect(other[kind], kind).toEqual({ status: 'complete', items: [] });
  });
});

describe('what they refer to beyond the listings', () => {
  it('is looked up: parameters with version and label, their images, images by id and by name', async () => {
    const { golden, foreign } = seeded;
    const names = ['/golden/image', '/golden/image:1', '/none', '/secret', 'no {name}'];
    const found = await read(SOURCE, {
      parameterNames: names,
      imageIds: [golden, 'ami-0123456789abcdef0'],
      namesakes: [{ owner: foreign.owner, name: foreign.name }],
    });
    expect(itemsOf(found.parameters).map(({ id, value }) => [id, value])).toEqual([
      ['/golden/image', foreign.id],
      ['/golden/image:1', golden],
      ['/none', null],
      ['/secret', ''],
      ['no {name}', null],
    ]);
    expect(itemsOf(found.otherImages)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: foreign.id, exists: true, name: foreign.name }),
        expect.objectContaining({ id: 'ami-0123456789abcdef0', exists: false }),
      ]),
    );
    expect(itemsOf(found.otherImages).map(({ id }) => id)).not.toContain(golden);
    expect(found.gaps).toEqual([]);
  });
});
