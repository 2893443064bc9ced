import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { ACCOUNT, allow, audit, type Estate, finding } from '../kit/estate.ts';

const NAMES = ['a', 'b', 'c'] as const;
const name = fc.constantFrom(...NAMES);
const launch = fc.record({
  key: fc.option(name),
  groups: fc.subarray([...NAMES]),
  image: fc.option(name),
});
const plan = fc.record({
  keys: fc.subarray([...NAMES]),
  groups: fc.subarray(['a', 'b', 'c', 'web-20240512101122334455000001']),
  lists: fc.subarray([...NAMES]),
  images: fc.subarray([...NAMES]),
  peers: fc.array(fc.tuple(name, name), { maxLength: 3 }),
  templates: fc.array(launch, { maxLength: 4 }),
  overrides: fc.array(fc.nat(3), { maxLength: 4 }),
  fleet: fc.array(launch, { maxLength: 4 }),
  stacked: fc.subarray([...NAMES]),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

const EMPTY: Plan = {
  keys: [],
  groups: [],
  lists: [],
  images: [],
  peers: [],
  templates: [],
  overrides: [],
  fleet: [],
  stacked: [],
};

/** Ids in no order that the plan knows: another salt, another order. */
function ids(salt: string) {
  const id = (kind: string, of: string | number) =>
    `${kind}-0${createHash('sha256').update(`${salt} ${kind} ${of}`).digest('hex').slice(0, 16)}`;
  const launchData = (l: Plan['fleet'][number]) => ({
    ...(l.key === null ? {} : { KeyName: l.key }),
    ...(l.image === null ? {} : { ImageId: id('ami', l.image) }),
  });
  return { id, launchData };
}

function built(p: Plan, salt: string): Estate {
  const { id, launchData } = ids(salt);
  const has = <T>(all: readonly T[], of: T) => all.includes(of);
  return {
    vpcs: [
      { VpcId: id('vpc', 'one'), IsDefault: true, CidrBlock: '172.31.0.0/16' },
      { VpcId: id('vpc', 'two'), CidrBlock: '10.2.0.0/16' },
      { VpcId: id('vpc', 'three'), CidrBlock: '10.3.0.0/16' },
    ],
    keyPairs: p.keys.map((k) => ({ KeyPairId: id('key', k), KeyName: k, KeyFingerprint: 'x' })),
    prefixLists: p.lists.map((l, i) => ({
      PrefixListId: id('pl', l),
      PrefixListName: l,
      OwnerId: ACCOUNT,
      Entries: [`10.${i}.0.0/16`],
    })),
    securityGroups: p.groups.flatMap((g) =>
      ['one', 'two', 'three'].map((vpc) => ({
        GroupId: id('sg', vpc === 'one' ? g : `${g} ${vpc}`),
        GroupName: g,
        VpcId: id('vpc', vpc),
        OwnerId: ACCOUNT,
        Description: 'd',
        Tags: has(p.stacked as readonly string[], g)
          ? [
              { Key: 'aws:cloudformation:stack-name', Value: `stack-${vpc}` },
              { Key: 'aws:cloudformation:logical-id', Value: g },
            ]
          : [],
        IpPermissions: p.peers
          .filter(([owner]) => owner === g)
          .map(([, other]) => allow('tcp', 80, 80, id('sg', other), id('pl', other))),
        IpPermissionsEgress: [],
      })),
    ),
    images: p.images.map((i) => ({
      ImageId: id('ami', i),
      Name: i,
      OwnerId: ACCOUNT,
      State: 'available',
      CreationDate: '2026-01-01T00:00:00.000Z',
      Architecture: 'x86_64',
      BlockDeviceMappings: [],
    })),
    launchTemplates: p.templates.map((l, i) => ({
      LaunchTemplateId: id('lt', i),
      LaunchTemplateName: `lt-${i}`,
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [
        {
          LaunchTemplateId: id('lt', i),
          VersionNumber: 1,
          LaunchTemplateData: { ...launchData(l), SecurityGroupIds: l.groups.map((g) => id('sg', g)) },
        },
      ],
    })),
    autoScalingGroups:
      p.templates.length === 0
        ? []
        : [
            {
              AutoScalingGroupName: 'mixed',
              MixedInstancesPolicy: {
                LaunchTemplate: {
                  LaunchTemplateSpecification: { LaunchTemplateId: id('lt', 0) },
                  Overrides: p.overrides
                    .filter((o) => o < p.templates.length)
                    .map((o) => ({ LaunchTemplateSpecification: { LaunchTemplateId: id('lt', o) } })),
                },
              },
            },
          ],
    instances: p.fleet.map((l, i) => ({
      InstanceId: id('i', i),
      VpcId: id('vpc', 'one'),
      State: { Name: 'running' },
      ...launchData(l),
      SecurityGroups: l.groups.map((g) => ({ GroupId: id('sg', g), GroupName: g })),
      Tags: [{ Key: 'Name', Value: 'fleet' }],
    })),
  };
}

const ID = /\b(?:sg|pl|ami|lt|vpc|i|key)-0[0-9a-f]{16}\b/g;
const withoutIds = (text: string) => text.replace(ID, '(id)');

/** All that a report says, without the ids. Which of several alike is paired with which may follow them: that says nothing. */
function said({ findings, pairs, workloads, causes, verdict }: Report) {
  return {
    verdict,
    // What is gone has no name but its id: the identity of a dangling reference holds it.
    findings: findings
      .map((f) => [
        f.rule === 'reference/dangling' ? f.rule : f.fingerprint,
        f.severity,
        withoutIds(f.message),
      ])
      .sort(),
    pairs: pairs
      .map((p) => [p.kind, p.source ? withoutIds(p.name) : p.kind, p.scope, p.state, p.matchedBy])
      .map((p) => JSON.stringify(p))
      .sort(),
    workloads: workloads.map((w) => JSON.stringify([w.kind, withoutIds(w.name), w.verdict])).sort(),
    causes: (causes ?? []).map((c) => withoutIds(c.title)).sort(),
  };
}

/** Two overrides on the target whose groups do not exist there: which of them was reported followed their ids. */
const TWO_OVERRIDES_OF_NOTHING: [Plan, Plan, string, string] = [
  {
    ...EMPTY,
    groups: ['a', 'b'],
    templates: [
      { key: 'a', groups: ['a', 'b'], image: 'a' },
      { key: 'a', groups: [], image: 'a' },
      { key: null, groups: ['a', 'b'], image: null },
    ],
    overrides: [1, 2],
  },
  {
    ...EMPTY,
    templates: [
      { key: 'c', groups: ['c'], image: 'a' },
      { key: null, groups: ['a'], image: null },
      { key: 'c', groups: ['a'], image: 'a' },
    ],
    overrides: [1, 2],
  },
  '',
  '4',
];

describe('ids say nothing', () => {
  it('other ids, and so another order of them, on either side change no finding, no state and no verdict', () => {
    fc.assert(
      fc.property(plan, plan, fc.string(), fc.string(), (a, b, salt, other) => {
        const plain = said(audit(built(a, 's'), built(b, 't')));
        expect(said(audit(built(a, `s${salt}`), built(b, `t${other}`)))).toEqual(plain);
      }),
      { numRuns: 150, examples: [TWO_OVERRIDES_OF_NOTHING] },
    );
  });

  it('an estate is the same as itself under other ids', () => {
    fc.assert(
      fc.property(plan, fc.string(), (a, salt) => {
        const report = audit(built(a, 's'), built(a, `t${salt}`));
        expect(report.findings.filter((f) => f.rule === 'workload/differs')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the overrides of a mixed-instances group', () => {
  const side = (templates: readonly (readonly [id: string, key: string])[]): Estate => ({
    keyPairs: [...new Set(templates.map(([, key]) => key))].map((KeyName) => ({
      KeyName,
      KeyFingerprint: 'x',
    })),
    launchTemplates: templates.map(([id, key]) => ({
      LaunchTemplateId: id,
      LaunchTemplateName: `for-${key}`,
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [{ LaunchTemplateId: id, VersionNumber: 1, LaunchTemplateData: { KeyName: key } }],
    })),
    autoScalingGroups: [
      {
        AutoScalingGroupName: 'mixed',
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: { LaunchTemplateId: templates[0]?.[0] },
            Overrides: templates.map(([LaunchTemplateId]) => ({
              LaunchTemplateSpecification: { LaunchTemplateId },
            })),
          },
        },
      },
    ],
  });
  const differing = (a: Estate, b: Estate) =>
    audit(a, b).findings.filter((f) => f.rule === 'workload/differs' && f.kind === 'auto-scaling-group');

  it('are paired by what they launch, whatever the ids of their templates are', () => {
    expect(
      differing(
        side([
          ['lt-1', 'x'],
          ['lt-2', 'y'],
          ['lt-3', 'z'],
        ]),
        side([
          ['lt-9', 'x'],
          ['lt-8', 'y'],
          ['lt-7', 'z'],
        ]),
      ),
    ).toEqual([]);
  });

  it('differ in what one of them launches, named once', () => {
    const report = audit(
      side([
        ['lt-1', 'x'],
        ['lt-2', 'y'],
      ]),
      {
        ...side([
          ['lt-9', 'z'],
          ['lt-8', 'x'],
        ]),
      },
    );
    const [found] = report.findings.filter(
      (f) => f.rule === 'workload/differs' && f.kind === 'auto-scaling-group',
    );
    expect(found?.facts).toMatchObject({ rows: { source: ['key pair: y'], target: ['key pair: z'] } });
  });

  it('that the target lacks are held against the one that is most like them', () => {
    const a = side([
      ['lt-1', 'x'],
      ['lt-2', 'y'],
    ]);
    expect(finding(audit(a, side([['lt-9', 'x']])), 'workload/differs').facts).toMatchObject({
      rows: { source: ['key pair: y'], target: ['key pair: x'] },
    });
  });
});
