import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/comparator/config.ts';
import { baselineOf } from '../../src/drift/baseline.ts';
import { exitCode } from '../../src/report/gate.ts';
import type { Report } from '../../src/report/model.ts';
import type { WaiverConfig } from '../../src/waivers/config.ts';
import { matches, overlap } from '../../src/waivers/glob.ts';
import { allow, audit, auditGroups, type Estate, group } from '../kit/estate.ts';

const https = (last: number) => allow('tcp', 443, last, '10.0.0.0/8');
const source = [group('web', [])];
const open = (last: number) => [group('web', [https(last)])];
const waiver = (more: Partial<WaiverConfig> = {}): WaiverConfig => ({
  rule: 'security-group/allows-more',
  subject: 'web',
  reason: 'during the move',
  owner: 'platform',
  until: 'never',
  ...more,
});
const run = (last: number, waivers: readonly WaiverConfig[], baseline?: Report) =>
  auditGroups(source, open(last), {
    config: { waivers: [...waivers] },
    phase: 'drift',
    ...(baseline ? { baseline } : {}),
  });
const codes = (report: Report) => report.notes.map((n) => `${n.at} ${n.code}`);
const content = run(450, []).findings[0]?.content ?? '';

describe('a waiver', () => {
  it('sets a finding aside, with who accepted it, and the finding fails nothing', () => {
    const report = run(450, [waiver()]);
    expect(report.findings).toEqual([]);
    expect(report.waived.map((f) => [f.rule, f.waiver.owner, f.waiver.until])).toEqual([
      ['security-group/allows-more', 'platform', 'never'],
    ]);
    expect([exitCode(report, 'info'), report.verdict, report.notes]).toEqual([0, 'differences', []]);
  });

  it.each<[string, Partial<WaiverConfig>, number]>([
    ['a pattern for the rule', { rule: 'security-group/allows-*' }, 1],
    ['a pattern for the subject', { subject: 'we?' }, 1],
    ['another subject', { subject: 'web-*' }, 0],
    ['the side that has it', { side: 'target' }, 1],
    ['another kind', { rule: '*', kind: 'image' }, 0],
    ['another VPC', { scope: 'prod' }, 0],
    ['its VPC', { scope: 'def*' }, 1],
    ['its last day', { until: '2026-11-22' }, 1],
    ['the day after', { until: '2026-11-21' }, 0],
  ])('by %s', (_, more, waived) => {
    expect(run(450, [waiver(more)]).waived).toHaveLength(waived);
  });

  it.each<[string, Partial<WaiverConfig>, string[]]>([
    ['expired', { until: '2026-11-01' }, ['waivers[0] waiver-expired']],
    ['without a finding', { subject: 'nothing' }, ['waivers[0] waiver-unused']],
    ['for everything', { rule: '*', subject: '*' }, ['waivers[0] waiver-too-broad']],
    ['for one rule at every subject', { subject: '*' }, []],
  ])('%s is reported', (_, more, expected) => {
    expect(codes(run(450, [waiver(more)]))).toEqual(expected);
  });

  it('is in the report with what it came to: how many it waives, and which it selects and does not waive', () => {
    const [only] = run(450, []).findings;
    const fingerprint = only?.fingerprint;
    expect(run(450, []).waivers).toEqual([]);
    const about = 'security-group/allows-more "web"';
    expect(
      run(450, [waiver({ until: '2026-11-01' }), waiver({ pin: 'f'.repeat(16) }), waiver(), waiver()])
        .waivers,
    ).toEqual([
      {
        at: 'waivers[0]',
        about,
        until: '2026-11-01',
        waived: 0,
        refused: [{ fingerprint, because: 'expired' }],
      },
      { at: 'waivers[1]', about, until: 'never', waived: 0, refused: [{ fingerprint, because: 'exceeded' }] },
      { at: 'waivers[2]', about, until: 'never', waived: 1, refused: [] },
      { at: 'waivers[3]', about, until: 'never', waived: 0, refused: [] },
    ]);
  });

  it('that has expired makes its finding new again, with the day it was first seen', () => {
    const before = run(450, [waiver()]);
    const report = run(450, [waiver({ until: '2026-11-01' })], before);
    expect(report.findings.map((f) => [f.status, f.since])).toEqual([['new', 'waiver-expired']]);
    expect(exitCode(report, 'high')).toBe(1);
  });

  it('is no resolution of what it sets aside', () => {
    const report = run(450, [waiver()], run(450, []));
    expect([report.waived.length, report.resolved, report.unchecked]).toEqual([1, [], []]);
  });
});

describe('a pinned waiver', () => {
  const pinned = [waiver({ pin: content })];

  it('lets come back what exceeds it, as worsened, and keeps what is less', () => {
    const accepted = run(450, pinned);
    expect(accepted.waived).toHaveLength(1);
    const grown = run(451, pinned, accepted);
    expect(grown.findings.map((f) => [f.status, f.since])).toEqual([['worsened', undefined]]);
    expect(codes(grown)).toEqual(['waivers[0] waiver-exceeded']);
    const less = run(449, pinned, accepted);
    expect([less.findings, less.waived.length]).toEqual([[], 1]);
  });

  it('remembers what it is pinned to over nights on which the finding was less', () => {
    const less = run(445, pinned, run(450, pinned));
    expect(run(448, pinned, less).waived).toHaveLength(1);
    expect(run(451, pinned, less).waived).toEqual([]);
  });

  it('hides nothing where nobody knows what it is pinned to', () => {
    expect(run(449, [waiver({ pin: '0000000000000000' })]).findings).toHaveLength(1);
  });

  it('never hides more than it was pinned to, whatever the nights before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 443, max: 460 }), { minLength: 1, maxLength: 6 }), (nights) => {
        let last = run(450, pinned);
        for (const port of nights) {
          last = run(port, pinned, last);
          const isHidden = last.waived.length === 1;
          if (isHidden) expect(port).toBeLessThanOrEqual(450);
          if (port === 450) expect(isHidden).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('what is missing and critically used', () => {
  const key = {
    KeyPairId: 'key-1',
    KeyName: 'deploy',
    KeyType: 'ed25519',
    KeyFingerprint: 'AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAA=',
  };
  const estate: Estate = {
    keyPairs: [key],
    images: [{ ImageId: 'ami-1', Name: 'a', State: 'available', OwnerId: '111122223333' }],
    instances: [{ InstanceId: 'i-1', ImageId: 'ami-1', KeyName: 'deploy', State: { Name: 'running' } }],
  };
  const missing = (config: Parameters<typeof audit>[2] & object) =>
    audit(estate, { images: [] }, config).findings.filter((f) => f.rule === 'key-pair/missing');

  it('is not waived by a pattern, and is by its rule and name', () => {
    const all = (more: Partial<WaiverConfig>) => ({ config: { waivers: [waiver(more)] } });
    expect(missing(all({ rule: 'key-pair/*', subject: 'deploy' }))).toHaveLength(1);
    expect(missing(all({ rule: 'key-pair/missing', subject: 'dep*' }))).toHaveLength(1);
    expect(missing(all({ rule: 'key-pair/missing', subject: undefined }))).toHaveLength(1);
    expect(missing(all({ rule: 'key-pair/missing', subject: 'deploy' }))).toHaveLength(0);
  });

  it('is not switched off or made milder for all subjects either', () => {
    expect(missing({ config: { rules: { 'key-pair/missing': 'off' } } })[0]?.severity).toBe('critical');
    expect(missing({ config: { rules: { 'key-pair/missing': 'low' } } })[0]?.severity).toBe('critical');
    const named = { rules: { 'key-pair/missing': { severity: 'low' as const, subject: 'deploy' } } };
    expect(missing({ config: named })[0]).toMatchObject({ severity: 'low', usually: 'critical' });
  });
});

describe('the severity that the config gives a rule', () => {
  const withRules = (rules: NonNullable<Parameters<typeof auditGroups>[2]>['config']) =>
    auditGroups(source, open(450), rules ? { config: rules } : {});

  it('off leaves the finding out, says how many, and the pair is the same', () => {
    const report = withRules({ rules: { 'security-group/allows-more': 'off' } });
    expect([report.findings, report.pairs[0]?.state, report.verdict]).toEqual([[], 'same', 'parity']);
    expect(codes(report)).toEqual(['rules.security-group/allows-more rule-off']);
  });

  it('for some subjects counts for those alone', () => {
    const setting = { severity: 'info' as const, subject: 'we*' };
    const report = withRules({ rules: { 'security-group/allows-more': [setting] } });
    expect(report.findings[0]).toMatchObject({ severity: 'info', usually: 'high' });
    expect(codes(report)).toEqual(['rules.security-group/allows-more[0] rule-severity']);
    const others = withRules({
      rules: { 'security-group/allows-more': { severity: 'off', subject: 'db' } },
    });
    expect(others.findings.map((f) => f.severity)).toEqual(['high']);
  });

  it('of a finding of the baseline that is off now is no resolution', () => {
    const report = auditGroups(source, open(450), {
      config: { rules: { 'security-group/allows-more': 'off' } },
      baseline: baselineOf(auditGroups(source, open(450))),
    });
    expect([report.resolved, report.unchecked]).toEqual([[], []]);
  });
});

describe('the config of waivers', () => {
  const fault = (waivers: object) => configSchema.safeParse({ waivers: [waivers] }).error?.issues[0]?.message;

  it.each([
    ['no end', { ...waiver(), until: undefined }, 'a waiver needs "until": a date (2027-01-31), or never'],
    ['no day', { ...waiver(), until: '2027-02-30' }, '"2027-02-30" is not a day like 2027-01-31, nor never'],
    ['no reason', { ...waiver(), reason: undefined }, 'a waiver needs "reason"'],
    ['an empty owner', { ...waiver(), owner: ' ' }, '"owner" is empty'],
    ['no such rule', { ...waiver(), rule: 'security-group/allow-more' }, 'no rule has the id'],
    ['nothing', waiver(), undefined],
  ])('%s is wrong with it', (_, value, message) => {
    if (message === undefined) expect(fault(value)).toBeUndefined();
    else expect(fault(value)).toContain(message);
  });

  it('two patterns overlap where one text matches both, as trying texts shows', () => {
    const letters = fc
      .array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 4 })
      .map((all) => all.join(''));
    const texts = ['']
      .concat(
        ...[1, 2, 3, 4, 5, 6].map((n) =>
          Array.from({ length: 2 ** n }, (_, i) => i.toString(2).padStart(n, '0')),
        ),
      )
      .map((bits) => bits.replaceAll('0', 'a').replaceAll('1', 'b'));
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        expect(overlap(a, b)).toBe(texts.some((text) => matches(a, text) && matches(b, text)));
      }),
    );
  });

  it('a pattern fits as a whole, and takes no time that explodes', () => {
    for (const [pattern, text, fits] of [
      ['prod-*', 'prod-web', true],
      ['prod-*', 'my-prod-web', false],
      ['*', '', true],
      ['a?c', 'abc', true],
      ['a.c', 'abc', false],
      [`${'*a'.repeat(40)}b`, 'a'.repeat(500), false],
    ] as const)
      expect([pattern, matches(pattern, text)]).toEqual([pattern, fits]);
  });
});
