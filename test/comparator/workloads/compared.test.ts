import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import type { AwsLaunchTemplateVersion } from '../../../src/inventory/launch-template.ts';
import type { Stack } from '../../../src/inventory/stack.ts';
import type { Kind } from '../../../src/report/vocabulary.ts';
import { RSA } from '../../inventory/vectors.ts';
import { audit, type Estate, group, pairOf, VPC } from '../../kit/estate.ts';

const key = (KeyName: string) => ({ KeyName, KeyType: 'rsa', PublicKey: RSA.line });
const image = (ImageId: string, Name: string, more = {}) => ({
  ImageId,
  Name,
  State: 'available',
  CreationDate: '2026-11-01T00:00:00.000Z',
  ...more,
});
const copyOf = (ImageId: string, Name: string, SourceImageId: string) =>
  image(ImageId, Name, { SourceImageId, SourceImageRegion: 'us-east-1' });

const BASE: { readonly source: Estate; readonly target: Estate } = {
  source: {
    vpcs: [VPC],
    keyPairs: [key('deploy')],
    securityGroups: [
      group('web', [], { GroupId: 'sg-0aaaaaaaa00000001' }),
      group('db', [], { GroupId: 'sg-0aaaaaaaa00000002' }),
    ],
    images: [image('ami-0aaaaaaaa00000001', 'web'), image('ami-0aaaaaaaa00000002', 'old')],
  },
  target: {
    vpcs: [VPC],
    keyPairs: [key('deploy')],
    securityGroups: [
      group('web', [], { GroupId: 'sg-0bbbbbbbb00000001' }),
      group('db', [], { GroupId: 'sg-0bbbbbbbb00000002' }),
    ],
    images: [
      copyOf('ami-0bbbbbbbb00000001', 'web', 'ami-0aaaaaaaa00000001'),
      copyOf('ami-0bbbbbbbb00000002', 'old', 'ami-0aaaaaaaa00000002'),
    ],
  },
};
const SOURCE = { key: 'deploy', group: 'sg-0aaaaaaaa00000001', image: 'ami-0aaaaaaaa00000001' };
const TARGET = { key: 'deploy', group: 'sg-0bbbbbbbb00000001', image: 'ami-0bbbbbbbb00000001' };
const OTHER = { ...TARGET, image: 'ami-0bbbbbbbb00000002' };

type Launch = typeof SOURCE & { readonly more?: object };
const data = ({ key: KeyName, group: id, image: ImageId, more }: Launch) => ({
  KeyName,
  SecurityGroupIds: [id],
  ImageId,
  InstanceType: 'm5.large',
  ...more,
});
/** Versions by number; the first is the default, the last the latest. */
const template = (LaunchTemplateId: string, launches: readonly Launch[]) => ({
  LaunchTemplateId,
  LaunchTemplateName: 'web',
  DefaultVersionNumber: 1,
  LatestVersionNumber: launches.length,
  Versions: launches.map(
    (launch, i): AwsLaunchTemplateVersion => ({
      LaunchTemplateId,
      VersionNumber: i + 1,
      LaunchTemplateData: data(launch),
    }),
  ),
});

/** "= image web web": `=` equal, `!` differs, `~` not compared. */
function fields(source: Estate, target: Estate, kind: Kind, name: string): string[] {
  const report = audit({ ...BASE.source, ...source }, { ...BASE.target, ...target });
  return (pairOf(report, kind, name).compared?.fields ?? []).map(
    ({ name: field, source: s, target: t, same, notCompared }) =>
      `${notCompared ? '~' : same ? '=' : '!'} ${field} | ${s} | ${t}`,
  );
}
const templates = (source: readonly Launch[], target: readonly Launch[], more: Estate = {}) =>
  fields(
    { launchTemplates: [template('lt-0aaaaaaaa00000001', source)] },
    { launchTemplates: [template('lt-0bbbbbbbb00000001', target)], ...more },
    'launch-template',
    'web',
  );

describe('both sides of what launches', () => {
  it('names what both refer to, equal where the objects are a pair, and the type', () => {
    expect(templates([SOURCE], [OTHER])).toEqual([
      '= key pair | deploy | deploy',
      '= security groups | web | web',
      '! image | web | old',
      '= instance type | m5.large | m5.large',
    ]);
  });

  it('compares each role of a launch template with the same role, one version with two roles once', () => {
    const names = (all: readonly string[]) => all.filter((f) => f.includes('image'));
    expect(names(templates([SOURCE], [OTHER]))).toEqual(['! image | web | old']);
    expect(names(templates([SOURCE, SOURCE], [OTHER]))).toEqual([
      '! $Default: image | web | old',
      '! $Latest: image | web | old',
    ]);
    expect(names(templates([SOURCE, SOURCE], [TARGET, OTHER]))).toEqual([
      '= $Default: image | web | web',
      '! $Latest: image | web | old',
    ]);
  });

  it.each<[string, object, object, string[]]>([
    [
      'an instance profile by its name, not by the ARN of its account',
      { IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/web' } },
      { IamInstanceProfile: { Name: 'web' } },
      ['= instance profile | web | web'],
    ],
    [
      'a setting that one side does not have',
      { MetadataOptions: { HttpTokens: 'required' } },
      {},
      ['! HttpTokens | required | null'],
    ],
    [
      'volumes by device: the size is compared, the snapshot and the key are of one region',
      {
        BlockDeviceMappings: [
          {
            DeviceName: '/dev/sda',
            Ebs: { VolumeSize: 40, SnapshotId: 'snap-0aaaaaaaa00000001', KmsKeyId: 'alias/a' },
          },
        ],
      },
      {
        BlockDeviceMappings: [
          {
            DeviceName: '/dev/sda',
            Ebs: { VolumeSize: 8, SnapshotId: 'snap-0bbbbbbbb00000001', KmsKeyId: 'alias/b' },
          },
        ],
      },
      [
        '! volume /dev/sda | 40 GiB | 8 GiB',
        '~ volume /dev/sda snapshot | snap-0aaaaaaaa00000001 | snap-0bbbbbbbb00000001',
        '~ volume /dev/sda KMS key | alias/a | alias/b',
      ],
    ],
    [
      'a zone and a subnet, which are of one region',
      {
        Placement: { AvailabilityZone: 'us-east-1a', GroupName: 'cluster' },
        NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: 'subnet-0aaaaaaaa00000001' }],
      },
      {
        Placement: { AvailabilityZone: 'eu-west-1b', GroupName: 'cluster' },
        NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: 'subnet-0bbbbbbbb00000001' }],
      },
      [
        '= placement group | cluster | cluster',
        '~ subnets | subnet-0aaaaaaaa00000001 | subnet-0bbbbbbbb00000001',
        '~ zone | us-east-1a | eu-west-1b',
      ],
    ],
    [
      'a choice of types by attributes, of which no text says all',
      { InstanceType: undefined, InstanceRequirements: { VCpuCount: { Min: 2 }, MemoryMiB: { Min: 1 } } },
      {},
      ['~ instance type | by attributes | m5.large'],
    ],
  ])('shows %s', (_what, source, target, expected) => {
    const shown = templates([{ ...SOURCE, more: source }], [{ ...OTHER, more: target }]);
    for (const line of expected) expect(shown).toContain(line);
  });

  it('does not call equal, and not different, what something unread decides', () => {
    const shown = templates([SOURCE], [{ ...OTHER, key: 'other' }], { unread: ['images'] });
    expect(shown).toContain('~ image | web | ami-0bbbbbbbb00000002');
    expect(shown).toContain('! key pair | deploy | other');
  });

  it('does not call equal an id of nothing', () => {
    const shown = templates([SOURCE], [{ ...OTHER, group: 'sg-0ffffffff00000009' }]);
    expect(shown).toContain('~ security groups | web | sg-0ffffffff00000009');
  });

  it('does not compare what the config ignores', () => {
    const report = audit(
      { ...BASE.source, launchTemplates: [template('lt-0aaaaaaaa00000001', [SOURCE])] },
      { ...BASE.target, launchTemplates: [template('lt-0bbbbbbbb00000001', [{ ...OTHER, key: 'x' }])] },
      { config: { ignore: [{ kind: 'launch-template', attribute: 'image' }] } },
    );
    const compared = pairOf(report, 'launch-template', 'web').compared?.fields ?? [];
    expect(compared.find((f) => f.name === 'image')).toMatchObject({ same: true, notCompared: true });
    expect(compared.find((f) => f.name === 'key pair')).toMatchObject({ same: false });
  });

  it('has the values of one side alone for what has no counterpart, every launch by its version', () => {
    const shown = fields(
      {
        launchTemplates: [
          template('lt-0aaaaaaaa00000001', [SOURCE, { ...SOURCE, group: 'sg-0aaaaaaaa00000002' }]),
        ],
      },
      {},
      'launch-template',
      'web',
    );
    expect(shown).toContain('! $Default: security groups | web | null');
    expect(shown).toContain('! $Latest: security groups | db | null');
    expect(shown.every((f) => f.startsWith('! ') && f.endsWith('| null'))).toBe(true);
  });

  it('shows an Auto Scaling group with its template, its sizes and what it launches', () => {
    const scaling = (of: string, DesiredCapacity: number, subnet: string) => ({
      AutoScalingGroupName: 'web',
      AutoScalingGroupARN: `arn:aws:autoscaling:${of}`,
      LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Default' },
      MinSize: 1,
      MaxSize: 4,
      DesiredCapacity,
      VPCZoneIdentifier: subnet,
    });
    const shown = fields(
      {
        launchTemplates: [template('lt-0aaaaaaaa00000001', [SOURCE])],
        autoScalingGroups: [scaling('us', 4, 'subnet-0aaaaaaaa00000001')],
      },
      {
        launchTemplates: [template('lt-0bbbbbbbb00000001', [OTHER])],
        autoScalingGroups: [scaling('eu', 1, 'subnet-0bbbbbbbb00000001')],
      },
      'auto-scaling-group',
      'web',
    );
    expect(shown).toEqual([
      '~ launches by | launch template web $Default | launch template web $Default',
      '! desired | 4 | 1',
      '= minimum | 1 | 1',
      '= maximum | 4 | 4',
      '~ subnets or zones | subnet-0aaaaaaaa00000001 | subnet-0bbbbbbbb00000001',
      '= key pair | deploy | deploy',
      '= security groups | web | web',
      '! image | web | old',
      '= instance type | m5.large | m5.large',
    ]);
  });

  it('proves no difference between instances of one name that are several', () => {
    const instance = (InstanceId: string, launch: Launch) => ({
      InstanceId,
      KeyName: launch.key,
      ImageId: launch.image,
      InstanceType: 'm5.large',
      SecurityGroups: [{ GroupId: launch.group }],
      State: { Name: 'running' },
      Tags: [{ Key: 'Name', Value: 'web' }],
    });
    const of = (ids: readonly string[], launch: Launch) => ({
      instances: ids.map((id) => instance(id, launch)),
    });
    const missing = { ...SOURCE, image: 'ami-0fffffffff0000009' };
    const one = fields(of(['i-1'], SOURCE), of(['i-3'], OTHER), 'instance', 'web');
    expect(one).toContain('! image | web | old');
    const report = audit(
      { ...BASE.source, ...of(['i-1', 'i-2'], missing) },
      { ...BASE.target, ...of(['i-3', 'i-4'], { ...OTHER, key: 'other' }) },
    );
    const compared = report.pairs
      .filter((p) => p.kind === 'instance')
      .flatMap((p) => p.compared?.fields ?? []);
    expect(compared.length).toBeGreaterThan(0);
    expect(compared.filter((f) => !f.same)).toEqual([]);
  });
});

describe('both sides of a stack', () => {
  const text = (id: string) => `Parameters:
  Key: { Type: "AWS::EC2::KeyPair::KeyName", Default: deploy }
  Password: { Type: String, Default: hunter2 }
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties: { ImageId: ${id}, KeyName: { Ref: Key }, SecurityGroupIds: [ { Ref: Own } ] }
  Own:
    Type: AWS::EC2::SecurityGroup
    Properties: { GroupDescription: own }
`;
  const stack = (region: string, id: string): Stack => ({
    id: `arn:aws:cloudformation:${region}:111122223333:stack/web/1`,
    name: 'web',
    status: 'CREATE_COMPLETE',
    template: readTemplate(text(id), []),
    tags: {},
  });

  it('are its state, what each property refers to on its own side, and parameters that take objects of EC2', () => {
    const shown = fields(
      { stacks: [stack('us-east-1', 'ami-0aaaaaaaa00000001')] },
      { stacks: [stack('eu-west-1', 'ami-0bbbbbbbb00000002')] },
      'stack',
      'web',
    );
    expect(shown).toContain('! Server ImageId | web | old');
    expect(shown).toContain('= Server KeyName | deploy | deploy');
    expect(shown).toContain('= parameter Key | deploy | deploy');
    expect(shown.join('\n')).not.toContain('hunter2');
  });
});
