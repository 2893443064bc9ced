import { beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/renderers/index.ts';
import type { Report } from '../../src/report/model.ts';
import type { Details, Island } from '../../src/report/view/island/index.ts';
import { demoReport } from '../kit/demo.ts';
import { finding, sampleReport, summarised } from '../kit/report.ts';

const bytes = (text: string) => Buffer.byteLength(text);

function dataOf(html: string): { readonly island: Island; readonly details: Details } {
  const block = (id: string) =>
    JSON.parse(
      new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`, 's').exec(html)?.[1] ?? '',
    );
  return { island: block('data'), details: block('details') };
}

/** What the head says was left out, and the text without scripts. */
function said(html: string) {
  const notice =
    /Left out to keep this page within ([\d,]+) bytes: (.*?)\. report\.json has everything\./.exec(html);
  return {
    within: notice?.[1] ?? '',
    names: notice?.[2] ?? '',
    paper: /<noscript id="static">(.*?)<\/noscript>/s.exec(html)?.[1] ?? '',
  };
}

/** The demo with enough findings to make every part of the page worth leaving out. */
async function longReport(): Promise<Report> {
  const demo = await demoReport();
  const many = Array.from({ length: 400 }, (_, i) =>
    finding({
      rule: 'image/missing-copy',
      subject: { name: `image-${i}`, scope: null, sourceId: `ami-${i}`, targetId: null },
      message: `${'The target has no copy of it. '.repeat(8)}${i}`,
      facts: { note: 'x'.repeat(200) },
    }),
  );
  return summarised({ ...demo, findings: [...demo.findings, ...many] });
}

describe('the HTML report within a bound', () => {
  let report: Report;
  let whole: string;
  beforeAll(async () => {
    report = await longReport();
    whole = renderHtml(report);
  });

  it('is the whole page where all fits, to the byte', () => {
    expect(renderHtml(report, { maxBytes: bytes(whole) })).toBe(whole);
    expect(whole).not.toContain('Left out to keep');
    expect(dataOf(whole).island.omitted).toEqual([]);
  });

  it('never exceeds the bound, and leaves out more parts the smaller it is', () => {
    const least = 200_000;
    const bounds = Array.from(
      { length: 12 },
      (_, i) => least + Math.round((i * (bytes(whole) - least)) / 12),
    );
    const counts = bounds.map((maxBytes) => {
      const html = renderHtml(report, { maxBytes });
      expect(bytes(html)).toBeLessThanOrEqual(maxBytes);
      return dataOf(html).island.omitted.length;
    });
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts.at(-1)).toBe(1);
    expect(counts[0]).toBeGreaterThan(4);
  });

  it('names each part that it left out, with the bound, in the order in which parts go', () => {
    const html = renderHtml(report, { maxBytes: bytes(whole) - 1 });
    expect(said(html)).toMatchObject({
      within: (bytes(whole) - 1).toLocaleString('en-US'),
      names: 'the findings of the printed page',
    });
    const none = renderHtml(report, { maxBytes: 1 });
    expect(said(none).names).toBe(
      'the findings of the printed page, the facts of findings, image families, side-by-side comparisons, objects, the fix list and the workloads of the printed page, the messages, remedies and commands of findings, the coverage, findings, workloads and the fix list',
    );
  });

  it('keeps the verdict, what was not looked at and the exit code whatever is left out', () => {
    const none = renderHtml(report, { maxBytes: 1 });
    const h1 = (html: string) => /<h1>.*?<\/h1>/s.exec(html)?.[0];
    expect(h1(none)).toBe(h1(whole));
    const kept = [/<dl class="lines">.*?<\/dl>/s, /Exit code 1: [^<]*/];
    for (const part of kept) expect(part.exec(none)?.[0]).toBe(part.exec(whole)?.[0]);
  });

  it('says of no list that it is empty where it was left out', () => {
    const { paper } = said(renderHtml(report, { maxBytes: 1 }));
    expect(paper).not.toContain('No findings');
    for (const text of ['The fix list was', 'The workloads were', 'The findings were'])
      expect(paper).toContain(`${text} left out of this page`);
    const short = said(renderHtml(report, { maxBytes: bytes(whole) - 1 })).paper;
    expect(short).toContain(
      `${report.findings.length} findings: in this page with scripts, and in report.json.`,
    );
  });

  it('refers by position to nothing that it left out', () => {
    for (const maxBytes of [1, 200_000, 300_000, 500_000]) {
      const { island, details } = dataOf(renderHtml(report, { maxBytes }));
      const left = new Set(island.omitted);
      if (left.has('objects')) expect(island.findings.every((f) => f.object === -1)).toBe(true);
      if (left.has('fixes')) expect(island.findings.every((f) => f.fix === -1)).toBe(true);
      if (left.has('workloads')) expect(island.fixes.every((f) => f.workloads.length === 0)).toBe(true);
      if (left.has('details')) expect(details.findings).toEqual([]);
      expect(Object.keys(details.compared).every((at) => island.objects[Number(at)] !== undefined)).toBe(
        true,
      );
    }
  });

  it('names no part that the report does not have', () => {
    const none = { ...sampleReport(), workloads: [], causes: [], lineages: [] };
    const { names } = said(renderHtml(none, { maxBytes: 1 }));
    expect(names).toContain('findings');
    expect(names).not.toMatch(/families|workloads|fix list/);
  });
});
