import { describe, expect, it, test } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import type { Config } from '../../../src/comparator/config.ts';
import { complete } from '../../../src/inventory/collected.ts';
import { subnetFrom } from '../../../src/inventory/launch-facts/network.ts';
import type { Report } from '../../../src/report/model.ts';
import { finding, found, snapshotOf, VPC } from '../../kit/estate.ts';

const subnets = (region: string, zones: string, DefaultForAz = true) =>
  complete(
    [...zones].map((zone, i) =>
      subnetFrom({
        SubnetId: `subnet-0${zone.repeat(16)}`,
        VpcId: VPC.VpcId,
        AvailabilityZone: `${region}${zone}`,
        CidrBlock: `10.0.${i}.0/24`,
        DefaultForAz,
      }),
    ),
  );

const side = (region: string, zones: string, isDefault: boolean) =>
  snapshotOf(region, { vpcs: [VPC], launchFacts: { subnets: subnets(region, zones, isDefault) } });

/** A template with an instance in a subnet of this zone; six zones on the source, three on the target. */
const file = (zone: string, { isDefault = true, config = {} as Config, head = '' } = {}): Report =>
  compare({
    source: side('us-east-1', 'abcdef', isDefault),
    target: side('eu-west-1', 'abc', isDefault),
    config,
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [
      {
        file: 'web.yaml',
        template: readTemplate(`${head}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Net:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: ${zone}}
  Web: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Net}}
`),
      },
    ],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const verdict = (report: Report) => report.workloads.map((w) => w.verdict).join();
const why = (report: Report) =>
  report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')));

describe('a zone that Fn::Select takes of Fn::GetAZs', () => {
  test.each([
    ["!Select [2, !GetAZs '']", 'launchable'],
    ["!Select ['0', !GetAZs {Ref: 'AWS::Region'}]", 'launchable'],
    ['!Select [3, !GetAZs eu-west-1]', 'blocked'],
    ["!Select [5, !GetAZs '']", 'blocked'],
  ])('%s is %s', (zone, expected) => {
    expect(verdict(file(zone))).toBe(expected);
  });

  it('is said with how many there are', () => {
    const report = file("!Select [5, !GetAZs '']");
    expect(why(report)).toEqual(['Net -> zone 6 of Fn::GetAZs -> it gives 3 in eu-west-1']);
    expect(found(report)).toEqual(['workload/refused critical']);
    expect(finding(report, 'workload/refused').message).toContain(
      'takes zone 6 of Fn::GetAZs, which gives 3 zones in eu-west-1',
    );
  });

  it('is one that exists where the number of zones is not known', () => {
    expect(verdict(file("!Select [5, !GetAZs '']", { isDefault: false }))).toBe('launchable');
    const config: Config = { launch: { skip: ['subnets'] } };
    expect(verdict(file("!Select [5, !GetAZs '']", { config }))).toBe('launchable');
  });

  it('may depend on a condition that nothing decides', () => {
    const head = 'Parameters: {Many: {Type: String}}\nConditions: {Many: !Equals [!Ref Many, yes]}';
    expect(verdict(file("!If [Many, !Select [5, !GetAZs ''], !Select [0, !GetAZs '']]", { head }))).toBe(
      'unknown',
    );
  });

  it('is of another region where Fn::GetAZs names that', () => {
    const report = file('!Select [0, !GetAZs us-east-1]');
    expect(verdict(report)).toBe('blocked');
    expect(found(report)).toEqual(['reference/of-another-region high']);
  });
});
