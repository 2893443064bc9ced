import { createHash } from 'node:crypto';
import {
  CompleteSnapshotCommand,
  EBSClient,
  PutSnapshotBlockCommand,
  StartSnapshotCommand,
} from '@aws-sdk/client-ebs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { verifyContent } from '../../src/collectors/blocks/verify.ts';
import { openSide } from '../../src/collectors/live.ts';
import { SOURCE, TARGET } from './estate.ts';
import { AWS_ENV, type Moto, startMoto } from './kit.ts';

let moto: Moto;
beforeAll(async () => {
  for (const [name, value] of Object.entries(AWS_ENV)) vi.stubEnv(name, value);
  moto = await startMoto();
});
afterAll(async () => {
  await moto?.stop();
  vi.unstubAllEnvs();
});

/** A snapshot, written through the EBS direct APIs themselves. */
async function snapshot(region: string, blocks: Readonly<Record<number, string>>): Promise<string> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const ebs = new EBSClient({ region, endpoint: moto.url, credentials });
  const { SnapshotId = '' } = await ebs.send(new StartSnapshotCommand({ VolumeSize: 1 }));
  for (const [index, text] of Object.entries(blocks)) {
    const BlockData = Buffer.alloc(524_288, text);
    const put = new PutSnapshotBlockCommand({
      SnapshotId,
      BlockIndex: Number(index),
      BlockData,
      DataLength: BlockData.length,
      Checksum: createHash('sha256').update(BlockData).digest('base64'),
      ChecksumAlgorithm: 'SHA256',
    });
    await ebs.send(put);
  }
  const ChangedBlocksCount = Object.keys(blocks).length;
  await ebs.send(new CompleteSnapshotCommand({ SnapshotId, ChangedBlocksCount }));
  ebs.destroy();
  return SnapshotId;
}

// Moto gives an image a snapshot of its own, which nobody can write; so the snapshots are compared without images.
it('snapshots that hold the same bytes are distinguished from those that do not', async () => {
  const pair = async (name: string, here: Record<number, string>, there: Record<number, string>) => ({
    name,
    source: name,
    target: name,
    reason: null,
    devices: [
      {
        device: '/dev/sda1',
        snapshots: { source: await snapshot(SOURCE, here), target: await snapshot(TARGET, there) },
        sizeGiB: { source: 1, target: 1 },
        reason: null,
      },
    ],
  });
  const images = [
    await pair('kept', { 0: 'boot', 7: 'data', 9: '\0' }, { 0: 'boot', 7: 'data' }),
    await pair('rebuilt', { 0: 'boot', 7: 'data' }, { 0: 'boot', 7: 'other data' }),
  ];
  const sides = await Promise.all(
    [SOURCE, TARGET].map((region) => openSide({ region, endpointUrl: moto.url })),
  );
  const [source, target] = await Promise.all(sides.map((side) => side.blocks({})));
  if (!source || !target) throw new Error('two sides were opened');
  const evidence = await verifyContent({
    images,
    source,
    target,
    blocks: 'all',
    budgetGiB: 1,
    onEstimate: async () => {},
    onProgress: () => {},
  });
  for (const side of sides) side.close();
  expect(evidence.images.map(({ name, result }) => [name, result])).toEqual([
    ['kept', 'equal'],
    ['rebuilt', 'different'],
  ]);
});
