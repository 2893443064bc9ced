import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type Files, failureOf, group, image, key, ME, namesOf, notesOf, read } from './kit.ts';

const arn = (service: string) => `arn:aws:${service}:us-east-1:${ME}:thing/x`;
const profile = {
  InstanceProfileName: 'web',
  InstanceProfileId: 'AIPA1',
  Arn: `arn:aws:iam::${ME}:instance-profile/web`,
  Path: '/',
  Roles: [],
};
const OURS: Files = {
  'k.json': { KeyPairs: [key('a', { PublicKey: 'ssh-dss AAAA' })] },
  'i.json': { Images: [image('ami-1')] },
  'g.json': { SecurityGroups: [group('sg-1')] },
  'p.json': { InstanceProfiles: [profile] },
};
const plain = ({ snapshot, dir }: Awaited<ReturnType<typeof read>>) =>
  JSON.stringify({ ...snapshot, takenAt: '' }).replaceAll(dir, 'DIR');

describe('an answer of another call with a key of ours changes nothing and is named', () => {
  it.each<[string, unknown]>([
    [
      'DMS instance profiles, which have names as those of IAM',
      {
        InstanceProfiles: [
          {
            InstanceProfileName: 'dms',
            InstanceProfileArn: arn('dms'),
            AvailabilityZone: 'us-east-1a',
            PubliclyAccessible: true,
            VpcSecurityGroups: [],
          },
        ],
      },
    ],
    ['MediaConnect reservations', { Reservations: [{ ReservationArn: arn('mediaconnect'), Price: '1' }] }],
    ['BCM exports', { Exports: [{ ExportArn: arn('bcm-data-exports'), ExportName: 'cost' }] }],
    ['events that were put', { FailedEntryCount: 0, Entries: [{ EventId: '1' }] }],
    ['ElastiCache parameters', { Parameters: [{ ParameterName: 'maxmemory', ParameterValue: '1' }] }],
    ['Lightsail key pairs, in its own spelling', { keyPairs: [{ name: 'a', fingerprint: 'x' }] }],
    ['ECR images', { imageDetails: [{ repositoryName: 'r', imageDigest: 'sha256:0' }] }],
    ['create-image', { ImageId: 'ami-9' }],
    ['copy-snapshot', { SnapshotId: 'snap-9' }],
    ['import-key-pair', { KeyFingerprint: 'f', KeyName: 'b', KeyPairId: 'key-b' }],
  ])('%s', async (_, answer) => {
    const [alone, found] = [await read(OURS), await read({ ...OURS, 'other.json': answer })];
    expect(plain(found)).toBe(plain(alone));
    expect(notesOf(found)).toEqual([expect.stringMatching(/^DIR: ignored \(.*\): other\.json$/)]);
  });

  it.each(['unblocked', 'block-new-sharing', 'block-all-sharing'])(
    'the public access of snapshots (%s) has the fields of the allowed images, and is not taken for them',
    async (State) => {
      const other = { 's.json': { State, ManagedBy: 'account' } };
      const ours = { 'a.json': { State: 'enabled', ManagedBy: 'account', ImageCriteria: [] } };
      const alone = await read({ ...OURS, ...other });
      expect(alone.snapshot.imageSettings.allowedImages).toBeNull();
      for (const files of [
        { ...OURS, ...other, ...ours },
        { ...OURS, ...ours, ...other },
      ])
        expect((await read(files)).snapshot.imageSettings.allowedImages).toBe('enabled');
    },
  );
});

describe('one answer in any of the forms in which the CLI and its helpers write it', () => {
  const groups = [group('sg-1'), group('sg-2')];
  const whole = { SecurityGroups: groups };
  it.each<[string, string, unknown]>([
    ['packed', 'g.json.gz', gzipSync(JSON.stringify(whole))],
    ['packed rows, a line each', 'g.json.gz', gzipSync(groups.map((g) => JSON.stringify(g)).join('\n'))],
    [
      'JSON Lines with the line ends of Windows',
      'g.jsonl',
      groups.map((g) => JSON.stringify(g)).join('\r\n'),
    ],
    [
      'JSON Lines with blank lines and a byte order mark',
      'g.ndjson',
      `\ufeff${groups.map((g) => JSON.stringify(g)).join('\n\n')}\n`,
    ],
    [
      'a whole answer a line',
      'g.jsonl',
      groups.map((g) => JSON.stringify({ SecurityGroups: [g] })).join('\n'),
    ],
    ['answers in one list, as jq -s writes them', 'g.json', groups.map((g) => ({ SecurityGroups: [g] }))],
    ['a YAML list of rows', 'g.yaml', stringify(groups)],
    [
      'one row in YAML, and its fellow in a document of its own',
      'g.yaml',
      groups.map((g) => stringify(g)).join('---\n'),
    ],
    ['YAML that begins with a document mark', 'g.yml', `---\n${stringify(whole)}`],
    ['YAML with the line ends of Windows', 'g.yml', stringify(whole).replaceAll('\n', '\r\n')],
    ['packed YAML', 'g.yaml.gz', gzipSync(stringify(whole))],
  ])('%s', async (_, name, content) => {
    const found = await read({ 'k.json': OURS['k.json'], [name]: content });
    expect(namesOf(found, 'securityGroups')).toEqual(['name of sg-1', 'name of sg-2']);
  });

  it('JSON Lines that end in the middle of a row are broken', async () => {
    const text = groups
      .map((g) => JSON.stringify(g))
      .join('\n')
      .slice(0, -20);
    const found = await read({ 'k.json': OURS['k.json'], 'g.json': text });
    expect(found.snapshot.securityGroups.status).toBe('failed');
  });

  it.each<[string, unknown]>([
    ['images', [image('ami-1', { Architecture: 'arm64', OwnerId: ME })]],
    ['one image', image('ami-1', { Architecture: 'arm64', OwnerId: ME })],
  ])('rows of the Recycle Bin beside rows of the region are kept apart: %s', async (_, rows) => {
    const bin = { ImageId: 'ami-9', Name: 'web', RecycleBinEnterTime: '2026-05-01T00:00:00Z' };
    for (const written of [[bin], bin, JSON.stringify(bin), stringify([bin])]) {
      const name = typeof written === 'string' && !written.startsWith('{') ? 'bin.yaml' : 'bin.json';
      const found = await read({ 'k.json': OURS['k.json'], 'i.json': rows, [name]: written });
      expect(namesOf(found, 'images')).toEqual(['ami-1']);
      expect(found.snapshot.recycledImages?.map(({ id }) => id)).toEqual(['ami-9']);
    }
  });

  it.each<[string, object, string]>([
    [
      'an image in the Recycle Bin',
      { ImageId: 'ami-9', Name: 'web', RecycleBinEnterTime: '2026-05-01T00:00:00Z' },
      'it is in the Recycle Bin: save that answer as a separate file',
    ],
    [
      'an image of WorkSpaces',
      { ImageId: 'wsi-9', Name: 'web', State: 'AVAILABLE' },
      'it is a row of another service',
    ],
  ])('%s among images of the region is not counted as one of them', async (_, stranger, why) => {
    const found = await read({ 'k.json': OURS['k.json'], 'i.json': { Images: [image('ami-1'), stranger] } });
    expect(failureOf(found, 'images')).toMatch(/^malformed: DIR\/i\.json, Images\[1\] \((ami|wsi)-9\): /);
    expect(failureOf(found, 'images')).toContain(why);
  });
});

describe('pages, whatever they hold and however they are written', () => {
  const instance = (InstanceId: string) => ({
    InstanceId,
    ImageId: 'ami-1',
    InstanceType: 't3.micro',
    State: { Name: 'running' },
    SecurityGroups: [],
  });
  const reservation = (id: string) => ({
    ReservationId: `r-${id}`,
    OwnerId: ME,
    Instances: [instance(`i-${id}`)],
  });
  const page = (rows: object[], NextToken?: string) => ({
    Reservations: rows,
    ...(NextToken ? { NextToken } : {}),
  });

  it.each<[string, Files]>([
    ['JSON', { '1.json': page([reservation('1')], 't'), '2.json': page([reservation('2')]) }],
    [
      'YAML',
      { '1.yaml': stringify(page([reservation('1')], 't')), '2.yaml': stringify(page([reservation('2')])) },
    ],
    [
      'one of each',
      { '1.json': page([reservation('1')], 't'), '2.yaml': stringify(page([reservation('2')])) },
    ],
    ['an empty last page', { '1.json': page([reservation('1'), reservation('2')], 't'), '2.json': page([]) }],
    [
      'a last page with an empty token',
      { '1.json': page([reservation('1')], 't'), '2.json': { ...page([reservation('2')]), NextToken: '' } },
    ],
    [
      'a last page with null for its token',
      { '1.json': page([reservation('1')], 't'), '2.json': { ...page([reservation('2')]), NextToken: null } },
    ],
  ])('are one answer: %s', async (_, files) => {
    const found = await read(files);
    expect(found.snapshot.instances).toMatchObject({
      status: 'complete',
      items: [{ id: 'i-1' }, { id: 'i-2' }],
    });
  });

  it('of two kinds do not complete each other', async () => {
    const found = await read({
      '1.json': page([reservation('1')], 't'),
      '2.json': { SecurityGroups: [group('sg-1')] },
    });
    expect(failureOf(found, 'instances')).toMatch(/^truncated: /);
    expect(found.snapshot.securityGroups.status).toBe('complete');
  });
});
