import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/renderers/html.ts';
import type { Report } from '../../src/report/model.ts';
import { trendView } from '../../src/report/view/trend.ts';
import { emptyReport } from '../kit/report.ts';

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T02:00:00.000Z`;
const entry = (from: number, to: number, critical: number, high: number) => ({
  from: day(from),
  to: day(to),
  complete: true,
  bySeverity: { critical, high, medium: 0, low: 0, info: 0 },
});
const withTrend = (...trend: ReturnType<typeof entry>[]): Report => ({
  ...emptyReport(),
  history: { runs: 10, since: day(1), trend },
});

describe('the findings over time', () => {
  const report = withTrend(entry(1, 5, 0, 2), entry(6, 6, 1, 2), entry(7, 11, 0, 4));

  it('are one line per severity that occurred, level where nothing changed, on a scale of time', () => {
    const view = trendView(report);
    expect(view?.lines.map((l) => l.severity)).toEqual(['critical', 'high']);
    // Ten days on 632 units: the first entry lasts four of them. Four findings are at the top, none at the bottom.
    expect(view?.lines[1]?.points).toBe('4,60 256.8,60 320,60 320,60 383.2,4 636,4');
    expect(view?.lines[0]?.points).toBe('4,116 256.8,116 320,88 320,88 383.2,116 636,116');
  });

  it('are told in words and in a table too', () => {
    const view = trendView(report);
    expect(view?.summary).toBe(
      'Findings over 10 runs since 2026-11-01 02:00 UTC: 0 critical (±0), 4 high (+2).',
    );
    expect(view?.rows.map((r) => [r.when, ...r.counts])).toEqual([
      ['2026-11-07 02:00 UTC to 2026-11-11 02:00 UTC', '0', '4'],
      ['2026-11-06 02:00 UTC', '1', '2'],
      ['2026-11-01 02:00 UTC to 2026-11-05 02:00 UTC', '0', '2'],
    ]);
  });

  it('are in the page as an inline drawing, and are not where there is no history', () => {
    const html = renderHtml(report);
    expect(html).toContain('<h2 id="trend-title" class="sr">Findings over time</h2>');
    expect(html.match(/<polyline /g)).toHaveLength(2);
    expect(trendView(withTrend(entry(1, 5, 0, 2)))).toBeNull();
    expect(renderHtml(emptyReport())).not.toContain('trend-title');
  });

  it('are drawn by their order where a report has no times', () => {
    const odd = { ...entry(1, 1, 1, 1), from: 'x', to: 'y' };
    expect(trendView(withTrend(odd, odd))?.lines[0]?.points).toBe('4,4 4,4 636,4 636,4');
  });
});
