import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/renderers/index.ts';
import { jsonParts } from '../../src/renderers/json.ts';
import { type Report, reportSchema } from '../../src/report/model.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, sampleReport } from '../kit/report.ts';

/** Everything but the newlines of the layout that a terminal would act on or that would reorder a line. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('the JSON report', () => {
  it('is the report, valid against its schema, with a trailing newline', () => {
    for (const report of [sampleReport(), emptyReport()]) {
      const json = renderJson(report);
      expect(json.endsWith('}\n')).toBe(true);
      expect(reportSchema.parse(JSON.parse(json))).toEqual(report);
    }
  });

  it('says every string of the data and sends no control character to a terminal', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const json = renderJson(reportSaying(data));
        expect(JSON.parse(json)).toEqual(reportSaying(data));
        expect(json).not.toMatch(UNSAFE);
      }),
    );
  });

  it('in parts is the same text, whatever it contains', () => {
    const inParts = (value: object) => [...jsonParts(value as Report)].join('');
    for (const report of [sampleReport(), emptyReport()]) expect(inParts(report)).toBe(renderJson(report));
    const anything = fc.dictionary(
      fc.string({ unit: 'binary' }),
      fc.anything({
        withNullPrototype: false,
        values: [
          fc.string({ unit: 'binary' }),
          fc.double(),
          fc.boolean(),
          fc.constant(undefined),
          fc.constant(null),
        ],
      }),
    );
    fc.assert(
      fc.property(anything, (value) => {
        expect(inParts(value)).toBe(renderJson(value as never));
      }),
    );
  });

  it('of a large estate is in several parts', () => {
    const one = sampleReport();
    const [pair] = one.pairs;
    const large = { ...one, pairs: Array.from({ length: 3000 }, () => pair as NonNullable<typeof pair>) };
    const parts = [...jsonParts(large)];
    expect(parts.length).toBeGreaterThan(2);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(1_000_000);
    expect(parts.join('')).toBe(renderJson(large));
  });
});
