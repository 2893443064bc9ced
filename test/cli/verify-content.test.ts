import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { type Endpoint, startEndpoint } from '../endpoint/endpoint.ts';
import type { RegionModel } from '../endpoint/model.ts';
import { writeEstate } from './kit/estate.ts';
import { ended, installedTool, modulesOf, runProcess, start } from './kit/process.ts';
import { run, temporaryFolder } from './kit/run.ts';

let main: string;
let aws: Endpoint | undefined;
const folder = temporaryFolder();
const estate = writeEstate(folder);
const emptyFolder = () => mkdtempSync(join(folder, 'run-'));
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_MAX_ATTEMPTS: '2' };

beforeAll(() => {
  main = installedTool().main;
}, 120_000);
afterEach(async () => {
  await aws?.close();
  aws = undefined;
});

const BLOCKS = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [i, `block ${i}`]));

/** One image of one volume, copied to the other region. */
function region(
  side: 'a' | 'b',
  blocks: Readonly<Record<number, string>>,
  more: RegionModel = {},
): RegionModel {
  const snapshot = `snap-${side}`;
  return {
    images: [
      {
        ImageId: `ami-${side}`,
        Name: 'web',
        State: 'available',
        RootDeviceName: '/dev/xvda',
        CreationDate: `2026-01-0${side === 'a' ? 1 : 2}T00:00:00.000Z`,
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: snapshot, VolumeSize: 1 } }],
        ...(side === 'b' ? { SourceImageId: 'ami-a', SourceImageRegion: 'us-east-1' } : {}),
      },
    ],
    blocks: { [snapshot]: { sizeGiB: 1, blocks } },
    ...more,
  };
}

async function twoSides(target: Readonly<Record<number, string>> = BLOCKS): Promise<Endpoint> {
  aws = await startEndpoint({
    regions: { 'us-east-1': region('a', BLOCKS), 'eu-west-1': region('b', target) },
  });
  return aws;
}

const words = (...more: string[]) => [
  'audit',
  'us-east-1',
  'eu-west-1',
  '--only',
  'images',
  '-o',
  'json',
  ...more,
];

async function audit(ec2: Endpoint, more: readonly string[], env: Record<string, string> = {}) {
  const ran = await run(words('--endpoint-url', ec2.url, ...more), {
    cwd: emptyFolder(),
    env: { ...KEYS, ...env },
  });
  return { ...ran, report: (ran.stdout === '' ? null : JSON.parse(ran.stdout)) as Report };
}

describe('--verify-content', () => {
  test('all proves that a copy is one, says the cost before, and nothing is read without it', async () => {
    const ec2 = await twoSides();
    const plain = await audit(ec2, []);
    expect(plain.report).not.toHaveProperty('content');
    expect(ec2.received.filter(({ service }) => service === 'ebs')).toEqual([]);
    const { code, report, stderr } = await audit(ec2, ['--verify-content', 'all']);
    expect(code).toBe(0);
    expect(report.content?.images).toMatchObject([
      { name: 'web', source: 'ami-a', target: 'ami-b', result: 'equal' },
    ]);
    expect(report.content?.estimate).toMatchObject({ blocks: 120, listRequests: 2 });
    const [listing, cost] = stderr.split('\n').filter((line) => line.startsWith('note: '));
    expect(listing).toContain('1 pair of volumes in 1 pair of images');
    expect(cost).toContain('reading 120 blocks, 0.06 GiB of a budget of 20 GiB');
    expect(cost).toMatch(/about \$0\.0004 .*vary by region.*transfer.*at least 1 s/);
  });

  test('N compares so many, and the variable does what the flag does', async () => {
    const ec2 = await twoSides();
    const { code, report } = await audit(ec2, [], { EC2_PARITY_VERIFY_CONTENT: '4' });
    expect(code).toBe(0);
    expect(report.content?.images[0]?.result).toBe('no-difference-found');
    expect(ec2.calls('GetSnapshotBlock')).toHaveLength(8);
  });

  test('finds the copy that is none', async () => {
    const { code, report } = await audit(await twoSides({ ...BLOCKS, 41: 'changed' }), [
      '--verify-content',
      'all',
    ]);
    expect(code).toBe(1);
    expect(report.findings.map(({ rule }) => rule)).toContain('image/content-differs');
  });

  test('keeps to --verify-budget, and says what it left', async () => {
    const ec2 = await twoSides();
    const { code, report, stderr } = await audit(ec2, ['--verify-content', 'all', '--verify-budget', '0.05']);
    expect(code).toBe(0);
    expect(ec2.calls('GetSnapshotBlock')).toEqual([]);
    expect(report.content?.images[0]).toMatchObject({ result: 'not-verified', reason: 'budget' });
    expect(report.gaps).toContainEqual(expect.objectContaining({ code: 'not-read', blocking: false }));
    expect(stderr).toContain('1 pair of volumes would exceed it and will not be read');
  });

  test('is incomplete where AWS refuses a block', async () => {
    const ec2 = await twoSides();
    ec2.misbehave('eu-west-1', 'GetSnapshotBlock', { deny: true });
    const { code, report } = await audit(ec2, ['--verify-content', 'all']);
    expect(code).toBe(3);
    expect(report.gaps).toContainEqual(
      expect.objectContaining({ side: 'target', kind: 'image', code: 'access-denied', blocking: true }),
    );
    expect(report.gaps[0]?.hint).toContain('iam-policy --with-verify-content');
  });

  test('goes to the endpoint of its own, where there is one', async () => {
    const ec2 = await twoSides();
    const ebs = await startEndpoint({
      regions: { 'us-east-1': region('a', BLOCKS), 'eu-west-1': region('b', BLOCKS) },
    });
    try {
      const env = { AWS_ENDPOINT_URL_EC2: ec2.url, AWS_ENDPOINT_URL_EBS: ebs.url };
      const { code } = await run(words('--verify-content', '1'), {
        cwd: emptyFolder(),
        env: { ...KEYS, ...env },
      });
      expect(code).toBe(0);
      expect(ec2.calls('GetSnapshotBlock')).toEqual([]);
      expect(ebs.calls('GetSnapshotBlock')).toHaveLength(2);
    } finally {
      await ebs.close();
    }
  });

  test('does not take one endpoint elsewhere for two regions', async () => {
    const ec2 = await twoSides();
    const env = { AWS_ENDPOINT_URL_EC2: ec2.url, AWS_ENDPOINT_URL_EBS: 'http://192.0.2.1:5000' };
    const { code, stderr } = await run(words('--verify-content', '1'), {
      cwd: emptyFolder(),
      env: { ...KEYS, ...env },
    });
    expect(code).toBe(2);
    expect(stderr).toContain('the same place');
  });

  test('ends at once when interrupted half-way', async () => {
    const ec2 = await twoSides();
    ec2.misbehave('us-east-1', 'GetSnapshotBlock', { stall: true, after: 5 });
    const child = start(main, words('--endpoint-url', ec2.url, '--verify-content', 'all'), {
      cwd: emptyFolder(),
      env: KEYS,
    });
    const exit = ended(child);
    while (ec2.calls('GetSnapshotBlock', 'us-east-1').length < 6) await new Promise((r) => setTimeout(r, 20));
    child.kill('SIGINT');
    expect((await exit).code).toBe(130);
  });

  test.each([
    [['--verify-content', '0'], '--verify-content cannot be "0".', 'number of blocks of at least 1, or all'],
    [
      ['--verify-content', 'some'],
      '--verify-content cannot be "some".',
      'number of blocks of at least 1, or all',
    ],
    [
      ['--verify-content', '-5'],
      '--verify-content cannot be "-5".',
      'number of blocks of at least 1, or all',
    ],
    [
      ['--verify-content', '5', '--verify-budget', 'much'],
      '--verify-budget cannot be "much".',
      'GiB above 0',
    ],
    [['--verify-budget', '3'], '--verify-budget is given', 'Add --verify-content'],
    [
      ['--verify-content', '5', '--only', 'key-pairs'],
      'images are not among the kinds to compare',
      'Add images',
    ],
  ])('%s is refused before any work', async (args, said, hint) => {
    const ran = await run(['audit', 'us-east-1', 'eu-west-1', ...args], {
      cwd: emptyFolder(),
      env: KEYS,
    });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(said);
    expect(ran.stderr).toContain(hint);
  });

  test('needs two live sides', async () => {
    const ran = await run(['audit', 'us-east-1', estate.same, '--verify-content', 'all'], {
      cwd: emptyFolder(),
      env: KEYS,
    });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`${estate.same} is not read from AWS`);
    expect(ran.stderr).toContain('hint: Name two live regions');
  });

  test('loads the client of EBS only where it is asked for', async () => {
    const ec2 = await twoSides();
    const options = { env: KEYS };
    const without = await modulesOf(main, words('--endpoint-url', ec2.url), options);
    expect(without.modules).not.toContain('client-ebs');
  });
});

test('the library takes it too', async () => {
  const ec2 = await twoSides({ ...BLOCKS, 3: 'changed' });
  const script = `
    const { audit } = await import(process.env.INDEX);
    const url = process.env.URL;
    const report = await audit('us-east-1', 'eu-west-1', {
      only: ['images'], source: { endpointUrl: url }, target: { endpointUrl: url },
      verifyContent: { blocks: 'all' },
    });
    console.log(report.content.images[0].result);
    await audit('us-east-1', 'eu-west-1', { verifyContent: { blocks: 0 } }).catch((e) => console.log(e.name, e.message));`;
  const ran = await runProcess('--input-type=module', ['-e', script], {
    cwd: emptyFolder(),
    env: { ...KEYS, URL: ec2.url, INDEX: installedTool().index },
  });
  expect(ran.stdout).toBe('different\nUnable verifyContent cannot be "0".\n');
});
