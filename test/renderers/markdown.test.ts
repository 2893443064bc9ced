import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/renderers/index.ts';
import { placeWithin, type Section } from '../../src/renderers/markdown/fit.ts';
import { headline } from '../../src/report/headline.ts';
import { code, fenced, text } from '../../src/text/markdown.ts';
import { visible } from '../../src/text/printable.ts';
import { demoReport } from '../kit/demo.ts';
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

  it('begins with a marker that is not shown, by which a job finds its own comment', () => {
    expect(renderMarkdown(sampleReport())).toMatch(
      /^<!-- ec2-parity us-east-1\.\.eu-west-1 readiness -->\n### /,
    );
    const region = 'x --> <b>';
    const doctored = { ...sampleReport(), source: { ...sampleReport().source, region } };
    expect(renderMarkdown(doctored)).toMatch(/^<!-- ec2-parity x-b\.\.eu-west-1 readiness -->\n/);
  });

  it('has the headline of the report, the gate of the run and the way to the full report', async () => {
    const report = await demoReport();
    const { sentence } = headline(report, 'high');
    const markdown = renderMarkdown(report, { written: [{ format: 'html', path: 'out/report.html' }] });
    expect(markdown.split('\n')[1]).toBe(`### ✖ N${sentence.slice(1)}`);
    expect(markdown).toMatch(
      /\nThe full report is `out\/report\.html`\. Exit code 1: \d+ findings are high or critical \(--fail-on high\)\n/,
    );
    expect(renderMarkdown(report, { failOn: 'none' })).toContain('Exit code 0: complete');
  });

  it('shows per workload what was looked at, a character for each part of the launch, with what they mean', async () => {
    const markdown = renderMarkdown(await demoReport());
    expect(markdown).toMatch(/\n\| ✖ launch template `render` \| [^|]+ \| \+{3}x{4}\+ \| \d+ \|\n/);
    expect(markdown).toMatch(/\n\| ! launch template `app` \| [^|]+ \| \+!\+\+--\+\+ \| \d+ \|\n/);
    expect(markdown).toContain('Auto Scaling group `edge` +++++-++');
    const legend =
      'Looked at: key, groups, image, type, network, profile, storage, quota; + fine, ! degrades, x stops';
    expect(markdown.split(legend)).toHaveLength(2);
    const former = structuredClone(await demoReport()) as unknown as { workloads: { lookedAt?: unknown }[] };
    for (const workload of former.workloads) delete workload.lookedAt;
    expect(renderMarkdown(former as never)).not.toContain('Looked at');
  });

  it('shows the fix list and what is blocked at once, folds the rest, and is under 20 KB for the demo', async () => {
    const markdown = renderMarkdown(await demoReport());
    expect(Buffer.byteLength(markdown)).toBeLessThan(20_000);
    const at = (text: string) => {
      expect(markdown).toContain(text);
      return markdown.indexOf(text);
    };
    const order = [
      '#### Fix list',
      '#### Blocked workloads',
      '<details>',
      ' unknown and ',
      ' critical and ',
      ' medium, ',
      '<b>Commands for fixes',
      '<b>What was compared',
    ].map(at);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(markdown.split('<details>')).toHaveLength(markdown.split('</details>').length);
  });

  it('collapses many findings of one rule and fix into one row', () => {
    const findings = Array.from({ length: 38 }, (_, i) =>
      finding({
        rule: 'image/missing-copy',
        fingerprint: `f${i}`,
        subject: { name: `image-${i}`, scope: null, sourceId: `ami-${i}`, targetId: null },
      }),
    );
    const markdown = renderMarkdown(summarised({ ...emptyReport(), verdict: 'differences', findings }));
    expect(markdown).toContain('| high | 38 images | ');
    expect(markdown).not.toContain('image-7');
  });

  it('names a VPC only where two groups have the name', () => {
    const group = (name: string, scope: string, fingerprint: string) =>
      finding({
        rule: 'security-group/missing',
        fingerprint,
        subject: { name, scope, sourceId: `sg-${fingerprint}`, targetId: null },
      });
    const findings = [group('default', 'a', '1'), group('default', 'b', '2'), group('web', 'a', '3')];
    const markdown = renderMarkdown(summarised({ ...emptyReport(), verdict: 'differences', findings }));
    expect(markdown).toContain('| security group `default` (VPC `a`) |');
    expect(markdown).toContain('| security group `web` |');
  });

  it('shows new and worsened findings whole in phase drift, and says which side changed', () => {
    const moved = {
      side: 'target',
      from: '2026-11-21T02:00:00Z',
      to: '2026-11-22T02:00:00Z',
      changes: [
        {
          side: 'target',
          id: 'sg-1',
          before: ['ingress tcp 22 from 10.0.0.0/8'],
          after: ['ingress tcp 22 from 0.0.0.0/0   "``` it"'],
        },
      ],
    } as const;
    const over = { rule: 'security-group/allows-more', message: 'It admits more.' } as const;
    const findings = [
      finding({ ...over, fingerprint: 'a', status: 'new', severity: 'critical' }),
      finding({ ...over, fingerprint: 'b', status: 'worsened', moved }),
      finding({ ...over, fingerprint: 'c', status: 'persisting' }),
    ];
    const resolved = [finding({ ...over, fingerprint: 'd', status: 'persisting' })];
    const drift = summarised({
      ...emptyReport(),
      phase: 'drift',
      verdict: 'differences',
      findings,
      resolved,
    });
    const markdown = renderMarkdown(drift);
    expect(markdown).toContain('### ✖ Drift: 1 new (1 critical), 1 worsened, 1 persisting, 1 resolved');
    expect(markdown).toMatch(
      /#### New\n\n\*\*critical · security group `web` · `security-group\/allows-more`/,
    );
    expect(markdown).toContain(
      'The target changed alone, between 2026-11-21 02:00 and 2026-11-22 02:00 UTC.\n\nWhat changed in `sg-1` (eu-west-1):\n\n````text\n' +
        'before  ingress tcp 22 from 10.0.0.0/8\nafter   ingress tcp 22 from 0.0.0.0/0   "``` it"\n````\n',
    );
    expect(markdown).toContain('#### Resolved');
    expect(markdown.match(/It admits more\./g)).toHaveLength(3);
    // What persists, and what would fix it, is folded.
    expect(markdown).toContain('<details><summary><b>1 persisting: 1 high</b></summary>');
    expect(markdown.match(/^#### .*/gm)).toEqual(['#### New', '#### Worsened', '#### Resolved']);
    expect(renderMarkdown(drift, { written: [{ format: 'json', path: "o'ut/report.json" }] })).toContain(
      "```sh\nec2-parity accept 'o'\\''ut/report.json' -o baseline.json\n```",
    );
  });

  it('leaves whole sections out and names them', async () => {
    const report = await demoReport();
    for (const maxBytes of [6_000, 9_000, 14_000, 18_000]) {
      const markdown = renderMarkdown(report, { maxBytes });
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(maxBytes);
      const [, names = ''] = /Left out here for length: (.*)\. The full report has/.exec(markdown) ?? [];
      expect(names).not.toBe('');
      const all = ['Fix list', 'Blocked workloads', 'Commands for fixes', 'What was compared'];
      for (const title of all)
        expect([title, markdown.includes(`#### ${title}`) || markdown.includes(`<b>${title}`)]).toEqual([
          title,
          !names.toLowerCase().includes(title.toLowerCase()),
        ]);
    }
  });

  it('does not render to its end what is left out', () => {
    let rendered = 0;
    const section: Section = {
      name: 'endless',
      *pieces() {
        for (;;) {
          rendered += 1;
          yield 'x'.repeat(100);
        }
      },
    };
    const { body, omitted } = placeWithin([section, { name: 'short', pieces: () => ['ok'] }], 1_000);
    expect({ body, omitted: omitted.map((s) => s.name), rendered }).toEqual({
      body: 'ok',
      omitted: ['endless'],
      rendered: 11,
    });
  });

  it('never exceeds its bound', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 4_096, max: 20_000 }), (data, maxBytes) => {
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
