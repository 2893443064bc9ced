import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterMap, parseFragment, parse as parseHtml } from 'parse5';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { FORMATS, type Format, renderAs } from '../../src/audit/formats.ts';
import { parseReport } from '../../src/audit/parse.ts';
import { Unable } from '../../src/inventory/unable.ts';
import { renderJson } from '../../src/renderers/json.ts';
import type { Report } from '../../src/report/model.ts';
import { demoReport } from '../kit/demo.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { changed, changes } from './mutations.ts';
import { controlIn } from './outcome.ts';

type HtmlNode = DefaultTreeAdapterMap['node'];

const OPTIONS = { columns: 100, color: false, full: true, failOn: 'high', written: [] } as const;
const rendered = (report: Report, format: Format, color = false) =>
  renderAs(report, format, { ...OPTIONS, color });

/** The elements of a document with the names of their attributes, and where its links and images lead. */
function markupOf(root: HtmlNode): {
  readonly names: ReadonlySet<string>;
  readonly targets: readonly string[];
} {
  const names = new Set<string>();
  const targets: string[] = [];
  const visit = (node: HtmlNode): void => {
    if ('tagName' in node) {
      names.add(node.tagName);
      for (const { name, value } of node.attrs) {
        names.add(`${node.tagName} ${name}`);
        if (['href', 'src', 'action', 'xlink:href'].includes(name)) targets.push(value);
      }
    }
    if (node.nodeName === '#comment') names.add('#comment');
    if ('content' in node) visit(node.content);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(root);
  return { names, targets };
}

const asHtml = (markdown: string): HtmlNode =>
  parseFragment(
    micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }),
  );

/** What a link of a report may lead to: AWS's documentation, or a place of the report itself. */
const isOwn = (target: string) =>
  /^#|^https:\/\/(?:docs|repost)\.aws|^https:\/\/docs\.aws\.amazon\.com\//.test(target);

const OWN_COLOUR = new RegExp(`${String.fromCharCode(0x1b)}\\[\\d{1,2}m`, 'g');

/** Reads a rendering with a parser of its format, as what shows it would. Returns what the data must not have added to. */
const READERS: Readonly<Record<Format, (text: string) => ReadonlySet<string>>> = {
  html: (text) => {
    const { names, targets } = markupOf(parseHtml(text));
    expect(targets.filter((target) => !isOwn(target) && !target.startsWith('data:'))).toEqual([]);
    return names;
  },
  md: (text) => {
    const { names, targets } = markupOf(asHtml(text));
    expect(targets.filter((target) => !isOwn(target))).toEqual([]);
    return names;
  },
  terminal: (text) => {
    expect(controlIn(text.replaceAll(OWN_COLOUR, ''))).toBeNull();
    return new Set();
  },
  json: (text) => {
    expect(parseReport(JSON.parse(text))).toBeDefined();
    return new Set();
  },
  sarif: (text) => {
    const { runs, version } = JSON.parse(text);
    expect([version, runs.length]).toEqual(['2.1.0', 1]);
    return new Set(Object.keys(runs[0]));
  },
  junit: (text) => {
    const names = new Set<string>();
    const parser = new SaxesParser();
    parser.on('opentag', ({ name, attributes }) => {
      names.add(name);
      for (const attribute of Object.keys(attributes)) names.add(`${name} ${attribute}`);
    });
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(text).close();
    return names;
  },
  csv: (text) => {
    const rows: string[][] = parseCsv(text, { bom: true, relax_column_count: false });
    // What a spreadsheet would compute.
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    return new Set(rows[0]);
  },
  slack: (text) => {
    const { blocks } = JSON.parse(text);
    expect(blocks.length).toBeLessThanOrEqual(50);
    // `<!channel>`, `<@U1>` and `<http://…>` would notify and link.
    const texts = JSON.stringify(blocks);
    expect(texts.match(/<[!@#]/g)).toBeNull();
    return new Set();
  },
  asff: (text) => {
    const findings = JSON.parse(text);
    return new Set(Object.keys((Array.isArray(findings) ? findings[0] : findings.Findings?.[0]) ?? {}));
  },
};

describe('what a report says', () => {
  test.each(FORMATS)(
    '%s: is text wherever it is put, whatever it is',
    { timeout: 120_000 },
    async (format) => {
      const plain = READERS[format](await rendered(reportSaying('plain'), format));
      await fc.assert(
        fc.asyncProperty(hostileText, fc.boolean(), async (text, color) => {
          const names = READERS[format](await rendered(reportSaying(text), format, color));
          expect([...names].filter((name) => !plain.has(name))).toEqual([]);
        }),
        { numRuns: 25 },
      );
    },
  );

  test('a report that somebody changed is refused, or is rendered in every format as one that parsers take', {
    timeout: 300_000,
  }, async () => {
    const whole = await demoReport();
    const document = renderJson({
      ...whole,
      findings: whole.findings.filter((f, i, all) => all.findIndex((g) => g.rule === f.rule) === i),
      pairs: whole.pairs.slice(0, 15),
      rules: whole.rules.slice(0, 5),
    });
    await fc.assert(
      fc.asyncProperty(changes, fc.constantFrom(...FORMATS), async ({ json }, format) => {
        const report = readOrRefused(changed(document, { json, text: [] }).toString('utf8'));
        if (report !== null) READERS[format](await rendered(report, format));
      }),
      { numRuns: 60, seed: 20_261_126 },
    );
  });
});

function readOrRefused(text: string): Report | null {
  try {
    return parseReport(JSON.parse(text));
  } catch (error) {
    if (error instanceof Unable) return null;
    throw error;
  }
}
