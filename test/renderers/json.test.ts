import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/renderers/index.ts';
import { reportSchema } from '../../src/report/model.ts';
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
});
