import { describe, expect, it } from 'vitest';
import { parseBaseline } from '../../src/audit/parse.ts';
import { acceptedFrom, acceptedText } from '../../src/drift/accepted.ts';
import { misfitOf } from '../../src/drift/baseline.ts';
import type { Report } from '../../src/report/model.ts';
import { allow, auditGroups, group } from '../kit/estate.ts';

const source = [group('web', [allow('tcp', 443, 443, '10.0.0.0/8')]), group('db', [])];
const wide = (port: number) => group('web', [allow('tcp', 443, port, '10.0.0.0/8')]);
const report = auditGroups(source, [wide(450)]);
const stateOf = (of: Report, chosen?: ReadonlySet<string>) =>
  parseBaseline(JSON.parse(acceptedText(acceptedFrom(of, chosen))), 'state.json', '--baseline state.json');

describe('an accepted state', () => {
  it('holds each finding on a line of its own, in an order that the report does not decide', () => {
    const text = acceptedText(acceptedFrom(report));
    const turned = { ...report, findings: [...report.findings].reverse() };
    expect(acceptedText(acceptedFrom(turned))).toBe(text);
    expect(text.split('\n').filter((line) => line.includes('"fingerprint"'))).toHaveLength(2);
    expect(text).not.toContain('aws ec2');
  });

  it('tells what has grown since as the whole report does', () => {
    for (const [port, status] of [
      [450, 'persisting'],
      [449, 'persisting'],
      [451, 'worsened'],
    ] as const) {
      const fromReport = auditGroups(source, [wide(port)], { baseline: report });
      const fromState = auditGroups(source, [wide(port)], { baseline: stateOf(report) });
      expect(fromState.findings).toEqual(fromReport.findings);
      expect(fromState.findings.map((f) => f.status)).toContain(status);
      expect(fromState.baseline?.form).toBe('accepted');
    }
  });

  it('keeps what a waiver is pinned to, so that less of it stays waived, and more comes back as worsened', () => {
    const pin = report.findings.find((f) => f.rule === 'security-group/allows-more')?.content ?? '';
    const config = {
      waivers: [
        { rule: 'security-group/allows-more', subject: 'web', reason: 'r', owner: 'o', until: 'never', pin },
      ],
    };
    const waived = auditGroups(source, [wide(450)], { config });
    expect(waived.waived).toHaveLength(1);
    const state = stateOf(waived);
    const next = (port: number) => auditGroups(source, [wide(port)], { config, baseline: state });
    expect([450, 447, 451].map((port) => next(port).waived.length)).toEqual([1, 1, 0]);
    expect(next(451).findings.map((f) => `${f.rule} ${f.status}`)).toContain(
      'security-group/allows-more worsened',
    );
    expect(next(450).waived[0]?.firstSeen).toBe(waived.waived[0]?.firstSeen);
  });

  it('leaves what was not chosen new, and keeps what was accepted before', () => {
    const [first] = report.findings;
    const chosen = stateOf(report, new Set([first?.fingerprint ?? '']));
    const next = auditGroups(source, [wide(450)], { baseline: chosen });
    expect(next.findings.map((f) => f.status)).toEqual(['persisting', 'new']);
    const none = stateOf(next, new Set());
    expect(none.findings.map((f) => f.fingerprint)).toEqual([first?.fingerprint]);
  });

  it.each([
    [{ acceptedState: 2 }, 'state.json is an accepted state of version 2; this ec2-parity reads version 1.'],
    [{ acceptedState: 1 }, 'state.json is not an accepted state: version'],
  ])('%j is refused', (value, message) => {
    expect(() => parseBaseline(value, 'state.json', '--baseline')).toThrow(message);
  });
});

describe('the sides of a baseline', () => {
  const side = (region: string, account: string | null = '1') => ({
    region,
    account,
    takenAt: '',
    origin: '',
  });
  const us = side('us-east-1');
  const eu = side('eu-west-1');

  it.each([
    ['the same', { source: us, target: eu }, null],
    ['an account that is not known', { source: us, target: side('eu-west-1', null) }, null],
    ['swapped', { source: eu, target: us }, 'its sides are swapped; it compares eu-west-1 with us-east-1'],
    ['another region', { source: us, target: side('eu-west-2') }, 'it is of another pair of sides'],
    ['another account', { source: us, target: side('eu-west-1', '2') }, 'its target is account 2'],
    ['another source', { source: side('us-east-1', '2'), target: eu }, 'its source is account 2'],
  ])('%s', (_, baseline, message) => {
    const misfit = misfitOf(baseline, { source: us, target: eu });
    if (message === null) expect(misfit).toBeNull();
    else expect(misfit?.message).toContain(message);
  });

  it('two accounts of one region, swapped', () => {
    const [a, b] = [side('us-east-1', '1'), side('us-east-1', '2')];
    expect(misfitOf({ source: b, target: a }, { source: a, target: b })?.message).toContain('swapped');
  });
});
