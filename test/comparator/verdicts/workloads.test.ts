import { describe, expect, it } from 'vitest';
import type { AwsAutoScalingGroup } from '../../../src/inventory/auto-scaling-group.ts';
import type { AwsImage, AwsLaunchPermission } from '../../../src/inventory/image.ts';
import type { AwsInstance } from '../../../src/inventory/instance.ts';
import type { AwsLaunchTemplate, AwsLaunchTemplateVersion } from '../../../src/inventory/launch-template.ts';
import { noOtherImage, type OtherImage, otherImageFrom } from '../../../src/inventory/other-image.ts';
import type { Report, Workload } from '../../../src/report/model.ts';
import { ED25519, RSA } from '../../inventory/vectors.ts';
import { allow, audit, type Estate, finding, found, group, stateOf, VPC } from '../../kit/estate.ts';

const KEY = { KeyName: 'deploy', KeyPairId: 'key-1', KeyType: 'rsa', PublicKey: RSA.line };
const SOURCE_IMAGE: AwsImage = {
  ImageId: 'ami-0e7799e0a7b89ff4d',
  Name: 'web-golden-2026-11',
  State: 'available',
  CreationDate: '2026-11-01T00:00:00.000Z',
  OwnerId: '111122223333',
};
const COPY: AwsImage = {
  ...SOURCE_IMAGE,
  ImageId: 'ami-047073b6251a90377',
  CreationDate: '2026-11-02T00:00:00.000Z',
  SourceImageId: 'ami-0e7799e0a7b89ff4d',
  SourceImageRegion: 'us-east-1',
};

type Template = AwsLaunchTemplate & { Versions: AwsLaunchTemplateVersion[] | null };
type Data = NonNullable<AwsLaunchTemplateVersion['LaunchTemplateData']>;

/** A template whose versions are numbered from 1; the first is the default. */
function template(name: string, ...versions: Data[]): Template {
  return {
    LaunchTemplateId: `lt-${name}`,
    LaunchTemplateName: name,
    DefaultVersionNumber: 1,
    LatestVersionNumber: versions.length,
    Versions: versions.map((LaunchTemplateData, i) => ({ VersionNumber: i + 1, LaunchTemplateData })),
  };
}
const ON_SOURCE: Data = { ImageId: 'ami-0e7799e0a7b89ff4d', KeyName: 'deploy', SecurityGroupIds: ['sg-web'] };
const ON_TARGET: Data = {
  ImageId: 'ami-047073b6251a90377',
  KeyName: 'deploy',
  SecurityGroupIds: ['sg-web2'],
};

const source: Estate = {
  vpcs: [VPC],
  keyPairs: [KEY],
  securityGroups: [group('web', [allow('tcp', 443, 443, '0.0.0.0/0')])],
  images: [SOURCE_IMAGE],
  launchTemplates: [template('web', ON_SOURCE)],
};
const target: Estate = {
  vpcs: [VPC],
  keyPairs: [KEY],
  securityGroups: [group('web', [allow('tcp', 443, 443, '0.0.0.0/0')], { GroupId: 'sg-web2' })],
  images: [COPY],
  launchTemplates: [template('web', ON_TARGET)],
};

function workload(report: Report, kind: string, name: string): Workload {
  const all = report.workloads.filter((w) => w.kind === kind && w.name === name);
  expect(all).toHaveLength(1);
  return all[0] as Workload;
}
/** "verdict: chain" of each reason. */
function reasons(w: Workload): string[] {
  return (w.chains ?? []).map((c) => `${c.verdict}: ${c.steps.join(' -> ')}`);
}
const asg = (more: AwsAutoScalingGroup = {}): AwsAutoScalingGroup => ({
  AutoScalingGroupName: 'web',
  LaunchTemplate: { LaunchTemplateId: 'lt-web', Version: '1' },
  ...more,
});
const instance = (more: AwsInstance = {}): AwsInstance => ({
  InstanceId: 'i-1',
  State: { Name: 'running' },
  ImageId: 'ami-0e7799e0a7b89ff4d',
  KeyName: 'deploy',
  NetworkInterfaces: [{ Groups: [{ GroupId: 'sg-web', GroupName: 'web' }] }],
  Tags: [{ Key: 'Name', Value: 'web-1' }],
  ...more,
});

describe('a workload whose key, groups and image all exist on the target', () => {
  it('is launchable, and its counterpart is the same although every id differs', () => {
    const report = audit(source, target);
    expect(found(report)).toEqual([]);
    expect(report.verdict).toBe('parity');
    expect(workload(report, 'launch-template', 'web')).toMatchObject({
      kind: 'launch-template',
      name: 'web',
      id: 'lt-web',
      verdict: 'launchable',
      because: [],
      side: 'source',
      chains: [],
    });
    expect(stateOf(report, 'launch-template', 'web')).toBe('same');
  });
});

describe('what blocks a workload', () => {
  const without = (more: Partial<Estate>) =>
    audit({ ...source, autoScalingGroups: [asg()] }, { ...target, autoScalingGroups: [asg()], ...more });

  it('a missing key pair: critical, and named in the chain of every workload that uses it', () => {
    const report = without({ keyPairs: [] });
    const missing = finding(report, 'key-pair/missing');
    expect(missing.severity).toBe('critical');
    expect(missing.usedBy).toEqual([
      { kind: 'launch-template', name: 'web', id: 'lt-web', side: 'source' },
      { kind: 'auto-scaling-group', name: 'web', id: 'web', side: 'source' },
    ]);
    const group = workload(report, 'auto-scaling-group', 'web');
    expect(reasons(group)).toEqual([
      'blocked: launch template web v1 -> key pair deploy -> no such key pair in eu-west-1',
      'blocked: its counterpart in eu-west-1 -> launch template web v1 -> key pair deploy -> does not exist in eu-west-1',
    ]);
    expect(group.because[0]).toBe(missing.fingerprint);
  });

  it('a missing group', () => {
    const report = without({ securityGroups: [] });
    expect(finding(report, 'security-group/missing').severity).toBe('critical');
    expect(reasons(workload(report, 'launch-template', 'web'))).toEqual([
      'blocked: v1 ($Default, $Latest) -> security group web -> no such group in eu-west-1',
      'blocked: its counterpart in eu-west-1 -> v1 ($Default, $Latest) -> security group sg-web2 -> was not found in eu-west-1',
    ]);
  });

  it('an image without a copy', () => {
    const report = without({ images: [] });
    expect(finding(report, 'image/missing-copy').severity).toBe('critical');
    expect(reasons(workload(report, 'auto-scaling-group', 'web'))).toEqual([
      'blocked: launch template web v1 -> image web-golden-2026-11 -> no copy in eu-west-1',
      'unknown: its counterpart in eu-west-1 -> launch template web v1 -> image ami-047073b6251a90377 -> was not looked up',
    ]);
  });

  it('a copy that is pending or has failed', () => {
    for (const State of ['pending', 'failed', 'disabled']) {
      const report = without({ images: [{ ...COPY, State }] });
      expect(workload(report, 'launch-template', 'web').verdict).toBe('blocked');
      expect(workload(report, 'launch-template', 'web').because).toEqual([
        finding(report, 'image/unusable-copy').fingerprint,
      ]);
    }
  });

  it('a copy that Allowed AMIs does not let launch', () => {
    const there = {
      ...target,
      images: [{ ...COPY, ImageAllowed: false }],
      imageSettings: { allowedImages: 'enabled', encryptionByDefault: null },
    };
    const report = audit(source, there as Estate);
    expect(reasons(workload(report, 'launch-template', 'web'))).toEqual([
      'blocked: v1 ($Default, $Latest) -> image web-golden-2026-11 -> Allowed AMIs of eu-west-1 does not allow it',
    ]);
  });

  it('the same key under another name, since a launch names it; not where the config says how it is called', () => {
    const renamed = { keyPairs: [{ ...KEY, KeyName: 'deploy-eu' }], launchTemplates: [] };
    const report = audit(source, { ...target, ...renamed });
    expect(finding(report, 'key-pair/renamed').severity).toBe('high');
    expect(reasons(workload(report, 'launch-template', 'web'))).toEqual([
      'blocked: v1 ($Default, $Latest) -> key pair deploy -> in eu-west-1 the key has another name',
    ]);
    const mapped = audit(
      source,
      { ...target, ...renamed },
      { config: { names: { keyPairs: { deploy: 'deploy-eu' } } } },
    );
    expect(workload(mapped, 'launch-template', 'web').verdict).toBe('launchable');
  });

  it('a key that no workload uses stays what it was', () => {
    const report = audit(
      { ...source, launchTemplates: [] },
      { ...target, keyPairs: [], launchTemplates: [] },
    );
    expect(finding(report, 'key-pair/missing').severity).toBe('medium');
    expect(finding(report, 'key-pair/missing').usedBy).toEqual([]);
  });
});

describe('what degrades a workload', () => {
  it('a group that admits something else', () => {
    const securityGroups = [group('web', [allow('tcp', 80, 80, '0.0.0.0/0')], { GroupId: 'sg-web2' })];
    const report = audit(source, { ...target, securityGroups });
    const web = workload(report, 'launch-template', 'web');
    expect(web.verdict).toBe('degraded');
    expect(new Set(reasons(web))).toEqual(
      new Set([
        'degraded: v1 ($Default, $Latest) -> security group web -> admits less on the target',
        'degraded: v1 ($Default, $Latest) -> security group web -> admits more on the target',
      ]),
    );
    expect(web.because).toHaveLength(2);
  });

  it('another key under its name, and an image that is no copy', () => {
    const report = audit(source, {
      ...target,
      keyPairs: [{ ...KEY, KeyType: 'ed25519', PublicKey: ED25519.line }],
      images: [{ ...COPY, SourceImageId: 'ami-aa25f07863fd054ad', SourceImageRegion: 'ap-south-1' }],
    });
    expect(
      new Set(reasons(workload(report, 'launch-template', 'web')).map((r) => r.split(' -> ').at(-1))),
    ).toEqual(new Set(['another key has this name', 'the image there is not a copy of it']));
  });
});

describe('what nobody read', () => {
  it('makes a verdict unknown and the run incomplete, never launchable', () => {
    for (const kind of ['keyPairs', 'securityGroups', 'images'] as const) {
      const report = audit(source, { ...target, unread: [kind] });
      expect(workload(report, 'launch-template', 'web').verdict).toBe('unknown');
      expect(report.complete).toBe(false);
    }
  });

  it('launch templates denied: what launches by one is unknown', () => {
    const report = audit(
      { ...source, autoScalingGroups: [asg()], unread: ['launchTemplates'] },
      { ...target, autoScalingGroups: [asg()] },
    );
    expect(reasons(workload(report, 'auto-scaling-group', 'web'))).toEqual([
      'unknown: launch template lt-web -> could not be read',
    ]);
    expect(report.complete).toBe(false);
  });

  it('an image of another owner that nobody looked up', () => {
    const report = audit(
      { ...source, launchTemplates: [template('web', { ImageId: 'ami-0aaaaaaaaaaaaaaaa' })] },
      { ...target, launchTemplates: [] },
    );
    expect(workload(report, 'launch-template', 'web').verdict).toBe('unknown');
    expect(report.gaps).toMatchObject([{ side: 'source', kind: 'image', code: 'not-read', blocking: true }]);
  });
});

describe('the versions of a launch template', () => {
  it('are judged where they are in use: the default, the latest and what a group pins', () => {
    const gone = { ...ON_SOURCE, KeyName: 'old' };
    const launchTemplates = [template('web', ON_SOURCE, gone, gone, ON_SOURCE)];
    const keyPairs = [
      KEY,
      { ...KEY, KeyName: 'old', KeyPairId: 'key-2', PublicKey: ED25519.line, KeyType: 'ed25519' },
    ];
    const unused = audit({ ...source, keyPairs, launchTemplates }, target);
    expect(workload(unused, 'launch-template', 'web').verdict).toBe('launchable');
    const pinned = audit(
      {
        ...source,
        keyPairs,
        launchTemplates,
        autoScalingGroups: [asg({ LaunchTemplate: { LaunchTemplateName: 'web', Version: '3' } })],
      },
      target,
    );
    expect(reasons(workload(pinned, 'launch-template', 'web'))).toEqual([
      'blocked: v3 -> key pair old -> no such key pair in eu-west-1',
    ]);
    expect(workload(pinned, 'auto-scaling-group', 'web').verdict).toBe('blocked');
  });

  it('a group that pins a version that is gone, or a template that is gone, refers to nothing', () => {
    const report = audit(
      {
        ...source,
        autoScalingGroups: [asg({ LaunchTemplate: { LaunchTemplateId: 'lt-web', Version: '9' } })],
      },
      target,
    );
    const dangling = finding(report, 'reference/dangling');
    expect(dangling.message).toBe(
      '"web" refers to launch template "web v9", which does not exist in us-east-1.',
    );
    expect(workload(report, 'auto-scaling-group', 'web')).toMatchObject({
      verdict: 'blocked',
      because: [dangling.fingerprint],
    });
  });

  it('of a mixed instances policy every override counts, with its own image', () => {
    const report = audit(
      {
        ...source,
        autoScalingGroups: [
          {
            AutoScalingGroupName: 'web',
            MixedInstancesPolicy: {
              LaunchTemplate: {
                LaunchTemplateSpecification: { LaunchTemplateId: 'lt-web' },
                Overrides: [{}, { ImageId: 'ami-abdb32aa244c9ac06' }],
              },
            },
          },
        ],
        images: [
          SOURCE_IMAGE,
          { ...SOURCE_IMAGE, ImageId: 'ami-abdb32aa244c9ac06', Name: 'web-arm-2026-11' },
        ],
      },
      target,
    );
    expect(reasons(workload(report, 'auto-scaling-group', 'web'))).toEqual([
      'blocked: launch template web v1, image overridden -> image web-arm-2026-11 -> no copy in eu-west-1',
    ]);
    expect(workload(report, 'launch-template', 'web').verdict).toBe('launchable');
  });
});

describe('instances', () => {
  it('are judged by what they were launched with, per network interface', () => {
    const report = audit(
      {
        ...source,
        instances: [
          instance({
            NetworkInterfaces: [
              { Groups: [{ GroupId: 'sg-web', GroupName: 'web' }] },
              { Groups: [{ GroupId: 'sg-db', GroupName: 'db' }] },
            ],
          }),
        ],
        securityGroups: [...(source.securityGroups ?? []), group('db', [])],
      },
      target,
    );
    expect(reasons(workload(report, 'instance', 'web-1'))).toEqual([
      'blocked: security group db -> no such group in eu-west-1',
    ]);
  });

  it('name a key since deleted: dangling, and blocked', () => {
    const report = audit({ ...source, instances: [instance({ KeyName: 'gone' })] }, target);
    const dangling = finding(report, 'reference/dangling');
    expect(dangling.facts).toMatchObject({ to: 'key-pair', reference: 'gone', side: 'source' });
    expect(workload(report, 'instance', 'web-1').because).toEqual([dangling.fingerprint]);
  });

  it('that stand for each other and lack the same key have one finding between them', () => {
    const lost = instance({ KeyName: 'gone', ImageId: undefined, NetworkInterfaces: [] });
    const report = audit(
      { ...source, instances: [lost] },
      { ...target, instances: [lost] },
      { phase: 'verification' },
    );
    const dangling = finding(report, 'reference/dangling');
    expect(dangling.facts).toMatchObject({ side: 'source', reference: 'gone' });
    expect(workload(report, 'instance', 'web-1').because).toEqual([dangling.fingerprint]);
  });

  it('terminated ones are left out by the collectors; that some are on one side only is no difference', () => {
    const report = audit({ ...source, instances: [instance(), instance({ InstanceId: 'i-2' })] }, target);
    expect(report.verdict).toBe('parity');
    expect(report.pairs.filter((p) => p.kind === 'instance').map((p) => p.state)).toEqual([
      'missing-in-target',
      'missing-in-target',
    ]);
  });
});

describe('images that are not the account’s own', () => {
  const amazon = {
    ImageId: 'ami-0aaaaaaaaaaaaaaaa',
    Name: 'al2023-ami-2023.6',
    OwnerId: '137112412989',
    ImageOwnerAlias: 'amazon',
    State: 'available',
  };
  const uses = { ...source, launchTemplates: [template('web', { ImageId: amazon.ImageId })] };

  it('are found on the target by owner and name', () => {
    const report = audit(
      { ...uses, otherImages: [otherImageFrom(amazon)] },
      {
        ...target,
        launchTemplates: [],
        otherImages: [otherImageFrom({ ...amazon, ImageId: 'ami-0bbbbbbbbbbbbbbbb' })],
      },
    );
    expect(workload(report, 'launch-template', 'web').verdict).toBe('launchable');
  });

  it('that nobody can see any more dangle', () => {
    const report = audit(
      { ...uses, otherImages: [noOtherImage(amazon.ImageId)] },
      { ...target, launchTemplates: [] },
    );
    expect(finding(report, 'reference/dangling').facts).toMatchObject({
      to: 'image',
      reference: amazon.ImageId,
    });
    expect(workload(report, 'launch-template', 'web').verdict).toBe('blocked');
  });
});

describe('two accounts of one region', () => {
  const [OLD, NEW] = ['111122223333', '444455556666'];
  const shared = (LaunchPermissions: readonly AwsLaunchPermission[], more = {}) =>
    audit(
      { ...source, images: [{ ...SOURCE_IMAGE, LaunchPermissions }] },
      { ...target, account: NEW, images: [], launchTemplates: [], ...more },
      { regions: ['us-east-1', 'us-east-1'] },
    );

  it('an image that is shared with the target is launched there as it is; its owner is named, and nothing else', () => {
    const report = shared([{ UserId: NEW }]);
    expect(workload(report, 'launch-template', 'web').verdict).toBe('launchable');
    const about = report.findings.filter((f) => f.kind === 'image');
    expect(about.map((f) => [f.rule, f.severity, f.facts])).toEqual([
      [
        'image/owned-by-another-account',
        'info',
        { imageId: SOURCE_IMAGE.ImageId, owner: OLD, account: NEW, encrypted: false },
      ],
    ]);
  });

  it('names the account where it says which side lacks something: the region tells nothing apart', () => {
    const report = shared([]);
    expect(finding(report, 'image/missing-copy').message).toContain(
      'has no copy in us-east-1 of account 444455556666',
    );
    expect(workload(report, 'launch-template', 'web')).toMatchObject({
      verdict: 'blocked',
      chains: [
        { steps: [expect.any(String), expect.any(String), 'no copy in us-east-1 of account 444455556666'] },
      ],
    });
  });

  it('an organization that it is shared with cannot be resolved: unknown, with the organization named', () => {
    const report = shared([{ OrganizationArn: 'arn:aws:organizations::111122223333:organization/o-abc' }]);
    const { verdict, because, chains } = workload(report, 'launch-template', 'web');
    expect(verdict).toBe('unknown');
    expect(chains?.[0]?.steps.at(-1)).toContain('organization/o-abc');
    expect(because).toEqual([finding(report, 'image/undetermined').fingerprint]);
  });

  it('a template of the target that names the shared image names the same image', () => {
    const launchTemplates = [template('web', { ...ON_TARGET, ImageId: SOURCE_IMAGE.ImageId ?? '' })];
    const report = shared([{ UserId: NEW }], { launchTemplates });
    expect(stateOf(report, 'launch-template', 'web')).toBe('same');
    const seen = { launchTemplates, otherImages: [otherImageFrom(SOURCE_IMAGE)] };
    expect(stateOf(shared([{ UserId: NEW }], seen), 'launch-template', 'web')).toBe('same');
  });

  it.each<[string, object, string]>([
    ['public', { Public: true }, 'launchable'],
    ['of AWS', { ImageOwnerAlias: 'amazon' }, 'launchable'],
    ['neither shown to the target nor looked up there', {}, 'unknown'],
  ])('an image of a third account that the source launches, %s', (_, more, verdict) => {
    const third = otherImageFrom({ ...SOURCE_IMAGE, OwnerId: '777788889999', ...more });
    const report = audit(
      { ...source, images: [], otherImages: [third] },
      { ...target, account: NEW, images: [], launchTemplates: [] },
      { regions: ['us-east-1', 'us-east-1'] },
    );
    expect(workload(report, 'launch-template', 'web').verdict).toBe(verdict);
  });

  it('an image of a third account that the target was asked for and does not see blocks', () => {
    const third = otherImageFrom({ ...SOURCE_IMAGE, OwnerId: '777788889999' });
    const report = audit(
      { ...source, images: [], otherImages: [third] },
      {
        ...target,
        account: NEW,
        images: [],
        launchTemplates: [],
        otherImages: [noOtherImage(SOURCE_IMAGE.ImageId ?? '')],
      },
      { regions: ['us-east-1', 'us-east-1'] },
    );
    expect(workload(report, 'launch-template', 'web')).toMatchObject({
      verdict: 'blocked',
      chains: [
        {
          steps: [
            expect.any(String),
            expect.any(String),
            'account 777788889999 does not allow account 444455556666 to launch it',
          ],
        },
      ],
    });
  });
});

describe('an image that only its name ties to the source', () => {
  it('starts, and whether it is the same cannot be told: degraded, with the reason', () => {
    const namesake = { ...COPY, SourceImageId: undefined, SourceImageRegion: undefined };
    const report = audit(source, { ...target, images: [namesake] });
    expect(workload(report, 'launch-template', 'web')).toMatchObject({
      verdict: 'degraded',
      because: [finding(report, 'image/undetermined').fingerprint],
    });
  });

  it('an image that cannot be paired for what was not read leaves the launch unknown', () => {
    const { SourceImageId: _, ...unrecorded } = COPY;
    const devices = {
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8 } }],
    };
    const report = audit(
      { ...source, images: [{ ...SOURCE_IMAGE, ...devices }] },
      {
        ...target,
        images: [{ ...unrecorded, ...devices, Name: 'renamed' }],
        launchTemplates: [],
        gaps: [
          {
            kind: 'image',
            code: 'access-denied',
            message: 'ec2:DescribeSnapshots',
            hint: 'allow it',
            explains: 'snapshots',
          },
        ],
      },
    );
    expect(workload(report, 'launch-template', 'web')).toMatchObject({ verdict: 'unknown' });
    expect(finding(report, 'image/undetermined').remedy).toContain(
      'Allow ec2:DescribeSnapshots on the target',
    );
    expect(report.complete).toBe(false);
  });
});

describe('a target that lacks what its own counterpart names', () => {
  it('is said to be missing and to dangle, and not that it is another one', () => {
    const report = audit(source, { ...target, keyPairs: [] });
    expect(found(report)).toEqual(['key-pair/missing critical', 'reference/dangling high']);
  });
});

describe('an image behind an SSM parameter', () => {
  const ssm = (name: string): Data => ({ ...ON_SOURCE, ImageId: `resolve:ssm:${name}` });
  const uses = {
    ...source,
    launchTemplates: [template('web', ssm('/golden/web'))],
    parameters: { '/golden/web': 'ami-0e7799e0a7b89ff4d' },
  };
  const there = {
    ...target,
    launchTemplates: [template('web', { ...ssm('/golden/web'), SecurityGroupIds: ['sg-web2'] })],
  };

  it('may be another one on the target: that is right, and no difference', () => {
    const report = audit(uses, { ...there, parameters: { '/golden/web': 'ami-047073b6251a90377' } });
    expect(found(report)).toEqual([]);
    expect(workload(report, 'launch-template', 'web').verdict).toBe('launchable');
  });

  it("starts something else where the parameter leads to an image that is no copy of the source's", () => {
    const report = audit(uses, {
      ...there,
      images: [
        { ...COPY, ImageId: 'ami-d122f82f6031cf94a', SourceImageId: undefined, Name: 'other' },
      ] as AwsImage[],
      parameters: { '/golden/web': 'ami-d122f82f6031cf94a' },
    });
    expect(finding(report, 'image/missing-copy').severity).toBe('medium');
    const { verdict, chains } = workload(report, 'launch-template', 'web');
    expect(verdict).toBe('degraded');
    expect(chains?.[0]?.steps.at(-1)).toBe(
      'in eu-west-1 it gives image "other" (ami-d122f82f6031cf94a), and nothing shows that this is a copy of image "web-golden-2026-11" (ami-0e7799e0a7b89ff4d)',
    );
  });

  it('starts the same where AWS publishes the parameter: it leads to the image of each region', () => {
    const name = '/aws/service/ami-amazon-linux-latest/al2023';
    const through = [template('web', ssm(name))];
    const report = audit(
      { ...source, launchTemplates: through, parameters: { [name]: 'ami-4f3078d1d8f179af7' } },
      {
        ...target,
        launchTemplates: [template('web', { ...ssm(name), SecurityGroupIds: ['sg-web2'] })],
        parameters: { [name]: 'ami-5f1509b0fc8f9f583' },
      },
    );
    expect(workload(report, 'launch-template', 'web').verdict).toBe('launchable');
  });

  it('does not start from an image that is not available', () => {
    const report = audit(uses, {
      ...there,
      images: [{ ...COPY, State: 'disabled' }] as AwsImage[],
      parameters: { '/golden/web': 'ami-047073b6251a90377' },
    });
    expect(workload(report, 'launch-template', 'web').verdict).toBe('blocked');
  });

  it('blocks where the target lacks the parameter, or it names an image that is not there', () => {
    const none = audit(uses, { ...there, parameters: { '/golden/web': null } });
    const missing = none.findings.filter((f) => f.rule === 'reference/missing-parameter');
    expect(missing.map((f) => f.severity)).toEqual(['high']);
    expect(workload(none, 'launch-template', 'web')).toMatchObject({
      verdict: 'blocked',
      because: [missing[0]?.fingerprint],
    });
    const lost = audit(uses, {
      ...there,
      parameters: { '/golden/web': 'ami-0cccccccccccccccc' },
      otherImages: [noOtherImage('ami-0cccccccccccccccc')],
    });
    expect(workload(lost, 'launch-template', 'web').verdict).toBe('blocked');
  });

  it('that AWS itself keeps leads to an image that is there, whether or not somebody looked it up', () => {
    const name = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
    const [from, to] = [
      {
        ...uses,
        launchTemplates: [template('web', ssm(name))],
        parameters: { [name]: 'ami-0aaaaaaaaaaaaaaaa' },
      },
      {
        ...there,
        launchTemplates: [template('web', { ...ssm(name), SecurityGroupIds: ['sg-web2'] })],
        parameters: { [name]: 'ami-0bbbbbbbbbbbbbbbb' },
      },
    ];
    const report = audit(from, to);
    expect(found(report)).toEqual([]);
    expect(workload(report, 'launch-template', 'web').verdict).toBe('launchable');
    expect(report).toMatchObject({ complete: true, gaps: [] });
    const lookedUp = audit(from, { ...to, otherImages: [noOtherImage('ami-0bbbbbbbbbbbbbbbb')] });
    expect(workload(lookedUp, 'launch-template', 'web').verdict).toBe('blocked');
  });

  it('needs no look at the image of its own side', () => {
    const report = audit(
      { ...uses, parameters: { '/golden/web': 'ami-0dddddddddddddddd' } },
      { ...there, parameters: { '/golden/web': 'ami-047073b6251a90377' } },
    );
    expect(workload(report, 'launch-template', 'web').verdict).toBe('launchable');
    expect(report.gaps).toEqual([]);
  });

  it('is unknown where nobody asked the target for it', () => {
    const report = audit(uses, there);
    expect(workload(report, 'launch-template', 'web').verdict).toBe('unknown');
    expect(report.gaps).toMatchObject([{ side: 'target', kind: 'parameter', blocking: true }]);
  });
});

describe('counterparts', () => {
  it('a template, configuration or group without one is missing; an extra one is no finding', () => {
    const report = audit(
      {
        ...source,
        autoScalingGroups: [asg()],
        launchConfigurations: [{ LaunchConfigurationName: 'old', ImageId: 'ami-0e7799e0a7b89ff4d' }],
      },
      { ...target, launchTemplates: [template('batch', ON_TARGET)] },
    );
    expect(found(report).filter((f) => f.startsWith('workload'))).toEqual([
      'workload/missing medium',
      'workload/missing medium',
      'workload/missing medium',
    ]);
    expect(stateOf(report, 'launch-template', 'batch')).toBe('extra-in-target');
  });

  it('that refer to another key, another group or another image differ', () => {
    const other = {
      ...COPY,
      ImageId: 'ami-2f87cbe4da4bedc4b',
      Name: 'other',
      SourceImageId: undefined,
      SourceImageRegion: undefined,
    };
    const report = audit(source, {
      ...target,
      images: [COPY, other as AwsImage],
      launchTemplates: [
        template('web', { ...ON_TARGET, ImageId: 'ami-2f87cbe4da4bedc4b', KeyName: undefined }),
      ],
    });
    const differs = finding(report, 'workload/differs');
    expect(differs.severity).toBe('high');
    expect(differs.facts).toEqual({
      parts: ['key pair', 'image'],
      rows: {
        source: ['key pair: deploy', 'image: web-golden-2026-11'],
        target: ['key pair: none', 'image: other'],
      },
    });
    expect(reasons(workload(report, 'launch-template', 'web'))).toEqual([
      'degraded: its counterpart in eu-west-1 -> launches something else',
    ]);
  });

  it('one more copy of the same image is the same image', () => {
    const second = { ...COPY, ImageId: 'ami-2f87cbe4da4bedc4b', Name: 'web-golden-again' };
    const report = audit(source, {
      ...target,
      images: [COPY, second],
      launchTemplates: [template('web', { ...ON_TARGET, ImageId: 'ami-2f87cbe4da4bedc4b' })],
    });
    expect(report.findings.filter((f) => f.rule === 'workload/differs')).toEqual([]);
  });
});

describe('after the migration', () => {
  it("the target's own workloads are judged: on a stale copy, on a group that is wider, on nothing at all", () => {
    const report = audit(
      source,
      {
        ...target,
        securityGroups: [group('web', [allow('tcp', 1, 65535, '0.0.0.0/0')], { GroupId: 'sg-web2' })],
        launchTemplates: [template('web', ON_TARGET), template('lost', { ...ON_TARGET, KeyName: 'nowhere' })],
      },
      { phase: 'verification' },
    );
    expect(report.workloads.map((w) => `${w.side} ${w.name} ${w.verdict}`)).toEqual([
      'target lost blocked',
      'target web degraded',
    ]);
    expect(finding(report, 'reference/dangling').facts).toMatchObject({
      side: 'target',
      reference: 'nowhere',
    });
  });
});

describe('what depends on a finding', () => {
  it('about a launch template is the group that launches by it', () => {
    const launchTemplates = [template('web', { ...ON_SOURCE, KeyName: 'gone' })];
    const report = audit({ ...source, launchTemplates, autoScalingGroups: [asg()] }, target);
    expect(finding(report, 'reference/dangling')).toMatchObject({
      kind: 'launch-template',
      usedBy: [{ kind: 'auto-scaling-group', name: 'web', id: 'web', side: 'source' }],
    });
  });
});

describe('a key for Windows', () => {
  const ed25519 = { ...KEY, KeyType: 'ed25519', PublicKey: ED25519.line };

  it('has to be RSA: the finding names what launches Windows with it, and EC2 refuses that launch', () => {
    const report = audit(
      { ...source, keyPairs: [ed25519], instances: [instance({ Platform: 'windows' })] },
      { ...target, keyPairs: [ed25519] },
    );
    expect(finding(report, 'key-pair/unusable-for-windows')).toMatchObject({
      severity: 'critical',
      facts: { side: 'source', type: 'ed25519', workloads: ['web-1'] },
    });
    expect(workload(report, 'instance', 'web-1')).toMatchObject({
      verdict: 'blocked',
      because: [finding(report, 'key-pair/unusable-for-windows').fingerprint],
    });
    // The template starts Linux with the same key.
    expect(workload(report, 'launch-template', 'web').verdict).toBe('launchable');
  });

  it('counts the key that has the name on the target: Windows of the source would launch with it', () => {
    const report = audit(
      { ...source, instances: [instance({ Platform: 'windows' })] },
      { ...target, keyPairs: [ed25519] },
    );
    expect(finding(report, 'key-pair/unusable-for-windows').facts).toMatchObject({
      side: 'target',
      workloads: ['web-1'],
    });
  });

  it.each([
    ['its platform', { Platform: 'windows' }],
    ['its platform details', { PlatformDetails: 'Windows with SQL Server Standard' }],
  ])('has to be RSA where only the image says Windows: by %s', (_, says) => {
    const windows = (images: Estate['images'] = []) => images.map((i) => ({ ...i, ...says }));
    const report = audit(
      { ...source, images: windows(source.images), keyPairs: [ed25519] },
      { ...target, images: windows(target.images), keyPairs: [ed25519] },
    );
    expect(workload(report, 'launch-template', 'web').verdict).toBe('blocked');
  });

  it('says nothing of Linux workloads, nor of RSA keys', () => {
    expect(
      found(
        audit(
          { ...source, keyPairs: [ed25519], instances: [instance()] },
          { ...target, keyPairs: [ed25519] },
        ),
      ),
    ).toEqual([]);
    expect(found(audit({ ...source, instances: [instance({ Platform: 'windows' })] }, target))).toEqual([]);
  });
});

describe('an image of a third account in one region', () => {
  const third = otherImageFrom({ ...SOURCE_IMAGE, OwnerId: '777788889999', Name: 'vendor' });
  const here = {
    ...source,
    images: [],
    launchTemplates: [template('web', { ImageId: third.id })],
    otherImages: [third],
  };
  const audited = (otherImages: readonly OtherImage[]) =>
    audit(
      here,
      { ...target, account: '444455556666', images: [], launchTemplates: [], otherImages },
      { regions: ['us-east-1', 'us-east-1'] },
    );

  it('that the target sees is launched as it is', () => {
    const report = audited([third]);
    expect(workload(report, 'launch-template', 'web').verdict).toBe('launchable');
    expect(report.complete).toBe(true);
  });

  it('that its owner does not share blocks, with a finding that names the owner', () => {
    const report = audited([noOtherImage(third.id)]);
    const refused = finding(report, 'reference/hard-coded-image');
    expect(refused).toMatchObject({
      severity: 'high',
      message:
        '"web" launches image ami-0e7799e0a7b89ff4d ("vendor") of account 777788889999, which may not be launched in us-east-1 of account 444455556666 (v1 ($Default, $Latest)).',
      facts: { notSharedBy: 'account 777788889999' },
    });
    expect(workload(report, 'launch-template', 'web')).toMatchObject({
      verdict: 'blocked',
      because: [refused.fingerprint],
    });
    expect(report.complete).toBe(true);
  });

  it('that was not asked for on the target is a gap that names it', () => {
    const report = audited([]);
    expect(workload(report, 'launch-template', 'web').verdict).toBe('unknown');
    expect(report.gaps.map((g) => g.message)).toEqual([expect.stringContaining(third.id)]);
  });
});

describe('an image of another owner that the target does not have', () => {
  const foreign = {
    ImageId: 'ami-0aaaaaaaaaaaaaaaa',
    Name: 'vendor-2024',
    OwnerId: '777788889999',
    State: 'available',
  };
  const lost = noOtherImage('ami-0aaaaaaaaaaaaaaaa');
  const using = (ImageId: string) => [template('web', { ImageId })];
  const here = { ...source, launchTemplates: using(foreign.ImageId), otherImages: [otherImageFrom(foreign)] };
  const offered = { ...lost, id: '777788889999/vendor-2024', name: foreign.Name, ownerId: foreign.OwnerId };

  it('blocks what the target has no counterpart of', () => {
    const report = audit(here, { ...target, launchTemplates: [], otherImages: [offered] });
    expect(workload(report, 'launch-template', 'web').verdict).toBe('blocked');
    expect(finding(report, 'reference/hard-coded-image').facts.reference).toBe(foreign.ImageId);
  });

  it.each([[[offered]], [[]]])(
    'does not matter where the counterpart launches an image of its own',
    (otherImages) => {
      const there = { ...target, launchTemplates: using('ami-0bbbbbbbbbbbbbbb1') };
      const own = { ...SOURCE_IMAGE, ImageId: 'ami-0bbbbbbbbbbbbbbb1', Name: 'own-build' };
      const report = audit(here, { ...there, images: [...(target.images ?? []), own], otherImages });
      expect(found(report)).not.toContain('reference/hard-coded-image high');
      expect(workload(report, 'launch-template', 'web').verdict).toBe('degraded');
      expect(finding(report, 'workload/differs').facts.parts).toEqual(['image']);
      expect(report.complete).toBe(true);
    },
  );

  it('blocks a counterpart that names the same id', () => {
    const there = { ...target, launchTemplates: using(foreign.ImageId), otherImages: [lost, offered] };
    const report = audit(here, there);
    expect(workload(report, 'launch-template', 'web').verdict).toBe('blocked');
    expect(finding(report, 'reference/dangling').facts).toMatchObject({
      side: 'target',
      reference: foreign.ImageId,
    });
  });
});
