import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PULL_REQUEST_COMMENT_BYTES, renderMarkdown } from '../../src/renderers/index.ts';
import { code, fenced, text } from '../../src/renderers/markdown/escape.ts';
import { visible } from '../../src/text/printable.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, finding, sampleReport, summarised } from '../kit/report.ts';

/** Cells of a table row as GitHub counts them, where a backslash before a pipe escapes it, and as parsers that count backslashes do. */
function cells(line: string): [number, number] {
  const inner = line.replace(/^\| ?/, '').replace(/ ?\|$/, '');
  const simple = inner.match(/(?<!\\)\|/g) ?? [];
  const paired = inner.match(/(?<!\\)(?:\\\\)*\|/g) ?? [];
  return [simple.length + 1, paired.length + 1];
}

/** The tables of a document outside its fenced blocks. */
function tables(markdown: string): string[][] {
  const found: string[][] = [[]];
  let fence = '';
  for (const line of markdown.split('\n')) {
    const mark = /^(`{3,})[a-z]*$/.exec(line)?.[1] ?? '';
    if (fence === '' && mark !== '') fence = mark;
    else if (fence !== '' && line === fence) fence = '';
    if (fence === '' && line.startsWith('|')) found.at(-1)?.push(line);
    else if (found.at(-1)?.length) found.push([]);
  }
  return found.filter((t) => t.length > 0);
}

describe('the Markdown report', () => {
  it('looks like this', async () => {
    await expect(renderMarkdown(sampleReport())).toMatchFileSnapshot('golden/report.md');
  });

  it('says parity shortly', async () => {
    await expect(renderMarkdown(emptyReport())).toMatchFileSnapshot('golden/parity.md');
  });

  it('keeps every table row as wide as its head, whatever the data holds', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const found = tables(renderMarkdown(reportSaying(data)));
        expect(found.length).toBeGreaterThanOrEqual(5);
        for (const [head = '', ...rows] of found)
          for (const row of rows) expect(cells(row)).toEqual(cells(head));
      }),
      { numRuns: 200 },
    );
  });

  it('lets data begin no block and open no HTML', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const shown = text(visible(data));
        expect(shown).not.toMatch(/[<>|\n]|(?<!\\)[`*_[\]~]/);
        expect(shown).not.toMatch(/^ *(?:[-+=#>]|\d+[.)])/);
      }),
    );
  });

  it('notifies nobody and links nothing', () => {
    // A command that is to be copied stays whole; no parser links this scheme.
    expect(text('--public-key-material fileb:///dev/stdin')).toContain(' fileb:///dev/stdin');
    expect(text('xfileb://evil.example')).not.toContain('://');
    expect(text('@everyone #12 GH-3 https://evil.example www.evil.example a@b.c')).toBe(
      '@\u200beveryone #\u200b12 GH-\u200b3 https:\u200b//evil.example www\u200b.evil.example a@\u200bb.c',
    );
    expect(code('@everyone #12')).toBe('`@everyone #12`');
    const running = renderMarkdown(reportSaying('[x](javascript:alert(1))'))
      .replace(/^((?:> )? *`{3,})[a-z]+\n.*?^\1$/gms, '')
      .replace(/`[^`\n]*`/g, '');
    expect(running).not.toMatch(/(?<!\\)\]\((?!https:\/\/)/);
  });

  it('out-fences backticks in spans and in blocks', () => {
    expect(code('a `` b')).toBe('```a `` b```');
    expect(code('`')).toBe('`` ` ``');
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 5 }), (lines) => {
        const block = fenced('diff', lines.map(visible)).split('\n');
        const fence = block.at(-1) ?? '';
        expect(block.slice(1, -1).some((line) => line.includes(fence))).toBe(false);
        expect(block).toHaveLength(lines.length + 2);
      }),
    );
  });

  it('shows pipes and backslashes in a span without a pipe or a backslash', () => {
    expect(code('a|b\\|c')).toBe('<code>a&#124;b&#92;&#124;c</code>');
  });

  it('leaves whole findings out, the least severe first, and says how many', () => {
    const findings = (['critical', 'low'] as const).flatMap((severity) =>
      Array.from({ length: severity === 'low' ? 900 : 400 }, (_, i) =>
        finding({
          rule: 'security-group/missing',
          severity,
          fingerprint: `${severity}${i}`,
          subject: { name: `${severity}-${i}`, scope: null, sourceId: `sg-${i}`, targetId: null },
        }),
      ),
    );
    const markdown = renderMarkdown(summarised({ ...emptyReport(), verdict: 'differences', findings }), {
      maxBytes: PULL_REQUEST_COMMENT_BYTES,
    });
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(PULL_REQUEST_COMMENT_BYTES);
    expect(markdown).toContain('1,300 findings: 400 critical, 900 low.');
    const shown = markdown.match(/^\*\*`low-\d+`\*\*/gm)?.length ?? 0;
    expect(markdown).toContain('`critical-399`');
    expect(markdown).toContain(`Left out here for length: ${900 - shown} low findings.`);
  });

  it('keeps the sentence and the remedy of a finding whose difference does not fit', () => {
    const rows = {
      source: Array.from({ length: 300 }, (_, i) => `ingress tcp ${i} from 10.0.0.0/8`),
      target: [],
    };
    const big = finding({
      rule: 'security-group/allows-less',
      message: 'Group web differs.',
      facts: { rows },
    });
    const markdown = renderMarkdown(summarised({ ...emptyReport(), findings: [big] }), { maxBytes: 4_000 });
    expect(markdown).toContain('Group web differs.');
    expect(markdown).toContain('The difference is left out here for length.');
  });

  it('never exceeds its bound', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 2_500, max: 20_000 }), (data, maxBytes) => {
        expect(Buffer.byteLength(renderMarkdown(reportSaying(data), { maxBytes }))).toBeLessThanOrEqual(
          maxBytes,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('is the same text every time', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const [once, again] = [renderMarkdown(reportSaying(data)), renderMarkdown(reportSaying(data))];
        expect(again).toBe(once);
      }),
      { numRuns: 30 },
    );
  });
});
