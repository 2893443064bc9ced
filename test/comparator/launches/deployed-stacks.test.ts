import { describe, expect, it, test } from 'vitest';
import { readTemplate, type StackValue } from '../../../src/cloudformation/index.ts';
import { complete } from '../../../src/inventory/collected.ts';
import { metadataDefaultsFrom, quotaFrom } from '../../../src/inventory/launch-facts/account.ts';
import { offeringsFrom } from '../../../src/inventory/launch-facts/compute.ts';
import { instanceTypeFrom } from '../../../src/inventory/launch-facts/instance-type.ts';
import { subnetFrom } from '../../../src/inventory/launch-facts/network.ts';
import type { Stack } from '../../../src/inventory/stack.ts';
import { audit, type Estate, VPC } from '../../kit/estate.ts';

const HERE = 'subnet-0aaaaaaaaaaaaaaaa';
const THERE = 'subnet-0bbbbbbbbbbbbbbbb';
const subnet = (SubnetId: string, AvailabilityZone: string, free = 200) =>
  subnetFrom({
    SubnetId,
    VpcId: VPC.VpcId,
    AvailabilityZone,
    CidrBlock: '10.0.0.0/24',
    AvailableIpAddressCount: free,
  });
const target: Estate = {
  vpcs: [VPC],
  keyPairs: [{ KeyName: 'deploy-eu' }],
  launchFacts: {
    subnets: complete([subnet(THERE, 'eu-west-1a', 0)]),
    instanceTypeOfferings: complete(
      offeringsFrom([
        { InstanceType: 'm5.large', LocationType: 'availability-zone', Location: 'eu-west-1a' },
      ]),
    ),
    instanceTypes: complete([instanceTypeFrom({ InstanceType: 'm5.large', VCpuInfo: { DefaultVCpus: 2 } })]),
    quotas: complete([quotaFrom({ QuotaCode: 'L-1216C47A', Value: 1 })]),
    groupVpcs: complete([]),
    metadataDefaults: complete([metadataDefaultsFrom({})]),
  },
};
const source: Estate = {
  vpcs: [VPC],
  keyPairs: [{ KeyName: 'deploy' }],
  launchFacts: { subnets: complete([subnet(HERE, 'us-east-1a')]) },
};

function stack(
  region: string,
  properties: object,
  values: readonly StackValue[] = [],
  more: object = {},
): Stack {
  const text = JSON.stringify({
    Parameters: { Subnet: { Type: 'String' } },
    Resources: { Server: { Type: 'AWS::EC2::Instance', Properties: properties } },
  });
  return {
    id: `arn:aws:cloudformation:${region}:111122223333:stack/web/1`,
    name: 'web',
    status: 'CREATE_COMPLETE',
    template: readTemplate(text, [...values]),
    tags: {},
    ...more,
  };
}
const given = (value: string): StackValue => ({ name: 'Subnet', value, resolved: null, masked: false });

function judged(here: object, there: object, more: object = {}, values: [string?, string?] = []) {
  const [s, t] = values.map((v) => (v === undefined ? [] : [given(v)]));
  const report = audit(
    { ...source, stacks: [stack('us-east-1', here, s)] },
    { ...target, stacks: [stack('eu-west-1', there, t, more)] },
    { scopes: ['workloads'] } as never,
  );
  return {
    verdict: report.workloads.map((w) => `${w.kind} ${w.name} ${w.verdict}`).join(),
    messages: report.findings.filter((f) => f.kind === 'stack').map((f) => f.message),
    why: report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> '))),
    because: report.workloads.flatMap((w) => w.because),
  };
}

const FINE = { InstanceType: 'm5.large', SubnetId: THERE };
const REFUSED = { InstanceType: 'p4de.24xlarge', SubnetId: THERE };

describe('a stack that is deployed on both sides', () => {
  it('has the verdict of the template of the target', () => {
    expect(judged(REFUSED, FINE)).toMatchObject({ verdict: 'stack web launchable', messages: [] });
    const refused = judged(FINE, REFUSED);
    expect(refused.verdict).toBe('stack web blocked');
    expect(refused.messages).toEqual([expect.stringContaining('In eu-west-1 "web" launches p4de.24xlarge')]);
    expect(refused.because).toHaveLength(1);
  });

  it('has the verdict of what the template of the target refers to', () => {
    const named = (KeyName: string) => ({ ...FINE, KeyName });
    expect(judged(named('deploy'), named('deploy-eu')).verdict).toBe('stack web launchable');
    const gone = judged(named('deploy'), named('gone'));
    expect(gone.verdict).toBe('stack web blocked');
    expect(gone.why).toEqual([
      'its counterpart in eu-west-1 -> Server -> key pair gone -> does not exist in eu-west-1',
    ]);
  });

  it('is judged by the values that the stack of the target was given', () => {
    const byParameter = { InstanceType: 'm5.large', SubnetId: { Ref: 'Subnet' } };
    expect(judged(byParameter, byParameter, {}, [HERE, THERE]).verdict).toBe('stack web launchable');
    const lost = judged(byParameter, byParameter, {}, [HERE, 'subnet-0cccccccccccccccc']);
    expect(lost.verdict).toBe('stack web blocked');
    expect(lost.messages).toEqual([expect.stringContaining('subnet-0cccccccccccccccc')]);
  });

  it('needs no quota and no address for the instances that run already', () => {
    // The subnet of the target is full, and the quota is one vCPU.
    expect(judged(FINE, FINE)).toMatchObject({ verdict: 'stack web launchable', messages: [], why: [] });
  });

  test.each([
    ['its creation failed', { status: 'ROLLBACK_COMPLETE' }],
    ['it was never created', { status: 'REVIEW_IN_PROGRESS' }],
    ['its template was not read', { template: null }],
  ])('is judged as the source has it where that of the target is no counterpart: %s', (_, more) => {
    expect(judged({ InstanceType: 'p4de.24xlarge' }, FINE, more).verdict).toBe('stack web blocked');
  });
});
