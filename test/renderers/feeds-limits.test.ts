import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { renderAsff } from '../../src/renderers/asff.ts';
import { renderCsv } from '../../src/renderers/csv.ts';
import { renderSlack } from '../../src/renderers/slack.ts';
import type { Report } from '../../src/report/model.ts';
import { SEVERITIES } from '../../src/report/vocabulary.ts';
import { visible } from '../../src/text/printable.ts';
import { cells } from '../kit/csv.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, finding, summarised } from '../kit/report.ts';

const long = fc
  .tuple(hostileText, fc.integer({ min: 1, max: 4_000 }))
  .map(([text, n]) => text.repeat(n).slice(0, 4_000));
const anyText = fc.oneof(
  hostileText,
  long,
  fc.constantFrom('', ' ', '&'.repeat(5_000), '`*_~'.repeat(900), '😀'.repeat(3_000)),
);
const when = fc.constantFrom(
  '2026-11-16T02:00:00.000Z',
  '2026-11-15T02:00:00Z',
  'yesterday',
  '2026-99-99T99:99:99Z',
);

const oneFinding = fc
  .record({
    text: anyText,
    name: anyText,
    severity: fc.constantFrom(...SEVERITIES),
    status: fc.constantFrom('new', 'worsened', 'persisting' as const),
    firstSeen: when,
    users: fc.integer({ min: 0, max: 80 }),
    id: fc.option(anyText),
  })
  .map(({ text, name, severity, status, firstSeen, users, id }) =>
    finding({
      rule: 'security-group/allows-more',
      severity,
      status,
      firstSeen,
      message: text,
      remedy: text,
      subject: { name, scope: text, sourceId: id, targetId: null },
      usedBy: Array.from({ length: users }, (_, i) => ({
        kind: 'instance',
        name: text,
        id: `i-${i}`,
        side: 'source' as const,
      })),
    }),
  );

/** Reports of any number of findings of every status, whatever they say, and documents that someone has changed. */
const report: fc.Arbitrary<Report> = fc.oneof(
  hostileText.map(reportSaying),
  fc
    .record({
      phase: fc.constantFrom('readiness', 'verification', 'drift' as const),
      some: fc.array(oneFinding, { maxLength: 4 }),
      many: fc.integer({ min: 0, max: 60 }),
      resolved: fc.array(oneFinding, { maxLength: 3 }),
      waived: fc.array(oneFinding, { maxLength: 2 }),
      region: fc.constantFrom('eu-west-1', 'cn-north-1', 'us-gov-west-1', 'dumps of Tuesday, in full'),
      account: fc.constantFrom('111122223333', null, 'x'),
      reason: anyText,
      finishedAt: when,
    })
    .map(({ phase, some, many, resolved, waived, region, account, reason, finishedAt }) =>
      summarised({
        ...emptyReport(),
        phase,
        finishedAt,
        target: { ...emptyReport().target, region, account },
        findings: Array.from({ length: some.length === 0 ? 0 : 1 + many }, (_, i) => ({
          ...(some[i % some.length] ?? finding({ rule: 'image/extra' })),
          fingerprint: String(i),
        })),
        resolved: resolved.map((f, i) => ({ ...f, fingerprint: `r${i}` })),
        waived: waived.map((f, i) => ({
          ...f,
          fingerprint: `w${i}`,
          waiver: { reason, owner: reason, until: '2026-12-31' },
        })),
      }),
    ),
);

/** What AwsSecurityFinding takes, by its API reference. A length is counted as the longer of units and code points. */
const text = (max: number) => z.string().regex(/\S/).max(max);
const moment = z.iso.datetime();
const weight = z.strictObject({
  Label: z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
  Original: text(64),
});
const namespace =
  /^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(\/[^/]+){0,2}$/;
const types = z.array(z.string().regex(namespace)).min(1).max(50);
const asff = z.strictObject({
  SchemaVersion: z.literal('2018-10-08'),
  Id: text(512),
  ProductArn: z
    .string()
    .max(2_048)
    .regex(/^arn:(aws|aws-cn|aws-us-gov):securityhub:[a-z0-9-]+:\d{12}:product\/\d{12}\/default$/),
  GeneratorId: text(512),
  AwsAccountId: z.string().regex(/^\d{12}$/),
  Types: types,
  FirstObservedAt: moment,
  LastObservedAt: moment.optional(),
  CreatedAt: moment,
  UpdatedAt: moment,
  Severity: weight,
  FindingProviderFields: z.strictObject({ Severity: weight, Types: types }),
  Title: text(256),
  Description: text(1_024),
  Remediation: z
    .strictObject({
      Recommendation: z
        .strictObject({ Text: text(512).optional(), Url: z.url().max(512).optional() })
        .refine((r) => Object.keys(r).length > 0),
    })
    .optional(),
  ProductFields: z
    .record(text(128), text(2_048))
    .refine((fields) => Object.keys(fields).length <= 50)
    .optional(),
  Resources: z
    .array(
      z.strictObject({
        Type: text(256),
        Id: text(512),
        Partition: z.enum(['aws', 'aws-cn', 'aws-us-gov']),
        Region: text(16),
      }),
    )
    .min(1)
    .max(32),
  Compliance: z.strictObject({ Status: z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']) }).optional(),
  RecordState: z.enum(['ACTIVE', 'ARCHIVED']),
  Workflow: z.strictObject({ Status: z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']) }),
});

describe('any report, for Security Hub', () => {
  it('is one call of BatchImportFindings that keeps to every limit, with an id of its own for each finding', () => {
    fc.assert(
      fc.property(report, (any) => {
        const all: { Id: string }[] = JSON.parse(renderAsff(any));
        expect(all.length).toBeLessThanOrEqual(100);
        for (const one of all) {
          expect(asff.safeParse(one).error?.issues ?? []).toEqual([]);
          expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThan(240_000);
        }
        expect(Buffer.byteLength(JSON.stringify(all))).toBeLessThan(6_000_000);
        // A report in which every text is one hostile text has one fingerprint for all findings.
        if (!/^\d{4}-/.test(any.startedAt)) return;
        expect(new Set(all.map(({ Id }) => Id)).size).toBe(all.length);
      }),
      { numRuns: 30 },
    );
  });

  it('has the ids and the creation of the night before, and what is resolved is archived under its own', () => {
    const at = (startedAt: string, more: Partial<Report>) =>
      JSON.parse(
        renderAsff({
          ...emptyReport(),
          gaps: [],
          complete: true,
          phase: 'drift',
          startedAt,
          finishedAt: startedAt,
          ...more,
        }),
      );
    const known = finding({ rule: 'image/missing-copy', firstSeen: '2026-11-10T02:00:00.000Z' });
    const [first] = at('2026-11-15T02:00:00.000Z', { findings: [known] });
    const [second] = at('2026-11-16T02:00:00.000Z', {
      findings: [{ ...known, status: 'worsened', severity: 'critical' }],
    });
    const [third] = at('2026-11-17T02:00:00.000Z', { resolved: [known] });
    expect([second.Id, third.Id]).toEqual([first.Id, first.Id]);
    expect([first, second, third].map((f) => f.CreatedAt)).toEqual(Array(3).fill('2026-11-10T02:00:00.000Z'));
    expect([first, second, third].map((f) => f.UpdatedAt)).toEqual(
      [15, 16, 17].map((d) => `2026-11-${d}T02:00:00.000Z`),
    );
    expect(second.FindingProviderFields.Severity.Label).toBe('CRITICAL');
    expect([first, second, third].map((f) => f.RecordState)).toEqual(['ACTIVE', 'ACTIVE', 'ARCHIVED']);
  });

  it('of another source account, or another pair of regions, has other ids', () => {
    const of = (account: string, region: string) =>
      JSON.parse(
        renderAsff({
          ...emptyReport(),
          source: { ...emptyReport().source, account, region },
          findings: [finding({ rule: 'image/missing-copy' })],
        }),
      )[0].Id;
    expect(
      new Set([
        of('111122223333', 'us-east-1'),
        of('444455556666', 'us-east-1'),
        of('111122223333', 'us-east-2'),
      ]).size,
    ).toBe(3);
  });

  it('leaves out what persists before what is new, worsened or resolved', () => {
    const many = (n: number, status: 'new' | 'persisting', severity: 'critical' | 'low') =>
      Array.from({ length: n }, (_, i) =>
        finding({ rule: 'image/extra', fingerprint: `${status}${i}`, status, severity }),
      );
    const all: { ProductFields?: Record<string, string> }[] = JSON.parse(
      renderAsff({
        ...emptyReport(),
        gaps: [],
        complete: true,
        phase: 'drift',
        findings: [...many(150, 'persisting', 'critical'), ...many(3, 'new', 'low')],
        resolved: [finding({ rule: 'image/extra', fingerprint: 'gone' })],
      }),
    );
    const counted = (status: string) =>
      all.filter((f) => f.ProductFields?.['ec2-parity/status'] === status).length;
    expect(['new', 'resolved', 'persisting'].map(counted)).toEqual([3, 1, 95]);
  });

  it('says what was not looked at, and what the config leaves out', () => {
    const all: { Description: string }[] = JSON.parse(
      renderAsff({
        ...emptyReport(),
        gaps: [],
        complete: true,
        only: ['key-pairs'],
        notLookedAt: [{ what: 'subnets', side: 'target', because: 'The folder does not contain them.' }],
        notes: [{ code: 'out-of-scope', at: 'exclude', message: 'out of scope: 2 images.', hint: '' }],
      }),
    );
    expect(all).toHaveLength(1);
    for (const said of [
      'Restricted with --only',
      'Out of scope: 2 images.',
      'Not looked at on the target: subnets',
    ])
      expect(all[0]?.Description).toContain(said);
  });

  it('archives what it said of an incomplete run once everything is read', () => {
    const complete = { ...emptyReport(), gaps: [], complete: true };
    const baseline = { form: 'report', at: '', phase: 'drift', version: '1', unread: ['image'] } as const;
    const states = (more: Partial<Report>) =>
      JSON.parse(renderAsff({ ...complete, ...more })).map((f: { RecordState: string }) => f.RecordState);
    const next = (was: boolean) => states({ baseline: { ...baseline, complete: was, unread: [] } });
    // The first complete run still says that its baseline is incomplete.
    expect([next(false), next(true), states({})]).toEqual([['ACTIVE'], ['ARCHIVED'], []]);
  });
});

/** What Slack takes of a message, by its reference of Block Kit. */
const plain = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.literal(false),
  });
const mrkdwn = z.strictObject({
  type: z.literal('mrkdwn'),
  text: z.string().min(1).max(3_000),
  verbatim: z.literal(true),
});
const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z.strictObject({ type: z.literal('section'), text: mrkdwn }),
  z.strictObject({ type: z.literal('context'), elements: z.array(mrkdwn).min(1).max(10) }),
  z.strictObject({ type: z.literal('divider') }),
]);
const message = z.strictObject({
  text: z.string().min(1).max(40_000),
  blocks: z.array(block).min(1).max(50),
});

describe('any report, for Slack', () => {
  it('is a message that keeps to every limit, mentions nobody and ends with the exit code', () => {
    fc.assert(
      fc.property(report, (any) => {
        const payload = JSON.parse(renderSlack(any));
        expect(message.safeParse(payload).error?.issues ?? []).toEqual([]);
        expect(JSON.stringify(payload.blocks).length).toBeLessThanOrEqual(12_500);
        const texts: string[] = JSON.stringify(payload.blocks).match(/"text":"(?:[^"\\]|\\.)*"/g) ?? [];
        for (const one of texts) {
          expect(one).not.toMatch(/<[!@#a-z]/);
          // Each & begins one of the three entities, whole.
          expect(one.slice(1).replace(/&(amp|lt|gt);/g, '')).not.toMatch(/&(?!amp;|lt;|gt;)[a-z]{0,4}(…|")/);
        }
        expect(JSON.stringify(payload.blocks.at(-1))).toMatch(/Exit code [013]/);
      }),
      { numRuns: 30 },
    );
  });
});

describe('any report, as CSV', () => {
  it('is read back as it was written, but for an apostrophe before what a spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(report, (any) => {
        const csv = renderCsv(any);
        const [head = [], ...rows] = cells(csv);
        expect(rows.every((row) => row.length === head.length)).toBe(true);
        expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@|%]/);
        const names = rows.map((row) => row[head.indexOf('name')]?.replace(/^'/, ''));
        const all = [...any.findings, ...any.waived, ...any.resolved, ...any.unchecked];
        expect(names.slice(0, all.length)).toEqual(all.map((f) => visible(f.subject.name).replace(/^'/, '')));
      }),
      { numRuns: 30 },
    );
  });
});
