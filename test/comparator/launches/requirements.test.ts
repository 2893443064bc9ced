import { describe, expect, it } from 'vitest';
import { fits, requirementsText } from '../../../src/comparator/launches/requirements.ts';
import { type AwsRequirements, requirementsFrom } from '../../../src/inventory/instance-requirements.ts';
import { type AwsInstanceType, instanceTypeFrom } from '../../../src/inventory/launch-facts/instance-type.ts';
import { ARM, judged, type SideOf, X86 } from './kit.ts';

const M5: AwsInstanceType = {
  ...X86,
  CurrentGeneration: true,
  BareMetal: false,
  BurstablePerformanceSupported: false,
  HibernationSupported: true,
  InstanceStorageSupported: false,
  MemoryInfo: { SizeInMiB: 8192 },
  EbsInfo: { EbsOptimizedInfo: { BaselineBandwidthInMbps: 650 } },
  ProcessorInfo: { SupportedArchitectures: ['x86_64'], Manufacturer: 'Intel' },
  NetworkInfo: {
    EnaSupport: 'required',
    MaximumNetworkInterfaces: 3,
    EncryptionInTransitSupported: false,
    NetworkCards: [{ BaselineBandwidthInGbps: 0.75 }],
  },
};
const T3 = { ...M5, InstanceType: 't3.large', BurstablePerformanceSupported: true };
const METAL = { ...M5, InstanceType: 'm5.metal', BareMetal: true, VCpuInfo: { DefaultVCpus: 96 } };
const G5: AwsInstanceType = {
  ...M5,
  InstanceType: 'g5.xlarge',
  InstanceStorageSupported: true,
  InstanceStorageInfo: { TotalSizeInGB: 250, Disks: [{ Type: 'ssd' }] },
  GpuInfo: { Gpus: [{ Name: 'A10G', Manufacturer: 'NVIDIA', Count: 1 }], TotalGpuMemoryInMiB: 24_576 },
};
const INF: AwsInstanceType = {
  ...M5,
  InstanceType: 'inf1.xlarge',
  InferenceAcceleratorInfo: { Accelerators: [{ Name: 'Inferentia', Manufacturer: 'AWS', Count: 1 }] },
};

describe('attribute-based instance type selection', () => {
  const table: [string, AwsInstanceType, AwsRequirements, boolean][] = [
    ['vCPUs within bounds', M5, { VCpuCount: { Min: 2, Max: 2 } }, true],
    ['too few vCPUs', M5, { VCpuCount: { Min: 4 } }, false],
    ['too many vCPUs', M5, { VCpuCount: { Min: 0, Max: 1 } }, false],
    ['too little memory', M5, { MemoryMiB: { Min: 8193 } }, false],
    ['memory per vCPU', M5, { MemoryGiBPerVCpu: { Min: 4, Max: 4 } }, true],
    ['too little memory per vCPU', M5, { MemoryGiBPerVCpu: { Min: 8 } }, false],
    ['an allowed family', M5, { AllowedInstanceTypes: ['c5.*', 'm5.*'] }, true],
    ['a pattern in the middle', M5, { AllowedInstanceTypes: ['m*.lar*'] }, true],
    ['no allowed family', M5, { AllowedInstanceTypes: ['m5a.*', 'm5'] }, false],
    ['an excluded type', M5, { ExcludedInstanceTypes: ['m5.large'] }, false],
    ['an excluded pattern', M5, { ExcludedInstanceTypes: ['*.large'] }, false],
    ['the processor', M5, { CpuManufacturers: ['intel'] }, true],
    ['another processor', M5, { CpuManufacturers: ['amd', 'amazon-web-services'] }, false],
    ['the current generation', M5, { InstanceGenerations: ['current'] }, true],
    ['a former generation', M5, { InstanceGenerations: ['previous'] }, false],
    ['bare metal, which is excluded by default', METAL, {}, false],
    ['bare metal that is included', METAL, { BareMetal: 'included' }, true],
    ['bare metal that is required', M5, { BareMetal: 'required' }, false],
    ['bare metal that is among the allowed types', METAL, { AllowedInstanceTypes: ['m5.metal'] }, true],
    ['a burstable type, which is excluded by default', T3, {}, false],
    ['a burstable type that is included', T3, { BurstablePerformance: 'included' }, true],
    ['a burstable type that is required', M5, { BurstablePerformance: 'required' }, false],
    ['hibernation', M5, { RequireHibernateSupport: true }, true],
    ['no encryption in transit', M5, { RequireEncryptionInTransit: true }, false],
    ['network interfaces', M5, { NetworkInterfaceCount: { Min: 4 } }, false],
    ['network bandwidth', M5, { NetworkBandwidthGbps: { Min: 1 } }, false],
    ['EBS bandwidth', M5, { BaselineEbsBandwidthMbps: { Min: 600 } }, true],
    ['no local storage', M5, { LocalStorage: 'required' }, false],
    ['local storage that is excluded', G5, { LocalStorage: 'excluded' }, false],
    ['local storage of a kind', G5, { LocalStorageTypes: ['hdd'] }, false],
    ['local storage of a size', G5, { TotalLocalStorageGB: { Min: 200 } }, true],
    ['a size of local storage, of a type without any', M5, { TotalLocalStorageGB: { Min: 200 } }, false],
    ['a GPU', G5, { AcceleratorCount: { Min: 1 }, AcceleratorTypes: ['gpu'] }, true],
    ['a GPU of the name', G5, { AcceleratorNames: ['a10g'], AcceleratorManufacturers: ['nvidia'] }, true],
    ['a GPU of another name', G5, { AcceleratorNames: ['h100'] }, false],
    ['GPU memory', G5, { AcceleratorTotalMemoryMiB: { Min: 40_000 } }, false],
    ['no accelerator', M5, { AcceleratorCount: { Min: 1 } }, false],
    ['no accelerator at most', G5, { AcceleratorCount: { Max: 0 } }, false],
    ['an accelerator of AWS', INF, { AcceleratorManufacturers: ['amazon-web-services'] }, true],
    ['an accelerator of another kind', INF, { AcceleratorTypes: ['gpu'] }, false],
    [
      'what is not told of the type',
      { InstanceType: 'm9.large' },
      { MemoryMiB: { Min: 1 }, BareMetal: 'required' },
      true,
    ],
  ];
  it.each(table)('judges %s', (_, type, asked, expected) => {
    expect(fits(instanceTypeFrom(type), requirementsFrom(asked))).toBe(expected);
  });

  it('is told in words', () => {
    const asked = {
      VCpuCount: { Min: 2, Max: 4 },
      MemoryMiB: { Min: 2048 },
      AllowedInstanceTypes: ['m5.*', 'm6i.*'],
      BareMetal: 'required',
      AcceleratorTypes: ['gpu'],
    };
    expect(requirementsText(requirementsFrom(asked))).toBe(
      '2 to 4 vCPUs; at least 2048 MiB of memory; allowed types m5.*, m6i.*; bare metal required; accelerators gpu',
    );
  });
});

describe('a launch whose type attributes choose', () => {
  const by = (InstanceRequirements: AwsRequirements): SideOf => ({
    launch: { InstanceType: undefined, InstanceRequirements },
  });
  const many = by({ VCpuCount: { Min: 64 } });
  const verdicts = (source: SideOf, target: SideOf) => {
    const { group, template, rules } = judged(source, target);
    return [template, group, ...rules];
  };

  it('is launchable where one type of the target fits', () => {
    const some = by({ VCpuCount: { Min: 2 } });
    expect(verdicts(some, some)).toEqual(['launchable', 'launchable']);
  });
  it.each([
    ['with a counterpart', many],
    ['without one', { made: false } as SideOf],
  ])('is blocked %s where none fits', (_, target) => {
    const found = judged(many, target);
    expect([found.template, found.group]).toEqual(['blocked', 'blocked']);
    expect(found.rules).toContain('critical workload/type-not-offered launch-template');
    expect(found.messages.join('\n')).toMatch(
      / launches an instance type with at least 64 vCPUs \(\$Default, \$Latest\); eu-west-1 offers none that fits it and its image\./,
    );
  });
  it('is blocked where only types of another architecture than the image fit', () => {
    const arm = by({ AllowedInstanceTypes: ['m7g.*'] });
    expect(verdicts(arm, arm).slice(0, 2)).toEqual(['blocked', 'blocked']);
  });
  it('is blocked where no type that fits is offered', () => {
    const some = by({ VCpuCount: { Min: 2 } });
    const found = verdicts(some, { ...some, offer: { offered: { 'm7g.large': ['eu-west-1a'] } } });
    expect(found.slice(0, 2)).toEqual(['blocked', 'blocked']);
  });
  it('is degraded where one of two zones offers none', () => {
    const some = by({ VCpuCount: { Min: 2 } });
    const found = verdicts(some, { ...some, offer: { offered: { 'm5.large': ['eu-west-1b'] } } });
    expect(found).toEqual(['launchable', 'degraded', 'high workload/type-not-offered auto-scaling-group']);
  });
  it('is unknown where the instance types were denied, and not looked at where nobody saved them', () => {
    expect(verdicts(many, { ...many, offer: { denied: ['instanceTypes'] } }).slice(0, 2)).toEqual([
      'unknown',
      'unknown',
    ]);
    const { group, notLookedAt } = judged(many, { ...many, more: { launchFacts: {} } });
    expect(group).toBe('launchable');
    expect(notLookedAt).toContain('target instance types');
  });
  it('as an override counts beside the others', () => {
    const group = {
      LaunchTemplate: undefined,
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateName: 'web' },
          Overrides: [
            { InstanceType: 'm5.large' },
            { InstanceRequirements: { VCpuCount: { Min: 64 }, MemoryMiB: { Min: 0 } } },
          ],
        },
      },
    };
    expect(verdicts({ group }, { group })).toEqual([
      'launchable',
      'degraded',
      'high workload/type-not-offered auto-scaling-group',
    ]);
  });
  it('takes the architecture of the type that the image is for', () => {
    const arm = { ...by({ VCpuCount: { Min: 2 } }), image: { Architecture: 'arm64' } };
    const found = verdicts(arm, { ...arm, offer: { types: [ARM] } });
    expect(found).toEqual(['launchable', 'launchable']);
  });
});
