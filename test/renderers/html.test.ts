import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/renderers/index.ts';
import { headline } from '../../src/report/headline.ts';
import type { Details, Island } from '../../src/report/view/island/index.ts';
import { visible } from '../../src/text/printable.ts';
import { demoReport } from '../kit/demo.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, finding, sampleReport } from '../kit/report.ts';

/** The page without its style, its script and its data. */
function withoutOwn(html: string): string {
  return html.replace(/<(style|script)(?: [^>]*)?>.*?<\/\1>/gs, '');
}

/** The data of the page, as its script reads it. */
function dataOf(html: string): { readonly island: Island; readonly details: Details } {
  const block = (id: string) =>
    JSON.parse(
      new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`, 's').exec(html)?.[1] ?? '',
    );
  return { island: block('data'), details: block('details') };
}

/** Element and attribute names of every tag outside our own style and script. */
function markup(html: string): Set<string> {
  const bare = withoutOwn(html);
  const names = new Set<string>();
  for (const [, element = '', attributes = ''] of bare.matchAll(
    /<\/?([a-z!][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*\/?>/g,
  )) {
    names.add(element);
    for (const [, name = ''] of attributes.matchAll(/([a-zA-Z-]+)(?:="[^"]*")?/g))
      names.add(`${element} ${name}`);
  }
  return names;
}

const KNOWN = markup(renderHtml(reportSaying('plain')));

describe('the HTML report', () => {
  it('holds no element and no attribute that the data brought', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const html = renderHtml(reportSaying(data));
        expect([...markup(html)].filter((name) => !KNOWN.has(name))).toEqual([]);
        const text = withoutOwn(html).replace(/<\/?[a-z!][^<>]*>/g, '');
        expect(text).not.toMatch(/[<>"]/);
      }),
      { numRuns: 150 },
    );
  });

  it('admits by policy exactly the style and the script that it holds', () => {
    const html = renderHtml(sampleReport());
    const policy =
      /http-equiv="Content-Security-Policy" content="([^"]*)"/
        .exec(html)?.[1]
        ?.replace(/&#x27;/g, "'")
        .replace(/&#x3D;/g, '=') ?? '';
    const hash = (tag: string) => {
      const own = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(html)?.[1] ?? '';
      return `'sha256-${createHash('sha256').update(own).digest('base64')}'`;
    };
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hash('style')}`,
      `script-src ${hash('script')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(html.match(/<(?:style|script)/g)).toHaveLength(4);
    expect(html.match(/<script type="application\/json"/g)).toHaveLength(2);
  });

  it('loads nothing: no address but those within the page', () => {
    const html = withoutOwn(renderHtml(sampleReport()));
    expect(html).not.toMatch(/\b(?:src|srcset|poster|action|data|background)="/);
    expect(html).not.toContain('<link');
    expect([...html.matchAll(/href="(?!#)([^"]*)"/g)]).toEqual([]);
    for (const sheet of readdirSync(new URL('../../templates/css/', import.meta.url)))
      expect(readFileSync(new URL(`../../templates/css/${sheet}`, import.meta.url), 'utf8')).not.toMatch(
        /@import|url\((?!#hatch\))/,
      );
  });

  it('keeps https links of rules in its data and drops every other', () => {
    const links = [
      'https://docs.aws.amazon.com/a_b',
      'javascript:alert(1)',
      'http://x.example',
      'no address',
    ];
    const report = reportSaying('x');
    const { island } = dataOf(renderHtml({ ...report, rules: report.rules.map((r) => ({ ...r, links })) }));
    expect(island.rules[0]?.links).toEqual([
      { href: 'https://docs.aws.amazon.com/a_b', text: 'docs.aws.amazon.com/a_b' },
    ]);
  });

  it('uses every id once and links to none that is not there', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const html = withoutOwn(renderHtml(reportSaying(data)));
        const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
        expect(new Set(ids).size).toBe(ids.length);
        // What begins with a slash is an address of a view, which the script reads.
        const targets = [...html.matchAll(/href="#([^"/][^"]*)"/g)].map(([, id]) => id);
        expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('holds its data as JSON that no text of a report can leave, with every string visible', () => {
    const strings = (value: unknown): string[] =>
      typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(strings);
    fc.assert(
      fc.property(hostileText, (data) => {
        const html = renderHtml(reportSaying(data));
        const { island, details } = dataOf(html);
        expect(html.match(/<script/g)).toHaveLength(3);
        const hidden = strings({ island, details }).filter((text) =>
          /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text.replaceAll('\n', '')),
        );
        expect(hidden).toEqual([]);
        expect(island.findings.some((f) => f.name === visible(data))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('holds every finding, gap, pair, workload, waiver and resolved finding', () => {
    const report = sampleReport();
    const { island, details } = dataOf(renderHtml(report));
    const { findings, waived, resolved, unchecked, pairs, workloads, causes } = report;
    const all = [...findings, ...waived, ...resolved, ...unchecked].map((f) => f.fingerprint).sort();
    expect(island.findings.map((f) => f.fingerprint).sort()).toEqual(all);
    expect(details.findings).toHaveLength(all.length);
    expect(island.objects).toHaveLength(pairs.length);
    expect(island.workloads).toHaveLength(workloads.length);
    expect(island.fixes).toHaveLength(causes?.length ?? 0);
    expect(island.coverage.gaps.length + island.coverage.limits.length).toBe(report.gaps.length);
    expect(details.findings.flatMap((d) => d.notes).join(' ')).toContain('moves in January (CHG-4411)');
  });

  it('links findings, workloads, objects and fixes to each other by position', async () => {
    const report = await demoReport();
    const { island } = dataOf(renderHtml(report));
    for (const [i, finding] of island.findings.entries()) {
      const own = report.findings.find((f) => f.fingerprint === finding.fingerprint);
      expect(island.rules[finding.rule]?.id).toBe(own?.rule);
      if (finding.object >= 0) expect(island.objects[finding.object]?.findings).toContain(i);
      if (finding.fix >= 0) expect(island.fixes[finding.fix]?.findings).toContain(i);
      for (const w of finding.workloads)
        expect(report.workloads.find((x) => x.id === island.workloads[w]?.id)?.because).toContain(
          finding.fingerprint,
        );
    }
    expect(island.findings.filter((f) => f.object < 0)).toEqual([]);
  });

  it('does not grow with objects that have nothing to say, and counts them', () => {
    const pair = sampleReport().pairs.find((p) => p.state === 'same');
    if (!pair) throw new Error('no pair');
    const many = Array.from({ length: 50_000 }, (_, i) => ({
      ...pair,
      kind: 'image' as const,
      name: `image-${i}`,
      findings: [],
    }));
    const html = renderHtml({ ...sampleReport(), pairs: [...many, ...sampleReport().pairs] });
    expect(Buffer.byteLength(html)).toBeLessThan(1_500_000);
    expect(dataOf(html).island.unlistedObjects).toBeGreaterThan(47_000);
  });

  it('has 2,000 findings in the part without scripts, and says where the others are', () => {
    const findings = Array.from({ length: 2_100 }, (_, i) =>
      finding({ rule: 'image/missing-copy', fingerprint: `f${i}`, message: `No copy ${i}.` }),
    );
    const html = withoutOwn(renderHtml({ ...emptyReport(), verdict: 'differences', findings }));
    expect(html).toContain('No copy 1999.');
    expect(html).not.toContain('No copy 2000.');
    expect(html).toContain('100 more findings: in this page with scripts, and in report.json.');
  });

  it('has the headline of the report and its exit code', async () => {
    const report = await demoReport();
    const html = renderHtml(report, { failOn: 'none' });
    const { sentence } = headline(report, 'none');
    expect(html).toContain(`<h1>N${sentence.slice(1)}</h1>`);
    expect(html).toContain('Exit code 0: complete; no finding fails the run (--fail-on none)');
  });

  it('says what an empty report compared', () => {
    const html = renderHtml(emptyReport());
    expect(html).toContain('<p>No findings.</p>');
    expect(html).not.toContain('id="s-fixes"');
    expect(html).toContain('Nothing to compare: both sides are empty');
  });

  it('is the same bytes every time', () => {
    expect(renderHtml(sampleReport())).toBe(renderHtml(sampleReport()));
  });
});

describe('the templates', () => {
  const folder = new URL('../../templates/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) =>
    /\.(hbs|css|js|svg)$/.test(f),
  );
  const sources = files.map((file) => ({ file, source: readFileSync(new URL(file, folder), 'utf8') }));

  it('place data escaped: no triple braces, no ampersand placeholder', () => {
    expect(
      sources.filter(({ file, source }) => file.endsWith('.hbs') && /\{\{\{|\{\{&/.test(source)),
    ).toEqual([]);
  });

  it('do not think: no helper but if and each', () => {
    const helpers = sources.flatMap(({ file, source }) =>
      file.endsWith('.hbs') ? [...source.matchAll(/\{\{[#^]\s*([\w-]+)/g)].map((m) => m[1]) : [],
    );
    expect(new Set(helpers)).toEqual(new Set(['if', 'each']));
  });

  it('hold a style and a script that cannot end their element', () => {
    expect(
      sources.filter(
        ({ file, source }) => !file.endsWith('.hbs') && /<\/(?:style|script)|<!--/i.test(source),
      ),
    ).toEqual([]);
  });
});
