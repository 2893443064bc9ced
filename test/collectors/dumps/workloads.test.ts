// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, it } from 'vitest';
import type { Snapshot, SnapshotKind } from '../../../src/inventory/snapshot.ts';
import { CALLER, type Files, failureOf, gapsOf, ME, notesOf, type Read, read } from './kit.ts';

async function dump(files: Files): Promise<Read> {
  return read({ 'caller.json': CALLER, ...files });
}

type Item<Kind extends SnapshotKind> = Extract<Snapshot[Kind], { status: 'complete' }>['items'][number];

function items<Kind extends SnapshotKind>(found: Read, kind: Kind): readonly Item<Kind>[] {
  const collected: Snapshot[SnapshotKind] = found.snapshot[kind];
  if (collected.status === 'failed') throw new Error(failureOf(found, kind));
  return collected.items as Item<Kind>[];
}

const workloadGaps = (found: Read) => gapsOf(found).filter((gap) => !gap.startsWith('image '));

describe('a kind of workload that no file holds', () => {
  it.each([
    ['instances', 'instances ("Reservations")', 'aws ec2 describe-instances'],
    ['launchTemplates', 'launch templates ("LaunchTemplates")', 'aws ec2 describe-launch-templates'],
    [
      'launchConfigurations',
      'launch configurations ("LaunchConfigurations")',
      'aws autoscaling describe-launch-configurations',
    ],
    [
      'autoScalingGroups',
      'Auto Scaling groups ("AutoScalingGroups")',
      'aws autoscaling describe-auto-scaling-groups',
    ],
    ['stacks', 'stacks ("Stacks")', 'aws cloudformation describe-stacks'],
  ] as const)('is a gap with the command of its own service: %s', async (kind, noun, call) => {
    const key = /"(\w+)"/.exec(noun)?.[1];
    expect(failureOf(await dump({}), kind)).toBe(
      `not-in-dump: DIR contains no file with ${noun}. Save it there. $ ${call} --region us-east-1 --output json > DIR/${key}.json`,
    );
  });

  it('is not asked for without workloads', async () => {
    const found = await read({ 'caller.json': CALLER }, { scopes: ['key-pairs'] });
    expect(failureOf(found, 'instances')).toMatch(/^not-read/);
  });
});

describe('instances', () => {
  const instance = (InstanceId: string, more: object = {}) => ({
    InstanceId,
    State: { Name: 'running' },
    ...more,
  });

  it('are read out of their reservations, but for those that are gone', async () => {
    const found = await dump({
      'r.json': {
        Reservations: [
          { Instances: [instance('i-1', { KeyName: 'ops', ImageId: 'ami-1' }), instance('i-2')] },
          { Instances: [instance('i-3', { State: { Name: 'terminated' } })] },
        ],
      },
    });
    expect(items(found, 'instances').map(({ id, launch }) => [id, launch.keyName, launch.imageId])).toEqual([
      ['i-1', 'ops', 'ami-1'],
      ['i-2', null, null],
    ]);
  });

  it.each([[{ ReservationId: 'r-1', Groups: [] }], [{ ReservationId: 'r-1', Instances: [] }]])(
    'cannot be none of a reservation: %j is malformed, not empty',
    async (reservation) => {
      const found = await dump({
        'r.json': { Reservations: [{ Instances: [instance('i-1')] }, reservation] },
      });
      expect(failureOf(found, 'instances')).toMatch(/^malformed: DIR\/r\.json, Reservations\[1\]/);
    },
  );

  it('that the newest file shows as terminated are gone', async () => {
    const found = await dump({
      'a.json': { Reservations: [{ Instances: [instance('i-1')] }] },
      'b.json': { Reservations: [{ Instances: [instance('i-1', { State: { Name: 'terminated' } })] }] },
    });
    expect(items(found, 'instances')).toEqual([]);
  });

  it.each([
    ['a row that is no reservation', [7], 'malformed: DIR/r.json, Reservations[0]'],
    [
      'an instance without an id',
      [{ Instances: [{ KeyName: 'x' }] }],
      'malformed: DIR/r.json, Reservations[0] (x)',
    ],
    ['instances that are no list', [{ Instances: 'x' }], 'malformed: DIR/r.json, Reservations[0]'],
    ['reservations that are no list', {}, 'malformed: DIR/r.json: "Reservations" is not a list'],
  ])('with %s are malformed', async (_, Reservations, message) => {
    expect(failureOf(await dump({ 'r.json': { Reservations } }), 'instances')).toContain(message);
  });
});

describe('launch templates', () => {
  const template = (n: number, more: object = {}) => ({
    LaunchTemplateId: `lt-${n}`,
    LaunchTemplateName: `t${n}`,
    DefaultVersionNumber: 1,
    LatestVersionNumber: 4,
    ...more,
  });
  const version = (n: number, VersionNumber: number, KeyName = `k${VersionNumber}`) => ({
    LaunchTemplateId: `lt-${n}`,
    VersionNumber,
    LaunchTemplateData: { KeyName },
  });
  const versions = (found: Read) =>
    items(found, 'launchTemplates').map(
      (t) => `${t.id} ${t.versions?.map((v) => `${v.number}:${v.launch.keyName}`).join(',') ?? 'unread'}`,
    );
  const asg = (Version: string) => ({
    AutoScalingGroupName: 'g',
    LaunchTemplate: { LaunchTemplateName: 't1', Version },
  });

  it('have the default, the latest and the pinned versions, from as many files as there are', async () => {
    const found = await dump({
      't.json': { LaunchTemplates: [template(1)] },
      'v.json': { LaunchTemplateVersions: [version(1, 1), version(1, 4)] },
      'v1.json': { LaunchTemplateVersions: [version(1, 2), version(1, 3), version(1, 4)] },
      'g.json': { AutoScalingGroups: [asg('2')] },
    });
    expect(versions(found)).toEqual(['lt-1 1:k1,2:k2,4:k4']);
    expect(workloadGaps(found)).toEqual([]);
  });

  it('keep all the data of a version but user data, also what this tool does not know', async () => {
    const data = {
      Placement: { Tenancy: 'host', Shiny: 1 },
      NetworkInterfaces: [{ DeviceIndex: 0, Shiny: { New: true } }],
      BlockDeviceMappings: [{ DeviceName: '/dev/sdb', Ebs: { Iops: 3000 } }],
      Shiny: ['a'],
    };
    const row = { ...version(1, 4), LaunchTemplateData: { ...data, UserData: 'c2VjcmV0' } };
    const found = await dump({
      't.json': { LaunchTemplates: [template(1)] },
      'v.json': { LaunchTemplateVersions: [version(1, 1), row] },
    });
    expect(items(found, 'launchTemplates')[0]?.versions?.[1]?.otherData).toEqual(data);
    expect(JSON.stringify(found.snapshot)).not.toContain('c2VjcmV0');
  });

  it('without any version have a gap with the one command that mends it for all', async () => {
    const found = await dump({ 't.json': { LaunchTemplates: [template(1), template(2)] } });
    expect(versions(found)).toEqual(['lt-1 unread', 'lt-2 unread']);
    expect(workloadGaps(found)).toEqual([
      "launch-template not-in-dump: DIR contains no default or no latest version of the launch templates lt-1, lt-2: what they launch is not known. Save both of all templates. $ aws ec2 describe-launch-template-versions --versions '$Latest' '$Default' --region us-east-1 --output json > DIR/LaunchTemplateVersions.json",
    ]);
  });

  it('of which one lacks its latest version have a gap for that one', async () => {
    const found = await dump({
      't.json': { LaunchTemplates: [template(1), template(2)] },
      'v.json': { LaunchTemplateVersions: [version(1, 1), version(1, 4), version(2, 1)] },
    });
    expect(versions(found)).toEqual(['lt-1 1:k1,4:k4', 'lt-2 unread']);
    expect(workloadGaps(found)).toEqual([expect.stringContaining('launch templates lt-2:')]);
  });

  it('that something pins to a version no file holds have a gap that asks for all of that template', async () => {
    const files = {
      't.json': { LaunchTemplates: [template(1)] },
      'v.json': { LaunchTemplateVersions: [version(1, 1), version(1, 4)] },
      'g.json': { AutoScalingGroups: [asg('3')] },
    };
    const found = await dump(files);
    expect(versions(found)).toEqual(['lt-1 unread']);
    expect(workloadGaps(found)).toEqual([
      'launch-template not-in-dump: DIR does not contain all versions of the launch templates lt-1 that instances or Auto Scaling groups use. Save all versions, for each of these templates. $ aws ec2 describe-launch-template-versions --launch-template-id lt-1 --region us-east-1 --output json > DIR/LaunchTemplateVersions-lt-1.json',
    ]);
    // A list of all its versions shows that the third was deleted.
    const whole = { LaunchTemplateVersions: [version(1, 1), version(1, 2), version(1, 4)] };
    const mended = await dump({ ...files, 'w.json': whole });
    expect(versions(mended)).toEqual(['lt-1 1:k1,4:k4']);
    expect(workloadGaps(mended)).toEqual([]);
  });

  it('that something pins to a version beyond the latest have no such version: no file can hold it', async () => {
    const found = await dump({
      't.json': { LaunchTemplates: [template(1)] },
      'v.json': { LaunchTemplateVersions: [version(1, 1), version(1, 4)] },
      'g.json': { AutoScalingGroups: [asg('7')] },
    });
    expect(versions(found)).toEqual(['lt-1 1:k1,4:k4']);
    expect(workloadGaps(found)).toEqual([]);
  });

  it('whose versions are broken have a gap that says so', async () => {
    const found = await dump({
      't.json': { LaunchTemplates: [template(1)] },
      'v.json': { LaunchTemplateVersions: [{ LaunchTemplateId: 'lt-1' }] },
    });
    expect(versions(found)).toEqual(['lt-1 unread']);
    expect(workloadGaps(found)).toEqual([
      expect.stringMatching(
        /^launch-template malformed: DIR\/v\.json, LaunchTemplateVersions\[0\] \(lt-1\): /,
      ),
    ]);
  });
});

describe('Auto Scaling', () => {
  it('groups and launch configurations are read', async () => {
    const found = await dump({
      'g.json': { AutoScalingGroups: [{ AutoScalingGroupName: 'g', LaunchConfigurationName: 'c' }] },
      'c.json': {
        LaunchConfigurations: [{ LaunchConfigurationName: 'c', KeyName: 'ops', SecurityGroups: ['sg-1'] }],
      },
    });
    expect(items(found, 'autoScalingGroups')).toMatchObject([{ name: 'g', launchConfiguration: 'c' }]);
    expect(items(found, 'launchConfigurations')).toMatchObject([
      { name: 'c', launch: { keyName: 'ops', interfaces: [[{ id: 'sg-1', name: null }]] } },
    ]);
  });

  it('answers that stop at a page are known to be a part', async () => {
    const found = await dump({ 'g.json': { AutoScalingGroups: [], NextToken: 'x' } });
    expect(failureOf(found, 'autoScalingGroups')).toMatch(/^truncated: .* aws autoscaling describe-auto-/);
  });
});

describe('stacks', () => {
  const stack = (StackName: string, more: object = {}) => ({
    StackId: `arn:aws:cloudformation:us-east-1:${ME}:stack/${StackName}/1`,
    StackName,
    StackStatus: 'CREATE_COMPLETE',
    ...more,
  });
  const yaml = 'Resources: {R: {Type: AWS::EC2::Instance, Properties: {KeyName: ops}}}';
  const answer = (TemplateBody: unknown) => ({ TemplateBody, StagesAvailable: ['Original', 'Processed'] });
  const read = (found: Read) =>
    items(found, 'stacks').map((s) => `${s.name} ${s.template?.references.length ?? 'unread'}`);
  const save = (name: string) =>
    `aws cloudformation get-template --template-stage Original --stack-name ${name} --region us-east-1 --output json > DIR/template-${name}.json`;

  it('have the template of the file that has their name, in any of its usual forms', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const found = await dump({
      's.json': { Stacks: names.map((name) => stack(name)) },
      'template-a.json': answer(yaml),
      'b.json': answer({ Resources: { R: { Type: 'AWS::EC2::Instance', Properties: { KeyName: 'ops' } } } }),
      'get-template_c.json': answer(yaml),
      'd.template.json': answer(yaml),
      'TemplateBody-e.json': answer(yaml),
    });
    expect(read(found)).toEqual(names.map((name) => `${name} 1`));
    expect([workloadGaps(found), notesOf(found)]).toEqual([[], []]);
  });

  it('never have the template of one whose name holds theirs', async () => {
    const found = await dump({
      's.json': { Stacks: [stack('web'), stack('template-web'), stack('old')] },
      'template-web-db.json': answer(yaml),
      'template-template-web.json': answer(yaml),
    });
    expect(read(found)).toEqual(['old unread', 'template-web 1', 'web unread']);
    expect(notesOf(found)).toEqual([
      "DIR/template-web-db.json: ignored, a template without the name of its stack in the file's name (such as template-NAME.json)",
    ]);
    expect(workloadGaps(found)).toEqual([
      `stack not-in-dump: DIR contains the templates of 1 stack, but not of old, web. Save them there, one file per stack with its name in the file's name. $ ${save('old')} $ ${save('web')}`,
    ]);
  });

  it('without any template are a stated limit: whoever dumped them did not ask', async () => {
    const found = await dump({ 's.json': { Stacks: [stack('web')] } });
    expect(workloadGaps(found)).toEqual([
      `stack not-read: DIR contains no templates of stacks: what they refer to is not checked. Save them there, one file per stack with its name in the file's name. $ ${save('web')}`,
    ]);
  });

  it('that are deleted or were never made are no stacks', async () => {
    const found = await dump({
      's.json': {
        Stacks: [
          stack('a', { StackStatus: 'DELETE_COMPLETE' }),
          stack('b', { StackStatus: 'REVIEW_IN_PROGRESS' }),
        ],
      },
    });
    expect(items(found, 'stacks')).toEqual([]);
    expect(workloadGaps(found)).toEqual([]);
  });

  it('whose template is none, or whose file is broken, have a gap that says why', async () => {
    const found = await dump({
      's.json': { Stacks: [stack('a'), stack('b')] },
      'template-a.json': answer('hello'),
      'template-b.json': '{"TemplateBody": "x',
    });
    expect(workloadGaps(found)).toEqual([
      expect.stringMatching(
        /^stack malformed: The template of a is not a template that can be read: it holds no Resources/,
      ),
      expect.stringMatching(
        /^stack malformed: The template of b cannot be read from DIR\/template-b\.json: line 1, /,
      ),
    ]);
  });

  it('tell the region by their ARNs, and have their own values', async () => {
    const found = await dump({
      's.json': {
        Stacks: [stack('a', { Parameters: [{ ParameterKey: 'Key', ParameterValue: 'mine' }] })],
      },
      'a.json': answer('Parameters: {Key: {Type: String, Default: x}}\nResources: {}'),
    });
    expect(items(found, 'stacks')[0]?.template?.parameters).toMatchObject([{ name: 'Key', value: 'mine' }]);
  });
});

describe('SSM parameters', () => {
  const launch = (ImageId: string) => ({
    't.json': {
      LaunchTemplates: [{ LaunchTemplateId: 'lt-1', DefaultVersionNumber: 1, LatestVersionNumber: 1 }],
    },
    'v.json': {
      LaunchTemplateVersions: [
        { LaunchTemplateId: 'lt-1', VersionNumber: 1, LaunchTemplateData: { ImageId } },
      ],
    },
  });

  it('are read from get-parameters answers, with those that do not exist', async () => {
    const found = await dump({
      'p.json': {
        Parameters: [
          { Name: '/ami', Type: 'String', Value: 'ami-1', Selector: ':3' },
          { Name: '/secret', Type: 'SecureString', Value: 'AQICAH…' },
        ],
        InvalidParameters: ['/gone'],
      },
    });
    expect(items(found, 'parameters')).toEqual([
      { id: '/ami:3', name: '/ami:3', type: 'String', value: 'ami-1' },
      { id: '/gone', name: '/gone', type: null, value: null },
      { id: '/secret', name: '/secret', type: 'SecureString', value: '' },
    ]);
  });

  it('that came to be after an older answer are there, and the other way round', async () => {
    const there = { Parameters: [{ Name: '/ami', Type: 'String', Value: 'ami-1' }], InvalidParameters: [] };
    const gone = { Parameters: [], InvalidParameters: ['/ami'] };
    const value = (found: Read) => items(found, 'parameters').map((p) => p.value);
    expect(value(await dump({ 'a.json': gone, 'b.json': there }))).toEqual(['ami-1']);
    expect(value(await dump({ 'a.json': there, 'b.json': gone }))).toEqual([null]);
  });

  it('of other answers with that key are not taken for them', async () => {
    const found = await dump({ 'p.json': { Parameters: [{ Name: '/ami', Type: 'String' }] } });
    expect(items(found, 'parameters')).toEqual([]);
    expect(notesOf(found)).toEqual(['DIR: ignored (contains nothing that this tool reads): p.json']);
  });

  it('that nothing goes through are none; one that an image goes through is asked for by name', async () => {
    expect(items(await dump(launch('ami-1')), 'parameters')).toEqual([]);
    expect(failureOf(await dump(launch('resolve:ssm:/golden image')), 'parameters')).toBe(
      `not-in-dump: DIR contains no file with SSM parameters ("Parameters"). Save it there, at most ten names per call. $ aws ssm get-parameters --names '/golden image' --region us-east-1 --output json > DIR/Parameters.json`,
    );
  });

  it('that a template goes through are asked for, as it names them in this region', async () => {
    const found = await dump({
      's.json': { Stacks: [{ StackName: 'web', StackStatus: 'CREATE_COMPLETE' }] },
      'template-web.json': {
        TemplateBody:
          "Resources: {R: {Type: AWS::EC2::Instance, Properties: {ImageId: !Sub '{{resolve:ssm:/${AWS::Region}/${AWS::StackName}}}'}}}",
        StagesAvailable: [],
      },
    });
    expect(failureOf(found, 'parameters')).toContain('--names /us-east-1/web --region');
  });
});
