import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeDumps, writeEstate } from './kit/estate.ts';
import { ended, installedTool, start } from './kit/process.ts';
import { run, temporaryFolder } from './kit/run.ts';

let main: string;
beforeAll(() => {
  main = installedTool().main;
}, 120_000);
const folder = temporaryFolder();
const estate = writeEstate(folder);
const emptyFolder = () => mkdtempSync(join(folder, 'run-'));
const tool = (args: readonly string[], cwd = folder) => run(args, { cwd });
const columns = (text: string) => text.replaceAll('\t', '→').split('\n').slice(0, -1);

/** The source of the estate as a listing of this name. */
async function listing(name: string): Promise<string> {
  const path = join(emptyFolder(), name);
  writeFileSync(path, (await tool(['export', estate.source, '-H'])).stdout);
  return path;
}

describe('export', () => {
  test('prints the groups of a side, with the header where it is asked for', async () => {
    const { code, stdout, stderr } = await tool(['export', estate.source, '-H']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [header, ...lines] = columns(stdout);
    expect(header).toBe('GROUP→Id→Owner→Name→Description→VpcID');
    expect(lines.map((line) => line.replace(/(sg|vpc)-[0-9a-f]{17}/g, '$1-…')).sort()).toEqual([
      'GROUP→sg-…→111122223333→default→default group→vpc-…',
      'GROUP→sg-…→111122223333→web→web group→vpc-…',
      'PERMISSION→111122223333→default→ALLOWS→all→→→TO→CIDR→0.0.0.0/0→egress',
      'PERMISSION→111122223333→web→ALLOWS→all→→→TO→CIDR→0.0.0.0/0→egress',
      'PERMISSION→111122223333→web→ALLOWS→tcp→22→22→FROM→CIDR→10.0.0.0/8→ingress',
    ]);
    expect(columns((await tool(['export', estate.source])).stdout)).toEqual(lines);
  });

  test('--only chooses the listing; several follow one another', async () => {
    const { code, stdout, stderr } = await tool([
      'export',
      estate.source,
      '--only',
      'images,key-pairs',
      '-H',
    ]);
    expect(code).toBe(0);
    expect(columns(stdout)).toEqual([
      'KeyPair→Fingerprint',
      'KEYPAIR→deploy→',
      expect.stringMatching(/^Type→ImageID→/),
    ]);
    expect(stderr).toBe('key pairs: the listing cannot contain ids, types and dates, 1 public key\n');
  });

  test('what the format cannot hold is said on stderr, group by group; with --quiet in one line', async () => {
    const dir = writeDumps(join(emptyFolder(), 'us-east-1'), { region: 'us-east-1' });
    const file = join(dir, 'SecurityGroups.json');
    const answer = JSON.parse(readFileSync(file, 'utf8'));
    answer.SecurityGroups[1].IpPermissions[0].Ipv6Ranges = [{ CidrIpv6: '::/0' }];
    writeFileSync(file, JSON.stringify(answer));
    const { code, stdout, stderr } = await tool(['export', dir]);
    expect(code).toBe(0);
    expect(stdout).not.toContain('::/0');
    expect(stderr).toMatch(
      /^sg-[0-9a-f]+ \("web"\): the listing cannot contain 1 rule with an IPv6 range\n$/,
    );
    expect((await tool(['export', dir, '--quiet'])).stderr).toMatch(
      /^the listing format cannot contain everything of the security-groups; .+\n$/,
    );
  });

  test('a kind that could not be read ends with 3, and not even its header is printed', async () => {
    const { code, stdout, stderr } = await tool([
      'export',
      estate.unread,
      '--only',
      'images',
      '-H',
      '--quiet',
    ]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^not read: images of eu-west-1 \(not-in-dump\): .+\n$/);
    // Not asked for, so nothing is missing.
    expect((await tool(['export', estate.unread])).code).toBe(0);
  });

  test('a reader that closes the pipe is no error', async () => {
    const child = start(main, ['export', estate.source], { cwd: folder });
    child.stdout.destroy();
    expect((await ended(child)).code).toBe(0);
  });
});

describe('a listing as a side', () => {
  test('its region is told by the name of the file', async () => {
    const path = await listing('groups-us-east-1.txt');
    const { code, stdout } = await tool([
      'audit',
      path,
      estate.same,
      '--only',
      'security-groups',
      '-o',
      'json',
    ]);
    const report = JSON.parse(stdout);
    expect(report.source).toMatchObject({ region: 'us-east-1', account: '111122223333', origin: 'listing' });
    expect(report.pairs.map((pair: { name: string; state: string }) => [pair.name, pair.state])).toEqual([
      ['default', 'same'],
      ['web', 'same'],
    ]);
    expect({ code, verdict: report.verdict }).toEqual({ code: 3, verdict: 'inconclusive' });
    expect(report.gaps.map((gap: { kind: string }) => gap.kind).sort()).toEqual([
      'prefix-list',
      'security-group',
      'vpc',
    ]);
  });

  test('or by --source-region and --target-region, and by --region for one side', async () => {
    const path = await listing('groups.txt');
    const untold = await tool(['audit', path, estate.same]);
    expect(untold.code).toBe(2);
    expect(untold.stderr).toContain('error: The region of ');
    expect(untold.stderr).toContain('hint: Give --source-region, for example --source-region us-east-1.');
    const told = await tool(['audit', estate.same, path, '--target-region', 'us-west-2', '-o', 'json']);
    expect(JSON.parse(told.stdout).target.region).toBe('us-west-2');
    expect((await tool(['export', path, '--region', 'us-west-2'])).code).toBe(0);
  });

  test('what was exported is exported from the listing again, to the byte', async () => {
    const path = await listing('us-east-1.txt');
    expect(await tool(['export', path, '-H'])).toEqual({
      code: 0,
      stdout: readFileSync(path, 'utf8'),
      stderr: '',
    });
  });

  test('it can be saved as a snapshot, which says what is missing', async () => {
    const cwd = emptyFolder();
    const path = await listing('us-east-1.txt');
    const { code, stderr } = await tool(['snapshot', path, '-o', 'us.json'], cwd);
    expect(code).toBe(3);
    expect(stderr).toContain('not read: security-group of us-east-1 (not-in-dump)');
    const [direct, saved] = await Promise.all([tool(['export', path]), tool(['export', 'us.json'], cwd)]);
    expect(saved.stdout).toBe(direct.stdout);
  });

  test('PowerShell writes UTF-16, and that is read too', async () => {
    const path = await listing('us-east-1.txt');
    const text = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text.replaceAll('\n', '\r\n'), 'utf16le')]),
    );
    expect(await tool(['export', path, '-H'])).toEqual({ code: 0, stdout: text, stderr: '' });
  });

  test('a line that cannot be read ends with 2 and names file and line', async () => {
    const path = await listing('us-east-1.txt');
    writeFileSync(path, `${readFileSync(path, 'utf8')}PERMISSION\tcut`);
    const { code, stdout, stderr } = await tool(['export', path]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .+us-east-1\.txt, line 7: .+\nhint: .+\n$/);
  });

  test('a file that is neither a snapshot nor a listing is refused as before', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'notes.txt'), 'remember the milk\n');
    const { code, stderr } = await tool(['audit', 'notes.txt', 'eu-west-1'], cwd);
    expect(code).toBe(2);
    expect(stderr).toContain('"notes.txt" is a file, but neither a snapshot by its name nor a listing');
  });
});
