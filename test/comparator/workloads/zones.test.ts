import { describe, expect, it, test } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import type { Config } from '../../../src/comparator/config.ts';
import { complete } from '../../../src/inventory/collected.ts';
import { EVERY_TYPE } from '../../../src/inventory/launch-facts/kinds.ts';
import { subnetFrom } from '../../../src/inventory/launch-facts/network.ts';
import type { Report } from '../../../src/report/model.ts';
import { IMAGE_YAML, LATEST_YAML } from '../../cloudformation/completed.ts';
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

const side = (region: string, zones: string, isDefault: boolean, offered = '') =>
  snapshotOf(region, {
    vpcs: [VPC],
    launchFacts: {
      subnets: subnets(region, zones, isDefault),
      ...(offered === ''
        ? {}
        : {
            instanceTypeOfferings: complete([
              { id: EVERY_TYPE, zones: [], inRegion: true },
              { id: 't3.micro', zones: [...offered].map((zone) => `${region}${zone}`), inRegion: true },
            ]),
          }),
    },
  });

/** A template with an instance in a subnet of this zone; six zones on the source, three on the target. */
const file = (
  zone: string,
  { isDefault = true, config = {} as Config, head = '', zones = 'abc', offered = '', more = '' } = {},
): Report =>
  compare({
    source: side('us-east-1', 'abcdef', isDefault),
    target: side('eu-west-1', zones, isDefault, offered),
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
  Web: {Type: AWS::EC2::Instance, Properties: {${IMAGE_YAML}, SubnetId: !Ref Net}}
${LATEST_YAML}${more}`),
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

const NOT_SHOWN = 'Availability Zones that templates name (whether each exists)';
const isListed = (report: Report) =>
  report.notLookedAt.some(({ what, side: of }) => what === NOT_SHOWN && of === 'target');

interface GivenZones {
  readonly isDefault?: boolean;
  readonly zones?: string;
  readonly offered?: string;
  readonly expected?: string;
}

const ofRegion = (letter: string) => `!Sub '\${AWS::Region}${letter}'`;

describe('a zone that a resource of a template names', () => {
  test.each([
    [ofRegion('f'), 'blocked'],
    ["!Join ['', [!Ref AWS::Region, f]]", 'blocked'],
    ['eu-west-1f', 'blocked'],
    [ofRegion('a'), 'launchable'],
    ['eu-west-1c', 'launchable'],
  ])('%s is %s where the default subnets show the zones', (zone, expected) => {
    const report = file(zone);
    expect(verdict(report)).toBe(expected);
    expect(isListed(report)).toBe(false);
  });

  it('is said with the resource and its line', () => {
    const report = file(ofRegion('f'));
    expect(why(report)).toEqual(['Net -> zone eu-west-1f -> does not exist in eu-west-1']);
    expect(found(report)).toEqual(['workload/refused critical']);
    expect(finding(report, 'workload/refused').message).toContain(
      'names Availability Zone eu-west-1f, which does not exist in eu-west-1: no subnet and no instance type offering that was read there names it (web.yaml:6, Net)',
    );
  });

  test.each([
    ['no default subnet', 'eu-west-1f', { isDefault: false }],
    ['one zone only', 'eu-west-1b', { zones: 'a' }],
    ['two zones only', 'eu-west-1c', { zones: 'ab' }],
    ['two zones, and offerings of three', 'eu-west-1d', { zones: 'ab', offered: 'abc', expected: 'blocked' }],
    ['a zone that only offerings name', 'eu-west-1d', { offered: 'abcd', expected: 'launchable' }],
    ['offerings of every type', 'eu-west-1f', { isDefault: false, offered: 'abc', expected: 'blocked' }],
    ['a Local Zone', 'eu-west-1-lon-1a', {}],
    ['the id of a zone', 'euw1-az9', {}],
  ])('with %s: %s', (_, zone, { expected = 'not shown', ...given }: GivenZones) => {
    const report = file(zone, given);
    expect(isListed(report) ? 'not shown' : verdict(report)).toBe(expected);
    expect(verdict(report)).toBe(expected === 'not shown' ? 'launchable' : expected);
  });

  it('is listed as not looked at where subnets were not read', () => {
    const report = file('eu-west-1f', { config: { launch: { skip: ['subnets'] } } });
    expect(verdict(report)).toBe('launchable');
    expect(report.notLookedAt.some(({ what }) => what.startsWith('subnets'))).toBe(true);
  });

  it('may be of any resource, and under a condition that nothing decides', () => {
    const volume = (zone: string) =>
      `  Disk: {Type: AWS::EC2::Volume, Properties: {Size: 8, AvailabilityZone: ${zone}}}\n`;
    expect(verdict(file('eu-west-1a', { more: volume('eu-west-1e') }))).toBe('blocked');
    expect(verdict(file('eu-west-1a', { more: volume('eu-west-1b') }))).toBe('launchable');
    const head = 'Parameters: {Many: {Type: String}}\nConditions: {Many: !Equals [!Ref Many, yes]}';
    expect(verdict(file('!If [Many, eu-west-1f, eu-west-1a]', { head }))).toBe('unknown');
  });
});
