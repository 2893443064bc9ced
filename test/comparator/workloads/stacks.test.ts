import { describe, expect, it } from 'vitest';
import { readTemplate, type StackValue } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import { noOtherImage, otherImageFrom } from '../../../src/inventory/other-image.ts';
import type { Stack } from '../../../src/inventory/stack.ts';
import type { Report } from '../../../src/report/model.ts';
import { RSA } from '../../inventory/vectors.ts';
import { audit, type Estate, finding, found, group, snapshotOf, VPC } from '../../kit/estate.ts';

const stack = (text: string, values: StackValue[] = [], name = 'web'): Stack => ({
  id: `arn:aws:cloudformation:us-east-1:111122223333:stack/${name}/1`,
  name,
  status: 'CREATE_COMPLETE',
  template: readTemplate(text, values),
  tags: {},
});
const given = (name: string, value: string): StackValue => ({ name, value, resolved: null, masked: false });

const image = (id: string, more = {}) => ({
  ImageId: id,
  Name: 'web-golden',
  State: 'available',
  CreationDate: '2026-11-01T00:00:00.000Z',
  ...more,
});
const KEY = { KeyName: 'deploy', KeyType: 'rsa', PublicKey: RSA.line };
const source: Estate = {
  vpcs: [VPC],
  keyPairs: [KEY],
  securityGroups: [group('web', [])],
  images: [image('ami-0aaaaaaaaaaaaaaaa')],
};
const target: Estate = {
  vpcs: [VPC],
  keyPairs: [KEY],
  securityGroups: [group('web', [], { GroupId: 'sg-0bbbbbbbbbbbbbbbb' })],
  images: [
    image('ami-0bbbbbbbbbbbbbbbb', {
      SourceImageId: 'ami-0aaaaaaaaaaaaaaaa',
      SourceImageRegion: 'us-east-1',
      CreationDate: '2026-11-02T00:00:00.000Z',
    }),
  ],
};
const server = (properties: string) => `Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
${properties
  .split('\n')
  .map((l) => `      ${l}`)
  .join('\n')}
`;
/** Only what is said of templates. */
const said = (report: Report) => found(report).filter((f) => f.startsWith('reference'));
const verdict = (report: Report) => report.workloads.map((w) => `${w.kind} ${w.name} ${w.verdict}`);
const why = (report: Report) =>
  report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')));

describe('a stack', () => {
  const deployed = (text: string, there: Estate = {}, values: StackValue[] = []) =>
    audit({ ...source, stacks: [stack(text, values)] }, { ...target, stacks: [], ...there });

  it('with an image id of its region written into it: hard-coded, and it would not launch', () => {
    const report = deployed(server('ImageId: ami-0aaaaaaaaaaaaaaaa\nKeyName: deploy'));
    const hard = finding(report, 'reference/hard-coded-image');
    expect(hard).toMatchObject({
      kind: 'stack',
      severity: 'high',
      facts: { reference: 'ami-0aaaaaaaaaaaaaaaa', called: 'web-golden', line: 5, file: null },
    });
    expect(verdict(report)).toEqual(['stack web blocked']);
    expect(report.workloads[0]?.because).toEqual([hard.fingerprint]);
    expect(why(report)).toEqual([
      'Server -> image ami-0aaaaaaaaaaaaaaaa -> an id that eu-west-1 does not have',
    ]);
  });

  describe('that takes what it launches with from SSM parameters of each region', () => {
    const text = server(
      "ImageId: '{{resolve:ssm:/app/image}}'\nKeyName: '{{resolve:ssm:/app/key}}'\nSecurityGroupIds: ['{{resolve:ssm:/app/group}}']",
    );
    const through = (values: Readonly<Record<'/app/image' | '/app/key' | '/app/group', string | null>>) =>
      deployed(text, { parameters: values });
    const GOOD = {
      '/app/image': 'ami-0bbbbbbbbbbbbbbbb',
      '/app/key': 'deploy',
      '/app/group': 'sg-0bbbbbbbbbbbbbbbb',
    };

    it('finds nothing where each gives what the target has', () => {
      expect(said(through(GOOD))).toEqual([]);
      expect(verdict(through(GOOD))).toEqual(['stack web launchable']);
    });

    it.each<[keyof typeof GOOD, string, string]>([
      ['/app/image', 'takes its image from', 'does not give an image'],
      ['/app/key', 'takes its key pair from', 'does not exist'],
      ['/app/group', 'takes a security group from', 'does not exist'],
    ])('%s that the target lacks is no other kind of parameter', (name, takes, title) => {
      const twice = [stack(text, [], 'web'), stack(text, [], 'api')];
      const report = audit(
        { ...source, stacks: twice },
        { ...target, stacks: [], parameters: { ...GOOD, [name]: null } },
      );
      const messages = report.findings
        .filter((f) => f.rule === 'reference/missing-parameter')
        .map((f) => f.message);
      expect(messages).toHaveLength(2);
      for (const message of messages) expect(message).toContain(`${takes} the SSM parameter "${name}"`);
      expect(report.causes?.map((c) => c.title)).toContain(
        `The SSM parameter "${name}" ${title} in eu-west-1: 2 places refer to it.`,
      );
      for (const { remedy } of report.causes ?? []) expect(remedy).not.toContain('are listed with');
    });

    it('is unknown where the image that the parameter gives was not looked up', () => {
      const report = through({ ...GOOD, '/app/image': 'ami-0dddddddddddddddd' });
      expect(verdict(report)).toEqual(['stack web unknown']);
      expect(why(report)).toEqual([
        'Server -> parameter /app/image -> in eu-west-1 it names ami-0dddddddddddddddd, which was not looked up',
      ]);
    });
  });

  it('with a group id written into it', () => {
    const report = deployed(server('SecurityGroupIds: [sg-web]'));
    expect(said(report)).toEqual(['reference/hard-coded-group high']);
  });

  it('with a group id written into it, in another account of the region: hard-coded there too', () => {
    const own = (id: string) => ({ vpcs: [VPC], securityGroups: [group('web', [], { GroupId: id })] });
    const text = server('SecurityGroupIds: [sg-0aaaaaaaaaaaaaaaa]');
    const judged = (account: string) =>
      compare({
        source: snapshotOf('us-east-1', { ...own('sg-0aaaaaaaaaaaaaaaa'), stacks: [stack(text)] }),
        target: snapshotOf('us-east-1', { ...own('sg-0bbbbbbbbbbbbbbbb'), account }),
        config: {},
        phase: 'readiness',
        scopes: ['workloads'],
        startedAt: '2026-11-22T00:00:00.000Z',
        finishedAt: '2026-11-22T00:00:01.000Z',
        tool: { name: 'ec2-parity', version: '0.0.0' },
      });
    expect(said(judged('444455556666'))).toEqual(['reference/hard-coded-group high']);
    expect(verdict(judged('444455556666'))).toEqual(['stack web blocked']);
    expect(said(judged('111122223333'))).toEqual([]);
  });

  it('with a prefix list of its region in its rules: there is no such list on the target', () => {
    const rules = `Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, SourcePrefixListId: pl-0aaaaaaaaaaaaaaaa}
`;
    const list = {
      PrefixListId: 'pl-0aaaaaaaaaaaaaaaa',
      PrefixListName: 'offices',
      OwnerId: '111122223333',
      Entries: [],
    };
    const report = audit(
      { ...source, prefixLists: [list], stacks: [stack(rules)] },
      { ...target, stacks: [] },
    );
    expect(finding(report, 'reference/dangling').facts).toMatchObject({
      to: 'prefix-list',
      side: 'target',
      reference: 'pl-0aaaaaaaaaaaaaaaa',
    });
    expect(report.workloads).toEqual([]);
  });

  it('that takes its ids from parameters is given others on the target: its counterparts count', () => {
    const text = `Parameters:
  Image: {Type: 'AWS::EC2::Image::Id'}
  Group: {Type: 'List<AWS::EC2::SecurityGroup::Id>'}
${server('ImageId: !Ref Image\nSecurityGroupIds: !Ref Group')}`;
    const values = [given('Image', 'ami-0aaaaaaaaaaaaaaaa'), given('Group', 'sg-web')];
    expect(verdict(deployed(text, {}, values))).toEqual(['stack web launchable']);
    const bare = deployed(text, { images: [] }, values);
    expect(finding(bare, 'image/missing-copy')).toMatchObject({
      severity: 'critical',
      usedBy: [{ kind: 'stack', name: 'web', side: 'source' }],
    });
    expect(verdict(bare)).toEqual(['stack web blocked']);
    expect(said(bare)).toEqual([]);
  });

  it('given an image that nobody looked up: unknown, and the run is incomplete', () => {
    const text = `Parameters:
  Image: {Type: 'AWS::EC2::Image::Id'}
${server('ImageId: !Ref Image')}`;
    const amazon = {
      ImageId: 'ami-0cccccccccccccccc',
      Name: 'al2023',
      OwnerId: '137112412989',
      State: 'available',
    };
    const stacks = [stack(text, [given('Image', amazon.ImageId)])];
    for (const [otherImages, side] of [
      [[], 'source'],
      [[otherImageFrom(amazon)], 'target'],
    ] as const) {
      const report = audit({ ...source, stacks, otherImages }, { ...target, stacks: [] });
      expect(verdict(report)).toEqual(['stack web unknown']);
      expect(report.gaps).toMatchObject([{ side, kind: 'image', code: 'not-read', blocking: true }]);
    }
  });

  it('whose parameter has a default: that is written into it, whether or not CloudFormation shows it as given', () => {
    const text = `Parameters:
  Image: {Type: 'AWS::EC2::Image::Id', Default: ami-0aaaaaaaaaaaaaaaa}
${server('ImageId: !Ref Image')}`;
    const report = deployed(text, {}, [given('Image', 'ami-0aaaaaaaaaaaaaaaa')]);
    expect(finding(report, 'reference/hard-coded-image').facts).toMatchObject({ line: 2 });
  });

  const MAP = `Mappings:
  Images:
    us-east-1: {web: ami-0aaaaaaaaaaaaaaaa}
    eu-west-1: {web: ami-0bbbbbbbbbbbbbbbb}
`;
  const MAPPED = server("ImageId: !FindInMap [Images, !Ref 'AWS::Region', web]");

  it('with a row for the target whose image is there', () => {
    const report = deployed(MAP + MAPPED);
    expect(said(report)).toEqual([]);
    expect(verdict(report)).toEqual(['stack web launchable']);
  });

  it('with no row for the target', () => {
    const report = deployed(`${MAP.split('\n').slice(0, 3).join('\n')}\n${MAPPED}`);
    expect(finding(report, 'reference/no-region-mapping')).toMatchObject({
      severity: 'high',
      facts: { map: 'Images', first: 'eu-west-1' },
    });
    expect(why(report)).toEqual(['Server -> mapping Images -> no row for eu-west-1']);
  });

  it('with a row for the target whose image is not there', () => {
    const report = deployed(MAP + MAPPED, {
      images: [],
      otherImages: [noOtherImage('ami-0bbbbbbbbbbbbbbbb')],
    });
    expect(finding(report, 'reference/dangling').facts).toMatchObject({
      side: 'target',
      reference: 'ami-0bbbbbbbbbbbbbbbb',
      region: 'eu-west-1',
      line: 4,
    });
    expect(verdict(report)).toEqual(['stack web blocked']);
  });

  it('with the same id in both rows: copied and not adapted', () => {
    const copied = MAP.replace('ami-0bbbbbbbbbbbbbbbb', 'ami-0aaaaaaaaaaaaaaaa') + MAPPED;
    expect(said(deployed(copied))).toEqual(['reference/hard-coded-image high']);
  });

  it('whose image stands behind an SSM parameter, in either spelling', () => {
    const typed = `Parameters:
  Image: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /golden/web}
${server('ImageId: !Ref Image')}`;
    const dynamic = server("ImageId: '{{resolve:ssm:/golden/web}}'");
    for (const text of [typed, dynamic]) {
      const there = deployed(text, { parameters: { '/golden/web': 'ami-0bbbbbbbbbbbbbbbb' } });
      expect(said(there)).toEqual([]);
      expect(verdict(there)).toEqual(['stack web launchable']);
      const lacking = deployed(text, { parameters: { '/golden/web': null } });
      expect(said(lacking)).toEqual(['reference/missing-parameter high']);
      expect(verdict(lacking)).toEqual(['stack web blocked']);
    }
  });

  it('with what cannot be known from it: unresolved, stated, and neither launchable nor blocked', () => {
    const report = deployed(server('ImageId: !ImportValue golden-image'));
    expect(said(report)).toEqual([]);
    expect(verdict(report)).toEqual(['stack web unknown']);
    expect(why(report)[0]).toContain('unresolved');
  });

  it('with its own group and template in it: right by itself', () => {
    const text = `Resources:
  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x}}
  Server:
    Type: AWS::EC2::Instance
    Properties: {SecurityGroupIds: [!GetAtt Group.GroupId], KeyName: deploy}
`;
    expect(verdict(deployed(text))).toEqual(['stack web launchable']);
  });

  it('with a key that is missing on the target', () => {
    const report = deployed(server('KeyName: deploy'), { keyPairs: [] });
    expect(finding(report, 'key-pair/missing').severity).toBe('critical');
    expect(verdict(report)).toEqual(['stack web blocked']);
  });

  it('chosen by a condition on the region: only what holds on the target counts', () => {
    const text = `Conditions:
  Home: !Equals [!Ref 'AWS::Region', us-east-1]
${server('ImageId: !If [Home, ami-0aaaaaaaaaaaaaaaa, ami-0bbbbbbbbbbbbbbbb]')}`;
    const report = deployed(text);
    expect(said(report)).toEqual([]);
    expect(verdict(report)).toEqual(['stack web launchable']);
  });

  it('whose template could not be read: unknown', () => {
    const report = audit(
      { ...source, stacks: [{ ...stack(server('KeyName: deploy')), template: null }] },
      { ...target, stacks: [] },
    );
    expect(why(report)).toEqual(['its template could not be read']);
    expect(verdict(report)).toEqual(['stack web unknown']);
    expect(report.pairs.find((p) => p.kind === 'stack')?.state).toBe('missing-in-target');
  });
});

describe('a template file', () => {
  const checked = (text: string, there: Estate = {}) =>
    compare({
      source: snapshotOf('us-east-1', source),
      target: snapshotOf('eu-west-1', { ...target, ...there }),
      config: {},
      phase: 'readiness',
      scopes: ['key-pairs', 'security-groups', 'images', 'workloads'],
      templates: [{ file: 'infra/web.yaml', template: readTemplate(text) }],
      startedAt: '2026-11-22T00:00:00.000Z',
      finishedAt: '2026-11-22T00:00:01.000Z',
      tool: { name: 'ec2-parity', version: '0.0.0' },
    });

  it('is checked as a stack would be, and its findings name file and line', () => {
    const report = checked(server('ImageId: ami-0aaaaaaaaaaaaaaaa\nSecurityGroupIds: [sg-web]'));
    expect(report.findings.map((f) => f.message)).toEqual(
      [
        '"infra/web.yaml" names security group sg-web ("web"), an id of us-east-1 that eu-west-1 does not have (infra/web.yaml:6, Server Properties.SecurityGroupIds.0).',
        '"infra/web.yaml" names image ami-0aaaaaaaaaaaaaaaa ("web-golden"), an id of us-east-1 that eu-west-1 does not have (infra/web.yaml:5, Server Properties.ImageId).',
      ]
        .sort()
        .reverse(),
    );
    expect(verdict(report)).toEqual(['stack infra/web.yaml blocked']);
    expect(report.pairs.filter((p) => p.kind === 'stack')).toEqual([]);
  });

  it('is judged even where it starts nothing: what cannot be known from it is stated', () => {
    const report = checked(`Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, SourceSecurityGroupId: !ImportValue bastion}
`);
    expect(verdict(report)).toEqual(['stack infra/web.yaml unknown']);
    expect(why(report)[0]).toContain('unresolved: Fn::ImportValue');
  });

  it('names a key that stands only where it is to be deployed: that is no fault', () => {
    const there = checked(server('KeyName: eu-only'), {
      keyPairs: [KEY, { ...KEY, KeyName: 'eu-only', KeyPairId: 'key-2' }],
    });
    expect(said(there)).toEqual([]);
    expect(said(checked(server('KeyName: nowhere')))).toEqual(['reference/dangling high']);
  });

  it('may name ids of the region that it is to be deployed in: they are looked for there alone', () => {
    const report = checked(
      server('ImageId: ami-0bbbbbbbbbbbbbbbb\nSecurityGroupIds: [sg-0bbbbbbbbbbbbbbbb]'),
    );
    expect(said(report)).toEqual([]);
    expect(verdict(report)).toEqual(['stack infra/web.yaml launchable']);
    expect(report).toMatchObject({ complete: true, gaps: [] });
  });

  it('with a parameter that has no default says so, and is not guessed at', () => {
    const report = checked(`Parameters:
  Key: {Type: 'AWS::EC2::KeyPair::KeyName'}
${server('KeyName: !Ref Key\nImageId: ami-0bbbbbbbbbbbbbbbb')}`);
    expect(said(report)).toEqual([]);
    expect(verdict(report)).toEqual(['stack infra/web.yaml unknown']);
  });
});
