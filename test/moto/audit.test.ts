import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { dumpByHints } from './dumps.ts';
import { SOURCE, seedEstate, TARGET } from './estate.ts';
import { type Ended, type Moto, run, startMoto } from './kit.ts';

let moto: Moto;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ec2-parity-audit-'));
  moto = await startMoto();
  await seedEstate(moto.url);
});
afterAll(async () => {
  await moto?.stop();
  await rm(root, { recursive: true, force: true });
});

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const ec2Parity = (...args: string[]): Promise<Ended> =>
  run(process.execPath, ['--import', 'tsx', MAIN, ...args], { AWS_ENDPOINT_URL: moto.url });

async function reportOf(folder: string): Promise<Report> {
  return JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'));
}

const found = ({ findings }: Report) => findings.map(({ rule, subject }) => `${rule} ${subject.name}`).sort();

/** All that the estate was made to hold, and nothing else. */
const EXPECTED = [
  'image/extra no-copy',
  'image/launch-permissions-differ golden-1',
  'image/missing-copy not-copied',
  'image/tags-differ golden-1',
  // The emulator keeps no record of what an image was copied from.
  'image/undetermined golden-1',
  `key-pair/different-key rotated`,
  `key-pair/extra made-in-${TARGET}`,
  `key-pair/missing made-in-${SOURCE}`,
  'key-pair/missing only-source',
  'prefix-list/entries-differ office',
  'security-group/allows-less web',
  'security-group/allows-more web',
];

describe('an audit of two live regions', () => {
  it('finds what differs, writes its reports and ends with 1', async () => {
    const folder = join(root, 'live');
    const { code, stdout, stderr } = await ec2Parity('audit', SOURCE, TARGET, '--output-dir', folder);
    expect(stderr).not.toMatch(/error/i);
    expect(stdout).toMatch(/^result: differences/m);
    expect(code).toBe(1);
    expect((await readdir(folder)).sort()).toEqual(['report.html', 'report.json', 'report.md']);
    const report = await reportOf(folder);
    expect(found(report)).toEqual(EXPECTED);
    expect(report).toMatchObject({
      complete: true,
      verdict: 'differences',
      gaps: [],
      source: { region: SOURCE, account: '123456789012', origin: 'live' },
      target: { region: TARGET, account: '123456789012', origin: 'live' },
    });
  });

  it('finds the same from snapshots that were saved before, and from AWS CLI dumps', async () => {
    const saved = join(root, 'saved.json.gz');
    expect(await ec2Parity('snapshot', SOURCE, '-o', saved)).toMatchObject({ code: 0 });
    const mixed = await ec2Parity('audit', saved, TARGET, '--output-dir', join(root, 'mixed'));
    const [source, target] = [
      await dumpByHints(root, SOURCE, moto.url),
      await dumpByHints(root, TARGET, moto.url),
    ];
    const dumped = await ec2Parity('audit', source, target, '--output-dir', join(root, 'dumped'));
    expect([mixed.code, dumped.code]).toEqual([1, 1]);
    const [fromSaved, fromDumps] = [
      await reportOf(join(root, 'mixed')),
      await reportOf(join(root, 'dumped')),
    ];
    // `firstSeen` is the time of the run.
    const undated = ({ findings }: Report) => findings.map((finding) => ({ ...finding, firstSeen: '' }));
    expect(undated(fromDumps)).toEqual(undated(fromSaved));
    expect(fromDumps.pairs).toEqual(fromSaved.pairs);
    expect(found(fromSaved)).toEqual(EXPECTED);
  });

  it('of a region with itself at another time finds parity and ends with 0', async () => {
    const saved = join(root, 'before.json');
    await ec2Parity('snapshot', SOURCE, '-o', saved);
    const { code, stdout } = await ec2Parity('audit', saved, SOURCE, '--output-dir', join(root, 'same'));
    expect(stdout).toMatch(/^result: parity/m);
    expect(code).toBe(0);
    expect((await reportOf(join(root, 'same'))).findings).toEqual([]);
  });

  it('leaves out what --only leaves out, and is not incomplete for it', async () => {
    const folder = join(root, 'only');
    const { code } = await ec2Parity('audit', SOURCE, TARGET, '--only', 'images', '--output-dir', folder);
    const report = await reportOf(folder);
    expect(found(report)).toEqual(EXPECTED.filter((line) => line.startsWith('image/')));
    expect([code, report.complete]).toEqual([0, true]);
  });
});
