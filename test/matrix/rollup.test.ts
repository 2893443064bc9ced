import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse as parseDocument } from 'parse5';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/matrix/digest.ts';
import { rollupHtml } from '../../src/matrix/html.ts';
import { rollupMarkdown } from '../../src/matrix/markdown.ts';
import type { FailedPair } from '../../src/matrix/model.ts';
import { type Outcome, rollUp } from '../../src/matrix/rollup.ts';
import { rollupTerminal } from '../../src/matrix/terminal.ts';
import { jsonText } from '../../src/renderers/json.ts';
import type { Report, Workload } from '../../src/report/model.ts';
import type { FailOn, WorkloadVerdict } from '../../src/report/vocabulary.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, finding, sampleReport, summarised } from '../kit/report.ts';

const TOOL = { name: 'ec2-parity', version: '1.2.3' };
const LOOK = { color: false, ascii: false };

const workload = (name: string, verdict: WorkloadVerdict): Workload => ({
  kind: 'launch-template',
  name,
  id: `lt-${name}`,
  verdict,
  because: [],
});
const done = (name: string, over: Partial<Report> = {}, failOn: FailOn = 'high'): Outcome =>
  digestOf(name, summarised(emptyReport(over)), failOn, `reports/${name}/report.json`);
const failed = (name: string): FailedPair => ({
  state: 'failed',
  name,
  source: 'us-east-1',
  target: 'eu-west-1',
  exitCode: 2,
  message: 'There are no credentials.',
  hint: 'Log in.',
});
type Node = DefaultTreeAdapterTypes.Node;
/** All nodes below a node. */
const below = (node: Node): Node[] =>
  'childNodes' in node ? node.childNodes.flatMap((child) => [child, ...below(child)]) : [];
const high = finding({ rule: 'image/missing-copy', severity: 'high' });
const incomplete = { complete: false, verdict: 'inconclusive' } as const;
const differs = { findings: [high], verdict: 'differences' } as const;
const together = (...outcomes: Outcome[]) => rollUp(outcomes, TOOL);

describe('the roll-up of several audits', () => {
  it('ends with the worst code: unable, then findings, then incomplete', () => {
    const code = (...outcomes: Outcome[]) => together(...outcomes).exitCode;
    expect(code(done('a'))).toBe(0);
    expect(code(done('a'), done('b', incomplete))).toBe(3);
    expect(code(done('a', differs), done('b', incomplete))).toBe(1);
    expect(code(done('a', differs), failed('b'), done('c'))).toBe(2);
    expect(code(done('a', differs, 'none'), done('b', differs, 'critical'))).toBe(0);
  });

  it('is parity only where every pair is', () => {
    const verdict = (...outcomes: Outcome[]) => together(...outcomes).verdict;
    const parity = { verdict: 'parity' } as const;
    expect(verdict(done('a', parity), done('b', parity))).toBe('parity');
    expect(verdict(done('a', parity), failed('b'))).toBe('inconclusive');
    expect(verdict(done('a', parity), done('b', incomplete))).toBe('inconclusive');
    expect(verdict(failed('a'), done('b', differs))).toBe('differences');
    expect(verdict()).toBe('inconclusive');
  });

  it('lists what failed first, then the pair that is furthest from parity', () => {
    const blocked = (n: number) => Array.from({ length: n }, (_, i) => workload(`w${i}`, 'blocked'));
    const { pairs } = together(
      done('same'),
      done('two-high', { findings: [high, { ...high, fingerprint: 'h2' }] }),
      done('one-blocked', { workloads: blocked(1) }),
      failed('broken'),
      done('degraded', { workloads: [workload('w', 'degraded')] }),
      done('two-blocked', { workloads: blocked(2) }),
      done('critical', { findings: [{ ...high, severity: 'critical' }] }),
      done('unread', incomplete),
    );
    expect(pairs.map(({ name }) => name)).toEqual([
      'broken',
      'two-blocked',
      'one-blocked',
      'degraded',
      'critical',
      'two-high',
      'unread',
      'same',
    ]);
  });

  it('gives the same bytes in whatever order the audits end', () => {
    const outcomes = [done('a', differs), failed('b'), done('c', differs), done('d')];
    const text = (list: Outcome[]) => {
      const rollup = rollUp(list, TOOL);
      return [jsonText(rollup), rollupTerminal(rollup, LOOK), rollupMarkdown(rollup)].join();
    };
    fc.assert(
      fc.property(fc.shuffledSubarray(outcomes, { minLength: outcomes.length }), (list) => {
        expect(text(list)).toBe(text(outcomes));
      }),
    );
  });

  it('counts what changed only where there was a baseline', () => {
    const baseline = { name: 'b', takenAt: '2026-11-01T00:00:00.000Z' } as unknown as NonNullable<
      Report['baseline']
    >;
    const { pairs } = together(
      done('a', { baseline, findings: [high, { ...high, fingerprint: 'w', status: 'worsened' }] }),
      done('b'),
    );
    expect(pairs.map((p) => (p.state === 'audited' ? p.changed : 'failed'))).toEqual([
      { new: 1, worsened: 1, resolved: 0 },
      null,
    ]);
  });
});

describe('what several pairs have in common', () => {
  const at = (region: string, over: Partial<Report> = {}): Partial<Report> => ({
    ...over,
    target: { ...emptyReport().target, region },
  });
  const missing = (region: string) =>
    finding({
      rule: 'key-pair/missing',
      fingerprint: 'k1',
      kind: 'key-pair',
      severity: 'critical',
      message: `"web" does not exist in ${region}, and "web-${region}" is another key.`,
      remedy: `Import it in ${region}.`,
    });
  const cause = (region: string, verdict: WorkloadVerdict) => ({
    causes: [
      {
        id: 'c1',
        title: `Key pair "web" does not exist in ${region}.`,
        remedy: `Import it in ${region}.`,
        findings: ['k1'],
        workloads: [workload('w', verdict)],
      },
    ],
  });

  it('is a cause once, with the pairs and workloads behind it, and without the region of one of them', () => {
    const { repeated } = together(
      done('eu', at('eu-west-1', { findings: [missing('eu-west-1')], ...cause('eu-west-1', 'degraded') })),
      done('ap', at('ap-south-1', { findings: [missing('ap-south-1')], ...cause('ap-south-1', 'blocked') })),
      done('us', at('us-west-2')),
    );
    expect(repeated).toEqual([
      {
        id: 'c1',
        title: 'Key pair "web" does not exist on the target.',
        varies: false,
        remedy: 'Import it on the target.',
        severity: 'critical',
        rules: ['key-pair/missing'],
        pairs: ['ap', 'eu'],
        findings: 2,
        blocked: 1,
        degraded: 1,
      },
    ]);
  });

  it('is a finding where no cause explains it; names that hold a region stay as they are, and are said to differ', () => {
    const { repeated } = together(
      done('eu', at('eu-west-1', { findings: [missing('eu-west-1')] })),
      done('ap', at('ap-south-1', { findings: [missing('ap-south-1')] })),
    );
    expect(repeated.map(({ title, varies }) => [title, varies])).toEqual([
      ['Key pair "web" does not exist on the target, and "web-ap-south-1" is another key.', true],
    ]);
  });

  it('is not what one pair has alone, nor two problems of one object', () => {
    const other = { ...missing('eu-west-1'), fingerprint: 'k2', rule: 'key-pair/different-key' as const };
    const { repeated } = together(
      done('a', at('eu-west-1', { findings: [missing('eu-west-1')], ...cause('eu-west-1', 'blocked') })),
      done(
        'b',
        at('eu-west-1', {
          findings: [other as never],
          causes: [{ ...cause('eu-west-1', 'blocked').causes[0], findings: ['k2'] } as never],
        }),
      ),
    );
    expect(repeated).toEqual([]);
  });
});

describe('the texts of a roll-up', () => {
  it('look like this', async () => {
    const sample = sampleReport();
    const legible = {
      ...sample,
      findings: sample.findings.filter((f) => !f.fingerprint.startsWith('hostile')),
      workloads: sample.workloads.filter((w) => !w.name.includes('<')),
    };
    const rollup = together(
      digestOf('prod', legible, 'high', 'reports/matrix/prod/report.json'),
      digestOf('shared', { ...legible, complete: true, gaps: [] }, 'none', null),
      done('edge', { verdict: 'parity' }),
      failed('lab'),
    );
    await expect(rollupTerminal(rollup, LOOK)).toMatchFileSnapshot('golden/rollup.txt');
    await expect(rollupMarkdown(rollup)).toMatchFileSnapshot('golden/rollup.md');
  });

  it('say what fails and what could not be audited, and the first line is for grep', () => {
    const text = rollupTerminal(together(done('a', differs), failed('b'), done('c')), LOOK);
    expect(text).toMatch(/^result: differences {2}3 pairs\n/);
    expect(text).toContain('✖ 1 of 3 pairs fails, 1 could not be audited, 1 passes\nexit code 2: ');
    expect(text).toContain('b: There are no credentials.\n      Log in.');
    expect(rollupTerminal(together(done('a')), LOOK)).toContain('✔ the only pair passes\nexit code 0: ');
    expect(rollupTerminal(together(done('a'), done('b')), { ...LOOK, ascii: true })).toContain(
      'ok all 2 pairs pass',
    );
  });

  it('stay within the bytes that a step summary takes, and count the rows that are left out', () => {
    const many = Array.from({ length: 400 }, (_, i) => done(`pair-${i}`, differs));
    const text = rollupMarkdown(together(...many, failed('x')), 20_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
    const rows = text.match(/^\| `pair-/gm)?.length ?? 0;
    expect(rows).toBeGreaterThan(50);
    expect(text).toContain(`Left out here for length: ${400 - rows} more.`);
    expect(text).toContain('| `x` |');
  });

  it('make a page without a script, in which each figure has a head and each pair its link', () => {
    const rollup = together(done('a', differs), failed('b'), done('c', differs));
    const page = rollupHtml(rollup, { linkTo: ({ name }) => (name === 'a' ? 'a/report.html' : null) });
    const tree = parseDocument(page, { onParseError: ({ code }) => expect(code).toBe('') });
    const elements = below(tree);
    const named = (name: string) => elements.filter((e) => e.nodeName === name);
    expect([named('script'), named('link'), named('img')]).toEqual([[], [], []]);
    expect(named('a')).toHaveLength(1);
    for (const table of named('table')) {
      const rows = below(table).filter((e) => e.nodeName === 'tr');
      const widths = rows.map((r) => below(r).filter((e) => /^t[dh]$/.test(e.nodeName)).length);
      expect(new Set(widths).size).toBe(1);
    }
    expect(page).toContain('1 could not be audited');
    expect(page).toMatch(
      /Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
    );
  });

  it('let no name make markup of the page', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const rollup = together(
          digestOf(data, reportSaying(data), 'high', null),
          digestOf('b', reportSaying(data), 'high', null),
          { ...failed('c'), message: data, hint: data },
        );
        const names = (text: string) => below(parseDocument(text)).map(({ nodeName }) => nodeName);
        const plain = together(
          digestOf('a', reportSaying('x'), 'high', null),
          digestOf('b', reportSaying('x'), 'high', null),
          failed('c'),
        );
        const page = rollupHtml(rollup, { linkTo: () => data });
        expect(new Set(names(page))).toEqual(new Set(names(rollupHtml(plain, { linkTo: () => 'x' }))));
        expect(page).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('stay one line per row and send no control character, whatever the data', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const report = reportSaying(data);
        const rollup = together(digestOf(data, report, 'high', data), digestOf('b', report, 'high', null), {
          ...failed('c'),
          message: data,
          hint: data,
        });
        for (const text of [rollupTerminal(rollup, LOOK), rollupMarkdown(rollup), jsonText(rollup)])
          expect(text).not.toMatch(/(?!\n|\u200b)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        const lines = rollupMarkdown(rollup).split('\n');
        for (const line of lines.filter((l) => l.startsWith('| '))) expect(line.endsWith(' |')).toBe(true);
        expect(JSON.parse(jsonText(rollup))).toEqual(JSON.parse(JSON.stringify(rollup)));
      }),
    );
  });
});
