import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPlan } from '../../../src/plan/build.ts';
import type { PlanInput } from '../../../src/plan/planning.ts';
import type { Reason, ReasonType } from '../../../src/plan/reasons/reason.ts';
import { nextOf, reasonText } from '../../../src/plan/reasons/text.ts';
import { SCOPES } from '../../../src/report/vocabulary.ts';
import { demoReport, demoSide } from '../../kit/demo.ts';
import { estates } from '../../kit/random-estate.ts';
import { inputOf } from '../kit.ts';
import { type Case, type Checks, groupsOf, imagesOf, keysOf } from './case.ts';
import { IMAGE_CHECKS } from './image-checks.ts';
import { KEY_CHECKS } from './key-checks.ts';
import { LAUNCH_CHECKS } from './launch-checks.ts';
import { LIMIT_CHECKS } from './limit-checks.ts';
import { mosaics } from './mosaic.ts';
import { PLAN_CHECKS } from './plan-checks.ts';
import { RULE_CHECKS } from './rule-checks.ts';

/** A record, so that a new reason does not compile before there is a check of it. */
const CHECKS = {
  ...PLAN_CHECKS,
  ...KEY_CHECKS,
  ...RULE_CHECKS,
  ...IMAGE_CHECKS,
  ...LAUNCH_CHECKS,
  ...LIMIT_CHECKS,
} as const satisfies Checks<ReasonType>;

const EVERYTHING = { allowRevoke: true, allowWorldOpen: true };
const options = fc.constantFrom(EVERYTHING, {}, { allowRevoke: true }, { allowWorldOpen: true });

function holds(reason: Reason, of: Case): boolean {
  return (CHECKS[reason.type] as (reason: Reason, of: Case) => boolean)(reason, of);
}

/** The findings that a plan leaves, with their reasons. */
function leftBy(input: PlanInput): (Case & { readonly reason: Reason; readonly because: string })[] {
  const { report, source, target } = input;
  const plan = buildPlan(input);
  return plan.left.flatMap(({ fingerprint, reason, because }) => {
    const finding = report.findings.find((f) => f.fingerprint === fingerprint);
    return finding
      ? [
          {
            finding,
            reason,
            because,
            plan,
            report,
            source,
            target,
            config: input.asked.config,
            options: input.options,
          },
        ]
      : [];
  });
}

const wrong = (input: PlanInput): string[] =>
  leftBy(input).flatMap(({ reason, because, ...of }) => [
    ...(holds(reason, of)
      ? []
      : [`${of.finding.rule} ${of.finding.subject.name}: ${reason.type}: ${because}`]),
    ...(because === reasonText(reason) ? [] : [`not the text of ${reason.type}: ${because}`]),
  ]);

describe('the reason for which a plan leaves a finding', () => {
  it('holds for what the two sides are, where each object has something that keeps a plan from a step', () => {
    fc.assert(
      fc.property(mosaics, options, ({ source, target, config }, allowed) => {
        expect(wrong(inputOf(source, target, { config, ...allowed }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('holds for estates with hostile names, circles and several VPCs', () => {
    fc.assert(
      fc.property(estates, options, ({ source, target }, allowed) => {
        expect(wrong(inputOf(source, target, allowed))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('holds in the demo estate', async () => {
    const [report, source, target] = [await demoReport(), await demoSide('source'), await demoSide('target')];
    const asked = { config: { quotas: { rulesPerGroup: 60 } }, phase: 'readiness' as const, scopes: SCOPES };
    const allowed = { allowRevoke: false, allowWorldOpen: false, findings: null };
    expect(wrong({ report, source, target, asked, options: allowed })).toEqual([]);
  });

  it('is given whenever what it says is so, for the reasons that come first', () => {
    fc.assert(
      fc.property(mosaics, options, ({ source, target, config }, allowed) => {
        for (const { reason, ...of } of leftBy(inputOf(source, target, { config, ...allowed }))) {
          const first = firstReason(of);
          if (first !== null) expect([of.finding.rule, reason.type]).toEqual([of.finding.rule, first]);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('says what it waits for: an option that the plan does not have yet, a person, or nothing', () => {
    fc.assert(
      fc.property(mosaics, options, ({ source, target, config }, allowed) => {
        for (const { reason, because } of leftBy(inputOf(source, target, { config, ...allowed }))) {
          const named = ['--allow-revoke', '--allow-world-open', '--findings'].filter((o) =>
            because.includes(o),
          );
          expect(named.length > 0).toBe(nextOf(reason) === 'option');
          if (allowed === EVERYTHING) expect(nextOf(reason)).not.toBe('option');
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

/** The reason that a finding must have, whatever else is so. */
function firstReason(of: Case): ReasonType | null {
  const { finding, options: allowed } = of;
  switch (finding.rule) {
    case 'key-pair/missing':
      return keysOf(of).source?.publicKey === null ? 'no-public-key' : null;
    case 'security-group/allows-more': {
      const { target } = groupsOf(of);
      const isOwn =
        target?.ownerId === of.target.account && !('aws:cloudformation:stack-id' in (target?.tags ?? {}));
      return isOwn && !allowed.allowRevoke ? 'needs-revocation' : null;
    }
    case 'image/missing-copy': {
      const { source } = imagesOf(of);
      if (finding.facts.recycled) return 'recycled';
      return source?.state !== 'available'
        ? 'image-not-available'
        : source.ownerId !== of.source.account
          ? 'source-image-of-other-account'
          : null;
    }
    default:
      return null;
  }
}
