import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { Unable } from '../../src/inventory/unable.ts';
import { compareWithPlan } from '../../src/plan/audited.ts';
import { redactedReport } from '../../src/redact/report.ts';
import { isPublic, isTerm } from '../../src/redact/typed.ts';
import { isToolWord } from '../../src/redact/vocabulary.ts';
import type { Report } from '../../src/report/model.ts';
import { SCOPES } from '../../src/report/vocabulary.ts';
import { anySnapshot } from '../inventory/snapshot-arbitrary.ts';
import { snapshotOf } from '../kit/estate.ts';
import { estates } from '../kit/random-estate.ts';

/** Every text of a value; keys are names where they are those of tags. */
function textsIn(value: unknown, without: readonly string[], inTags = false): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (without.includes(key)) return [];
    const texts = textsIn(inner, without, key === 'tags');
    return inTags && !Array.isArray(value) ? [key, ...texts] : texts;
  });
}

/** Texts that a report could only have from the estate: no word, number, address or short id that pseudonyms may equal by chance. */
function isSecret(text: string): boolean {
  const plain =
    isToolWord(text) ||
    isPublic(text) ||
    isTerm(text) ||
    /^[a-z]{1,6}-\d{0,3}$/.test(text) ||
    /^[A-Za-z]{0,12}$/.test(text) ||
    /^[\d.:a-f/]*$/.test(text) ||
    /^[^\p{L}\p{N}]*$/u.test(text);
  return text.length >= 4 && !plain;
}

function reportOf(source: Snapshot, target: Snapshot): Report | null {
  try {
    return compareWithPlan({
      source,
      target,
      config: {},
      phase: 'readiness',
      scopes: SCOPES,
      startedAt: '2026-11-15T06:00:05.000Z',
      finishedAt: '2026-11-15T06:00:06.000Z',
      tool: { name: 'ec2-parity', version: '0.1.0' },
    });
  } catch (error) {
    if (error instanceof Unable) return null;
    throw error;
  }
}

/** What of the two sides is in the redacted report, of what is in the report. */
function leaksOf(source: Snapshot, target: Snapshot): string[] {
  const report = reportOf(source, target);
  if (report === null) return [];
  const own = ['rules', 'tool', 'summary'];
  const before = textsIn(report, own).join('\n');
  const after = textsIn(redactedReport(report), own).join('\n');
  const secrets = new Set(
    [source, target].flatMap((side) => textsIn(side, ['failure', 'quotas', 'status', 'gaps', 'launchFacts'])),
  );
  return [...secrets].filter((text) => isSecret(text) && before.includes(text) && after.includes(text));
}

test('of estates with any names that AWS takes, nothing is left', () => {
  fc.assert(
    fc.property(estates, ({ source, target }) => {
      expect(leaksOf(snapshotOf('us-east-1', source), snapshotOf('eu-west-1', target))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('of snapshots with any texts that a file may have, nothing is left', () => {
  const account = '111122223333';
  fc.assert(
    fc.property(anySnapshot, anySnapshot, (source, target) => {
      expect(
        leaksOf({ ...source, region: 'us-east-1', account }, { ...target, region: 'eu-west-1', account }),
      ).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
