import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type Files, failureOf, group, image, key, ME, namesOf, notesOf, read } from './kit.ts';

const arn = (service: string) => `arn:aws:${service}:us-east-1:${ME}:thing/x`;

/** One row as each service answers it, under a key that EC2 (or CloudFormation, or SSM) has as well. */
const OTHERS: readonly [string, string, object | string][] = [
  ['WorkSpaces', 'Images', { ImageId: 'wsi-1', Name: 'ws', State: 'AVAILABLE', OwnerAccountId: ME }],
  ['AppStream', 'Images', { Name: 'base', Arn: arn('appstream'), State: 'AVAILABLE', Platform: 'WINDOWS' }],
  ['SageMaker', 'Images', { ImageName: 'i', ImageArn: arn('sagemaker'), ImageStatus: 'CREATED' }],
  ['AppStream stacks', 'Stacks', { Name: 's', Arn: arn('appstream'), DisplayName: 's' }],
  ['OpsWorks', 'Stacks', { StackId: '0ab', Name: 's', Arn: arn('opsworks'), Region: 'us-east-1' }],
  ['ElastiCache', 'Snapshots', { SnapshotName: 's', CacheClusterId: 'c', SnapshotStatus: 'available' }],
  ['Redshift', 'Snapshots', { SnapshotIdentifier: 's', ClusterIdentifier: 'c', Status: 'available' }],
  ['FSx', 'Snapshots', { SnapshotId: 'fsvolsnap-1', Name: 's', VolumeId: 'fsvol-1' }],
  ['Directory Service', 'Snapshots', { SnapshotId: 's-1', DirectoryId: 'd-1', Type: 'Auto' }],
  ['MemoryDB', 'Snapshots', { Name: 's', Status: 'available', ARN: arn('memorydb') }],
  [
    'Recycle Bin snapshots',
    'Snapshots',
    { SnapshotId: 'snap-1', RecycleBinEnterTime: '2026-01-01T00:00:00Z' },
  ],
  ['MediaLive', 'Reservations', { ReservationId: '123', Arn: arn('medialive'), OfferingId: '1' }],
  ['RDS parameters', 'Parameters', { ParameterName: 'max_connections', ParameterValue: '5' }],
  ['describe-parameters', 'Parameters', { Name: '/p', Type: 'String', Version: 1 }],
  ['Athena', 'CapacityReservations', { Name: 'c', Status: 'ACTIVE', TargetDpus: 24 }],
  ['create-snapshot', 'KmsKeyId', 'arn:kms'],
  ['EFS mount targets', 'SecurityGroups', 'sg-1'],
];

const otherAnswer = (topLevel: string, row: object | string) =>
  topLevel === 'KmsKeyId' ? { SnapshotId: 'snap-9', KmsKeyId: row } : { [topLevel]: [row] };

const OURS: Files = {
  'k.json': { KeyPairs: [key('a', { PublicKey: 'ssh-dss AAAA' })] },
  'i.json': { Images: [image('ami-1')] },
  'g.json': { SecurityGroups: [group('sg-1')] },
};

describe('an answer of another service under the same key', () => {
  it.each(OTHERS)('is left alone, and named: %s (%s)', async (_, topLevel, row) => {
    const alone = await read(OURS);
    const found = await read({ ...OURS, 'other.json': otherAnswer(topLevel, row) });
    const plain = ({ snapshot, dir }: typeof found) =>
      JSON.stringify({ ...snapshot, takenAt: '' }).replaceAll(dir, 'DIR');
    expect(plain(found)).toBe(plain(alone));
    expect(notesOf(found)).toEqual([
      expect.stringMatching(
        /^DIR: ignored \((rows of another service|contains nothing that this tool reads)\): other\.json$/,
      ),
    ]);
  });

  it.each(OTHERS.slice(0, 3))(
    'does not stand for the kind where nothing else does: %s',
    async (_, topLevel, row) => {
      const found = await read({ 'k.json': OURS['k.json'], 'other.json': { [topLevel]: [row] } });
      expect(failureOf(found, 'images')).toMatch(/^not-in-dump/);
    },
  );

  it.each(['workspaces-describe-workspace-images.json', 'appstream.json', 'Images_WorkSpaces.json'])(
    'is not an empty list of ours where it is empty and the file says whose it is: %s',
    async (name) => {
      const found = await read({ 'k.json': OURS['k.json'], [name]: { Images: [] } });
      expect(failureOf(found, 'images')).toMatch(/^not-in-dump/);
    },
  );

  it('is said to be broken, not foreign, where the row is ours without its name', async () => {
    const found = await read({ 'i.json': { Images: [{ ImageLocation: 'x', BlockDeviceMappings: [] }] } });
    expect(failureOf(found, 'images')).toMatch(/^malformed: DIR\/i\.json, Images\[0\]/);
  });

  it('is said to be broken where rows of both are in one list', async () => {
    const found = await read({
      'i.json': { Images: [image('ami-1'), { Name: 'n', Arn: arn('appstream') }] },
    });
    expect(failureOf(found, 'images')).toMatch(/^malformed: DIR\/i\.json, Images\[1\]/);
  });
});

describe('images in the Recycle Bin, whose answer has the key of describe-images', () => {
  const bin = {
    Images: [{ ImageId: 'ami-9', Name: 'web', RecycleBinEnterTime: '2026-05-01T00:00:00Z' }],
  };

  it('are no images of the region, and kept as evidence', async () => {
    const found = await read({ ...OURS, 'bin.json': bin });
    expect(namesOf(found, 'images')).toEqual(['ami-1']);
    expect(found.snapshot.recycledImages).toEqual([
      { id: 'ami-9', name: 'web', enteredAt: '2026-05-01T00:00:00.000Z', exitsAt: null },
    ]);
    expect(found.notes).toEqual([]);
  });

  it('do not stand for the images of the region, even where there are none in it', async () => {
    for (const answer of [bin, { Images: [] }]) {
      const found = await read({ 'k.json': OURS['k.json'], 'list-images-in-recycle-bin.json': answer });
      expect(failureOf(found, 'images')).toMatch(/^not-in-dump/);
    }
    expect((await read(OURS)).snapshot.recycledImages).toBeNull();
  });

  it('are not used where the answer is a part, which is said', async () => {
    const found = await read({ ...OURS, 'bin.json': { ...bin, NextToken: 'more' } });
    expect(found.snapshot.recycledImages).toBeNull();
    expect(notesOf(found)).toEqual([
      'DIR/bin.json contains only a part of the answer: it ends with a NextToken; images in the Recycle Bin are not used',
    ]);
  });
});

describe('answers of describe-stale-security-groups', () => {
  const row = {
    GroupId: 'sg-1',
    GroupName: 'web',
    VpcId: 'vpc-1',
    StaleIpPermissionsEgress: [{ UserIdGroupPairs: [{ GroupId: 'sg-gone' }] }],
  };

  it('tell of each VPC which references are stale', async () => {
    const found = await read({ ...OURS, 's.json': { StaleSecurityGroupSet: [row] } });
    expect(found.snapshot.staleReferences).toEqual([
      { vpcId: 'vpc-1', references: [{ groupId: 'sg-1', peerId: 'sg-gone' }] },
    ]);
  });

  it('tell nothing where they are empty, since they do not name the VPC, or a part', async () => {
    for (const answer of [
      { StaleSecurityGroupSet: [] },
      { StaleSecurityGroupSet: [row], NextToken: 'more' },
    ]) {
      expect((await read({ ...OURS, 's.json': answer })).snapshot.staleReferences).toBeNull();
    }
  });
});

describe('rows without their top-level key', () => {
  const keys = OURS['k.json'] as { KeyPairs: object[] };
  const row = key('b', { KeyFingerprint: 'f', CreateTime: '2026-01-01T00:00:00Z', PublicKey: 'ssh-dss A' });
  const groups = [group('sg-1'), group('sg-2')];
  const lines = groups.map((one) => JSON.stringify(one)).join('\n');

  it.each<[string, unknown]>([
    ['one list, as --query writes it', groups],
    ['a line each, as jq -c writes them', lines],
    [
      'several lists, as a loop with --query writes them',
      groups.map((one) => JSON.stringify([one])).join('\n'),
    ],
  ])('are read with a note where their shape tells what they are: %s', async (_, content) => {
    const found = await read({ 'k.json': keys, 'g.json': content });
    expect(namesOf(found, 'securityGroups')).toEqual(['name of sg-1', 'name of sg-2']);
    expect(notesOf(found)).toEqual([
      'DIR: rows without their top-level key, as --query or jq writes them, treated as whole lists: g.json',
    ]);
  });

  it('may be one object', async () => {
    const found = await read({ 'k.json': keys, 'g.json': group('sg-1') });
    expect(namesOf(found, 'securityGroups')).toEqual(['name of sg-1']);
  });

  it('may be instances in lists of their reservations', async () => {
    const instance = {
      InstanceId: 'i-1',
      ImageId: 'ami-1',
      InstanceType: 't3.micro',
      State: { Name: 'running' },
      SecurityGroups: [],
    };
    const found = await read({
      'k.json': keys,
      'i.json': [[instance], [{ ...instance, InstanceId: 'i-2' }]],
    });
    expect(found.snapshot.instances).toMatchObject({
      status: 'complete',
      items: [{ id: 'i-1' }, { id: 'i-2' }],
    });
  });

  it.each<[string, unknown]>([
    ['one list', [{ InstanceId: 'i-1' }, { InstanceId: 'i-2' }]],
    ['a line each', [{ InstanceId: 'i-1' }, { InstanceId: 'i-2' }]],
  ])('may have a field that is called as an answer is: instances in %s', async (form, rows) => {
    const full = (rows as object[]).map((one) => ({
      ...one,
      ImageId: 'ami-1',
      InstanceType: 't3.micro',
      State: { Name: 'running' },
      SecurityGroups: [{ GroupId: 'sg-1', GroupName: 'web' }],
    }));
    const content = form === 'one list' ? full : full.map((one) => JSON.stringify(one)).join('\n');
    const found = await read({ 'k.json': keys, 'i.json': content });
    expect(found.snapshot.instances).toMatchObject({ items: [{ id: 'i-1' }, { id: 'i-2' }] });
    expect(failureOf(found, 'securityGroups')).toMatch(/^not-in-dump/);
  });

  it('are read of several kinds where every file is such a list', async () => {
    const found = await read({ 'k.json': [row], 'g.json': groups });
    expect(namesOf(found, 'keyPairs')).toEqual(['b']);
    expect(namesOf(found, 'securityGroups')).toHaveLength(2);
  });

  it.each<[string, unknown]>([
    [
      'what create-key-pair answers',
      { KeyName: 'x', KeyPairId: 'key-x', KeyFingerprint: 'f', KeyMaterial: '-----BEGIN' },
    ],
    ['what run-instances answers', { ReservationId: 'r-1', OwnerId: ME, Instances: [] }],
    ['names alone', ['a', 'b']],
    ['groups without their rules', [{ GroupId: 'sg-1', GroupName: 'web' }]],
    [
      'what list-stacks answers',
      [{ StackId: arn('cloudformation'), StackName: 's', StackStatus: 'CREATE_COMPLETE' }],
    ],
  ])('are ignored where they may be something else: %s', async (_, content) => {
    const found = await read({ 'k.json': keys, 'x.json': content });
    expect(notesOf(found)).toEqual([expect.stringMatching(/^DIR: ignored .*: x\.json$/)]);
  });
});

describe('YAML output of the CLI', () => {
  const answer = { SecurityGroups: [group('sg-1', { OwnerId: '012345678901' })] };

  it.each<[string, string, string]>([
    ['--output yaml', 'g.yaml', stringify(answer)],
    ['without a name that says so', 'groups', stringify(answer)],
    ['--output yaml-stream', 'g.yml', stringify([answer])],
  ])('is read: %s', async (_, name, text) => {
    const found = await read({ 'k.json': OURS['k.json'], [name]: text });
    expect(found.snapshot.securityGroups).toMatchObject({ items: [{ id: 'sg-1', ownerId: '012345678901' }] });
    expect(found.notes).toEqual([]);
  });

  it('that is cut off is a broken file of its kind', async () => {
    const text = stringify(answer).trimEnd().slice(0, -3);
    const found = await read({ 'k.json': OURS['k.json'], 'g.yaml': text });
    expect(failureOf(found, 'securityGroups')).toMatch(
      /^malformed: DIR\/g\.yaml cannot be read: its last line does not end: the text is cut off/,
    );
  });

  it('that is no YAML names the place', async () => {
    const found = await read({ 'k.json': OURS['k.json'], 'g.yaml': 'SecurityGroups:\n- GroupId: "sg-1\n' });
    expect(failureOf(found, 'securityGroups')).toMatch(
      /^malformed: DIR\/g\.yaml cannot be read: line \d+, column \d+: not YAML/,
    );
  });

  it('is not a CloudFormation template, which has Parameters too', async () => {
    const template = 'Parameters:\n  Key:\n    Type: String\nResources:\n  A: !Ref Key\n';
    const found = await read({ ...OURS, 't.yaml': template, 'broken.yaml': `${template}  : [` });
    expect(notesOf(found)).toEqual([
      'DIR: ignored (contains nothing that this tool reads): broken.yaml, t.yaml',
    ]);
    expect(found.snapshot.parameters).toEqual((await read(OURS)).snapshot.parameters);
  });
});

describe('pages that were fetched one by one', () => {
  const page = (ids: readonly string[], NextToken?: string) => ({
    SecurityGroups: ids.map((id) => group(id)),
    ...(NextToken ? { NextToken } : {}),
  });
  /** As `--max-items` writes it. */
  const printed = (rows: number) =>
    Buffer.from(JSON.stringify({ NextToken: null, boto_truncate_amount: rows })).toString('base64');

  it.each<[string, Files]>([
    ['two', { '1.json': page(['sg-1'], 't1'), '2.json': page(['sg-2']) }],
    [
      'three in any order',
      { 'c.json': page(['sg-3']), 'a.json': page(['sg-1'], 't1'), 'b.json': page(['sg-2'], 't2') },
    ],
    [
      'one of them saved twice',
      { '1.json': page(['sg-1'], 't1'), '1b.json': page(['sg-1'], 't1'), '2.json': page(['sg-2']) },
    ],
    [
      'with the CLI’s own tokens',
      {
        '1.json': page(['sg-1', 'sg-2'], printed(2)),
        '2.json': page(['sg-3'], printed(3)),
        '3.json': page(['sg-4']),
      },
    ],
  ])('are whole where each has the next one: %s', async (_, files) => {
    const found = await read(files);
    expect(found.snapshot.securityGroups.status).toBe('complete');
    expect(notesOf(found)[0]).toMatch(/^DIR: read as the pages of one answer \(SecurityGroups\): DIR\//);
  });

  it.each<[string, Files]>([
    ['the only page', { '1.json': page(['sg-1'], 't1') }],
    ['no last page', { '1.json': page(['sg-1'], 't1'), '2.json': page(['sg-2'], 't2') }],
    [
      'one token twice',
      { '1.json': page(['sg-1'], 't1'), '2.json': page(['sg-2'], 't1'), '3.json': page(['sg-3']) },
    ],
    [
      'two last pages',
      { '1.json': page(['sg-1'], 't1'), '2.json': page(['sg-2']), '3.json': page(['sg-3']) },
    ],
    ['a row in two pages', { '1.json': page(['sg-1'], 't1'), '2.json': page(['sg-1', 'sg-2']) }],
    [
      'a page lost in the middle, as the CLI’s tokens show',
      {
        '1.json': page(['sg-1'], printed(1)),
        '3.json': page(['sg-3'], printed(3)),
        '4.json': page(['sg-4']),
      },
    ],
  ])('are a part where something is missing: %s', async (_, files) => {
    expect(failureOf(await read(files), 'securityGroups')).toMatch(/^truncated: .* ends with a NextToken/);
  });
});
