import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTerminal, type TerminalOptions } from '../../src/renderers/index.ts';
import { headline } from '../../src/report/headline.ts';
import type { Report } from '../../src/report/model.ts';
import type { FailOn, WorkloadVerdict } from '../../src/report/vocabulary.ts';
import { visible } from '../../src/text/printable.ts';
import { demoReport } from '../kit/demo.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, finding, sampleReport, summarised } from '../kit/report.ts';

const WRITTEN = ['html', 'md', 'json'].map((format) => ({
  format,
  path: `reports/us-east-1..eu-west-1/report.${format}`,
}));
const short = (report: Report, over: Partial<TerminalOptions> = {}) =>
  renderTerminal(report, { columns: 80, color: false, failOn: 'high', written: WRITTEN, ...over });
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function missingGroups(n: number, over: Partial<Report> = {}): Report {
  const findings = Array.from({ length: n }, (_, i) =>
    finding({
      rule: 'security-group/missing',
      subject: { name: `group-${i}`, scope: 'prod', sourceId: `sg-${i}`, targetId: null },
    }),
  );
  return summarised({ ...emptyReport(), verdict: 'differences', findings, ...over });
}

const workloads = (verdicts: readonly WorkloadVerdict[]): Report['workloads'] =>
  verdicts.map((verdict, i) => ({
    kind: 'instance',
    name: `w-${i}`,
    id: `i-${i}`,
    verdict,
    because: [],
    side: 'source',
    chains: [],
  }));

const PAIR: Report['pairs'][number] = {
  kind: 'key-pair',
  name: 'deploy',
  scope: null,
  state: 'same',
  source: { id: 'key-1', name: 'deploy' },
  target: { id: 'key-2', name: 'deploy' },
  matchedBy: 'public-key',
  findings: [],
};

describe('the short report of a terminal', () => {
  it('looks like this at 80 columns', async () => {
    await expect(short(sampleReport())).toMatchFileSnapshot('golden/terminal-short-80.txt');
  });

  it('looks like this at 120 columns', async () => {
    await expect(short(sampleReport(), { columns: 120 })).toMatchFileSnapshot(
      'golden/terminal-short-120.txt',
    );
  });

  it('looks like this where nothing differs', async () => {
    await expect(short(emptyReport({ pairs: [PAIR] }))).toMatchFileSnapshot(
      'golden/terminal-short-parity.txt',
    );
  });

  it('holds the demo on about a screen and a half', async () => {
    expect(short(await demoReport()).split('\n').length).toBeLessThan(110);
  });

  it('begins with the line that grep finds and ends with the decision', () => {
    const lines = short(sampleReport()).trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^result: differences {2}us-east-1 → eu-west-1 {2}readiness: not ready, incomplete$/,
    );
    expect(lines.slice(-3).join('\n')).toMatch(/^✖ not ready, incomplete: /m);
    expect(lines.filter((line) => line.includes('xit code'))).toHaveLength(1);
  });

  it('says how to see the rest, with a command that can be pasted', () => {
    expect(short(sampleReport())).toContain(
      '\n  reports/us-east-1..eu-west-1/report.json\n  ec2-parity render reports/us-east-1..eu-west-1/report.json --full\n',
    );
    expect(short(sampleReport(), { written: [{ format: 'json', path: "it's.json" }] })).toContain(
      "\n  ec2-parity render 'it'\\''s.json' --full\n",
    );
    expect(short(sampleReport(), { written: [] })).toContain(
      '\nEverything: add --full, or -o html=report.html\n',
    );
  });

  it('counts many findings of one rule that one fix resolves in one row', () => {
    const text = short(missingGroups(38));
    expect(text).toMatch(/^ {2}\w+ +38 security groups {2}/m);
    expect(text).not.toContain('group-7');
    expect(short(missingGroups(3))).toContain('security group group-2');
  });

  it('shows what distinguishes a finding from others of its rule where there is room', () => {
    const wide = short(sampleReport(), { columns: 120 });
    expect(wide).toMatch(/^ {2}\w+ +security group \S+ +allows-more: ingress \w+ /m);
    expect(short(sampleReport(), { columns: 80 })).not.toContain('allows-more: ');
  });

  it('says once what was not read of several kinds for one reason', () => {
    const gaps = ['vpc', 'key-pair', 'image', 'stack', 'instance'].map((kind) => ({
      side: 'source' as const,
      kind,
      code: 'unreachable' as const,
      message: 'No call in us-east-1 was answered: connect ECONNREFUSED',
      hint: 'Check the network.',
      blocking: true,
    }));
    const text = short(summarised({ ...emptyReport({ pairs: [PAIR] }), gaps, complete: false })).replace(
      /\s+/g,
      ' ',
    );
    expect(text).toContain(
      '? source VPC, key pair, image and 2 more: No call in us-east-1 was answered: connect ECONNREFUSED Check',
    );
    expect(text.match(/ECONNREFUSED/g)).toHaveLength(1);
    expect(text).toContain('not read: VPCs, key pairs, images, stacks and instances');
  });

  it('takes nothing away without colour, and signs of ASCII where the terminal shows no others', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control sequences
    expect(short(sampleReport(), { color: true }).replace(/\u001b\[\d+m/g, '')).toBe(short(sampleReport()));
    const ascii = short(sampleReport(), { ascii: true }).replaceAll(/[^\n]*…[^\n]*/g, '');
    expect(ascii).toMatch(/^result: differences {2}us-east-1 -> eu-west-1/);
    expect(ascii).toMatch(/^x not ready/m);
  });

  it('lets no control character through and breaks no name, whatever the data holds', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 40, max: 200 }), (text, columns) => {
        const out = short(reportSaying(text), { columns, written: [] });
        expect(out.split('\n').filter((line) => CONTROL.test(line))).toEqual([]);
        const [first] = reportSaying(text).findings;
        if (first) expect(out).toContain(visible(first.subject.name));
      }),
      { numRuns: 100 },
    );
  });
});

describe('the headline', () => {
  const unread = (kind: string): Report['gaps'][number] => ({
    side: 'target',
    kind,
    code: 'access-denied',
    message: 'denied',
    hint: 'allow it',
    blocking: true,
  });
  const report = (over: Partial<Report>): Report =>
    summarised({ ...emptyReport({ pairs: [PAIR] }), ...over });
  const high = [finding({ rule: 'security-group/allows-more', severity: 'high' })];
  const rows: [string, Report, string][] = [
    [
      'nothing on either side',
      emptyReport({ pairs: [], workloads: [] }),
      '! nothing to compare: both sides are empty; check account and region',
    ],
    [
      'some blocked',
      report({ workloads: workloads(['blocked', 'degraded', 'launchable']), findings: high }),
      '✖ not ready: 1 of 3 workloads would not launch in eu-west-1',
    ],
    [
      'some blocked and some that cannot be judged, although everything was read',
      report({ workloads: workloads(['blocked', 'unknown', 'launchable']), findings: high }),
      '✖ not ready: 1 of 3 workloads would not launch in eu-west-1, 1 unknown',
    ],
    [
      'blocked and incomplete',
      report({ complete: false, workloads: workloads(['blocked', 'unknown']), findings: high }),
      '✖ not ready, incomplete: 1 of 2 workloads would not launch, 1 unknown',
    ],
    [
      'unknown',
      report({ complete: false, workloads: workloads(['unknown', 'launchable']) }),
      '? unknown: 1 of 2 workloads could not be judged',
    ],
    [
      'only degraded, below the gate',
      report({ workloads: workloads(['degraded', 'launchable']) }),
      '! ready with differences: all 2 workloads would launch in eu-west-1, 1 degraded',
    ],
    [
      'launchable, with findings over the gate',
      report({ workloads: workloads(['launchable']), findings: high }),
      '✖ ready, but 1 finding is high or critical',
    ],
    [
      'launchable',
      report({ workloads: workloads(['launchable', 'launchable']) }),
      '✔ ready: nothing that was looked at stops the 2 workloads in eu-west-1',
    ],
    ['no workloads', report({}), '✔ no workloads to launch; 1 of 1 pair is the same'],
    [
      'verification: wider open',
      report({ phase: 'verification', workloads: workloads(['launchable']), findings: high }),
      '✖ arrived, but wider open: 1 security group admits more than the source',
    ],
    [
      'verification: degraded',
      report({ phase: 'verification', workloads: workloads(['degraded', 'launchable']) }),
      '! not arrived: 1 of 2 workloads in eu-west-1 is degraded',
    ],
    [
      'verification: arrived',
      report({ phase: 'verification', workloads: workloads(['launchable']) }),
      '✔ arrived: nothing that was looked at stops the only workload in eu-west-1',
    ],
    [
      'drift: nothing',
      report({ phase: 'drift' }),
      '✔ no drift: 0 new, 0 worsened, 0 persisting, 0 resolved, 0 unchecked',
    ],
    [
      'drift: new',
      report({ phase: 'drift', findings: high }),
      '✖ drift: 1 new (1 high), 0 worsened, 0 persisting, 0 resolved, 0 unchecked',
    ],
    [
      'no workloads in the report, because not all launchers were read',
      report({ complete: false, gaps: [unread('key-pair'), unread('auto-scaling-group')] }),
      '? unknown: not all workloads could be read',
    ],
    [
      'no workloads in the report, and something else was not read',
      report({ complete: false, gaps: [unread('image')] }),
      '? no workloads to launch; 1 of 1 pair is the same',
    ],
    ['restricted', report({ only: ['key-pairs'] }), '✔ 1 of 1 pair is the same (key pairs only)'],
    [
      'two accounts of one region',
      report({
        workloads: workloads(['launchable']),
        target: { ...emptyReport().target, region: 'us-east-1', account: '444455556666' },
      }),
      '✔ ready: nothing that was looked at stops the only workload in account 444455556666',
    ],
  ];
  it.each(rows)('%s', (_, given, expected) => {
    const lines = short(given, { columns: 160 }).trimEnd().split('\n');
    expect(
      lines.find((line) => line.startsWith(expected.slice(0, 6)) && line.includes(expected.slice(2))),
    ).toBeDefined();
  });

  it('has the sign of the exit code', () => {
    const gates: FailOn[] = ['high', 'none'];
    const signs = gates.map((failOn) => headline(report({ findings: high }), failOn).sign);
    expect(signs).toEqual(['fails', 'passes']);
  });

  it.each<[string, Partial<Report>]>([
    ['would not launch', { workloads: workloads(['blocked', 'launchable']) }],
    ['cannot be judged', { workloads: workloads(['unknown', 'launchable']) }],
    ['is degraded', { workloads: workloads(['degraded']) }],
    ['is not there after the migration', { phase: 'verification', workloads: workloads(['blocked']) }],
    ['cannot be judged after the migration', { phase: 'verification', workloads: workloads(['unknown']) }],
    ['has changed', { phase: 'drift', findings: high }],
  ])('has no check mark where a workload %s, even if nothing fails the run', (_, over) => {
    expect(headline(report(over), 'none').sign).toBe('warns');
  });
});
