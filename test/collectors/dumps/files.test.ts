import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDumps } from '../../../src/collectors/dumps/index.ts';
import { SCOPES } from '../../../src/report/vocabulary.ts';
import { dumpFolder, failureOf, group, key, namesOf, notesOf, read, refusal } from './kit.ts';

const KEYS = { KeyPairs: [key('a', { PublicKey: 'ssh-dss AAAA' })] };
const text = JSON.stringify(KEYS, null, 4);

describe('a file of AWS CLI output', () => {
  it.each<[string, string, string | Uint8Array]>([
    ['is known by its top-level key, whatever it is called', 'whatever.txt', text],
    ['may have no extension', 'output', text],
    ['may begin with a byte order mark', 'k.json', `\ufeff${text}`],
    [
      'may be UTF-16, as PowerShell writes it',
      'k.json',
      Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le'),
    ],
    ['may have Windows line ends', 'k.json', text.replaceAll('\n', '\r\n')],
    ['may be gzipped', 'k.json.gz', gzipSync(text)],
    ['may be gzipped without saying so', 'k', gzipSync(text)],
    ['may stand in an array of answers, as jq -s writes it', 'k.json', `[{"Vpcs": []}, ${text}]`],
    [
      'may hold answers one after the other, as a loop with >> writes them',
      'k.json',
      `{"Vpcs": []}\n${text}\n{"KeyPairs": []}`,
    ],
    ['may hold two kinds in one object', 'k.json', JSON.stringify({ Vpcs: [], ...KEYS })],
  ])('%s', async (_, name, content) => {
    const found = await read({ [name]: content });
    expect(namesOf(found, 'keyPairs')).toEqual(['a']);
    expect(found.notes).toEqual([]);
  });

  it('is merged with others of its kind: pages and repeated runs', async () => {
    const found = await read({
      'page-1.json': { KeyPairs: [key('b'), key('a')] },
      'page-2.json': { KeyPairs: [key('c'), key('b')] },
    });
    expect(namesOf(found, 'keyPairs')).toEqual(['a', 'b', 'c']);
  });

  it('counts over older ones where they disagree, and says so', async () => {
    const found = await read({
      'z-old.json': { KeyPairs: [key('a', { KeyFingerprint: 'old', PublicKey: 'x' })] },
      'a-new.json': { KeyPairs: [key('a', { KeyFingerprint: 'new', PublicKey: 'x' })] },
    });
    expect(found.snapshot.keyPairs).toMatchObject({ items: [{ fingerprint: 'new' }] });
    expect(notesOf(found)).toEqual([
      'a is in several files with different content; DIR/a-new.json is the newest and is used',
    ]);
  });

  it('dates the snapshot: the newest that was read, not the newest in the folder', async () => {
    const found = await read({
      'a.json': { KeyPairs: [] },
      'b.json': { Vpcs: [] },
      'unknown.json': { Addresses: [] },
    });
    expect(found.snapshot.takenAt).toBe('2026-11-01T12:01:00.000Z');
    expect(found.snapshot.origin).toBe('dumps');
  });
});

describe('whatever else lies in the folder', () => {
  it('is named, grouped by why it is left alone, and harms nothing', async () => {
    const dir = await dumpFolder({
      'KeyPairs.json': text,
      'Addresses.json': { Addresses: [] },
      'TransitGateways.json': { TransitGateways: [] },
      'README.md': '# Dumps\n',
      'notes.txt': '[draft] not JSON at all',
      'older/KeyPairs.json': { KeyPairs: [key('old')] },
      'names.json': ['a', 'b'],
      'rows.json': [{ KeyName: 'a' }],
      'half.json': '{',
      'empty.txt': '',
      'number.json': '7',
      'archive.tar.gz': gzipSync(Buffer.from([0xff, 0, 1, 2])),
      'evil\u001b[2J\u202e.txt': 'x',
    });
    await symlink('/nowhere/at/all', join(dir, 'broken-link'));
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    const { snapshot, notes } = await readDumps(dir, { scopes: SCOPES, flag: '--source-region' });
    expect(snapshot.keyPairs).toMatchObject({ status: 'complete', items: [{ name: 'a' }] });
    expect(notes.map((note) => note.replaceAll(dir, 'DIR'))).toEqual([
      'DIR: ignored (folders in it are not read): older',
      'DIR: ignored (not regular files): broken-link, pipe',
      'DIR: ignored (neither JSON nor YAML): README.md, archive.tar.gz, empty.txt, evil\\u{1B}[2J\\u{202E}.txt, notes.txt',
      'DIR: ignored (contains nothing that this tool reads): Addresses.json, TransitGateways.json, number.json',
      'DIR: ignored (a list without its top-level key, as --query writes it; save the whole answer): names.json, rows.json',
      'DIR: ignored (not readable): half.json (line 1, column 2: the text ends too early)',
    ]);
  });

  it('is not complained about when it is a kind that a later version reads', async () => {
    const found = await read({
      'k.json': text,
      'r.json': { Reservations: [{ Instances: [{ SecurityGroups: [{ GroupId: 'sg-1' }] }] }] },
      'lt.json': { LaunchTemplates: [{}], NextToken: 'more' },
      'rules.json': { SecurityGroupRules: [] },
      'asg.json': { AutoScalingGroups: null },
      'regions.json': { Regions: 'all' },
    });
    expect(found.notes).toEqual([]);
    expect(failureOf(found, 'vpcs')).toMatch(/^not-in-dump/);
  });
});

describe('a folder', () => {
  it('that does not exist, or is a file, is refused', async () => {
    const dir = await dumpFolder({ 'a.json': text });
    const ask = (path: string) => readDumps(path, { scopes: SCOPES, flag: '--source-region' });
    await expect(ask(join(dir, 'nope'))).rejects.toMatchObject({
      name: 'Unable',
      message: `The folder ${dir}/nope does not exist.`,
    });
    await expect(ask(join(dir, 'a.json'))).rejects.toMatchObject({
      name: 'Unable',
      message: `The folder ${dir}/a.json is not a folder.`,
    });
  });

  it.each([
    ['is empty', {}, ''],
    [
      'holds only answers that nobody asked for',
      { 'a.json': { Addresses: [] } },
      ': a.json (contains nothing that this tool reads)',
    ],
    ['holds only text', { 'a.txt': 'hello' }, ': a.txt (neither JSON nor YAML)'],
    [
      'holds only one list that was cut out of its answer',
      { 'SecurityGroups.json': [group('sg-1')] },
      ': SecurityGroups.json (a list without its top-level key, as --query writes it; alone in a folder it does not show that it is complete)',
    ],
    [
      'holds only files of other kinds',
      {
        'w.json': { Images: [{ ImageId: 'wsi-1', Name: 'ws' }] },
        'n.json': ['a'],
        'x.yaml': 'Resources: {}\n',
      },
      ': x.yaml (contains nothing that this tool reads), w.json (rows of another service), n.json (a list without its top-level key, as --query writes it; save the whole answer)',
    ],
  ])('that %s is refused, naming each file and why, with a command to begin with', async (_, files, why) => {
    const start = `The folder DIR contains no answer of the AWS CLI that this tool knows${why}. Save some there, for example: aws ec2 describe-key-pairs --include-public-key --region REGION --output json > DIR/KeyPairs.json`;
    expect((await refusal(files)).slice(0, start.length)).toBe(start);
  });

  it('whose only file is broken beyond knowing names it', async () => {
    expect(await refusal({ 'a.json': '{' })).toContain(
      'this tool knows: a.json (line 1, column 2: the text ends too early).',
    );
  });
});
