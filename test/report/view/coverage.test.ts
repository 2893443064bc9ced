import { describe, expect, it } from 'vitest';
import type { Gap } from '../../../src/report/model.ts';
import { summaryOf } from '../../../src/report/summary.ts';
import { coverageOf } from '../../../src/report/view/island/coverage.ts';
import { KINDS } from '../../../src/report/vocabulary.ts';
import { emptyReport } from '../../kit/report.ts';

const denied: Gap = {
  side: 'target',
  kind: 'key-pair',
  code: 'access-denied',
  message: 'denied',
  hint: 'Allow it.',
  blocking: true,
};
const unread = emptyReport({
  pairs: [],
  gaps: [denied],
  complete: false,
  unreadParts: ['target kind:key-pair', 'target kind:image'],
  summary: summaryOf(KINDS, [], []),
});

describe('what the page says was read', () => {
  const row = (label: string, report = unread) =>
    coverageOf(report).counts.find((count) => count.label === label);

  it('gives no number for a kind that was not read: 0 would say that there are none', () => {
    expect(row('Key pairs')).toMatchObject({ source: '0', target: 'not read' });
  });

  it('gives one where images of the account were read and those of other owners were not', () => {
    expect(row('Images')).toMatchObject({ source: '0', target: '0' });
    const both = { ...unread, unreadParts: ['target kind:image', 'target kind:image'] };
    expect(row('Images', both)).toMatchObject({ source: '0', target: 'not read' });
  });

  it('names the kinds of a gap in words', () => {
    expect(coverageOf(unread).gaps[0]).toMatchObject({ kind: 'key pair', code: 'access-denied' });
  });
});
