import { describe, expect, it } from 'vitest';
import { renderAsff } from '../../src/renderers/asff.ts';
import { renderCsv } from '../../src/renderers/csv.ts';
import { renderSlack } from '../../src/renderers/slack.ts';
import type { Report } from '../../src/report/model.ts';
import { cells } from '../kit/csv.ts';
import { HOSTILE } from '../kit/hostile.ts';
import type { LooseFinding } from '../kit/loose-finding.ts';
import { emptyReport, finding as findingOf, sampleReport, summarised } from '../kit/report.ts';

const finding = (over: Partial<LooseFinding>) => findingOf({ rule: 'security-group/allows-more', ...over });

const MOVED = {
  side: 'target',
  from: '2026-11-15T02:00:00.000Z',
  to: '2026-11-16T02:00:00.000Z',
} as const;
const drift: Report = summarised({
  ...emptyReport(),
  phase: 'drift',
  findings: [
    finding({ fingerprint: 'a', status: 'new', severity: 'critical', moved: MOVED }),
    finding({ fingerprint: 'b', status: 'worsened', severity: 'high' }),
    finding({ fingerprint: 'c', status: 'persisting', severity: 'low' }),
  ],
  resolved: [finding({ fingerprint: 'd', severity: 'medium', moved: { ...MOVED, side: 'source' } })],
  unchecked: [finding({ fingerprint: 'e' })],
  waived: [
    { ...finding({ fingerprint: 'f' }), waiver: { reason: 'move', owner: 'platform', until: '2026-11-30' } },
  ],
});
const named = (name: string, more: object = {}) =>
  finding({ ...more, message: name, subject: { name, scope: name, sourceId: name, targetId: name } });

describe('CSV', () => {
  it('has every finding in a row, with its status, who moved and who accepted it', () => {
    const [head = [], ...rows] = cells(renderCsv(drift));
    const column = (name: string) => rows.map((row) => row[head.indexOf(name)]);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
    expect(column('status').slice(0, 6)).toEqual([
      'new',
      'worsened',
      'persisting',
      'waived',
      'resolved',
      'unchecked',
    ]);
    expect(column('what_changed')[0]).toBe(
      'The target changed alone, between 2026-11-15 02:00 and 2026-11-16 02:00 UTC.',
    );
    expect(column('waiver_until')[3]).toBe('2026-11-30');
    expect(renderCsv(drift)).toMatch(/^[^\n]*\r\n/);
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@x',
    '\t=1',
    ' =1',
    '|calc',
    'a,b',
    'a"b',
    'a\r\nb',
    ...Object.values(HOSTILE),
  ])('no cell is a formula or breaks the row: %j', (name) => {
    const [head = [], row = []] = cells(renderCsv(summarised({ ...emptyReport(), findings: [named(name)] })));
    expect(row).toHaveLength(head.length);
    for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@|%]/);
  });
});

describe('the payload for Slack', () => {
  const blocks = (report: Report) =>
    JSON.parse(renderSlack(report)).blocks as { type: string; text?: { text: string } }[];

  it('leads with the decision, and has what is new and worsened with who moved', () => {
    const payload = JSON.parse(renderSlack(drift));
    expect(payload.text).toContain(
      'drift: 1 new (1 critical), 1 worsened, 1 persisting, 1 resolved, 1 unchecked',
    );
    expect(payload.blocks[0].type).toBe('header');
    const text = JSON.stringify(payload.blocks);
    expect(text).toContain('*New: 1*');
    expect(text).toContain('The target changed alone, between 2026-11-15 02:00');
    expect(text).toContain('Waived: 1');
    expect(text).toContain('Exit code 1');
  });

  it('stays within what Slack takes, however many findings there are and however long they are', () => {
    const findings = Array.from({ length: 300 }, (_, i) =>
      named('x'.repeat(5_000), { fingerprint: String(i), status: 'new' }),
    );
    const all = blocks(summarised({ ...drift, findings }));
    expect(all.length).toBeLessThanOrEqual(50);
    for (const block of all) expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
    expect(all[0]?.text?.text.length).toBeLessThanOrEqual(150);
    expect(JSON.stringify(all)).toContain('and 292 more');
  });

  it.each(['<!channel>', '<@U1>', '`a` *b*', 'a & b', ...Object.values(HOSTILE)])(
    'nothing in a name is markup: %j',
    (name) => {
      const text = JSON.stringify(
        blocks(summarised({ ...drift, findings: [named(name, { status: 'new' })] })),
      );
      expect(text).not.toMatch(/<[!@#h]/);
    },
  );
});

describe('the findings for Security Hub', () => {
  const findings = (report: Report) => JSON.parse(renderAsff(report)) as Record<string, never>[];

  it('have the fields that BatchImportFindings requires, and their state', () => {
    for (const f of findings(drift)) {
      for (const key of [
        'SchemaVersion',
        'Id',
        'ProductArn',
        'GeneratorId',
        'AwsAccountId',
        'CreatedAt',
        'UpdatedAt',
      ])
        expect(f[key]).toEqual(expect.any(String));
      expect(f.AwsAccountId).toMatch(/^\d{12}$/);
      expect(f.Resources).not.toEqual([]);
    }
    expect(findings(drift).map(({ Workflow, RecordState }) => [Workflow, RecordState])).toEqual([
      [{ Status: 'NEW' }, 'ACTIVE'],
      [{ Status: 'NEW' }, 'ACTIVE'],
      [{ Status: 'RESOLVED' }, 'ARCHIVED'],
      [{ Status: 'NEW' }, 'ACTIVE'],
      [{ Status: 'SUPPRESSED' }, 'ARCHIVED'],
      [{ Status: 'NEW' }, 'ACTIVE'],
    ]);
  });

  it('stay within the limits of a call, and say what is left out', () => {
    const many = Array.from({ length: 250 }, (_, i) =>
      named('y'.repeat(3_000), { fingerprint: String(i), severity: i === 249 ? 'critical' : 'low' }),
    );
    const all = findings(summarised({ ...emptyReport(), complete: true, gaps: [], findings: many }));
    expect(all).toHaveLength(100);
    expect(all[0]?.Severity).toEqual({ Label: 'CRITICAL', Original: 'critical' });
    for (const f of all) {
      expect(String(f.Title).length).toBeLessThanOrEqual(256);
      expect(String(f.Description).length).toBeLessThanOrEqual(1_024);
      expect(JSON.stringify(f).length).toBeLessThan(240_000);
    }
    expect(String(all.at(-1)?.Description)).toContain('151 findings left out');
  });

  it('are of the partition of the region', () => {
    const report = { ...sampleReport(), target: { ...sampleReport().target, region: 'cn-north-1' } };
    expect(findings(report)[0]?.ProductArn).toMatch(/^arn:aws-cn:securityhub:cn-north-1:/);
  });
});
