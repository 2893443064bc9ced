import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderTerminal, type TerminalOptions } from '../../src/renderers/index.ts';
import { wrap } from '../../src/renderers/terminal/layout.ts';
import { tableLines } from '../../src/renderers/terminal/table.ts';
import type { Report } from '../../src/report/model.ts';
import { visible } from '../../src/text/printable.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, sampleReport } from '../kit/report.ts';
import { SAMPLE_IMPORT } from '../kit/sample-findings.ts';

const WRITTEN = ['html', 'md', 'json'].map((format) => ({
  format,
  path: `reports/us-east-1..eu-west-1/report.${format}`,
}));
const OPTIONS: TerminalOptions = { columns: 80, color: false, failOn: 'high', full: true, written: WRITTEN };
const terminal = (report: Report, over: Partial<TerminalOptions> = {}) =>
  renderTerminal(report, { ...OPTIONS, ...over });
/** What a terminal would act on, and what would hide or reorder text. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('the terminal report', () => {
  it('looks like this at 80 columns without colour', async () => {
    await expect(terminal(sampleReport())).toMatchFileSnapshot('golden/terminal-80.txt');
  });

  it('uses the room of a wider terminal', async () => {
    await expect(terminal(sampleReport(), { columns: 140 })).toMatchFileSnapshot('golden/terminal-140.txt');
  });

  it('says parity in as few lines as it takes', async () => {
    await expect(terminal(emptyReport())).toMatchFileSnapshot('golden/terminal-parity.txt');
  });

  it('begins with a line that grep finds', () => {
    expect(terminal(sampleReport())).toMatch(
      /^result: differences {2}us-east-1 -> eu-west-1 {2}readiness {2}incomplete\n/,
    );
    expect(terminal(emptyReport())).toMatch(/^result: parity {2}us-east-1 -> eu-west-1 {2}readiness\n/);
  });

  it('ends with where the full reports are, what the exit code means, and the headline', () => {
    const lines = terminal(sampleReport()).trimEnd().split('\n');
    expect(lines.slice(-9, -4)).toEqual([
      'html  reports/us-east-1..eu-west-1/report.html',
      'md    reports/us-east-1..eu-west-1/report.md',
      'json  reports/us-east-1..eu-west-1/report.json',
      'Exit code 1: 8 findings are high or critical (--fail-on high); without them it',
      'would be 3',
    ]);
    expect(lines.slice(-3).join(' ')).toMatch(/^✖ not ready, incomplete: .* findings \(.* critical/);
    expect(terminal(sampleReport(), { failOn: 'none' })).toMatch(
      /\nExit code 3: incomplete; .* proves nothing for what was not read\n\n\? not ready/,
    );
  });

  it('states gaps before anything is counted', () => {
    const text = terminal(sampleReport());
    expect(text.indexOf('access-denied')).toBeGreaterThan(0);
    expect(text.indexOf('access-denied')).toBeLessThan(text.indexOf('Key pairs'));
  });

  it('says a traffic difference in one line, with the packet that shows it', () => {
    expect(terminal(sampleReport(), { columns: 120 })).toContain(
      '    + ingress tcp 22 (ssh) from 0.0.0.0/0 except 10.0.0.0/8   e.g. tcp/22 from 0.0.0.1\n',
    );
  });

  it('adds colour to the same words and takes nothing away without it', () => {
    const coloured = terminal(sampleReport(), { color: true });
    expect(coloured).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control sequences
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(terminal(sampleReport()));
  });

  it('writes past the last column only what has no space to break at, and lets no control character through', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 40, max: 200 }), (text, columns) => {
        const lines = terminal(reportSaying(text), { columns, written: [] }).split('\n');
        expect(lines.filter((line) => CONTROL.test(line))).toEqual([]);
        // The line that names a way to write the full report is ours, and is never broken; nor are a command and a line of config.
        const whole = (line: string) =>
          line.includes(' more in ') ||
          line === `        ${visible(text)}` ||
          /^ {4}(config: | {8})/.test(line) ||
          endsWithLongWord(line, columns);
        // A code unit takes at most two columns, so short lines need no measuring.
        expect(
          lines.filter((line) => 2 * line.length > columns && stringWidth(line) > columns && !whole(line)),
        ).toEqual([]);
        expect(lines[0]).toMatch(/^result: differences/);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['an ARN', `arn:aws:ssm:us-east-1::parameter/${'golden/'.repeat(20)}`],
    ['a name of wide characters', '\u6771'.repeat(90)],
    ['a name that is not in normal form C', 'cafe\u0301'.repeat(30)],
  ])('never cuts %s, and keeps it as it is', (_, word) => {
    const lines = wrap(`before ${word} after`, 40);
    expect(lines).toEqual(['before', word, 'after']);
  });

  it('keeps every word, in order, and every line within the room where its words fit', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map(solid), {
      minLength: 1,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 40, max: 200 }), (all, columns) => {
        const lines = wrap(all.join(' '), columns);
        expect(lines.join(' ').split(' ')).toEqual(all);
        expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
      }),
    );
  });

  it('takes a time that grows with the length of the text and not with its square', () => {
    const once = (text: string) => {
      const start = process.cpuUsage().user;
      wrap(text, 80);
      return process.cpuUsage().user - start;
    };
    // The least of up to three: the garbage of other tests is collected on this time too.
    const timeOf = (text: string, enough = 0) => {
      let least = once(text);
      for (let i = 0; i < 2 && least >= enough; i++) least = Math.min(least, once(text));
      return least;
    };
    for (const unit of ['\u6771', 'a ', ' ', 'e\u0301', 'long-word-of-ascii ']) {
      timeOf(unit.repeat(400));
      // Ten times the text; its square would take a hundred times as long.
      const bound = Math.max(timeOf(unit.repeat(4_000)), 10_000) * 40;
      expect(timeOf(unit.repeat(40_000), bound), JSON.stringify(unit)).toBeLessThan(bound);
    }
  }, 180_000);

  it('takes a time that grows with the lines of a cell and not with their cube', () => {
    const timeOf = (lines: number) => {
      const start = process.cpuUsage().user;
      const text = Array(lines).fill('a line of some words').join('\n');
      expect(tableLines([['cell', text]])).toHaveLength(lines);
      return process.cpuUsage().user - start;
    };
    timeOf(40);
    // Ten times the lines; their cube would take a thousand times as long.
    expect(timeOf(400)).toBeLessThan(Math.max(timeOf(40), 10_000) * 40);
  });

  it('prints a command on one line, however narrow the terminal is', () => {
    const lines = terminal(sampleReport(), { columns: 40 }).split('\n');
    expect(lines.filter((line) => line.trim() === SAMPLE_IMPORT.shell)).toHaveLength(2);
  });

  it('is the same text every time', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [once, again] = [terminal(reportSaying(text)), terminal(reportSaying(text))];
        expect(again).toBe(once);
      }),
      { numRuns: 30 },
    );
  });
});

/** Whether only its last word is past the last column, and could not be on a line of its own in what room its column has. */
function endsWithLongWord(line: string, columns: number): boolean {
  const word = line.slice(line.lastIndexOf(' ') + 1);
  return stringWidth(line) - stringWidth(word) <= columns && stringWidth(word) >= 10;
}

/** As the view hands it on: nothing in it is a space or invisible. */
function solid(text: string): string {
  return visible(text).replace(/\s/g, '_');
}
