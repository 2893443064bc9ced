import { describe, expect, it } from 'vitest';
import { renderHtml, renderJunit, renderMarkdown, renderSarif } from '../../src/renderers/index.ts';
import type { Command } from '../../src/report/command.ts';
import type { Report } from '../../src/report/model.ts';
import { emptyReport, finding, summarised } from '../kit/report.ts';
import { elements, parseXml } from '../kit/xml.ts';

/** Every character that means something to a shell or to one of the formats. */
const SHELL =
  "aws ec2 import-key-pair --key-name 'it'\\''s ``` `id` $(id) & <b> | \\ [x](y) {\"a\":[\"b\"]} ]]> @octocat'";
const commands: Command[] = [{ shell: SHELL, side: 'source', does: 'Do it' }];

function reportWith(over: Partial<Report>): Report {
  return summarised({ ...emptyReport(), complete: false, verdict: 'differences', ...over });
}
const asFinding = reportWith({
  findings: [finding({ rule: 'key-pair/missing', kind: 'key-pair', severity: 'critical', commands })],
});
const asCause = reportWith({
  causes: [{ id: 'c', title: 'One cause', remedy: 'Fix it.', commands, findings: [], workloads: [] }],
});
const asGap = reportWith({
  gaps: [
    {
      side: 'target',
      kind: 'image',
      code: 'not-read',
      message: 'Unread.',
      hint: 'Read it.',
      commands,
      blocking: true,
    },
    {
      side: 'source',
      kind: 'image',
      code: 'not-read',
      message: 'Left.',
      hint: 'Read it.',
      commands,
      blocking: false,
    },
  ],
});

/** What a parser of GitHub's Markdown shows of fenced blocks, also within a list item or a quotation. */
function fencedLines(markdown: string): string[] {
  const found: string[] = [];
  let fence = '';
  let indent = '';
  for (const line of markdown.split('\n')) {
    const [, lead = '', mark = ''] = /^((?:>)? *)(`{3,})(?:sh)?$/.exec(line) ?? [];
    if (fence === '' && mark !== '') [fence, indent] = [mark, lead];
    else if (line === indent + fence) fence = '';
    else if (fence !== '') found.push(line.slice(indent.length));
  }
  return found;
}

describe('a command can be copied whole', () => {
  it('from a block of its own in Markdown, of a new finding, a fix and a gap', () => {
    expect(fencedLines(renderMarkdown({ ...asFinding, phase: 'drift' }))).toEqual([SHELL]);
    expect(fencedLines(renderMarkdown(asCause))).toEqual([SHELL]);
    const blocking = { ...asGap, complete: false, gaps: asGap.gaps.map((g) => ({ ...g, blocking: true })) };
    expect(fencedLines(renderMarkdown(blocking))).toEqual([SHELL, SHELL]);
  });

  it('from the data of the page, and from a <pre> without scripts', () => {
    for (const report of [asFinding, asCause, asGap]) {
      const html = renderHtml(report);
      expect(html).toContain(
        JSON.stringify(SHELL).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
      );
    }
    for (const report of [asFinding, asCause]) {
      const shown = [...renderHtml(report).matchAll(/<pre tabindex="0"><code>(.*?)<\/code><\/pre>/g)].map(
        ([, code = '']) =>
          code.replace(/&#x([0-9A-F]+);|&(\w+);/gi, (_, hex, name) =>
            hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (NAMED[name] ?? `?${name}`),
          ),
      );
      expect(shown).toEqual([SHELL]);
    }
  });

  it('from a line of its own in JUnit', () => {
    for (const [report, name] of [
      [asFinding, 'failure'],
      [asGap, 'error'],
    ] as const) {
      const said = elements(parseXml(renderJunit(report, { failOn: 'high' })), name).map((e) => e.text);
      expect(
        said
          .join('\n')
          .split('\n')
          .map((l) => l.trim()),
      ).toContain(SHELL);
    }
  });

  it('from a line of its own in the message of SARIF, where braces are doubled, and from the properties as it is', () => {
    const [run] = JSON.parse(renderSarif(asFinding)).runs;
    const [{ message, properties }] = run.results;
    expect(properties.commands).toEqual([{ side: 'source', shell: SHELL }]);
    expect(
      message.text
        .split('\n')
        .at(-1)
        .replace(/([{}])\1/g, '$1')
        .replace('] (', '](')
        .trim(),
    ).toBe(SHELL);
  });

  it('with a word on whose credentials it needs', () => {
    expect(renderMarkdown(asCause)).toContain('Do it, with the credentials of the source:');
  });
});

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
