import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeEstate } from './kit/estate.ts';
import { filesBelow, run, temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
const estate = writeEstate(folder);
const emptyFolder = () => mkdtempSync(join(folder, 'run-'));
const tool = (args: readonly string[], cwd: string) => run(args, { cwd });

test.each(['us.json', 'deep/er/us.json.gz'])(
  'what is saved in %s is audited as what it was made from',
  async (file) => {
    const cwd = emptyFolder();
    expect(await tool(['snapshot', estate.source, '-o', file], cwd)).toEqual({
      code: 0,
      stdout: '',
      stderr: `note: ${estate.source} contains no workloads (instances, launch templates, Auto Scaling groups): an audit of this file cannot judge them\nwrote ${file}\n`,
    });
    const direct = JSON.parse(
      (await tool(['audit', estate.source, estate.different, '-o', 'json'], cwd)).stdout,
    );
    const saved = JSON.parse((await tool(['audit', file, estate.different, '-o', 'json'], cwd)).stdout);
    for (const report of [direct, saved]) {
      for (const finding of report.findings) delete finding.firstSeen;
      for (const time of ['startedAt', 'finishedAt']) delete report[time];
    }
    expect(saved).toEqual(direct);
  },
);

test('a gzipped snapshot is gzip, and smaller', async () => {
  const cwd = emptyFolder();
  await tool(['snapshot', estate.source, '-o', 'us.json'], cwd);
  await tool(['snapshot', 'us.json', '-o', 'us.json.gz'], cwd);
  const packed = readFileSync(join(cwd, 'us.json.gz'));
  expect([packed[0], packed[1]]).toEqual([0x1f, 0x8b]);
  expect(packed.length).toBeLessThan(readFileSync(join(cwd, 'us.json')).length);
});

test('what could not be read ends with 3, is stated even when quiet, and the file is there', async () => {
  const cwd = emptyFolder();
  const { code, stdout, stderr } = await tool(['snapshot', estate.unread, '-o', 'eu.json', '--quiet'], cwd);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(
    /^not read: images of eu-west-1 \(not-in-dump\): .+\n {2}aws ec2 describe-images .+\n$/,
  );
  expect(filesBelow(cwd)).toEqual(['eu.json']);
  expect((await tool(['audit', estate.source, 'eu.json'], cwd)).code).toBe(3);
});

test('--only reads what it names; the rest is left out by choice and ends with 0', async () => {
  const cwd = emptyFolder();
  expect((await tool(['snapshot', estate.unread, '-o', 'eu.json', '--only', 'key-pairs'], cwd)).code).toBe(0);
  // What was left out then is missing now.
  expect((await tool(['audit', estate.source, 'eu.json'], cwd)).code).toBe(3);
  expect((await tool(['audit', estate.source, 'eu.json', '--only', 'key-pairs'], cwd)).code).toBe(0);
});

test('a path that cannot be written is refused, and named', async () => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'us.json'));
  const { code, stderr } = await tool(['snapshot', estate.source, '-o', 'us.json'], cwd);
  expect(code).toBe(2);
  expect(stderr).toBe(
    'error: The snapshot cannot be written to us.json: it is a folder.\nhint: Choose another path.\n',
  );
});

test('--region tells the region of a folder of dumps', async () => {
  const cwd = emptyFolder();
  const { code } = await tool(['snapshot', estate.source, '-o', 'a.json', '--region', 'us-west-2'], cwd);
  expect([0, 2]).toContain(code);
  expect((await tool(['snapshot', 'us-east-1', '-o', 'a.json', '--region', 'us-west-2'], cwd)).code).toBe(2);
});

test('EC2_PARITY_OUTPUT, which names formats, is not taken for the file', async () => {
  const { code, stderr } = await run(['snapshot', estate.source], {
    cwd: emptyFolder(),
    env: { EC2_PARITY_OUTPUT: 'json' },
  });
  expect(code).toBe(2);
  expect(stderr).toContain('-o FILE');
});
