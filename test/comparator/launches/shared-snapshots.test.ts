import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/comparator/compare.ts';
import { snapshotOf } from '../../kit/estate.ts';
import { type Offer, OTHER_ACCOUNT, SOURCE, side } from './kit.ts';

const SNAPSHOT = 'snap-0aaaaaaaaaaaaaa77';
const launch = { BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { SnapshotId: SNAPSHOT } }] };

/** Two accounts of one region launch with one id of a snapshot, which the source has. */
function verdictWith(target: Offer, account = OTHER_ACCOUNT) {
  const report = compare({
    source: snapshotOf(SOURCE, side(SOURCE, { launch, offer: { snapshots: { [SNAPSHOT]: 5 } } })),
    target: snapshotOf(SOURCE, side(SOURCE, { account, launch, offer: target })),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
  const template = report.workloads.find((w) => w.kind === 'launch-template');
  return {
    verdict: template?.verdict,
    rules: report.findings.map((f) => f.rule).filter((rule) => rule === 'workload/refused'),
  };
}

describe('a snapshot of the source account that a launch of another account in the same region names', () => {
  it('is not known to be shared where the listing of the target does not contain it', () => {
    expect(verdictWith({ snapshots: {} }).verdict).not.toBe('launchable');
  });

  it('is refused where the target looked it up and does not see it', () => {
    expect(verdictWith({ absentSnapshots: [SNAPSHOT] })).toEqual({
      verdict: 'blocked',
      rules: ['workload/refused'],
    });
  });

  it.each([
    ['the target sees it', { snapshots: { [SNAPSHOT]: 5 } }, OTHER_ACCOUNT],
    ['both sides are one account', {}, '111122223333'],
  ])('is launched from where %s', (_case, offer, account) => {
    expect(verdictWith(offer, account)).toEqual({ verdict: 'launchable', rules: [] });
  });
});
