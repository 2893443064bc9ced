import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { FACT_KINDS, FACTS, type FactKind } from '../../../src/inventory/launch-facts/kinds.ts';
import type { Workload } from '../../../src/report/model.ts';
import { LAUNCH_PARTS, type LaunchPart, type PartState } from '../../../src/report/vocabulary.ts';
import { idOf, judged, type SideOf, TARGET } from '../launches/kit.ts';

type States = Partial<Record<LaunchPart, PartState>>;

function lookedAt(target: SideOf, source: SideOf = {}, kind: Workload['kind'] = 'auto-scaling-group') {
  const workload = judged(source, target).report.workloads.find((w) => w.kind === kind);
  if (!workload?.lookedAt) throw new Error(`The report states no parts of the ${kind}.`);
  return workload.lookedAt;
}

function states(target: SideOf, source: SideOf = {}, kind: Workload['kind'] = 'auto-scaling-group'): States {
  const parts = lookedAt(target, source, kind);
  return Object.fromEntries(LAUNCH_PARTS.map((part) => [part, parts[part].state]));
}

/** Routes and ACLs are read: nothing about the network is left out. */
const ROUTES = {
  routeTables: [
    {
      RouteTableId: 'rtb-1',
      VpcId: idOf('vpc', TARGET),
      Associations: [{ Main: true }],
      Routes: [{ DestinationCidrBlock: '10.2.0.0/16', GatewayId: 'local' }],
    },
  ],
};
/** A key is read apart from the rest of the launch data. */
const key = (KeyName: string): object => ({ KeyName });
const GONE = { IamInstanceProfile: { Name: 'gone' } };
const ROLE = { IamInstanceProfile: { Name: 'web-role' } };

describe('the parts of a launch', () => {
  it('are fine where a check compared them, and do not apply where the launch names nothing of them', () => {
    expect(states({ launch: ROLE, offer: ROUTES })).toEqual({
      key: 'does-not-apply',
      groups: 'fine',
      image: 'fine',
      type: 'fine',
      network: 'fine',
      profile: 'fine',
      storage: 'does-not-apply',
      quota: 'fine',
    });
  });

  it('say what the launch names of them', () => {
    const parts = lookedAt({ launch: ROLE });
    expect(parts.groups.what).toEqual(['web']);
    expect(parts.image.what).toEqual(['web-1']);
    expect(parts.type.what).toEqual(['m5.large']);
    expect(parts.network.what).toEqual([idOf('subnet', TARGET, 1), idOf('subnet', TARGET, 2)]);
    expect(parts.profile.what).toEqual(['web-role']);
    expect(parts.key).toEqual({ state: 'does-not-apply' });
  });

  const troubled: [string, SideOf, LaunchPart, PartState][] = [
    ['a type that is not offered', { offer: { offered: {} } }, 'type', 'stops'],
    [
      'a type offered in one zone of two',
      { offer: { offered: { 'm5.large': [`${TARGET}a`] } } },
      'type',
      'degrades',
    ],
    ['an absent profile', { launch: GONE }, 'profile', 'stops'],
    ['subnets that do not exist', { offer: { subnets: [] } }, 'network', 'stops'],
    ['a quota that is too small', { offer: { quotas: { 'L-1216C47A': 1 } } }, 'quota', 'stops'],
    [
      'a volume smaller than its snapshot',
      {
        launch: {
          BlockDeviceMappings: [
            { DeviceName: '/dev/sdf', Ebs: { SnapshotId: idOf('snap', TARGET), VolumeSize: 4 } },
          ],
        },
      },
      'storage',
      'stops',
    ],
    ['a key that does not exist', { launch: key('gone') }, 'key', 'stops'],
    ['a group that does not exist', { launch: { SecurityGroupIds: ['sg-gone'] } }, 'groups', 'stops'],
    ['an image that cannot be used', { image: { State: 'failed' } }, 'image', 'stops'],
  ];
  it.each(troubled)('show %s in their part alone', (_, target, part, state) => {
    const before = states({ launch: target.launch?.IamInstanceProfile ? ROLE : {}, offer: ROUTES });
    const after = states({ ...target, offer: { ...ROUTES, ...target.offer } });
    expect(after[part]).toBe(state);
    const others = LAUNCH_PARTS.filter((p) => p !== part && after[p] !== before[p]);
    // Without its subnets nobody can tell whether the type is offered in their zones.
    expect(others.filter((p) => after[p] === 'stops')).toEqual([]);
  });

  it('of an object that has no counterpart yet are those of what would be made', () => {
    const source = { launch: ROLE };
    expect(states({ made: false, offer: ROUTES }, source, 'launch-template')).toMatchObject({
      type: 'fine',
      profile: 'fine',
    });
    expect(states({ made: false, offer: ROUTES }, { launch: GONE }, 'launch-template').profile).toBe('stops');
  });

  it('are none of them known where the template of a group does not exist', () => {
    const group = { LaunchTemplate: { LaunchTemplateId: 'lt-gone', Version: '1' } };
    const found = states({ made: false }, { group });
    expect(new Set(Object.values(found))).toEqual(new Set(['not-looked-at', 'fine']));
    expect(found.type).toBe('not-looked-at');
  });

  it('differ in the part in which the counterpart refers to something else', () => {
    const found = states(
      { launch: key('b'), more: { keyPairs: [{ KeyName: 'a' }, { KeyName: 'b' }] } },
      { launch: key('a'), more: { keyPairs: [{ KeyName: 'a' }, { KeyName: 'b' }] } },
      'launch-template',
    );
    expect(found.key).not.toBe('fine');
    expect(found.image).toBe('fine');
  });
});

describe('a part that was not read', () => {
  /** Of these the launch below names something. */
  const NAMED: readonly [FactKind, LaunchPart][] = [
    ['subnets', 'network'],
    ['instanceTypeOfferings', 'type'],
    ['instanceTypes', 'type'],
    ['instanceProfiles', 'profile'],
    ['quotas', 'quota'],
    ['routeTables', 'network'],
    ['networkAcls', 'network'],
    ['metadataDefaults', 'type'],
    ['placementGroups', 'network'],
    ['networkInterfaces', 'network'],
    ['kmsKeys', 'storage'],
  ];
  const launch = {
    ...ROLE,
    MetadataOptions: { HttpTokens: 'optional' },
    Placement: { GroupName: 'cg1' },
    NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: 'eni-1', Groups: [idOf('sg', TARGET)] }],
    BlockDeviceMappings: [
      { DeviceName: '/dev/sdf', Ebs: { Encrypted: true, KmsKeyId: 'mrk-1', VolumeSize: 20 } },
    ],
  };
  const offer = {
    ...ROUTES,
    placementGroups: ['cg1'],
    interfaces: ['eni-1'],
    keys: { 'mrk-1': 'Enabled' },
  };

  it.each(NAMED)('is unknown where the read of %s was denied', (kind, part) => {
    expect(states({ launch, offer }, {}, 'launch-template')[part]).not.toBe('unknown');
    const denied: SideOf = { launch, offer: { ...offer, denied: [kind] } };
    // What a type can do and which profiles an account has is known from either side.
    const source: SideOf = { offer: { denied: [kind] } };
    // Subnets, their routes and the quota are those of the group.
    const found = [states(denied, source), states(denied, source, 'launch-template')];
    expect(found.map((s) => s[part])).toContain('unknown');
    expect(found.map((s) => s[part])).not.toContain('stops');
  });

  it('is never fine where a fact that decides it is missing', () => {
    for (const kind of FACT_KINDS) {
      const given = states({ launch, offer: { ...offer, denied: [kind] } }, { offer: { denied: [kind] } });
      const fine = NAMED.filter(([named, part]) => named === kind && given[part] === 'fine');
      expect(fine, FACTS[kind].many).toEqual([]);
    }
  });

  it('is not looked at where a folder does not hold it, and notLookedAt says so', () => {
    const unread = { profiles: undefined } as never;
    const found = judged({ offer: unread }, { launch: ROLE, offer: unread });
    const group = found.report.workloads.find((w) => w.kind === 'auto-scaling-group');
    expect(group?.lookedAt?.profile).toEqual({ state: 'not-looked-at', what: ['web-role'] });
    expect(found.notLookedAt).toContain('target instance profiles');
  });
});

it('of a stack are what its template names; what is not judged of it notLookedAt says', () => {
  const template = readTemplate(
    'Resources:\n  Web:\n    Type: AWS::EC2::LaunchTemplate\n    Properties: { LaunchTemplateData: { KeyName: a, InstanceType: m5.large } }\n',
  );
  const stacks = [{ id: 'app', name: 'app', status: 'CREATE_COMPLETE', template, tags: {} }];
  const keyPairs = [{ KeyName: 'a' }];
  const { report } = judged({ more: { keyPairs, stacks } }, { more: { keyPairs } });
  const stack = report.workloads.find((w) => w.kind === 'stack');
  expect(stack?.lookedAt).toMatchObject({ type: { state: 'fine' }, quota: { state: 'not-looked-at' } });
  expect(report.notLookedAt.map(({ what }) => what)).toContainEqual(
    expect.stringContaining('of what stacks and template files launch'),
  );
});

it('of two snapshots of a version that read nothing of it, nothing but key pair, groups and image is fine', () => {
  const former: SideOf = { launch: ROLE, more: { launchFacts: {} } };
  const { report } = judged(former, former);
  for (const { lookedAt } of report.workloads) {
    const fine = LAUNCH_PARTS.filter((part) => lookedAt?.[part].state === 'fine');
    expect(fine).toEqual(['groups', 'image']);
    expect(lookedAt?.type.state).toBe('not-looked-at');
    expect(lookedAt?.profile.state).toBe('not-looked-at');
  }
  const reasons = new Set(report.notLookedAt.map(({ because }) => because));
  expect(
    [...reasons].filter((because) => because.includes('version of ec2-parity that did not read it')),
  ).toHaveLength(1);
});
