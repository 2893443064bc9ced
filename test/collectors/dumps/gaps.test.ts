import { chmod, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readDumps } from '../../../src/collectors/dumps/index.ts';
import { SNAPSHOT_KINDS } from '../../../src/inventory/kinds.ts';
import { SHELLS, typed } from '../../kit/shell.ts';
import { CALLER, dumpFolder, failureOf, group, key, ME, namesOf, notesOf, read } from './kit.ts';

describe('a kind that no file holds', () => {
  it('is a gap with the command that makes the file', async () => {
    const found = await read({ 'caller.json': CALLER });
    expect(failureOf(found, 'keyPairs')).toBe(
      'not-in-dump: DIR contains no file with key pairs ("KeyPairs"). Save it there. $ aws ec2 describe-key-pairs --include-public-key --region us-east-1 --output json > DIR/KeyPairs.json',
    );
    expect(failureOf(found, 'images')).toContain(
      'aws ec2 describe-images --owners self --include-deprecated --include-disabled --region us-east-1 --output json > DIR/Images.json',
    );
    expect(failureOf(found, 'securityGroups')).toContain('aws ec2 describe-security-groups --region');
    expect(failureOf(found, 'vpcs')).toContain('aws ec2 describe-vpcs --region');
    expect(failureOf(found, 'prefixLists')).toContain('aws ec2 describe-managed-prefix-lists --region');
    expect(found.snapshot.gaps).toEqual([]);
  });

  it('has a command that can be pasted even where the folder has an odd name', async () => {
    const found = await read({ 'caller.json': CALLER }, { name: "it's us-east-1" });
    expect(failureOf(found, 'vpcs')).toMatch(/> '.*it'\\''s us-east-1\/Vpcs\.json'$/);
  });

  it('may be in a file that cannot be read, which the gap then names', async () => {
    const found = await read({ 'caller.json': CALLER, 'export.json': '{"', 'other.json': '' });
    expect(failureOf(found, 'keyPairs')).toContain(
      'they may be in a file that cannot be read: export.json (line 1, column 2: key or } expected), other.json (is empty).',
    );
  });

  it('is not an empty kind: an answer with nothing in it is complete', async () => {
    const found = await read({
      'a.json': { KeyPairs: [], SecurityGroups: [], Vpcs: [], PrefixLists: [], Images: [] },
    });
    expect([namesOf(found, 'keyPairs'), namesOf(found, 'images'), namesOf(found, 'vpcs')]).toEqual([
      [],
      [],
      [],
    ]);
    expect(found.snapshot.gaps).toEqual([]);
  });

  it('is asked for by its own call where only the rules of the groups were saved', async () => {
    const found = await read({ 'rules.json': { SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-1' }] } });
    expect(failureOf(found, 'securityGroups')).toMatch(
      /^not-in-dump: DIR contains SecurityGroupRules but no SecurityGroups: .* aws ec2 describe-security-groups /,
    );
  });

  it('is not asked for when --only names others', async () => {
    const found = await read(
      { 'k.json': { KeyPairs: [key('a')] }, 'broken.json': '{"Images": [' },
      { scopes: ['key-pairs'] },
    );
    expect(namesOf(found, 'keyPairs')).toEqual(['a']);
    for (const kind of ['vpcs', 'prefixLists', 'securityGroups', 'images'] as const) {
      expect(failureOf(found, kind)).toMatch(/^not-read: /);
    }
    expect(found.snapshot.gaps).toEqual([]);
  });

  it('of security groups brings VPCs and prefix lists with it', async () => {
    const found = await read({ 'k.json': CALLER }, { scopes: ['security-groups'] });
    expect(
      (['vpcs', 'prefixLists', 'securityGroups', 'keyPairs', 'images'] as const).map(
        (kind) => failureOf(found, kind).split(':')[0],
      ),
    ).toEqual(['not-in-dump', 'not-in-dump', 'not-in-dump', 'not-read', 'not-read']);
  });
});

describe('a kind that a file holds in part', () => {
  it.each(['NextToken', 'nextToken', 'Marker'])(
    'is truncated when a %s is left over, as --max-items leaves it',
    async (token) => {
      const found = await read({ 'k.json': { KeyPairs: [key('a')], [token]: 'eyJ' } });
      expect(failureOf(found, 'keyPairs')).toBe(
        `truncated: DIR/k.json contains only a part of the answer: it ends with a ${token}. Save it again, without --max-items and --no-paginate. $ aws ec2 describe-key-pairs --include-public-key --region us-east-1 --output json > DIR/KeyPairs.json`,
      );
    },
  );

  it('is complete when the token is empty', async () => {
    expect(namesOf(await read({ 'k.json': { KeyPairs: [key('a')], NextToken: null } }), 'keyPairs')).toEqual([
      'a',
    ]);
  });
});

describe('a kind whose file is broken', () => {
  it.each<[string, string, unknown, string]>([
    [
      'cut short',
      'k.json',
      '{\n  "KeyPairs": [\n    {"KeyName":"a"},',
      'DIR/k.json cannot be read: line 3, column 21: the text ends too early.',
    ],
    [
      'broken in its second answer',
      'k.json',
      '{"KeyPairs":[]}\n{"KeyPairs":[}',
      'DIR/k.json cannot be read: line 2, column 14: value or ] expected.',
    ],
    [
      'empty, with a name that tells',
      'describe-key-pairs.json',
      '',
      'DIR/describe-key-pairs.json cannot be read: is empty.',
    ],
    [
      'text, with a name that tells',
      'KeyPairs.json',
      'Unable to locate credentials',
      'DIR/KeyPairs.json cannot be read: line 1, column 1: value expected.',
    ],
    ['null', 'k.json', { KeyPairs: null }, 'DIR/k.json: "KeyPairs" is not a list.'],
    ['an object', 'k.json', { KeyPairs: {} }, 'DIR/k.json: "KeyPairs" is not a list.'],
    [
      'a row without its id',
      'k.json',
      { KeyPairs: [key('a'), { KeyPairId: 'key-1' }] },
      'DIR/k.json, KeyPairs[1]: KeyName is missing.',
    ],
    [
      'a row with a blank id',
      'k.json',
      { KeyPairs: [key('')] },
      'DIR/k.json, KeyPairs[0] (): KeyName is blank.',
    ],
    [
      'a row that is none',
      'k.json',
      { KeyPairs: [null] },
      'DIR/k.json, KeyPairs[0]: the row: expected object, received null.',
    ],
    [
      'a field of another type',
      'k.json',
      { KeyPairs: [key('a', { PublicKey: 7 })] },
      'DIR/k.json, KeyPairs[0] (a): PublicKey: expected string, received number.',
    ],
    [
      'tags of another shape',
      'k.json',
      { KeyPairs: [key('a', { Tags: { env: 'prod' } })] },
      'DIR/k.json, KeyPairs[0] (a): Tags: expected array, received object.',
    ],
  ])('is malformed: %s', async (_, name, content, message) => {
    const found = await read({ 'caller.json': CALLER, [name]: content });
    expect(failureOf(found, 'keyPairs')).toBe(
      `malformed: ${message} Save it again. $ aws ec2 describe-key-pairs --include-public-key --region us-east-1 --output json > DIR/KeyPairs.json`,
    );
    expect(failureOf(found, 'vpcs')).not.toContain('may be in');
  });

  it('is malformed although another file of it is whole: what the broken one held is not known', async () => {
    const found = await read({ 'a.json': { KeyPairs: [key('a')] }, 'b.json': '{"KeyPairs": [' });
    expect(failureOf(found, 'keyPairs')).toMatch(/^malformed: DIR\/b\.json/);
  });

  it.each([
    [
      'an address',
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, IpRanges: [{ CidrIp: '10.0.0/8' }] },
      '"10.0.0/8" is not an IPv4 or IPv6 address range',
    ],
    ['a protocol', { IpProtocol: 'esp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }, '"esp" is not a protocol'],
    [
      'a port',
      { IpProtocol: 'tcp', FromPort: 9, ToPort: 1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      '"9-1" is not a port range',
    ],
    [
      'a protocol that is absent',
      { IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      'IpPermissions[0].IpProtocol is missing',
    ],
    [
      'a peer without its id',
      { IpProtocol: '-1', UserIdGroupPairs: [{ UserId: ME }] },
      'IpPermissions[0].UserIdGroupPairs[0].GroupId is missing',
    ],
  ])('is malformed for %s that AWS would not write, and names the group', async (_, permission, what) => {
    const found = await read({
      'g.json': { SecurityGroups: [group('sg-1'), group('sg-2', { IpPermissions: [permission] })] },
    });
    expect(failureOf(found, 'securityGroups')).toContain(
      `malformed: DIR/g.json, SecurityGroups[1] (sg-2): ${what}.`,
    );
  });

  it('is malformed when this user may not read the file', async () => {
    const dir = await dumpFolder({ 'caller.json': CALLER, 'KeyPairs.json': '{"KeyPairs":[]}' });
    await chmod(`${dir}/KeyPairs.json`, 0);
    const { snapshot } = await readDumps(dir, { scopes: ['key-pairs'], flag: '--source-region' });
    // Root may read everything.
    if (process.getuid?.() === 0) expect(snapshot.keyPairs.status).toBe('complete');
    else
      expect(snapshot.keyPairs).toMatchObject({
        failure: { code: 'malformed', message: expect.stringContaining('may not be read by this user') },
      });
  });

  it('makes no gap when nothing needs it, and is named', async () => {
    const found = await read({ 'caller.json': CALLER, 'r.json': '{"Regions": [' });
    expect(notesOf(found)).toEqual([
      expect.stringMatching(
        /^DIR\/r\.json cannot be read \(line 1, .*\); it looks like Regions, which is not needed$/,
      ),
    ]);
    expect(failureOf(found, 'keyPairs')).not.toContain('r.json');
  });
});

describe('key pairs without public keys', () => {
  it('are complete, and a note says what they lack', async () => {
    const found = await read({ 'k.json': { KeyPairs: [key('a')] } });
    expect(notesOf(found)).toEqual([
      expect.stringContaining('describe-key-pairs without --include-public-key'),
    ]);
  });
});

describe('the commands of the gaps of a folder', () => {
  it.each(SHELLS)('arrive whole in %s and write into the folder, whatever it is called', async (shell) => {
    const name = "it's $(touch gone) \u202e `x` !! \t";
    const found = await read({ 'KeyPairs.json': { KeyPairs: [] } }, { name, region: 'us-east-1' });
    const commands = [...SNAPSHOT_KINDS].flatMap((kind) => {
      const collected = found.snapshot[kind];
      return collected.status === 'failed' ? (collected.failure.commands ?? []) : [];
    });
    expect(commands.length).toBeGreaterThan(3);
    const calls = typed(
      commands.map(({ shell: line }) => line),
      shell,
    );
    expect(calls).toHaveLength(commands.length);
    for (const { args } of calls)
      expect(args.slice(-4)).toEqual(['--region', 'us-east-1', '--output', 'json']);
    const written = await readdir(found.dir);
    expect(written).toEqual(expect.arrayContaining(['SecurityGroups.json', 'Images.json', 'Vpcs.json']));
  });
});
