import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ED25519, RSA } from '../../inventory/vectors.ts';
import { ACCOUNT, allow, audit, type Estate, group, VPC } from '../../kit/estate.ts';

const N = 4;
const indices = Array.from({ length: N }, (_, i) => i);

/** What became of each thing on the way over. */
type Fate = 'arrived' | 'missing' | 'changed' | 'unread';
const fates = fc.array(fc.constantFrom<Fate>('arrived', 'arrived', 'missing', 'changed'), {
  minLength: N,
  maxLength: N,
});

interface Launches {
  readonly key: number | null;
  readonly groups: readonly number[];
  readonly image: number;
}
const launch: fc.Arbitrary<Launches> = fc.record({
  key: fc.option(fc.nat({ max: N - 1 })),
  groups: fc.uniqueArray(fc.nat({ max: N - 1 }), { minLength: 1, maxLength: 2 }),
  image: fc.nat({ max: N - 1 }),
});

const world = fc.record({
  keys: fates,
  groups: fates,
  images: fates,
  unread: fc.subarray(['keyPairs', 'securityGroups', 'images'] as const, { maxLength: 1 }),
  templates: fc.array(launch, { minLength: 1, maxLength: 4 }),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

const ami = (side: number, i: number) => `ami-${String(side * 1000 + i).padStart(17, '0')}`;
const date = (day: number) => `2026-10-${String(day).padStart(2, '0')}T00:00:00.000Z`;

function sourceOf({ templates }: World): Estate {
  return {
    vpcs: [VPC],
    keyPairs: indices.map((i) => ({ KeyName: `key-${i}`, PublicKey: RSA.line, KeyType: 'rsa' })),
    securityGroups: indices.map((i) => group(`group-${i}`, [allow('tcp', 1000 + i, 1000 + i, '0.0.0.0/0')])),
    images: indices.map((i) => ({
      ImageId: ami(1, i),
      Name: `${'abcd'[i]}-image`,
      State: 'available',
      OwnerId: ACCOUNT,
      CreationDate: date(1),
    })),
    launchTemplates: templates.map(({ key, groups, image }, i) => ({
      LaunchTemplateId: `lt-${i}`,
      LaunchTemplateName: `template-${i}`,
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [
        {
          VersionNumber: 1,
          LaunchTemplateData: {
            ImageId: ami(1, image),
            ...(key === null ? {} : { KeyName: `key-${key}` }),
            SecurityGroupIds: groups.map((g) => `sg-group-${g}`),
          },
        },
      ],
    })),
    // So that two groups that differ never cancel out: each is worn alone too.
    instances: indices.map((i) => ({
      InstanceId: `i-${i}`,
      State: { Name: 'running' },
      NetworkInterfaces: [{ Groups: [{ GroupId: `sg-group-${i}` }] }],
    })),
  };
}

function targetOf({ keys, groups, images, unread }: World): Estate {
  const there = (all: readonly Fate[]) => indices.filter((i) => all[i] !== 'missing');
  return {
    vpcs: [VPC],
    unread,
    keyPairs: there(keys).map((i) => ({
      KeyName: `key-${i}`,
      ...(keys[i] === 'changed'
        ? { PublicKey: ED25519.line, KeyType: 'ed25519' }
        : { PublicKey: RSA.line, KeyType: 'rsa' }),
    })),
    securityGroups: there(groups).map((i) =>
      group(`group-${i}`, [allow('tcp', groups[i] === 'changed' ? 9 : 1000 + i, 1000 + i, '0.0.0.0/0')], {
        GroupId: `sg-there-${i}`,
      }),
    ),
    images: there(images).map((i) => ({
      ImageId: ami(2, i),
      Name: `${'abcd'[i]}-image`,
      State: 'available',
      OwnerId: ACCOUNT,
      CreationDate: date(2),
      SourceImageId: images[i] === 'changed' ? ami(9, i) : ami(1, i),
      SourceImageRegion: 'us-east-1',
    })),
  };
}

/** Worked out by hand, from what was done to the estate and not from the report. */
function expected({ keys, groups, images, unread }: World, { key, groups: worn, image }: Launches): string {
  const fate = (kind: 'keyPairs' | 'securityGroups' | 'images', of: Fate | undefined): Fate =>
    unread.some((k) => k === kind) ? 'unread' : (of ?? 'arrived');
  const all = [
    ...(key === null ? [] : [fate('keyPairs', keys[key])]),
    ...worn.map((g) => fate('securityGroups', groups[g])),
    fate('images', images[image]),
  ];
  if (all.includes('missing')) return 'blocked';
  if (all.includes('unread')) return 'unknown';
  return all.includes('changed') ? 'degraded' : 'launchable';
}

describe('the verdict of a workload', () => {
  it('follows from what became of each thing that it refers to, whatever else there is', () => {
    fc.assert(
      fc.property(world, (w) => {
        const report = audit(sourceOf(w), targetOf(w));
        const verdicts = report.workloads.filter((x) => x.kind === 'launch-template').map((x) => x.verdict);
        expect(verdicts).toEqual(w.templates.map((t) => expected(w, t)));
      }),
      { numRuns: 80 },
    );
  });

  it('always has its reasons: a finding that stands in the report, or a gap that makes the run incomplete', () => {
    fc.assert(
      fc.property(world, (w) => {
        const report = audit(sourceOf(w), targetOf(w));
        const known = new Map(report.findings.map((f) => [f.fingerprint, f]));
        for (const { kind, id, verdict, because } of report.workloads) {
          for (const f of because)
            expect(known.get(f)?.usedBy).toContainEqual(expect.objectContaining({ kind, id }));
          if (verdict === 'blocked' || verdict === 'degraded') expect(because.length).toBeGreaterThan(0);
          if (verdict === 'launchable') expect(because).toEqual([]);
          if (verdict === 'unknown') expect(report.complete).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never gets better by taking something away on the target', () => {
    const rank = ['blocked', 'unknown', 'degraded', 'launchable'];
    fc.assert(
      fc.property(
        world,
        fc.nat({ max: N - 1 }),
        fc.constantFrom('keys', 'groups', 'images'),
        (w, i, kind) => {
          const less = {
            ...w,
            [kind]: (w[kind as 'keys'] as Fate[]).map((f, j) => (i === j ? 'missing' : f)),
          };
          const [before, after] = [w, less].map((x) => audit(sourceOf(x), targetOf(x)).workloads);
          for (const [j, one] of (after ?? []).entries())
            expect(rank.indexOf(one.verdict)).toBeLessThanOrEqual(rank.indexOf(before?.[j]?.verdict ?? ''));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a finding weighs critical for want of a thing exactly where a workload of the source uses it', () => {
    fc.assert(
      fc.property(world, (w) => {
        const { findings } = audit(sourceOf(w), targetOf(w));
        for (const f of findings) {
          const used = f.usedBy.some((u) => u.side === 'source');
          if (f.rule === 'key-pair/missing') expect(f.severity).toBe(used ? 'critical' : 'medium');
          if (f.rule === 'image/missing-copy') expect(f.severity).toBe(used ? 'critical' : 'medium');
          if (f.rule === 'security-group/missing') expect(f.severity).toBe(used ? 'critical' : 'high');
        }
      }),
      { numRuns: 60 },
    );
  });
});
