import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/renderers/index.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, sampleReport } from '../kit/report.ts';

/** Element and attribute names of every tag outside our own style and script. */
function markup(html: string): Set<string> {
  const bare = html.replace(/<(style|script)>.*?<\/\1>/gs, '');
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
        const text = html.replace(/<(style|script)>.*?<\/\1>/gs, '').replace(/<\/?[a-z!][^<>]*>/g, '');
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
    expect(html.match(/<(?:style|script)/g)).toHaveLength(2);
  });

  it('loads nothing: no address but the links of the rules', () => {
    const html = renderHtml(sampleReport());
    expect(html).not.toMatch(/\b(?:src|srcset|poster|action|data|background)="/);
    expect(html).not.toMatch(/@import|url\(/);
    expect(html).not.toContain('<link');
    const outside = [...html.matchAll(/href="(?!#)([^"]*)"/g)].map(([, href]) => href ?? '');
    expect(outside.length).toBeGreaterThan(0);
    expect(outside.filter((href) => !href.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
  });

  it('lets a doctored report choose no address', () => {
    expect(renderHtml(reportSaying('javascript:alert(1)'))).not.toMatch(/href="javascript:/);
    expect(renderHtml(reportSaying('http://evil.example'))).not.toMatch(/href="http:/);
  });

  it('uses every id once and links to none that is not there', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const html = renderHtml(reportSaying(data));
        const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const targets = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
        expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('shows every finding, gap, pair, waiver and resolved finding', () => {
    const report = sampleReport();
    const html = renderHtml(report);
    expect(html.match(/<article class="finding /g)).toHaveLength(report.findings.length);
    expect(html.match(/<li class="gap /g)).toHaveLength(report.gaps.length);
    expect(
      html.match(
        /<span class="state (?:same|different|missing-in-target|extra-in-target|undetermined|ambiguous)"/g,
      ),
    ).toHaveLength(report.pairs.length);
    for (const said of [
      'moves in January (CHG-4411)',
      'Key pair ci-runner does not exist',
      'vpc-0aaa1111: vpc-0bbb2222',
    ])
      expect(html).toContain(said);
  });

  it('leaves out sections that would be empty', () => {
    const html = renderHtml(emptyReport());
    for (const id of ['gaps', 'workloads', 'waived', 'resolved']) expect(html).not.toContain(`id="${id}"`);
    expect(html).toContain('Nothing to report: every object was compared');
  });

  it('is the same bytes every time', () => {
    expect(renderHtml(sampleReport())).toBe(renderHtml(sampleReport()));
  });
});

describe('the templates', () => {
  const folder = new URL('../../templates/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) =>
    /\.(hbs|css|js)$/.test(f),
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
