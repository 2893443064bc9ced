import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/read.ts';
import { extentOf } from '../../../src/drift/extent.ts';
import type { AwsLaunchData } from '../../../src/inventory/launch-details.ts';
import type { Report } from '../../../src/report/model.ts';
import { allow, audit, type Estate, finding, group } from '../../kit/estate.ts';
import { idOf, judged, SOURCE, TARGET } from '../launches/kit.ts';

const fingerprints = (report: Report, rule: string) =>
  report.findings.filter((f) => f.rule === rule).map((f) => f.fingerprint);

/** Whether each subset of what is wrong has just the fingerprints of its members: none depends on another. */
function eachOnItsOwn<T>(all: readonly T[], found: (some: readonly T[]) => readonly string[]) {
  const own = new Map(all.map((one) => [one, found([one])]));
  for (const [, fingerprint] of own) expect(fingerprint).toHaveLength(1);
  expect(new Set([...own.values()].flat()).size).toBe(all.length);
  fc.assert(
    fc.property(fc.shuffledSubarray([...all]), (some) => {
      expect([...found(some)].sort()).toEqual(some.flatMap((one) => own.get(one) ?? []).sort());
    }),
    { numRuns: 40 },
  );
}

describe('fixing one finding renames no other', () => {
  it('of two groups of one name, each of another VPC, whose ids one template names', () => {
    const vpc = (VpcId: string, CidrBlock: string, Name?: string) => ({
      VpcId,
      CidrBlock,
      Tags: Name ? [{ Key: 'Name', Value: Name }] : [],
    });
    const source: Estate = {
      vpcs: [vpc('vpc-1', '10.1.0.0/16', 'prod'), vpc('vpc-2', '10.2.0.0/16'), vpc('vpc-3', '10.3.0.0/16')],
      securityGroups: [1, 2, 3].map((n) =>
        group('web', [], { GroupId: `sg-0000000000000000${n}`, VpcId: `vpc-${n}` }),
      ),
    };
    const stack = (ids: readonly string[]): NonNullable<Estate['stacks']>[number] => ({
      id: 'stack-1',
      name: 'app',
      status: 'CREATE_COMPLETE',
      template: readTemplate(
        ['Resources:', '  Server:', '    Type: AWS::EC2::Instance', '    Properties:']
          .concat(`      SecurityGroupIds: [${ids.join(', ')}]`)
          .join('\n'),
      ),
      tags: {},
    });
    eachOnItsOwn(source.securityGroups?.map((g) => g.GroupId ?? '') ?? [], (ids) =>
      fingerprints(audit({ ...source, stacks: [stack(ids)] }, { vpcs: [] }), 'reference/hard-coded-group'),
    );
  });

  const ofLaunch = (rule: string, launch: AwsLaunchData, source: AwsLaunchData = {}) =>
    fingerprints(judged({ launch: source }, { launch, group: null }).report, rule);
  const SNAPSHOTS = ['/dev/sdf', '/dev/sdg', '/dev/sdh'];
  const devices = (names: readonly string[], Ebs: object) => names.map((DeviceName) => ({ DeviceName, Ebs }));

  it('of the volumes of a launch that are made from snapshots of the source region', () => {
    eachOnItsOwn(SNAPSHOTS, (some) =>
      ofLaunch('reference/of-another-region', {
        BlockDeviceMappings: devices(some, { SnapshotId: idOf('snap', SOURCE) }),
      }),
    );
  });

  it('of the network interfaces of a launch whose subnets do not exist', () => {
    eachOnItsOwn([0, 1, 2], (some) =>
      ofLaunch('workload/no-subnet', {
        NetworkInterfaces: some.map((DeviceIndex) => ({
          DeviceIndex,
          SubnetId: `subnet-0000000000000000${DeviceIndex}`,
          Groups: [idOf('sg', TARGET)],
        })),
      }),
    );
  });

  it('of the target groups and subnets of an Auto Scaling group', () => {
    const arn = (name: string) =>
      `arn:aws:elasticloadbalancing:${SOURCE}:111122223333:targetgroup/${name}/0123456789abcdef`;
    eachOnItsOwn(['web', 'api', 'admin'], (some) =>
      fingerprints(
        judged({}, { group: { TargetGroupARNs: some.map(arn) } }).report,
        'reference/of-another-region',
      ),
    );
    eachOnItsOwn([1, 2], (some) =>
      fingerprints(
        judged(
          {},
          {
            group: {
              AvailabilityZones: [],
              VPCZoneIdentifier: [
                ...some.map((n) => idOf('subnet', SOURCE, n)),
                idOf('subnet', TARGET, 1),
              ].join(','),
            },
          },
        ).report,
        'reference/of-another-region',
      ),
    );
  });

  it('and how many security groups are too many is no part of the identity', () => {
    const tooMany = (count: number) => {
      const groups = Array.from({ length: count }, (_, n) =>
        group(`g${n}`, [], {
          GroupId: `sg-0000000000000${String(n).padStart(4, '0')}`,
          VpcId: idOf('vpc', TARGET),
        }),
      );
      const launch = { SecurityGroupIds: groups.map((g) => g.GroupId ?? '') };
      const { report } = judged({}, { launch, group: null, more: { securityGroups: groups } });
      return fingerprints(report, 'workload/refused');
    };
    expect(tooMany(17)).toHaveLength(1);
    expect(tooMany(18)).toEqual(tooMany(17));
  });
});

describe('the content of a finding about a launch', () => {
  const offered = (zones: readonly string[]) =>
    finding(judged({}, { offer: { offered: { 'm5.large': zones } } }).report, 'workload/type-not-offered');

  it('changes with what was found, and its fingerprint does not', () => {
    const [nowhere, somewhere] = [offered([`${TARGET}z`]), offered([`${TARGET}a`])];
    expect(nowhere.fingerprint).toBe(somewhere.fingerprint);
    expect(nowhere.content).not.toBe(somewhere.content);
  });
});

describe('a group that only the target has', () => {
  const extra = (cidrs: readonly string[]) =>
    finding(
      audit(
        {},
        {
          securityGroups: [
            group(
              'open',
              cidrs.map((cidr) => allow('tcp', 22, 22, cidr)),
            ),
          ],
        },
      ),
      'security-group/extra',
    );

  it('has worsened where it newly admits any address', () => {
    const [before, now] = [extra(['10.0.0.0/8']), extra(['10.0.0.0/8', '0.0.0.0/0'])];
    expect(now.fingerprint).toBe(before.fingerprint);
    expect(now.content).not.toBe(before.content);
    expect(extentOf(before, now)).toBe('more');
  });
});
