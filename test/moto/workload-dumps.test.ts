import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDumps } from '../../src/collectors/dumps/index.ts';
import { snapshot } from '../../src/index.ts';
import { type Collected, itemsOf } from '../../src/inventory/collected.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { SCOPES } from '../../src/report/vocabulary.ts';
import { dumpByHints, dumpTemplates } from './dumps.ts';
import { AWS_ENV, type Moto, run, startMoto } from './kit.ts';
import { seedWorkloads } from './workloads-estate.ts';

const REGION = 'us-east-1';
let moto: Moto;
let root: string;
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  root = await mkdtemp(join(tmpdir(), 'ec2-parity-moto-'));
  moto = await startMoto();
  await seedWorkloads(moto.url, REGION);
}, 120_000);
afterAll(async () => {
  await moto?.stop();
  await rm(root, { recursive: true, force: true });
});

const held = (collected: Collected<unknown>) => itemsOf(collected);
const KINDS = [
  'instances',
  'launchTemplates',
  'launchConfigurations',
  'autoScalingGroups',
  'stacks',
  'parameters',
  'otherImages',
] as const;

it('workloads are the same, whether read live or from AWS CLI dumps made by the hints', async () => {
  const live = await snapshot(REGION, { endpointUrl: moto.url });
  await dumpTemplates(join(root, REGION), REGION, moto.url);
  const dir = await dumpByHints(root, REGION, moto.url);
  // Which images of other owners are referred to no folder asks for: it does not look up anything.
  const ids = itemsOf(live.otherImages).flatMap(({ id, exists }) => (exists ? [id] : []));
  const foreign = ['ec2', 'describe-images', '--image-ids', ...ids, '--region', REGION, '--output', 'json'];
  const { stdout } = await run('aws', foreign, { AWS_ENDPOINT_URL: moto.url });
  await writeFile(join(dir, 'other-images.json'), stdout);
  const { snapshot: dumped, notes } = await readDumps(dir, { flag: '--source-region', scopes: SCOPES });
  const of = (side: Snapshot) => Object.fromEntries(KINDS.map((kind) => [kind, held(side[kind])]));
  expect({ ...of(dumped) }).toEqual({
    ...of(live),
    otherImages: itemsOf(live.otherImages).filter(({ exists }) => exists),
  });
  expect(KINDS.filter((kind) => held(dumped[kind]).length === 0)).toEqual([]);
  expect(notes).toEqual([]);
}, 300_000);
