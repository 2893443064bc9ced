import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../src/renderers/index.ts';
import { exitCode } from '../../src/report/gate.ts';
import type { Finding, Pair, Report } from '../../src/report/model.ts';
import { FAIL_ON } from '../../src/report/vocabulary.ts';
import { demoReport } from '../kit/demo.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { faultsOf } from '../kit/junit-rules.ts';
import { emptyReport, finding, sampleReport } from '../kit/report.ts';
import { elements, parseXml, type XmlElement } from '../kit/xml.ts';

const read = (report: Report, failOn: (typeof FAIL_ON)[number] = 'high') =>
  parseXml(renderJunit(report, { failOn }));
const COUNTS = ['tests', 'failures', 'errors', 'skipped'] as const;

/** The counts that the elements themselves give. */
function counted(within: XmlElement): Record<(typeof COUNTS)[number], string> {
  const cases = elements(within, 'testcase');
  const ended = (as: string) => String(cases.filter((c) => elements(c, as).length > 0).length);
  return {
    tests: String(cases.length),
    failures: ended('failure'),
    errors: ended('error'),
    skipped: ended('skipped'),
  };
}

/** The same for the root, which has no count of what was skipped: the schema of Jenkins' xUnit plugin refuses one. */
function countedOfAll(root: XmlElement): Omit<ReturnType<typeof counted>, 'skipped'> {
  const { skipped: _, ...counts } = counted(root);
  return counts;
}

/** A report of one pair in a state, with these findings of it. */
function reportOf(state: Pair['state'], findings: Finding[], over: Partial<Report> = {}): Report {
  const end = { id: 'sg-1', name: 'web' };
  const pair: Pair = {
    kind: 'security-group',
    name: 'web',
    scope: 'prod',
    state,
    source: end,
    target: end,
    matchedBy: 'name',
    findings: findings.map((f) => f.fingerprint),
  };
  return emptyReport({ pairs: [pair], findings, ...over });
}

const subject = { name: 'web', scope: 'prod', sourceId: 'sg-1', targetId: 'sg-1' };
const about = (over: Partial<Finding> = {}) =>
  finding({ rule: 'security-group/allows-less', subject, ...over });
const only = (report: Report, failOn?: (typeof FAIL_ON)[number]) => {
  const [first] = elements(read(report, failOn), 'testcase');
  return {
    name: first?.attributes.name,
    ends: first?.children.map((c) => [c.name, c.attributes.message ?? c.text]),
  };
};

describe('the JUnit report', () => {
  it('looks like this', async () => {
    const report = sampleReport();
    const plain = (fingerprint: string) => !fingerprint.startsWith('hostile');
    const legible = {
      ...report,
      findings: report.findings.filter((f) => plain(f.fingerprint)),
      pairs: report.pairs.filter((p) => p.findings.every(plain)),
      workloads: report.workloads.filter((w) => !w.name.includes('<')),
    };
    await expect(renderJunit(legible, { failOn: 'high' })).toMatchFileSnapshot('golden/report.junit.xml');
  });

  it('is never an empty suite: that nothing was there is a case that passed', async () => {
    await expect(renderJunit(emptyReport(), { failOn: 'high' })).toMatchFileSnapshot(
      'golden/parity.junit.xml',
    );
  });

  it('gives the same bytes every time', () => {
    expect(renderJunit(sampleReport(), { failOn: 'low' })).toBe(
      renderJunit(sampleReport(), { failOn: 'low' }),
    );
  });

  it('counts what it holds, has a case per pair, and no two of one name', async () => {
    for (const report of [sampleReport(), await demoReport()]) {
      const root = read(report);
      expect(root.attributes).toMatchObject(countedOfAll(root));
      for (const suite of root.children) {
        expect(suite.attributes).toMatchObject(counted(suite));
        const names = elements(suite, 'testcase').map((c) => c.attributes.name);
        expect(new Set(names).size).toBe(names.length);
      }
      const ofPairs = elements(root, 'testcase').filter(
        (c) => !c.attributes.classname?.endsWith('.coverage'),
      );
      expect(ofPairs.length).toBeGreaterThanOrEqual(report.pairs.length);
    }
  });

  it('has the elements, attributes and values that the xUnit plugin of Jenkins accepts, and no others', async () => {
    const unread = emptyReport({ complete: false, startedAt: 'soon' });
    for (const report of [sampleReport(), await demoReport(), emptyReport(), unread])
      expect(faultsOf(read(report))).toEqual([]);
  });

  it('is checked by rules that refuse what the plugin refuses', () => {
    const suite = '<testsuite name="a" tests="1" failures="0" errors="0">';
    const of = (root: string, inside: string) =>
      faultsOf(parseXml(`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${root}>${inside}</testsuites>`));
    expect(of('', `${suite}<testcase name="b"/></testsuite>`)).toEqual([]);
    expect(of(' skipped="1"', '')).toEqual(['testsuites may not have skipped="1"']);
    expect(of(' time="1s"', '')).toEqual(['testsuites may not have time="1s"']);
    expect(of('', '<testsuite name="a" tests="1" failures="0"/>')).toEqual(['testsuite needs errors']);
    expect(of('', `${suite}<testcase name="b" status="run"/></testsuite>`)).toEqual([
      'testcase may not have status="run"',
    ]);
    expect(of('', `${suite}<failure/></testsuite>`)).toEqual(['testsuite may not hold failure']);
    expect(of('', `${suite}text</testsuite>`)).toEqual(['testsuite may not hold text']);
  });

  it('fails exactly where the audit ends with 1, and errs wherever it would end with 3', async () => {
    const drift = { ...sampleReport(), phase: 'drift' as const };
    const held = { ...drift, findings: drift.findings.map((f) => ({ ...f, status: 'persisting' as const })) };
    for (const report of [sampleReport(), emptyReport(), await demoReport(), drift, held])
      for (const failOn of FAIL_ON) {
        const { failures, errors } = read(report, failOn).attributes;
        expect(failures !== '0', failOn).toBe(exitCode(report, failOn) === 1);
        if (!report.complete) expect(errors).not.toBe('0');
      }
  });

  it('says a finding below the gate without failing', () => {
    const report = reportOf('different', [about({ severity: 'medium' })]);
    expect(only(report).ends?.map(([as]) => as)).toEqual(['system-out']);
    expect(only(report, 'medium').ends?.map(([as]) => as)).toEqual(['failure']);
  });

  it('tells several findings of a pair in one failure, the worst first', () => {
    const worse = about({ severity: 'critical', fingerprint: 'b', message: 'Open to all.' });
    expect(only(reportOf('different', [about(), worse]))).toEqual({
      name: 'web (vpc prod)',
      ends: [['failure', 'Open to all. (and 1 more)']],
    });
  });

  it('errs for what is undetermined, and passes nothing that was not compared', () => {
    expect(only(reportOf('undetermined', [])).ends?.[0]?.[0]).toBe('error');
    expect(only(reportOf('undetermined', [about({ severity: 'medium' })])).ends).toEqual([
      ['error', 'The two sides differ.'],
    ]);
    expect(only(reportOf('ambiguous', [about({ severity: 'medium' })])).ends?.[0]).toEqual([
      'skipped',
      'not compared: The two sides differ.',
    ]);
  });

  it('skips what was not checked again: it neither passed nor failed', () => {
    const unchecked = [about({ fingerprint: 'u', message: 'It admits less.' })];
    expect(only(reportOf('same', [], { unchecked })).ends).toEqual([
      ['skipped', 'not checked in this run; the baseline has: It admits less.'],
    ]);
  });

  it('skips what is waived, with the reason, and still fails for what is not', () => {
    const waiver = { reason: 'Moves in January.', owner: null, until: '2027-01-31' };
    const waived = [{ ...about({ fingerprint: 'w' }), waiver }];
    expect(only(reportOf('different', [], { waived })).ends).toEqual([
      ['skipped', 'waived until 2027-01-31: Moves in January.'],
      ['system-out', 'security-group/allows-less waived until 2027-01-31: Moves in January.'],
    ]);
    expect(only(reportOf('different', [about()], { waived })).ends?.map(([as]) => as)).toEqual([
      'failure',
      'system-out',
    ]);
  });

  it('has a case per workload: blocked fails with its chains, unknown errs, the others pass and say what they lack', () => {
    const cases = (failOn?: (typeof FAIL_ON)[number]) =>
      Object.fromEntries(
        elements(read(sampleReport(), failOn), 'testcase')
          .filter((c) => c.attributes.classname === 'ec2-parity.workload')
          .map((c) => [c.attributes.name, c.children.map((e) => e.name)]),
      );
    expect(cases()).toMatchObject({
      'Auto Scaling group web': ['failure'],
      'launch template web': ['failure'],
      'instance jenkins': ['system-out'],
      'instance bastion-1': [],
      'launch configuration worker-2019': ['error'],
    });
    // The gate decides over workloads as over pairs: what rests on a finding that may pass does not fail.
    expect(cases('critical')['stack shop-prod']).toEqual(['system-out']);
    expect(Object.values(cases('none')).flat()).not.toContain('failure');
    const [web] = elements(read(sampleReport()), 'testcase').filter(
      (c) => c.attributes.name === 'Auto Scaling group web',
    );
    expect(web?.children[0]?.text).toContain(
      'blocked: launch template web, version 7 -> key pair web-admin -> does not exist in eu-west-1\n',
    );
  });

  it('skips a workload that cannot be judged although everything was read: a template does not tell', () => {
    const whole = { ...sampleReport(), complete: true, gaps: [] };
    const worker = elements(read(whole), 'testcase').find(
      (c) => c.attributes.name === 'launch configuration worker-2019',
    );
    expect(worker?.children.map((e) => e.name)).toEqual(['skipped']);
  });

  it('tells two pairs of one name apart by their ids', () => {
    const report = reportOf('same', []);
    const [one] = report.pairs as [Pair];
    const pairs = [one, { ...one, source: { id: 'sg-9', name: 'web' }, target: null }];
    const names = elements(read({ ...report, pairs }), 'testcase').map((c) => c.attributes.name);
    expect(names.slice(0, 2)).toEqual(['web (vpc prod) [sg-1 → sg-1]', 'web (vpc prod) [sg-9 → none]']);
  });

  it('errs when a report is incomplete and no gap says why', () => {
    expect(read(emptyReport({ complete: false })).attributes.errors).toBe('1');
  });

  it('takes its times from the report, and has none where the report has none', () => {
    expect(read(emptyReport()).attributes.time).toBe('5.784');
    const [suite] = read(emptyReport({ startedAt: 'soon' })).children;
    expect(suite?.attributes).not.toHaveProperty('timestamp');
    expect(suite?.attributes.time).toBe('0');
  });

  it('stays XML that says every finding, whatever the data', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const root = read(reportSaying(data), 'low');
        expect(root.attributes).toMatchObject(countedOfAll(root));
        expect(faultsOf(root)).toEqual([]);
        // A pair and the workload that rests on it; the gap.
        expect(root.attributes).toMatchObject({ failures: '2', errors: '1' });
      }),
    );
  });
});
