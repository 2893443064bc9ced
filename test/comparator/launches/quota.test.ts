import { describe, expect, it } from 'vitest';
import type { AwsInstanceType } from '../../../src/inventory/launch-facts/instance-type.ts';
import { judged, type SideOf, X86 } from './kit.ts';

const type = (InstanceType: string, vCpus: number): AwsInstanceType => ({
  ...X86,
  InstanceType,
  VCpuInfo: { DefaultVCpus: vCpus },
});
const TYPES = [type('m5.large', 2), type('m5.4xlarge', 16), type('g5.xlarge', 4), type('p4d.24xlarge', 96)];
const zones = (region: string) => [`${region}a`, `${region}b`];
const offered = Object.fromEntries(TYPES.map((t) => [t.InstanceType ?? '', zones('eu-west-1')]));
const [STANDARD, G, P] = ['L-1216C47A', 'L-DB2E81BA', 'L-417A185B'];

const mixed = (overrides: [string, string?][], more: object = {}) => ({
  LaunchTemplate: undefined,
  MixedInstancesPolicy: {
    LaunchTemplate: {
      LaunchTemplateSpecification: { LaunchTemplateName: 'web' },
      Overrides: overrides.map(([InstanceType, WeightedCapacity]) => ({
        InstanceType,
        ...(WeightedCapacity ? { WeightedCapacity } : {}),
      })),
    },
    InstancesDistribution: more,
  },
});
const over = (side: Pick<SideOf, 'group' | 'launch'>, quotas: Record<string, number>) => {
  const offer = { types: TYPES, offered, quotas };
  const found = judged(side, { ...side, offer });
  return {
    verdicts: [found.template, found.group],
    rules: found.rules.filter((r) => r.includes('quota')),
    messages: found.messages,
  };
};

describe('a vCPU quota', () => {
  it('that admits no instance of a template blocks template and group, with one finding', () => {
    const { verdicts, rules, messages } = over({ launch: { InstanceType: 'g5.xlarge' } }, { [G]: 0 });
    expect(verdicts).toEqual(['blocked', 'blocked']);
    expect(rules).toEqual(['high workload/over-quota launch-template']);
    expect(messages).toContain(
      '"web" wants 1 × g5.xlarge, 4 vCPUs; the quota of eu-west-1 is 0 (L-DB2E81BA, Running On-Demand G and VT instances).',
    );
  });

  const group = (DesiredCapacity: number, more: object = {}) => ({ DesiredCapacity, MaxSize: 1, ...more });
  const table: [string, SideOf['group'], Record<string, number>, string | null][] = [
    ['that takes the desired capacity', group(4), { [STANDARD]: 8 }, 'launchable'],
    ['that does not take it', group(4), { [STANDARD]: 7 }, 'blocked'],
    [
      'that takes it in the smaller of two types',
      { ...group(4), ...mixed([['m5.4xlarge'], ['m5.large']]) },
      { [STANDARD]: 8 },
      'launchable',
    ],
    [
      'of units of weighted types: 8 units are one instance of weight 8',
      { ...group(8), ...mixed([['m5.4xlarge', '8']]) },
      { [STANDARD]: 16 },
      'launchable',
    ],
    [
      'that does not take the units of weighted types',
      { ...group(9), ...mixed([['m5.4xlarge', '8']]) },
      { [STANDARD]: 16 },
      'blocked',
    ],
    [
      'of which another one takes the rest',
      { ...group(4), ...mixed([['m5.large'], ['g5.xlarge']]) },
      { [STANDARD]: 4, [G]: 8 },
      'launchable',
    ],
    [
      'neither of which takes it',
      { ...group(4), ...mixed([['m5.large'], ['g5.xlarge']]) },
      { [STANDARD]: 4, [G]: 4 },
      'blocked',
    ],
    [
      'that counts On-Demand Instances alone',
      {
        ...group(10),
        ...mixed([['m5.large']], { OnDemandBaseCapacity: 2, OnDemandPercentageAboveBaseCapacity: 0 }),
      },
      { [STANDARD]: 4 },
      'launchable',
    ],
    [
      'for a capacity that is counted in vCPUs',
      { ...group(16), ...mixed([['m5.large']]), DesiredCapacityType: 'vcpu' },
      { [STANDARD]: 16 },
      'launchable',
    ],
    [
      'for more vCPUs than it is',
      { ...group(20), ...mixed([['m5.large']]), DesiredCapacityType: 'vcpu' },
      { [STANDARD]: 16 },
      'blocked',
    ],
    [
      'of another class',
      { ...group(2), ...mixed([['p4d.24xlarge']]) },
      { [P]: 96, [STANDARD]: 999 },
      'blocked',
    ],
  ];
  it.each(table)('%s', (_, asked, quotas, verdict) => {
    const found = over({ group: asked ?? null }, { [STANDARD]: 999, ...quotas });
    expect(found.verdicts[1]).toBe(verdict);
    expect(found.rules.length).toBe(verdict === 'launchable' ? 0 : 1);
  });

  it('counts no Spot Instances of a template', () => {
    const spot = { launch: { InstanceMarketOptions: { MarketType: 'spot' } } };
    expect(over(spot, { [STANDARD]: 0 }).verdicts).toEqual(['launchable', 'launchable']);
  });

  it('counts a standby group by the capacity of the source', () => {
    const source: SideOf = { group: { DesiredCapacity: 60, MaxSize: 60 } };
    const target: SideOf = {
      group: { DesiredCapacity: 0, MaxSize: 60 },
      offer: { quotas: { [STANDARD]: 5 } },
    };
    expect(judged(source, target).group).toBe('blocked');
  });

  it('leaves template and group unknown where it was denied', () => {
    const found = judged({}, { offer: { denied: ['quotas'] } });
    expect([found.template, found.group]).toEqual(['unknown', 'unknown']);
  });
});

describe('the quota of Spot Instances', () => {
  const [SPOT, SPOT_G] = ['L-34B43A08', 'L-3819A6DF'];
  const spot = { launch: { InstanceMarketOptions: { MarketType: 'spot' } } };
  it('that admits no instance of a template blocks template and group', () => {
    const { verdicts, rules, messages } = over(spot, { [SPOT]: 1, [STANDARD]: 0 });
    expect(verdicts).toEqual(['blocked', 'blocked']);
    expect(rules).toEqual(['high workload/over-quota launch-template']);
    expect(messages[0]).toBe(
      '"web" wants 1 × m5.large, 2 vCPUs; the quota of eu-west-1 is 1 (L-34B43A08, All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests).',
    );
  });
  const half = (types: [string][]) => ({
    group: { DesiredCapacity: 8, MaxSize: 8, ...mixed(types, { OnDemandPercentageAboveBaseCapacity: 50 }) },
  });
  it.each([
    ['takes', { [STANDARD]: 8, [SPOT]: 8 }, 'launchable'],
    ['does not take', { [STANDARD]: 99, [SPOT]: 7 }, 'blocked'],
    ['is not needed for', { [STANDARD]: 7, [SPOT]: 99 }, 'blocked'],
  ] as [string, Record<string, number>, string][])(
    'counts the Spot part of a mixed instances policy, which it %s',
    (_, quotas, verdict) => expect(over(half([['m5.large']]), quotas).verdicts[1]).toBe(verdict),
  );
  it('is that of the class of the type', () => {
    expect(over(half([['g5.xlarge']]), { [G]: 16, [SPOT_G]: 15, [STANDARD]: 99 }).verdicts[1]).toBe(
      'blocked',
    );
    expect(over(half([['g5.xlarge']]), { [G]: 16, [SPOT_G]: 16, [STANDARD]: 99 }).verdicts[1]).toBe(
      'launchable',
    );
  });
  it('that nobody read is listed, and changes no verdict', () => {
    const found = judged(spot, spot);
    expect([found.template, found.group]).toEqual(['launchable', 'launchable']);
    expect(found.notLookedAt).toContain('target service quotas of EC2');
  });
});

describe('the quota of security groups per network interface', () => {
  const six = Array.from({ length: 6 }, (_, i) => `sg-missing-${i}`);
  const launch = { SecurityGroupIds: six };
  it.each([
    ['with a counterpart', { launch }],
    ['without one', { made: false }],
  ] as [string, SideOf][])('counts groups that have no counterpart, %s', (_, target) => {
    const found = judged({ launch }, { ...target, offer: { quotas: { 'L-2AFB9258': 5, [STANDARD]: 99 } } });
    expect(found.rules).toContain('critical workload/refused launch-template');
    expect(found.messages.join('\n')).toContain('6 security groups on one network interface');
  });
});
