import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwsLaunchData } from '../../../src/inventory/launch-details.ts';
import type { Report } from '../../../src/report/model.ts';
import { PHASES } from '../../../src/report/vocabulary.ts';
import { audit, type Estate } from '../../kit/estate.ts';
import { idOf, type Offer, type SideOf, SOURCE, side, TARGET } from './kit.ts';

/** Whose id a launch names: its own region's, the other region's, or one that no region has. */
const whose = fc.constantFrom('none', 'own', 'other', 'gone');
const named = (
  value: typeof whose extends fc.Arbitrary<infer T> ? T : never,
  kind: string,
  region: string,
) => {
  const other = region === SOURCE ? TARGET : SOURCE;
  switch (value) {
    case 'none':
      return null;
    case 'own':
      return idOf(kind, region);
    case 'other':
      return idOf(kind, other);
    case 'gone':
      return `${kind}-0ccccccccccccccc1`;
  }
};

const KEYS = {
  [SOURCE]: '11111111-1111-4111-8111-111111111111',
  [TARGET]: '22222222-2222-4222-8222-222222222222',
} as const;
const DROPPABLE = [
  'subnets',
  'offered',
  'types',
  'profiles',
  'quotas',
  'placementGroups',
  'keys',
  'snapshots',
  'interfaces',
  'associations',
  'routeTables',
  'networkAcls',
] as const satisfies readonly (keyof Offer)[];

const plan = fc.record({
  made: fc.boolean(),
  subnet: whose,
  interface: whose,
  snapshot: whose,
  key: whose,
  profile: fc.constantFrom(null, 'web-role', 'gone-role'),
  placement: fc.constantFrom(null, 'cg1', 'gone-group'),
  type: fc.constantFrom('m5.large', 'm7g.large', 'p4de.24xlarge'),
  tokens: fc.constantFrom(undefined, 'optional', 'required'),
  groupSubnets: fc.subarray(['own', 'other', 'gone'] as const, { minLength: 1 }),
  targetGroups: fc.subarray(['own', 'other'] as const),
  quota: fc.constantFrom(640, 2),
  unread: fc.subarray([...DROPPABLE]),
  denied: fc.subarray(['subnets', 'instanceProfiles', 'kmsKeys', 'quotas'] as const),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

function estateOf(p: Plan, region: typeof SOURCE | typeof TARGET): Estate {
  const other = region === SOURCE ? TARGET : SOURCE;
  const regionOf = { own: region, other, gone: 'ap-south-1', none: region };
  const subnet = named(p.subnet, 'subnet', region);
  const eni = named(p.interface, 'eni', region);
  const launch: AwsLaunchData = {
    InstanceType: p.type,
    ...(subnet || eni
      ? {
          NetworkInterfaces: [
            ...(eni ? [{ DeviceIndex: 0, NetworkInterfaceId: eni }] : []),
            ...(subnet ? [{ DeviceIndex: eni ? 1 : 0, SubnetId: subnet, Groups: [idOf('sg', region)] }] : []),
          ],
        }
      : {}),
    ...(p.snapshot === 'none' && p.key === 'none'
      ? {}
      : {
          BlockDeviceMappings: [
            {
              DeviceName: '/dev/sdf',
              Ebs: {
                ...(p.snapshot === 'none'
                  ? {}
                  : { SnapshotId: named(p.snapshot, 'snap', region) ?? '', VolumeSize: 8 }),
                ...(p.key === 'none'
                  ? {}
                  : {
                      Encrypted: true,
                      KmsKeyId:
                        p.key === 'gone'
                          ? '33333333-3333-4333-8333-333333333333'
                          : KEYS[p.key === 'own' ? region : other],
                    }),
              },
            },
          ],
        }),
    ...(p.profile ? { IamInstanceProfile: { Name: p.profile } } : {}),
    ...(p.placement ? { Placement: { GroupName: p.placement } } : {}),
    ...(p.tokens ? { MetadataOptions: { HttpTokens: p.tokens } } : {}),
  };
  const offer: Offer = {
    quotas: { 'L-1216C47A': p.quota },
    keys: { [KEYS[region]]: 'Enabled' },
    placementGroups: ['cg1'],
    interfaces: [idOf('eni', region)],
    denied: p.denied,
    ...Object.fromEntries(p.unread.map((kind) => [kind, undefined])),
  };
  const given: SideOf = {
    made: p.made,
    launch,
    offer,
    group: {
      VPCZoneIdentifier: p.groupSubnets.map((w) => named(w, 'subnet', region)).join(','),
      TargetGroupARNs: p.targetGroups.map(
        (w) =>
          `arn:aws:elasticloadbalancing:${regionOf[w]}:111122223333:targetgroup/web/${w === 'own' ? 'a' : 'b'}123456789abcdef`,
      ),
    },
  };
  return side(region, given);
}

const ID =
  /\b(?:sg|ami|vpc|lt|subnet|snap|eni|pl)-0[0-9a-f]{15,16}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;

/** Every id of both sides written otherwise, each one alike wherever it is named. */
function renamed(estate: Estate, salt: string): Estate {
  const hex = (id: string) => createHash('sha256').update(`${salt} ${id}`).digest('hex');
  const text = JSON.stringify(estate).replace(ID, (id) => {
    const h = hex(id);
    const [, prefix] = /^([a-z]+)-0/.exec(id) ?? [];
    return prefix && !/^[0-9a-f]{8}-/.test(id)
      ? `${prefix}-0${h.slice(0, 16)}`
      : `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
  });
  return JSON.parse(text) as Estate;
}

const withoutIds = (text: string) => text.replace(ID, '(id)');
const sorted = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();

/** All that a report says, without the ids. What exists nowhere has no other name than its id, and keeps it in its identity. */
function said({ findings, workloads, causes, gaps, notLookedAt, verdict }: Report) {
  return {
    verdict,
    findings: sorted(
      findings.map((f) => [
        /does not exist|was not found|which a launch of/.test(f.message) ? f.rule : f.fingerprint,
        f.severity,
        withoutIds(f.message),
        withoutIds(f.remedy),
      ]),
    ),
    workloads: sorted(
      workloads.map((w) => [
        w.kind,
        w.name,
        w.verdict,
        sorted((w.chains ?? []).map((c) => [c.verdict, withoutIds(c.steps.join(' '))])),
      ]),
    ),
    causes: sorted((causes ?? []).map((c) => [withoutIds(c.title), c.workloads.length])),
    gaps: sorted(gaps.map((g) => [g.side, g.kind, g.code, withoutIds(g.message)])),
    notLookedAt: sorted(notLookedAt.map((n) => [n.side, n.what, withoutIds(n.because)])),
  };
}

/** The rows of every answer the other way round. */
function reversed(estate: Estate): Estate {
  const turn = (value: unknown): unknown => (Array.isArray(value) ? [...value].reverse() : value);
  const facts = Object.entries(estate.launchFacts ?? {}).map(([kind, one]) => [
    kind,
    one?.status === 'complete' ? { ...one, items: turn(one.items) } : one,
  ]);
  return {
    ...(Object.fromEntries(Object.entries(estate).map(([kind, rows]) => [kind, turn(rows)])) as Estate),
    launchFacts: Object.fromEntries(facts),
  };
}

const phase = fc.constantFrom(...PHASES);

describe('whatever launches name', () => {
  it('other ids on both sides change no finding, no reason, no verdict and no gap', () => {
    fc.assert(
      fc.property(plan, plan, phase, fc.string({ minLength: 1 }), (a, b, how, salt) => {
        const [source, target] = [estateOf(a, SOURCE), estateOf(b, TARGET)];
        const plain = said(audit(source, target, { phase: how }));
        expect(said(audit(renamed(source, salt), renamed(target, salt), { phase: how }))).toEqual(plain);
      }),
      { numRuns: 150 },
    );
  });

  it('the order of the rows of an answer changes not a byte', () => {
    fc.assert(
      fc.property(plan, plan, phase, (a, b, how) => {
        const [source, target] = [estateOf(a, SOURCE), estateOf(b, TARGET)];
        const plain = JSON.stringify(audit(source, target, { phase: how }));
        expect(JSON.stringify(audit(reversed(source), reversed(target), { phase: how }))).toBe(plain);
      }),
      { numRuns: 100 },
    );
  });

  it('no two findings share a fingerprint, and each reason of a verdict is a finding of the report', () => {
    fc.assert(
      fc.property(plan, plan, phase, (a, b, how) => {
        const report = audit(estateOf(a, SOURCE), estateOf(b, TARGET), { phase: how });
        const ids = report.findings.map((f) => f.fingerprint);
        expect(new Set(ids).size).toBe(ids.length);
        // A number at its end would say that two findings could not be told apart.
        expect(ids.filter((id) => id.includes('-'))).toEqual([]);
        for (const w of report.workloads) expect(ids).toEqual(expect.arrayContaining([...w.because]));
        for (const w of report.workloads.filter((one) => one.verdict === 'launchable'))
          expect(w.because).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
