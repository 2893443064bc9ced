import { describe, expect, it } from 'vitest';
import type { RuleId } from '../../../src/report/rules/index.ts';
import { audit, finding, found, linesOf, pairOf, stateOf } from '../../kit/estate.ts';
import { copyOf, image, images, type Row } from '../images/kit.ts';

describe('pairing', () => {
  it('is by lineage before name: the copy under another name, not the namesake', () => {
    const report = images(
      [image('web', 'ami-1')],
      [
        image('web', 'ami-8', { CreationDate: '2026-05-01T00:00:00.000Z' }),
        image('web-eu', 'ami-9', copyOf('ami-1')),
      ],
    );
    expect(report.pairs.find((p) => p.source)).toMatchObject({
      target: { id: 'ami-9' },
      matchedBy: 'lineage',
      matchStrength: 'strong',
    });
    expect(found(report)).toEqual(['image/not-a-copy high', 'image/extra info', 'image/renamed-copy info']);
  });

  it('does not take the base image of an instance for what was copied', () => {
    const base = { SourceImageId: 'ami-base', SourceImageRegion: 'us-east-1', SourceInstanceId: 'i-1' };
    const report = images(
      [image('base', 'ami-base'), image('app', 'ami-1', base)],
      [image('other', 'ami-9', base)],
    );
    expect(report.pairs.map((p) => [p.name, p.state])).toEqual([
      ['app', 'missing-in-target'],
      ['base', 'missing-in-target'],
      ['other', 'extra-in-target'],
    ]);
  });

  it('knows a copy back: the source is the copy', () => {
    const report = images(
      [image('web-us', 'ami-1', copyOf('ami-9', 'eu-west-1'))],
      [image('web', 'ami-9', { CreationDate: '2026-05-01T00:00:00.000Z' })],
    );
    expect(pairOf(report, 'image', 'web-us')).toMatchObject({ state: 'same', matchedBy: 'lineage' });
  });

  it('knows a copy of a copy through the images it can see', () => {
    const report = images(
      [image('web', 'ami-1')],
      [
        image('tmp', 'ami-8', { ...copyOf('ami-1'), State: 'failed' }),
        image('web', 'ami-9', copyOf('ami-8', 'eu-west-1')),
      ],
    );
    expect(report.pairs.filter((p) => p.source).map((p) => p.state)).toHaveLength(1);
    expect(report.pairs.map((p) => p.state)).not.toContain('missing-in-target');
  });

  it('gives a source the copy of its copy that has its name, not the one in between', () => {
    const report = images(
      [image('a', 'ami-1')],
      [image('a-plain', 'ami-8', copyOf('ami-1')), image('a', 'ami-9', copyOf('ami-8', 'eu-west-1'))],
    );
    expect(report.pairs.find((p) => p.source)).toMatchObject({
      target: { id: 'ami-9' },
      matchedBy: 'ancestry',
      state: 'same',
    });
  });

  it('knows two copies of one image of a third region', () => {
    const report = images(
      [image('us-web', 'ami-1', copyOf('ami-0', 'ap-south-1'))],
      [image('eu-web', 'ami-9', copyOf('ami-0', 'ap-south-1'))],
    );
    expect(pairOf(report, 'image', 'us-web')).toMatchObject({
      target: { id: 'ami-9' },
      matchedBy: 'ancestry',
    });
  });

  it('gives two copies of one source the one of its name; the other is one more', () => {
    const report = images(
      [image('web', 'ami-1')],
      [image('web-b', 'ami-8', copyOf('ami-1')), image('web', 'ami-9', copyOf('ami-1'))],
    );
    expect(pairOf(report, 'image', 'web').target?.id).toBe('ami-9');
    expect(finding(report, 'image/extra').facts).toMatchObject({ copyOf: 'ami-1' });
  });

  it('takes the description where AWS has no record', () => {
    const report = images(
      [image('web', 'ami-0123456789abcdef0')],
      [image('web-eu', 'ami-9', { Description: '[Copied ami-0123456789abcdef0 from us-east-1] web' })],
    );
    expect(pairOf(report, 'image', 'web')).toMatchObject({
      matchedBy: 'description',
      target: { id: 'ami-9' },
    });
  });

  it('takes the name last, which proves no copy', () => {
    const report = images([image('web', 'ami-1')], [image('web', 'ami-9')]);
    expect(pairOf(report, 'image', 'web')).toMatchObject({ matchedBy: 'name', state: 'undetermined' });
    expect(finding(report, 'image/undetermined')).toMatchObject({
      severity: 'medium',
      facts: { reason: 'name-alone', imageId: 'ami-1', targetId: 'ami-9', actions: [] },
    });
  });

  it.each<[string, Partial<Parameters<typeof image>[2]>, Parameters<typeof images>[2]]>([
    ['by a description', { Description: '[Copied ami-0000000000000001 from us-east-1] web' }, {}],
    ['by the config, which names it', {}, { config: { names: { images: { web: 'web' } } } }],
    [
      'by a watermark',
      {
        ImageWatermarks: [
          { WatermarkKey: '1:w', SourceImageId: 'ami-0000000000000001', SourceImageRegion: 'us-east-1' },
        ],
      },
      {},
    ],
  ])('is the same where something else ties the two: %s', (_, more, options) => {
    const [id, other] = ['ami-0000000000000001', 'ami-0000000000000009'];
    const report = images([image('web', id)], [image('web', other, more)], options);
    expect(pairOf(report, 'image', 'web').state).toBe('same');
    expect(found(report)).not.toContain('image/undetermined medium');
  });

  it('finds nothing missing where the target could not be read', () => {
    const report = audit(
      { images: [image('web', 'ami-0000000000000001')] },
      { unread: ['images'] },
      { scopes: ['images'] },
    );
    expect(found(report)).toEqual([]);
    expect(stateOf(report, 'image', 'web')).toBe('undetermined');
    expect(report.gaps).toMatchObject([{ side: 'target', kind: 'image', code: 'access-denied' }]);
  });
});

describe('a namesake', () => {
  it('that is a copy of a former image of the name is stale: the source was rebuilt', () => {
    const report = images(
      [image('api', 'ami-2', { CreationDate: '2026-10-01T00:00:00.000Z' })],
      [image('api', 'ami-9', copyOf('ami-1'))],
    );
    expect(finding(report, 'image/stale-copy')).toMatchObject({
      severity: 'high',
      facts: { reason: 'rebuilt', former: 'ami-1', daysBehind: 121 },
    });
    expect(stateOf(report, 'image', 'api')).toBe('different');
  });

  it.each([
    ['made before the source', { CreationDate: '2026-05-31T00:00:00.000Z' }],
    [
      'made from an instance on the target',
      { SourceImageId: 'ami-0', SourceImageRegion: 'eu-west-1', SourceInstanceId: 'i-1' },
    ],
    ['a copy of an image of a third region', copyOf('ami-0', 'ap-south-1')],
  ])('%s is not a copy', (_, more) => {
    expect(found(images([image('api', 'ami-1')], [image('api', 'ami-9', more)]))).toEqual([
      'image/not-a-copy high',
    ]);
  });

  it('that is a copy of another image of the source is not a copy of this one', () => {
    const report = images(
      [image('api', 'ami-1'), image('web', 'ami-2')],
      [image('api', 'ami-9', copyOf('ami-2'))],
    );
    expect(pairOf(report, 'image', 'web')).toMatchObject({ target: { id: 'ami-9' } });
    expect(stateOf(report, 'image', 'api')).toBe('missing-in-target');
    expect(finding(report, 'image/not-a-copy')).toMatchObject({ severity: 'high', subject: { name: 'api' } });
    expect(finding(report, 'image/not-a-copy').message).toContain(
      'The image "api" (ami-9) in eu-west-1 is not a copy of the source\'s: it is the copy of "web" (ami-2)',
    );
  });

  it('nor is either of two copies that bear each other’s names', () => {
    const report = images(
      [image('api', 'ami-1'), image('web', 'ami-2')],
      [image('api', 'ami-8', copyOf('ami-2')), image('web', 'ami-9', copyOf('ami-1'))],
    );
    expect(found(report).filter((f) => f.startsWith('image/not-a-copy'))).toHaveLength(2);
    expect(report.verdict).toBe('differences');
  });

  it('but a copy of the original that the source image was itself copied from holds the same', () => {
    const report = images(
      [image('plain', 'ami-1'), image('api', 'ami-2', copyOf('ami-1'))],
      [image('api', 'ami-9', copyOf('ami-1'))],
    );
    expect(found(report).join()).not.toContain('image/not-a-copy');
  });

  it('an extra image says what it was copied from, and where that stands', () => {
    const elsewhere = images([], [image('api', 'ami-9', copyOf('ami-7', 'ap-south-1'))]);
    expect(finding(elsewhere, 'image/extra').message).toContain('it is a copy of ami-7 in ap-south-1');
    const again = images(
      [image('api', 'ami-1')],
      [image('api', 'ami-8', copyOf('ami-1')), image('api-2', 'ami-9', copyOf('ami-1'))],
    );
    expect(finding(again, 'image/extra').message).toContain('it is one more copy of ami-1 in us-east-1');
  });
});

describe('newer versions', () => {
  const version = (v: string, month: number, more = {}) =>
    image(`web-golden-${v}`, `ami-${v}`, {
      CreationDate: `2026-${String(month).padStart(2, '0')}-01T00:00:00.000Z`,
      ...more,
    });
  const copied = (v: string) => image(`web-golden-${v}`, `ami-eu-${v}`, copyOf(`ami-${v}`));

  it('of the family without a copy make the newest copy stale, and only that one', () => {
    const report = images(
      [version('1.0.0', 1), version('1.1.0', 2), version('1.2.0', 3), version('1.3.0', 4)],
      [copied('1.0.0'), copied('1.1.0')],
    );
    const stale = finding(report, 'image/stale-copy');
    expect(stale.subject.name).toBe('web-golden-1.1.0');
    expect(stale.facts).toMatchObject({ versionsBehind: 2, daysBehind: 59, family: 'web-golden-{version}' });
    expect(stale.message).toContain('is a guess from the names');
  });

  it('that are there already make nothing stale, whatever older ones are missing', () => {
    const report = images([version('1.0.0', 1), version('1.1.0', 2)], [copied('1.1.0')]);
    expect(found(report)).toEqual(['image/missing-copy info']);
    expect(finding(report, 'image/missing-copy').facts).toMatchObject({ newerCopied: 'web-golden-1.1.0' });
  });

  it.each([
    ['of another architecture', { Architecture: 'arm64' }],
    ['that failed', { State: 'failed' }],
  ])('%s make nothing stale', (_, more) => {
    expect(found(images([version('1.0.0', 1), version('1.1.0', 2, more)], [copied('1.0.0')]))).not.toContain(
      'image/stale-copy high',
    );
  });
});

describe('a copy that cannot be used', () => {
  it.each(['pending', 'failed', 'disabled'])('is %s', (State) => {
    const report = images([image('web', 'ami-1')], [image('web', 'ami-9', { ...copyOf('ami-1'), State })]);
    expect(finding(report, 'image/unusable-copy')).toMatchObject({
      severity: 'high',
      facts: { state: State },
    });
  });

  it('is past its deprecation where the source is not', () => {
    const past = { DeprecationTime: '2026-01-01T00:00:00.000Z' };
    expect(
      found(images([image('web', 'ami-1')], [image('web', 'ami-9', { ...copyOf('ami-1'), ...past })])),
    ).toEqual(['image/unusable-copy high']);
    expect(
      found(images([image('web', 'ami-1', past)], [image('web', 'ami-9', { ...copyOf('ami-1'), ...past })])),
    ).toEqual([]);
    expect(
      found(
        images(
          [image('web', 'ami-1')],
          [image('web', 'ami-9', { ...copyOf('ami-1'), DeprecationTime: '2027-01-01T00:00:00.000Z' })],
        ),
      ),
    ).toEqual(['image/lifecycle-differs info']);
  });
});

describe('what a copy loses or changes', () => {
  const pair = (source: Partial<Row>, target: Partial<Row>) =>
    images([image('web', 'ami-1', source)], [image('web', 'ami-9', { ...copyOf('ami-1'), ...target })]);
  const disk = (Ebs: object) => ({ BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs }] });

  it.each([
    ['tags', { Tags: [{ Key: 'a', Value: 'b' }] }, {}, 'image/tags-differ low'],
    ['architecture', {}, { Architecture: 'arm64' }, 'image/attributes-differ high'],
    ['boot mode', { BootMode: 'uefi' }, {}, 'image/attributes-differ high'],
    ['ENA', { EnaSupport: true }, {}, 'image/attributes-differ medium'],
    ['IMDS', { ImdsSupport: 'v2.0' }, {}, 'image/attributes-differ medium'],
    ['TPM', { TpmSupport: 'v2.0' }, {}, 'image/attributes-differ medium'],
    ['SR-IOV', { SriovNetSupport: 'simple' }, {}, 'image/attributes-differ medium'],
    [
      'virtualization',
      { VirtualizationType: 'hvm' },
      { VirtualizationType: 'paravirtual' },
      'image/attributes-differ medium',
    ],
    ['the platform', { Platform: 'windows' }, {}, 'image/attributes-differ medium'],
    [
      'platform details',
      { PlatformDetails: 'Linux/UNIX' },
      { PlatformDetails: 'Red Hat Enterprise Linux' },
      'image/attributes-differ medium',
    ],
    [
      'what usage is billed as',
      { UsageOperation: 'RunInstances' },
      { UsageOperation: 'RunInstances:0010' },
      'image/attributes-differ medium',
    ],
    ['product codes', { ProductCodes: [{ ProductCodeId: 'x' }] }, {}, 'image/attributes-differ medium'],
    [
      'the root device',
      { RootDeviceName: '/dev/xvda' },
      { RootDeviceName: '/dev/sda1' },
      'image/attributes-differ medium',
    ],
    [
      'the type of a volume',
      disk({ VolumeType: 'gp2' }),
      disk({ VolumeType: 'gp3' }),
      'image/attributes-differ medium',
    ],
    ['IOPS', disk({ Iops: 3000 }), disk({ Iops: 6000 }), 'image/attributes-differ medium'],
    ['throughput', disk({ Throughput: 125 }), disk({ Throughput: 250 }), 'image/attributes-differ medium'],
    [
      'what becomes of a volume at the end',
      disk({ DeleteOnTermination: true }),
      disk({ DeleteOnTermination: false }),
      'image/attributes-differ medium',
    ],
    [
      'a volume on an instance store',
      {
        BlockDeviceMappings: [
          ...(disk({}).BlockDeviceMappings ?? []),
          { DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' },
        ],
      },
      disk({}),
      'image/attributes-differ medium',
    ],
    [
      'the size of a volume',
      disk({ VolumeSize: 8 }),
      disk({ VolumeSize: 9 }),
      'image/attributes-differ medium',
    ],
    ['a whole volume', {}, { BlockDeviceMappings: [] }, 'image/attributes-differ medium'],
    [
      'encryption gained',
      disk({ Encrypted: false }),
      disk({ Encrypted: true }),
      'image/encryption-differs low',
    ],
    [
      'encryption that the copy lacks',
      disk({ Encrypted: true }),
      disk({ Encrypted: false }),
      'image/encryption-differs medium',
    ],
    [
      'launch permissions',
      { LaunchPermissions: [{ UserId: '999988887777' }] },
      {},
      'image/launch-permissions-differ medium',
    ],
    [
      'being public',
      {},
      { LaunchPermissions: [{ Group: 'all' }], Public: true },
      'image/launch-permissions-differ medium',
    ],
  ] as [string, Partial<Row>, Partial<Row>, string][])('%s', (_, source, target, expected) => {
    expect(found(pair(source, target))).toEqual([expected]);
  });

  it('does not hold ids of snapshots and keys against each other', () => {
    expect(
      found(
        pair(disk({ SnapshotId: 'snap-1', VolumeSize: 8 }), disk({ SnapshotId: 'snap-2', VolumeSize: 8 })),
      ),
    ).toEqual([]);
  });
});

it.each(['self', null])(
  'a copy whose source is gone is no copy of a vendor: owner alias %s in the ancestry',
  (alias) => {
    const ancestry = [
      { ImageId: 'ami-9', SourceImageId: 'ami-1', SourceImageRegion: 'us-east-1' },
      { ImageId: 'ami-1', ...(alias === null ? {} : { ImageOwnerAlias: alias }) },
    ];
    const report = images([], [image('old', 'ami-9', { ...copyOf('ami-1'), Ancestry: ancestry })]);
    expect(found(report)).toEqual(['image/source-gone low']);
  },
);

it('a copy whose source is gone is not merely extra', () => {
  expect(found(images([], [image('old', 'ami-9', copyOf('ami-1'))]))).toEqual(['image/source-gone low']);
  expect(
    found(
      audit(
        { unread: ['images'] },
        { images: [image('old', 'ami-9', copyOf('ami-1'))] },
        { scopes: ['images'] },
      ),
    ),
  ).toEqual([]);
});

it('a remedy does not give the copy a name that is taken on the target', () => {
  const report = images(
    [image('api', 'ami-2', { CreationDate: '2026-10-01T00:00:00.000Z' })],
    [image('api', 'ami-9', copyOf('ami-1'))],
  );
  const stale = finding(report, 'image/stale-copy');
  expect(linesOf(stale)).toEqual([expect.stringContaining('--name api-2026-10-01 ')]);
  expect(stale.remedy).toContain('The name is in use there');
});

it('launch permissions that one side grants and the other side left unread make the run incomplete', () => {
  const unreadThere = (LaunchPermissions: { UserId: string }[]) =>
    audit(
      { images: [image('web', 'ami-1', { LaunchPermissions })] },
      { images: [image('web', 'ami-9', copyOf('ami-1'))], permissionsUnread: true },
      { scopes: ['images'] },
    );
  expect(unreadThere([{ UserId: '999988887777' }])).toMatchObject({
    complete: false,
    verdict: 'inconclusive',
  });
  expect(unreadThere([])).toMatchObject({ complete: true, verdict: 'parity' });
});

describe('a remedy', () => {
  const org = 'arn:aws:organizations::111122223333:organization/o-1';
  const unit = 'arn:aws:organizations::111122223333:ou/o-1/ou-1';
  const shared = {
    LaunchPermissions: [
      { UserId: '999988887777' },
      { UserId: '111122223333' },
      { OrganizationArn: org },
      { OrganizationalUnitArn: unit },
      { Group: 'all' },
    ],
  };
  const ALL = `[{"Group":"all"},{"UserId":"999988887777"},{"OrganizationArn":"${org}"},{"OrganizationalUnitArn":"${unit}"}]`;

  it('says how the copy gets the launch permissions of the source, which CopyImage does not carry', () => {
    const missing = finding(images([image('web', 'ami-1', shared)], []), 'image/missing-copy');
    const [, wait, permissions] = linesOf(missing);
    expect(wait).toContain('aws ec2 wait image-available');
    expect(permissions).toContain(
      'aws ec2 modify-image-attribute --region eu-west-1 --image-id "$(aws ec2 describe-images --region eu-west-1 --owners self',
    );
    expect(permissions).toContain(`--launch-permission '{"Add":${ALL}}'`);
    const alone = finding(images([image('web', 'ami-1')], []), 'image/missing-copy');
    expect(alone.remedy).not.toContain('aunch permission');
    expect(linesOf(alone).join('\n')).not.toContain('modify-image-attribute');
  });

  it('says that they are to be set where nobody read them', () => {
    const report = images([image('web', 'ami-1', shared)], [], { source: { permissionsUnread: true } });
    expect(finding(report, 'image/missing-copy').remedy).toContain(
      'The launch permissions of the source were not read: set them on the copy',
    );
  });

  it('adds the launch permissions that a copy lacks, and takes away those that it alone has', () => {
    const lost = images([image('web', 'ami-1', shared)], [image('web', 'ami-9', copyOf('ami-1'))]);
    expect(linesOf(finding(lost, 'image/launch-permissions-differ'))).toEqual([
      `aws ec2 modify-image-attribute --region eu-west-1 --image-id ami-9 --launch-permission '{"Add":${ALL}}'`,
    ]);
    const gained = images(
      [image('web', 'ami-1')],
      [image('web', 'ami-9', { ...copyOf('ami-1'), ...shared })],
    );
    expect(linesOf(finding(gained, 'image/launch-permissions-differ'))).toEqual([
      expect.stringContaining(`--image-id ami-9 --launch-permission '{"Remove":${ALL}}'`),
    ]);
  });

  it('sets the tags that the copy lacks or has otherwise, and no others', () => {
    const tags = (...all: string[]) => ({ Tags: all.map((t) => ({ Key: t.charAt(0), Value: t.slice(1) })) });
    const report = images(
      [image('web', 'ami-1', tags('a1', "b'x, [y]", 'c3'))],
      [image('web', 'ami-9', { ...copyOf('ami-1'), ...tags('c3', 'b-', 'd4') })],
    );
    expect(linesOf(finding(report, 'image/tags-differ'))).toEqual([
      `aws ec2 create-tags --region eu-west-1 --resources ami-9 --tags '[{"Key":"a","Value":"1"},{"Key":"b","Value":"'\\''x, [y]"}]'`,
    ]);
  });

  it('gives the copy the deprecation date and the protection of the source', () => {
    const dated = {
      DeprecationTime: '2027-06-01T00:00:00.000Z',
      DeregistrationProtection: 'enabled-with-cooldown',
    };
    const report = images(
      [image('web', 'ami-1', dated)],
      [
        image('web', 'ami-9', {
          ...copyOf('ami-1'),
          DeprecationTime: '2028-06-01T00:00:00.000Z',
          DeregistrationProtection: 'disabled',
        }),
      ],
    );
    expect(linesOf(finding(report, 'image/lifecycle-differs'))).toEqual([
      'aws ec2 enable-image-deprecation --region eu-west-1 --image-id ami-9 --deprecate-at 2027-06-01T00:00:00.000Z',
      'aws ec2 enable-image-deregistration-protection --region eu-west-1 --image-id ami-9 --with-cooldown',
    ]);
  });

  it('gives the line of the config for a copy that has another name', () => {
    const report = images([image('web', 'ami-1')], [image('web-eu', 'ami-9', copyOf('ami-1'))]);
    expect(finding(report, 'image/renamed-copy').facts.config).toBe('names: { images: { "web": "web-eu" } }');
  });

  it.each<[RuleId, object, object]>([
    ['image/attributes-differ', { EnaSupport: true }, { EnaSupport: false }],
    ['image/unusable-copy', {}, { State: 'failed' }],
    ['image/not-a-copy', {}, { CreationDate: '2026-05-01T00:00:00.000Z', SourceImageId: undefined }],
  ])('of %s names the image to copy anew, under a name that is free', (rule, source, target) => {
    const report = images(
      [image('web', 'ami-1', source)],
      [image('web', 'ami-9', { ...copyOf('ami-1'), ...target })],
    );
    expect(linesOf(finding(report, rule))).toEqual([
      'aws ec2 copy-image --region eu-west-1 --source-image-id ami-1 --source-region us-east-1 --name web-2026-06-01 --copy-image-tags',
    ]);
  });

  it('keeps a name that begins with a dash one argument', () => {
    expect(linesOf(finding(images([image('-web', 'ami-1')], []), 'image/missing-copy'))[0]).toContain(
      ' --name=-web ',
    );
  });
});

it('a remedy quotes what goes into a shell', () => {
  const report = images([image("it's; rm -rf $(x)", 'ami-1')], []);
  expect(linesOf(finding(report, 'image/missing-copy'))[0]).toContain(
    `--name 'it'\\''s; rm -rf $(x)' --copy-image-tags`,
  );
});

describe('a launch template whose image lost its encryption on the way', () => {
  const disk = (Encrypted: boolean) => ({
    BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 8, Encrypted } }],
  });
  const template = (ImageId: string) => ({
    LaunchTemplateId: `lt-${ImageId}`,
    LaunchTemplateName: 'web',
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    Versions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId } }],
  });
  const verdictWith = (source: boolean, target: boolean) => {
    const report = audit(
      { images: [image('web', 'ami-1', disk(source))], launchTemplates: [template('ami-1')] },
      {
        images: [image('web', 'ami-9', { ...copyOf('ami-1'), ...disk(target) })],
        launchTemplates: [template('ami-9')],
      },
    );
    return report.workloads.map((w) => [w.verdict, ...(w.chains ?? []).map((c) => c.steps.at(-1))]);
  };

  it('is degraded by it, and by nothing where the copy gained encryption or both are alike', () => {
    expect(verdictWith(true, false)).toEqual([['degraded', 'volumes of the copy are not encrypted']]);
    expect(verdictWith(false, true)).toEqual([['launchable']]);
    expect(verdictWith(true, true)).toEqual([['launchable']]);
  });
});
