import { describe, expect, it } from 'vitest';
import type { AwsAutoScalingGroup } from '../../../src/inventory/auto-scaling-group.ts';
import type { AwsInstance } from '../../../src/inventory/instance.ts';
import type { Phase } from '../../../src/report/vocabulary.ts';
import { audit, type Estate } from '../../kit/estate.ts';
import { idOf, SOURCE, side, TARGET, X86 } from './kit.ts';

const [STANDARD, SPOT, G] = ['L-1216C47A', 'L-34B43A08', 'L-DB2E81BA'];
const TYPES = [
  X86,
  { ...X86, InstanceType: 'm5.xlarge', VCpuInfo: { DefaultVCpus: 4 } },
  { ...X86, InstanceType: 'g5.xlarge', VCpuInfo: { DefaultVCpus: 4 } },
];

interface Given {
  readonly groups?: Readonly<Record<string, Partial<AwsAutoScalingGroup>>>;
  readonly instances?: readonly AwsInstance[];
}

/** Groups that launch m5.large by template "web" (2 vCPUs each) into the subnets of VPC "prod". */
function region(
  name: string,
  { groups = {}, instances = [] }: Given,
  quotas: Record<string, number> = {},
): Estate {
  const zones = [`${name}a`, `${name}b`];
  const offer = {
    quotas: { [STANDARD]: 999, [SPOT]: 999, [G]: 999, ...quotas },
    types: TYPES,
    offered: Object.fromEntries(TYPES.map((t) => [t.InstanceType ?? '', zones])),
    hooks: null,
  };
  const estate = side(name, { offer, group: {} });
  const [template] = estate.autoScalingGroups ?? [];
  return {
    ...estate,
    autoScalingGroups: Object.entries(groups).map(([AutoScalingGroupName, more]) => ({
      ...template,
      AutoScalingGroupName,
      AutoScalingGroupARN: `arn:aws:autoscaling:${name}:1:${AutoScalingGroupName}`,
      MaxSize: more.DesiredCapacity ?? 2,
      ...more,
    })),
    instances: [...instances],
  };
}

let count = 0;
function instance(name: string | null, r: string, more: AwsInstance = {}): AwsInstance {
  count += 1;
  return {
    InstanceId: idOf('i', r, count),
    ImageId: idOf('ami', r),
    InstanceType: 'm5.large',
    State: { Name: 'running' },
    VpcId: idOf('vpc', r),
    SecurityGroups: [{ GroupId: idOf('sg', r) }],
    ...more,
    Tags: [...(name === null ? [] : [{ Key: 'Name', Value: name }]), ...(more.Tags ?? [])],
  };
}
const ofGroup = (group: string) => ({ Tags: [{ Key: 'aws:autoscaling:groupName', Value: group }] });

function judged(source: Given, target: Given, quotas: Record<string, number>, phase: Phase = 'readiness') {
  const report = audit(region(SOURCE, source), region(TARGET, target, quotas), { phase });
  const of = report.findings.filter((f) => f.rule === 'workload/over-quota');
  return {
    found: of.map((f) => `${f.severity} ${f.kind} ${f.subject.name}`),
    messages: of.map((f) => f.message),
    facts: of.map((f) => f.facts),
    verdicts: Object.fromEntries(
      report.workloads.filter((w) => w.kind !== 'launch-template').map((w) => [w.name, w.verdict]),
    ),
    quota: report.workloads.map((w) => `${w.name} ${w.lookedAt?.quota.state}`),
  };
}

const TWO = { groups: { a: { DesiredCapacity: 4 }, b: { DesiredCapacity: 2 } } };
const NONE = { groups: { a: { DesiredCapacity: 0 }, b: { DesiredCapacity: 0 } } };

describe('groups that fit the vCPU quota one by one', () => {
  it('and not together degrade, with one finding that says how much they need', () => {
    const { found, messages, facts, verdicts, quota } = judged(TWO, NONE, { [STANDARD]: 11 });
    expect(found).toEqual(['high auto-scaling-group a']);
    expect(messages).toEqual([
      '"a" wants, together with "b", at least 12 vCPUs in eu-west-1; the quota of eu-west-1 is 11 (L-1216C47A, Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances). The instances that start last are refused.',
    ]);
    expect(facts).toMatchObject([{ for: 'together', value: 11, vCpus: 12, with: ['b'], running: 0 }]);
    expect(verdicts).toEqual({ a: 'degraded', b: 'degraded' });
    expect(quota).toContain('a degrades');
  });

  it.each([
    ['they do', TWO, NONE, { [STANDARD]: 12 }],
    [
      'each has another quota',
      {
        groups: { a: { DesiredCapacity: 4 }, b: { DesiredCapacity: 2, ...only('g5.xlarge') } },
      },
      { groups: {} },
      { [STANDARD]: 8, [G]: 8 },
    ],
    [
      'one of them can start a type of another quota',
      {
        groups: { a: { DesiredCapacity: 4 }, b: { DesiredCapacity: 2, ...only('m5.large', 'g5.xlarge') } },
      },
      { groups: {} },
      { [STANDARD]: 8, [G]: 8 },
    ],
    [
      'everything of it runs on the target already',
      TWO,
      {
        groups: {
          a: { DesiredCapacity: 4, Instances: many(4) },
          b: { DesiredCapacity: 2, Instances: many(2) },
        },
      },
      { [STANDARD]: 11 },
    ],
    [
      'one exists on the target under another name',
      { groups: { a: { DesiredCapacity: 4 }, 'b-us-east-1': { DesiredCapacity: 2 } } },
      {
        groups: { a: { DesiredCapacity: 4 }, 'b-eu-west-1': { DesiredCapacity: 2 } },
        instances: [
          instance(null, TARGET, ofGroup('b-eu-west-1')),
          instance(null, TARGET, ofGroup('b-eu-west-1')),
        ],
      },
      { [STANDARD]: 12 },
    ],
  ] as [string, Given, Given, Record<string, number>][])(
    'are not reported together where %s',
    (_, source, target, quotas) => expect(judged(source, target, quotas).found).toEqual([]),
  );

  it('are reported without one that alone is too large', () => {
    const three = { groups: { ...TWO.groups, huge: { DesiredCapacity: 99 } } };
    const { found, verdicts } = judged(three, { groups: {} }, { [STANDARD]: 12 });
    expect(found).toEqual(['high auto-scaling-group huge']);
    expect(verdicts).toMatchObject({ a: 'launchable', b: 'launchable', huge: 'blocked' });
  });

  it('count their smallest type where they have a choice', () => {
    const choice = {
      groups: { a: { DesiredCapacity: 4, ...only('m5.large', 'm5.xlarge') }, b: { DesiredCapacity: 2 } },
    };
    expect(judged(choice, NONE, { [STANDARD]: 12 }).found).toEqual([]);
    expect(judged(choice, NONE, { [STANDARD]: 11 }).found).toHaveLength(1);
  });

  it('share the quota of Spot Instances by themselves', () => {
    const half = { DesiredCapacity: 4, ...only('m5.large') };
    const spot = {
      groups: { a: withSpot(half), b: withSpot(half) },
    };
    expect(judged(spot, { groups: {} }, { [STANDARD]: 8, [SPOT]: 8 }).found).toEqual([]);
    expect(judged(spot, { groups: {} }, { [STANDARD]: 8, [SPOT]: 7 })).toMatchObject({
      found: ['high auto-scaling-group a'],
      facts: [{ quota: SPOT, vCpus: 8 }],
    });
  });

  it('are reported in verification by what the groups of the target still want', () => {
    const target = {
      groups: {
        a: { DesiredCapacity: 4, Instances: many(1) },
        b: { DesiredCapacity: 2, Instances: many(2) },
      },
    };
    const { found, verdicts } = judged(TWO, target, { [STANDARD]: 11 }, 'verification');
    expect(found).toEqual(['high auto-scaling-group a']);
    expect(verdicts).toEqual({ a: 'degraded', b: 'launchable' });
  });
});

describe('what runs on the target', () => {
  const one = { groups: { a: { DesiredCapacity: 4 } } };
  const other = (more: AwsInstance = {}) => ({ instances: [instance('other', TARGET, more)] });
  it('takes vCPUs of the quota', () => {
    const { messages, verdicts } = judged(one, other(), { [STANDARD]: 9 });
    expect(messages[0]).toContain(
      '"a" wants at least 8 vCPUs in eu-west-1, and other instances there take 2; the quota of eu-west-1 is 9',
    );
    expect(verdicts).toEqual({ a: 'degraded' });
    expect(judged(one, other(), { [STANDARD]: 10 }).found).toEqual([]);
  });
  it.each([
    ['is stopped', other({ State: { Name: 'stopped' } })],
    ['is a Spot Instance', other({ InstanceLifecycle: 'spot' })],
    ['is on a dedicated host', other({ Placement: { Tenancy: 'host' } })],
    ['is of another quota', other({ InstanceType: 'g5.xlarge' })],
    ['belongs to the group itself', { groups: { a: { DesiredCapacity: 1 } }, ...other(ofGroup('a')) }],
  ] as [string, Given][])('takes none where it %s', (_, target) => {
    expect(judged(one, target, { [STANDARD]: 8 }).found).toEqual([]);
  });
});

describe('instances of the source that the target lacks', () => {
  const both = (more: AwsInstance = {}) => ({
    groups: { a: { DesiredCapacity: 4 } },
    instances: [instance('db', SOURCE, more)],
  });
  it('count with the groups', () => {
    const { found, verdicts } = judged(both(), NONE, { [STANDARD]: 9 });
    expect(found).toEqual(['high auto-scaling-group a']);
    expect(verdicts).toEqual({ a: 'degraded', db: 'degraded' });
  });
  it.each([
    ['that are stopped', both({ State: { Name: 'stopped' } }), NONE],
    ['that a group starts', both(ofGroup('a')), NONE],
    [
      'without a name that may run there already',
      {
        groups: { a: { DesiredCapacity: 3 } },
        instances: [instance(null, SOURCE)],
      },
      { instances: [instance(null, TARGET)] },
    ],
  ] as [string, Given, Given][])('do not count beside them %s', (_, source, target) => {
    expect(judged(source, target, { [STANDARD]: 8 }).found).toEqual([]);
  });
});

function many(n: number) {
  return Array.from({ length: n }, () => ({}));
}

function only(...types: string[]): Partial<AwsAutoScalingGroup> {
  return {
    LaunchTemplate: undefined,
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateName: 'web' },
        Overrides: types.map((InstanceType) => ({ InstanceType })),
      },
    },
  };
}

function withSpot(group: Partial<AwsAutoScalingGroup>): Partial<AwsAutoScalingGroup> {
  const InstancesDistribution = { OnDemandPercentageAboveBaseCapacity: 50 };
  return { ...group, MixedInstancesPolicy: { ...group.MixedInstancesPolicy, InstancesDistribution } };
}
