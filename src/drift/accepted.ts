import * as z from 'zod';
import { compareMaybe, compareText, firstOf } from '../inventory/order.ts';
import { pinnedSchema } from '../report/model/findings.ts';
import { sideSchema } from '../report/model/sides.ts';
import type { Finding, Report } from '../report/model.ts';
import type { Json } from '../report/rules/shared.ts';
import { KINDS, PHASES, SEVERITIES } from '../report/vocabulary.ts';
import { type Baseline, unreadKinds } from './baseline.ts';
import { measuredFacts } from './extent.ts';

/** The version of the file format. Within it, fields are only ever added. */
export const ACCEPTED_VERSION = 1;

const acceptedFinding = z.object({
  fingerprint: z.string(),
  content: z.string(),
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  usually: z.enum(SEVERITIES).optional().describe('What the rule weighs, where the config says otherwise.'),
  kind: z.enum(KINDS),
  name: z.string(),
  scope: z.string().nullable(),
  message: z.string(),
  firstSeen: z.string(),
  blocks: z.array(z.object({ kind: z.string(), name: z.string() })).optional(),
  facts: z.record(z.string(), z.json() as z.ZodType<Json>).optional(),
});
type AcceptedFinding = z.output<typeof acceptedFinding>;

/** With what its waiver is pinned to: without it nothing shows later that the finding is no more than that. */
const acceptedWaived = acceptedFinding.extend({
  pin: z.string().optional(),
  pinned: pinnedSchema.optional(),
});
type AcceptedWaived = z.output<typeof acceptedWaived>;

/** What a person accepted of a report: small, sorted and a finding a line, to be reviewed in a repository. */
export const acceptedSchema = z.object({
  acceptedState: z.literal(ACCEPTED_VERSION),
  version: z.string().describe('The version of ec2-parity.'),
  phase: z.enum(PHASES),
  at: z.string().describe('When the run that it was accepted from had finished.'),
  source: sideSchema.omit({ origin: true }),
  target: sideSchema.omit({ origin: true }),
  complete: z.boolean(),
  unread: z.array(z.string()).describe('The kinds that the run could not read.'),
  unreadParts: z.array(z.string()).default([]).describe('What the run did not read, in parts.'),
  lostParts: z
    .array(z.string())
    .default([])
    .describe('What of that an earlier run had read: what depends on it was not checked.'),
  kinds: z.array(z.string()).describe('The kinds that the run reported.'),
  rules: z.array(z.string()).describe('The rules that the run knew.'),
  findings: z.array(acceptedFinding),
  unchecked: z.array(acceptedFinding),
  waived: z.array(acceptedWaived).default([]),
});
export type Accepted = Readonly<z.output<typeof acceptedSchema>>;

/**
 * @param chosen Fingerprints of the new and worsened findings to accept; absent: all. What an earlier state had accepted
 * already, and has not worsened, stays accepted.
 */
export function acceptedFrom(report: Report, chosen?: ReadonlySet<string>): Accepted {
  const isAccepted = (f: Finding) =>
    chosen === undefined ||
    chosen.has(f.fingerprint) ||
    (report.baseline !== undefined && f.status === 'persisting');
  const side = ({ account, region, takenAt }: Report['source']) => ({ account, region, takenAt });
  return {
    acceptedState: ACCEPTED_VERSION,
    version: report.tool.version,
    phase: report.phase,
    at: report.finishedAt,
    source: side(report.source),
    target: side(report.target),
    complete: report.complete,
    unread: unreadKinds(report),
    unreadParts: [...report.unreadParts],
    lostParts: [...(report.baseline?.lost ?? [])],
    kinds: Object.keys(report.summary.byKind),
    rules: report.rules.map((r) => r.id),
    findings: report.findings.filter(isAccepted).map(reduced).sort(byPlace),
    unchecked: report.unchecked.map(reduced).sort(byPlace),
    waived: report.waived.map(reducedWaived).sort(byPlace),
  };
}

function reduced(finding: Finding): AcceptedFinding {
  const { fingerprint, content, rule, severity, usually, kind, subject, message, firstSeen, blocks } =
    finding;
  const facts = measuredFacts(finding);
  return {
    fingerprint,
    content,
    rule,
    severity,
    ...(usually === undefined ? {} : { usually }),
    kind,
    name: subject.name,
    scope: subject.scope,
    message,
    firstSeen,
    ...(blocks === undefined ? {} : { blocks: blocks.map(({ kind: of, name }) => ({ kind: of, name })) }),
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
  };
}

function reducedWaived(finding: Report['waived'][number]): AcceptedWaived {
  const { pin, pinned } = finding.waiver;
  return {
    ...reduced(finding),
    ...(pin === undefined ? {} : { pin }),
    ...(pinned === undefined ? {} : { pinned: pinned as AcceptedWaived['pinned'] }),
  };
}

function byPlace(a: AcceptedFinding, b: AcceptedFinding): number {
  return firstOf(
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
    compareMaybe(a.scope, b.scope),
    compareText(a.name, b.name),
    compareText(a.rule, b.rule),
    compareText(a.fingerprint, b.fingerprint),
  );
}

const LISTS: readonly string[] = ['findings', 'unchecked', 'waived'] satisfies (keyof Accepted)[];

/** A finding a line: a review shows which were accepted and which were not any more. */
export function acceptedText(state: Accepted): string {
  const entries = Object.entries(state).map(([key, value]) => {
    if (!LISTS.includes(key) || !Array.isArray(value) || value.length === 0)
      return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    const lines = value.map((entry) => `    ${JSON.stringify(entry)}`);
    return `  ${JSON.stringify(key)}: [\n${lines.join(',\n')}\n  ]`;
  });
  return `{\n${entries.join(',\n')}\n}\n`;
}

/** An accepted state, as something to compare a report with. */
export function baselineFromAccepted(state: Accepted): Omit<Baseline, 'name'> {
  const { version, phase, at, complete, unread, unreadParts, lostParts, kinds, rules, source, target } =
    state;
  return {
    form: 'accepted',
    version,
    phase,
    finishedAt: at,
    source,
    target,
    complete,
    unread,
    unreadParts,
    lost: lostParts,
    kinds,
    rules,
    findings: state.findings.map(restored),
    unchecked: state.unchecked.map(restored),
    waived: state.waived.map(restoredWaived),
  };
}

function restoredWaived({ pin, pinned, ...rest }: AcceptedWaived): Report['waived'][number] {
  const waiver = {
    reason: '',
    owner: null,
    until: null,
    ...(pin === undefined ? {} : { pin }),
    ...(pinned === undefined ? {} : { pinned }),
  };
  return { ...restored(rest), waiver } as Report['waived'][number];
}

interface Kept
  extends Pick<AcceptedFinding, 'fingerprint' | 'content' | 'rule' | 'severity' | 'name' | 'scope'> {
  /** As it was written: a kind that this version may not know. */
  readonly kind: string;
  readonly message: string;
  readonly firstSeen: string;
  readonly usually?: Finding['usually'] | undefined;
  readonly blocks?: Finding['blocks'] | undefined;
  readonly facts?: Readonly<Record<string, Json>> | undefined;
}

/** What a report says of a finding that was kept, in an accepted state or a ledger. What to do about it is not kept. */
export function restored({ name, scope, facts = {}, blocks, firstSeen, usually, ...rest }: Kept): Finding {
  const { fingerprint, content, rule, severity, kind, message } = rest;
  return {
    fingerprint,
    content,
    rule,
    severity,
    ...(usually === undefined ? {} : { usually }),
    kind,
    subject: { name, scope, sourceId: null, targetId: null },
    facts,
    message,
    remedy: '',
    usedBy: [],
    ...(blocks === undefined ? {} : { blocks }),
    status: 'persisting',
    firstSeen,
    moved: null,
    // As of a report that is read from a file, only the shape is known.
  } as unknown as Finding;
}
