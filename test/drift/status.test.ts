import { describe, expect, it } from 'vitest';
import type { AwsPermission } from '../../src/inventory/security-group.ts';
import type { Report } from '../../src/report/model.ts';
import { type AuditOptions, allow, audit, type Estate, group, VPC } from '../kit/estate.ts';

const HTTPS = allow('tcp', 443, 443, '10.0.0.0/8');
const HTTP = allow('tcp', 80, 80, '10.0.0.0/8');
const target = (...rows: AwsPermission[]): Estate => ({ vpcs: [VPC], securityGroups: [group('web', rows)] });
const against = (now: Estate, baseline?: Report, options: AuditOptions = {}) =>
  audit(target(), now, { ...options, ...(baseline ? { baseline } : {}) });
const statuses = (report: Report) => report.findings.map((f) => `${f.rule} ${f.status}`);

describe('against a baseline', () => {
  const before = against(target(HTTPS));

  it('what is opened wider has worsened, what is as it was or narrower persists', () => {
    expect(statuses(against(target(HTTPS, HTTP), before))).toEqual(['security-group/allows-more worsened']);
    expect(statuses(against(target(HTTPS), before))).toEqual(['security-group/allows-more persisting']);
    expect(statuses(against(target(HTTPS), against(target(HTTPS, HTTP))))).toEqual([
      'security-group/allows-more persisting',
    ]);
  });

  it('a report of before `content` existed has what it has, and nothing worsened', () => {
    const old = { ...before, findings: before.findings.map((f) => ({ ...f, content: '' })) };
    expect(statuses(against(target(HTTPS, HTTP), old))).toEqual(['security-group/allows-more persisting']);
  });

  it('what is gone is resolved; what was not read is unchecked, and is known again next time', () => {
    expect(against(target(), before).resolved).toHaveLength(1);
    const unread = against({ ...target(), unread: ['securityGroups'] }, before);
    expect([unread.resolved, unread.unchecked.map((f) => f.fingerprint)]).toEqual([
      [],
      before.findings.map((f) => f.fingerprint),
    ]);
    expect(statuses(against(target(HTTPS), unread))).toEqual(['security-group/allows-more persisting']);
  });

  it('a kind that is not reported this time is unchecked', () => {
    const keys = against(target(), before, { scopes: ['key-pairs'] });
    expect([keys.resolved.length, keys.unchecked.length]).toEqual([0, 1]);
  });

  it('a finding of a rule that this version does not know is unchecked', () => {
    const strange = {
      ...before,
      findings: before.findings.map((f) => ({ ...f, rule: 'security-group/new' as never })),
    };
    const report = against(target(HTTPS), {
      ...strange,
      findings: strange.findings.map((f) => ({ ...f, fingerprint: 'x' })),
    });
    expect(report.unchecked.map((f) => f.fingerprint)).toEqual(['x']);
  });
});
