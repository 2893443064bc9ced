import type { Finding, Gap, Pair, Report, RuleText } from '../../src/report/model.ts';
import { KINDS, SEVERITIES, STATES } from '../../src/report/vocabulary.ts';
import { hostileFindings } from './hostile.ts';
import { asRead, type LooseFinding } from './loose-finding.ts';
import { SAMPLE_FINDINGS } from './sample-findings.ts';
import { SAMPLE_LINEAGES } from './sample-lineages.ts';
import { SAMPLE_RULES } from './sample-rules.ts';
import { SAMPLE_CAUSES, SAMPLE_WORKLOADS } from './sample-workloads.ts';

/** A finding with everything filled in, for tests that care about one field of it. */
export function finding(over: LooseFinding): Finding {
  const [kind] = over.rule.split('/');
  return asRead({
    fingerprint: `${over.rule}#${over.subject?.name ?? 'web'}`,
    severity: 'high',
    kind: KINDS.find((k) => k === kind) ?? 'security-group',
    subject: { name: 'web', scope: null, sourceId: null, targetId: null },
    facts: {},
    message: 'The two sides differ.',
    remedy: 'Make them agree.',
    usedBy: [],
    status: 'new',
    firstSeen: '2026-11-22T09:13:09.000Z',
    ...over,
  });
}

/** The pair that a finding speaks of. */
function pairOf(f: Finding, state: Pair['state'], matchedBy: string | null): Pair {
  const end = (id: string | null) => (id === null ? null : { id, name: f.subject.name });
  return {
    kind: f.kind,
    name: f.subject.name,
    scope: f.subject.scope,
    state,
    source: end(f.subject.sourceId),
    target: end(f.subject.targetId),
    matchedBy,
    findings: [f.fingerprint],
  };
}

function stateOf(f: Finding): Pair['state'] {
  if (f.rule.endsWith('/ambiguous')) return 'ambiguous';
  if (f.rule.endsWith('/undetermined')) return 'undetermined';
  if (f.subject.targetId === null) return 'missing-in-target';
  if (f.subject.sourceId === null) return 'extra-in-target';
  return f.severity === 'info' ? 'same' : 'different';
}

const GAPS: Gap[] = [
  {
    side: 'target',
    kind: 'prefix-list',
    code: 'access-denied',
    message: 'ec2:GetManagedPrefixListEntries was refused for pl-0f3c9a55d1e2b7788.',
    hint: 'Add ec2:GetManagedPrefixListEntries to the role; `ec2-parity iam-policy` prints the whole policy.',
    blocking: true,
  },
  {
    side: 'source',
    kind: 'image',
    code: 'not-read',
    message: 'Launch permissions of 412 images were not asked for: one call per image.',
    hint: 'Give --only images to ask for them.',
    blocking: false,
  },
];

/** What a summary counts, counted again here so that a report made by hand agrees with itself. */
export function summarised(report: Omit<Report, 'summary'>): Report {
  const byRule: Record<string, number> = {};
  for (const f of report.findings) byRule[f.rule] = (byRule[f.rule] ?? 0) + 1;
  const kinds = KINDS.filter((k) => report.pairs.some((p) => p.kind === k));
  const inState = (kind: string, state: string) =>
    report.pairs.filter((p) => p.kind === kind && p.state === state).length;
  return {
    ...report,
    summary: {
      bySeverity: Object.fromEntries(
        SEVERITIES.map((s) => [s, report.findings.filter((f) => f.severity === s).length]),
      ) as Report['summary']['bySeverity'],
      byRule,
      byKind: Object.fromEntries(
        kinds.map((k) => [k, Object.fromEntries(STATES.map((s) => [s, inState(k, s)]))]),
      ) as Report['summary']['byKind'],
    },
  };
}

const healthy = (
  kind: Pair['kind'],
  name: string,
  scope: string | null,
  matchedBy: string,
  ids: [string, string],
): Pair => ({
  kind,
  name,
  scope,
  state: 'same',
  source: { id: ids[0], name },
  target: { id: ids[1], name },
  matchedBy,
  findings: [],
});

/**
 * A report as an engineer would get it: every kind of difference, a gap that blocks and one that does not, a waiver,
 * a resolved finding, workloads; and names, tags and descriptions by somebody who means harm.
 */
export function sampleReport(): Report {
  const findings = [...SAMPLE_FINDINGS, ...hostileFindings()];
  const bySubject = new Map<string, { -readonly [Key in keyof Pair]: Pair[Key] }>();
  for (const f of findings) {
    const key = `${f.kind} ${f.subject.scope} ${f.subject.name} ${f.subject.sourceId} ${f.subject.targetId}`;
    const known = bySubject.get(key);
    if (known) known.findings = [...known.findings, f.fingerprint];
    else bySubject.set(key, pairOf(f, stateOf(f), f.subject.sourceId && f.subject.targetId ? 'name' : null));
  }
  const waived = finding({
    rule: 'security-group/allows-more',
    severity: 'high',
    fingerprint: 'sha256-waived-bastion',
    subject: {
      name: 'bastion',
      scope: 'prod',
      sourceId: 'sg-0ba5710000000001',
      targetId: 'sg-0ba5710000000002',
    },
    message: 'The target admits ssh from 192.0.2.0/24, the source does not.',
    remedy: 'Revoke the row on sg-0ba5710000000002.',
  });
  const resolved = finding({
    rule: 'key-pair/missing',
    severity: 'critical',
    fingerprint: 'sha256-resolved-ci',
    status: 'persisting',
    firstSeen: '2026-11-01T06:00:00.000Z',
    subject: { name: 'ci-runner', scope: null, sourceId: 'key-0c1', targetId: null },
    message: 'Key pair ci-runner does not exist in eu-west-1.',
  });
  return summarised({
    schemaVersion: 1,
    tool: { name: 'ec2-parity', version: '0.1.0' },
    phase: 'readiness',
    startedAt: '2026-11-22T09:13:04.118Z',
    finishedAt: '2026-11-22T09:13:09.902Z',
    source: {
      account: '111111111111',
      region: 'us-east-1',
      takenAt: '2026-11-22T09:13:04.118Z',
      origin: 'live',
    },
    target: {
      account: '222222222222',
      region: 'eu-west-1',
      takenAt: '2026-11-22T09:13:05.240Z',
      origin: 'live',
    },
    only: null,
    complete: false,
    warnings: [],
    verdict: 'differences',
    notLookedAt: [],
    gaps: GAPS,
    pairs: [
      ...bySubject.values(),
      healthy('key-pair', 'break-glass', null, 'public-key', ['key-0b1', 'key-0b2']),
      healthy('key-pair', 'build', null, 'public-key', ['key-0b3', 'key-0b4']),
      healthy('security-group', 'cache', 'prod', 'name', ['sg-0cac4e0000000001', 'sg-0cac4e0000000002']),
      healthy('security-group', 'default', 'prod', 'name', ['sg-0def0000000000001', 'sg-0def0000000000002']),
      healthy('image', 'base-2026-10-01', null, 'lineage', ['ami-0ba5e00000000001', 'ami-0ba5e00000000002']),
    ],
    findings,
    workloads: SAMPLE_WORKLOADS,
    causes: SAMPLE_CAUSES,
    lineages: SAMPLE_LINEAGES,
    notes: [],
    unreadParts: [],
    waived: [
      {
        ...waived,
        waiver: {
          reason: 'Office range, moves in January (CHG-4411).',
          owner: 'net-team',
          until: '2027-01-31',
        },
      },
    ],
    resolved: [resolved],
    unchecked: [],
    rules: SAMPLE_RULES,
  });
}

/** The smallest report there can be: nothing found because nothing was there. */
export function emptyReport(over: Partial<Report> = {}): Report {
  const base = sampleReport();
  return {
    ...summarised({
      ...base,
      pairs: [],
      findings: [],
      waived: [],
      resolved: [],
      unchecked: [],
      workloads: [],
      causes: [],
      lineages: [],
      gaps: [],
      complete: true,
      verdict: 'parity',
      rules: [] as RuleText[],
    }),
    ...over,
  };
}
