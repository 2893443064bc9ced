import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import { instanceFrom } from '../../../src/inventory/instance.ts';
import { launchConfigurationFrom } from '../../../src/inventory/launch-configuration.ts';
import type { AwsLaunchData } from '../../../src/inventory/launch-details.ts';
import type { AwsInstanceType } from '../../../src/inventory/launch-facts/instance-type.ts';
import type { Report } from '../../../src/report/model.ts';
import { snapshotOf } from '../../kit/estate.ts';
import { audited, plan } from '../../terraform/kit.ts';
import { ARM, idOf, judged, type SideOf, SOURCE, side, TARGET, X86 } from './kit.ts';

const SUPPORTED: AwsInstanceType = {
  ...X86,
  HibernationSupported: true,
  NitroEnclavesSupport: 'supported',
  EbsInfo: { EbsOptimizedSupport: 'default' },
};
const OPTIONS = {
  hibernation: [{ HibernationOptions: { Configured: true } }, { HibernationSupported: false }],
  'a Nitro enclave': [{ EnclaveOptions: { Enabled: true } }, { NitroEnclavesSupport: 'unsupported' }],
  'EBS optimization': [{ EbsOptimized: true }, { EbsInfo: { EbsOptimizedSupport: 'unsupported' } }],
} as const satisfies Record<string, readonly [AwsLaunchData, AwsInstanceType]>;

/** A root volume that is encrypted, so that hibernation needs nothing else. */
const ENCRYPTED = {
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20, Encrypted: true } }],
};
const at = (launch: AwsLaunchData, type: AwsInstanceType, more: SideOf = {}): SideOf => ({
  launch,
  image: ENCRYPTED,
  offer: { types: [type, ARM] },
  ...more,
});
const refusals = (report: Report) =>
  report.findings.flatMap((f) => (f.rule === 'workload/refused' ? [`${f.severity} ${f.message}`] : []));
const verdicts = (report: Report) => [...new Set(report.workloads.map((w) => w.verdict))];

describe.each(Object.entries(OPTIONS))('a launch that enables %s', (words, [launch, lacks]) => {
  it('is blocked where the instance type does not support it', () => {
    const { report } = judged(at(launch, SUPPORTED), at(launch, { ...SUPPORTED, ...lacks }));
    expect(refusals(report)).toEqual([
      `critical In eu-west-1 "web" enables ${words}, which instance type m5.large does not support ($Default, $Latest).`,
    ]);
    expect(verdicts(report)).toEqual(['blocked']);
  });

  it('is blocked where the target has no template yet', () => {
    const { report } = judged(
      at(launch, { ...SUPPORTED, ...lacks }),
      at({}, { ...SUPPORTED, ...lacks }, { made: false }),
    );
    expect(refusals(report)).toHaveLength(1);
    expect(verdicts(report)).toEqual(['blocked']);
  });

  it('is launchable where the type supports it', () => {
    const { report } = judged(at(launch, SUPPORTED), at(launch, SUPPORTED));
    expect(refusals(report)).toEqual([]);
    expect(verdicts(report)).toEqual(['launchable']);
  });

  it('is no matter where it is not enabled', () => {
    const off = {
      HibernationOptions: { Configured: false },
      EnclaveOptions: { Enabled: false },
      EbsOptimized: false,
    };
    const { report } = judged(at(off, SUPPORTED), at(off, { ...SUPPORTED, ...lacks }));
    expect(refusals(report)).toEqual([]);
  });

  it('is listed as not looked at where the answer does not say what the type supports', () => {
    const { report, notLookedAt } = judged(at(launch, X86), at(launch, X86));
    expect(refusals(report)).toEqual([]);
    expect(notLookedAt.join('\n')).toContain('instance types');
  });
});

describe('how a launch is bought and where it runs', () => {
  const spot: AwsLaunchData = { InstanceMarketOptions: { MarketType: 'spot' } };
  const host: AwsLaunchData = { Placement: { Tenancy: 'host' } };

  it.each<[string, AwsLaunchData, AwsInstanceType, string]>([
    ['no Spot', spot, { SupportedUsageClasses: ['on-demand'] }, 'requests Spot Instances, which'],
    ['no host', host, { DedicatedHostsSupported: false }, 'is to run on a Dedicated Host, which'],
  ])('is refused where the type has %s', (_case, launch, lacks, says) => {
    const { report } = judged(at(launch, SUPPORTED), at(launch, { ...SUPPORTED, ...lacks }));
    expect(refusals(report).join()).toContain(says);
    expect(verdicts(report)).toEqual(['blocked']);
  });

  it.each<[AwsLaunchData, AwsInstanceType]>([
    [spot, { SupportedUsageClasses: ['on-demand', 'spot'] }],
    [spot, {}],
    [host, { DedicatedHostsSupported: true }],
    [host, {}],
    [{}, { SupportedUsageClasses: ['on-demand'], DedicatedHostsSupported: false }],
  ])('%o with a type of %o is not refused', (launch, has) => {
    const { report } = judged(at(launch, SUPPORTED), at(launch, { ...SUPPORTED, ...has }));
    expect(refusals(report)).toEqual([]);
  });
});

describe('hibernation', () => {
  const launch = OPTIONS.hibernation[0];
  const plain = (more: SideOf = {}) => at(launch, SUPPORTED, { image: {}, ...more });
  const byDefault = (encryptionByDefault: boolean | null) => ({
    more: { imageSettings: { encryptionByDefault } },
  });

  it.each([
    ['the root volume is not encrypted', plain(byDefault(false)), ['blocked']],
    ['EBS encryption by default encrypts it', plain(byDefault(true)), ['launchable']],
    [
      'the launch encrypts it',
      plain({
        ...byDefault(false),
        launch: {
          ...launch,
          BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true } }],
        },
      }),
      ['launchable'],
    ],
    [
      'the launch encrypts another volume',
      plain({
        ...byDefault(false),
        launch: {
          ...launch,
          BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { VolumeSize: 9, Encrypted: true } }],
        },
      }),
      ['blocked'],
    ],
    ['the image is encrypted', plain({ ...byDefault(false), image: ENCRYPTED }), ['launchable']],
  ] as const)('where %s', (_case, target, expected) => {
    const { report } = judged(plain(byDefault(true)), target);
    expect(verdicts(report)).toEqual(expected);
    if (expected[0] === 'blocked')
      expect(refusals(report).join()).toContain('EBS encryption by default is off in eu-west-1');
  });

  it('is listed as not looked at where the setting of EBS was not read', () => {
    const { report, notLookedAt } = judged(plain(byDefault(true)), plain(byDefault(null)));
    expect(verdicts(report)).toEqual(['launchable']);
    expect(notLookedAt.join('\n')).toContain('EBS encryption by default');
  });

  it('is refused together with a Nitro enclave', () => {
    const both = { ...launch, ...OPTIONS['a Nitro enclave'][0] };
    const { report } = judged(at(both, SUPPORTED), at(both, SUPPORTED));
    expect(refusals(report).join()).toContain("can't enable AWS Nitro Enclaves and hibernation");
    expect(verdicts(report)).toEqual(['blocked']);
  });
});

describe('where it is written', () => {
  const target = side(TARGET, {
    made: false,
    offer: { types: [{ ...X86, HibernationSupported: false }] },
    image: ENCRYPTED,
  });
  const image = idOf('ami', TARGET);

  it('in a CloudFormation template', () => {
    const text = JSON.stringify({
      Resources: {
        I: {
          Type: 'AWS::EC2::Instance',
          Properties: {
            ImageId: image,
            InstanceType: 'm5.large',
            SubnetId: idOf('subnet', TARGET, 1),
            HibernationOptions: { Configured: true },
          },
        },
      },
    });
    const report = compare({
      source: snapshotOf(SOURCE, side(SOURCE, { made: false })),
      target: snapshotOf(TARGET, target),
      config: {},
      phase: 'readiness',
      scopes: ['workloads'],
      templates: [{ file: 't.json', template: readTemplate(text) }],
      startedAt: '2026-11-22T00:00:00.000Z',
      finishedAt: '2026-11-22T00:00:01.000Z',
      tool: { name: 'ec2-parity', version: '0.0.0' },
    });
    expect(refusals(report).join()).toContain('hibernation, which instance type m5.large does not support');
  });

  it('in a Terraform plan', () => {
    const values = {
      ami: image,
      instance_type: 'm5.large',
      subnet_id: idOf('subnet', TARGET, 1),
      hibernation: true,
    };
    const report = audited(
      plan({ resources: [{ type: 'aws_instance', values, written: values }] }),
      target,
      side(SOURCE, { made: false }),
    );
    expect(refusals(report).join()).toContain('hibernation, which instance type m5.large does not support');
  });

  it('of an instance and of a launch configuration', () => {
    expect(instanceFrom({ HibernationOptions: { Configured: true } }).launch.details?.options).toEqual([
      'hibernation',
    ]);
    expect(launchConfigurationFrom({ EbsOptimized: true }).launch.details?.options).toEqual([
      'ebs-optimized',
    ]);
  });
});

it('the root volume of a Terraform plan is the root device of the image: it has to hold the snapshot', () => {
  const audit = (volume_size: number) => {
    const values = {
      ami: idOf('ami', TARGET),
      instance_type: 'm5.large',
      subnet_id: idOf('subnet', TARGET, 1),
      root_block_device: [{ volume_size }],
    };
    return audited(
      plan({ resources: [{ type: 'aws_instance', values, written: values }] }),
      side(TARGET, { made: false }),
      side(SOURCE, { made: false }),
    );
  };
  const [small] = audit(8).findings.filter((f) => f.rule === 'workload/volume-too-small');
  expect(small?.facts).toMatchObject({ device: '/dev/xvda', sizeGiB: 8, snapshotGiB: 20 });
  expect(audit(20).findings.filter((f) => f.rule === 'workload/volume-too-small')).toEqual([]);
});
