import { describe, expect, it } from 'vitest';
import { kindsOfScope } from '../../../src/inventory/kinds.ts';
import type { Finding, Report } from '../../../src/report/model.ts';
import { SCOPES, type Scope } from '../../../src/report/vocabulary.ts';
import { demoReport } from '../../kit/demo.ts';
import { type AuditOptions, audit, type Estate, group, VPC } from '../../kit/estate.ts';

const key = { KeyName: 'deploy', KeyFingerprint: 'aa:bb' };
const instance = (KeyName: string) => ({
  InstanceId: 'i-1',
  State: { Name: 'running' },
  KeyName,
  Tags: [{ Key: 'Name', Value: 'web' }],
});
const ONLY: AuditOptions = { scopes: ['key-pairs'] };

describe('the verdict of a report', () => {
  const base: Estate = { vpcs: [VPC], securityGroups: [group('web', [])] };

  it.each<[string, Estate, Estate, string]>([
    ['two sides that are the same', base, base, 'parity'],
    ['a finding of low or worse, whatever the pairs', { instances: [instance('gone')] }, {}, 'differences'],
    ['a kind that could not be read', base, { ...base, unread: ['images'] }, 'inconclusive'],
    ['an object on one side only', { keyPairs: [key] }, {}, 'differences'],
    ['nothing on either side', {}, {}, 'parity'],
  ])('of %s', (_, source, target, verdict) => {
    expect(audit(source, target).verdict).toBe(verdict);
  });

  it('is never parity beside a finding that is low or worse', () => {
    const report = audit({ instances: [instance('gone')] }, {});
    expect(report.findings.map((f) => `${f.rule} ${f.severity}`)).toEqual(['reference/dangling high']);
    expect(report.pairs.map((p) => p.kind)).toEqual(['instance']);
  });
});

describe('two empty sides', () => {
  const WARNING =
    'There are no key pairs, images or workloads on either side. Is it the right account and region?';

  it('agree, with a warning and the rows of the matrix', () => {
    const report = audit({ vpcs: [VPC] }, { vpcs: [VPC] });
    expect(report.warnings).toEqual([WARNING]);
    expect(report.summary.byKind['key-pair']).toMatchObject({ same: 0 });
  });

  it('need both to be empty, and to have been read', () => {
    expect(audit({ keyPairs: [key] }, {}).warnings).toEqual([]);
    expect(audit({}, { unread: ['images'] }).warnings).toEqual([]);
  });
});

describe('--only', () => {
  const source: Estate = { keyPairs: [key], instances: [instance('deploy')] };

  it('says what is reported; all is null', () => {
    expect(audit(source, {}, ONLY).only).toEqual(['key-pairs']);
    expect(audit(source, {}).only).toBeNull();
  });

  it.each(SCOPES)('%s gives exactly the findings that the whole report has of its kinds', async (scope) => {
    const [all, some] = [await demoReport(), await demoReport({}, [scope])];
    // Which workloads it blocks is of the verdicts, which are not reported.
    const of = ({ findings }: Report) =>
      findings
        .filter((f) => kindsOfScope(scope).includes(f.kind))
        .map(({ blocks: _, ...finding }) => finding);
    expect(of(all).length).toBeGreaterThan(3);
    expect(of(some)).toEqual(of(all));
  });

  it('names the workloads that were not read, where a finding might matter more for them', () => {
    const stored: Estate = { keyPairs: [key], leftOut: ['launchTemplates'] };
    const notLooked = (report: Report) => report.notLookedAt.map(({ side, what }) => [side, what]);
    expect(notLooked(audit(stored, {}, ONLY))).toEqual([
      ['source', 'workloads (which of the findings are about something that a workload uses)'],
    ]);
    expect(notLooked(audit({ leftOut: ['launchTemplates'] }, {}, ONLY))).toEqual([]);
  });

  it.each<[string, readonly Scope[], boolean]>([
    ['images, which a launch may name through it', ['images'], false],
    ['key pairs, which Windows does not take all of', ['key-pairs'], false],
    ['security groups, which it tells nothing about', ['security-groups'], true],
  ])('a denied read of parameters counts for %s', (_, scopes, complete) => {
    expect(audit({ unread: ['parameters'] }, {}, { scopes }).complete).toBe(complete);
  });

  it('changes no severity and no user of a finding, and reports nothing else', () => {
    const [all, some] = [audit(source, {}), audit(source, {}, ONLY)];
    const withoutVerdicts = ({ blocks: _, ...finding }: Finding) => finding;
    expect(some.findings).toEqual(all.findings.filter((f) => f.kind === 'key-pair').map(withoutVerdicts));
    expect(some.findings.map((f) => f.severity)).toEqual(['critical']);
    expect([some.workloads, some.pairs.map((p) => p.kind)]).toEqual([[], ['key-pair']]);
  });

  it('is incomplete where what weighs the findings was denied', () => {
    const report = audit({ ...source, unread: ['instances'] }, {}, ONLY);
    expect([report.complete, report.gaps.map((g) => g.kind)]).toEqual([false, ['instance']]);
  });
});
