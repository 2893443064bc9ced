import type { Config } from '../comparator/config.ts';
import type { Asked } from '../comparator/context.ts';
import type { TemplateFile } from '../comparator/pairing/template-files.ts';
import type { Baseline } from '../drift/baseline.ts';
import type { ContentEvidence } from '../inventory/content.ts';
import type { FactKind } from '../inventory/launch-facts/kinds.ts';
import type { PublicKeyInFile } from '../inventory/public-key.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import { atOnce, type Working } from '../inventory/working.ts';
import type { Report } from '../report/model.ts';
import { type Phase, SCOPES, type Scope } from '../report/vocabulary.ts';
import { contentOf, refuseUnverifiable } from './content.ts';
import { deadlineOf } from './deadline.ts';
import type { HistoryRequest } from './history.ts';
import { lookupsOf } from './lookups.ts';
import type { Progress } from './progress.ts';
import { type Collecting, collectLive, readStored, type SideRequest } from './reading.ts';
import { tool } from './tool.ts';
import type { VerifyContent } from './verify-content.ts';

/** Two sides to read, stored or live. */
export interface SidesRequest {
  readonly source: SideRequest;
  readonly target: SideRequest;
  readonly scopes?: readonly Scope[] | undefined;
  /** Templates from files, whose references are looked up on both sides. */
  readonly templates?: readonly TemplateFile[] | undefined;
  /** What it leaves out (launch.skip) is not read. */
  readonly config?: Config | undefined;
  readonly signal: AbortSignal;
  readonly working?: Working | undefined;
  /** The most seconds that reading the live sides may take; what was not read by then is a gap. No limit where it is absent. */
  readonly timeoutSeconds?: number | undefined;
  readonly note: (line: string) => void;
  /** Called when the sides on disk are read and before the live ones are: for what is better refused early. */
  readonly beforeCollecting?: (labels: { source: string; target: string }) => Promise<void>;
  readonly startProgress: (sides: readonly string[], part?: string) => Promise<Progress>;
}

/** So many calls take 20 seconds (E4). Of more images, an audit reads only what it needs. */
const DETAIL_LIMIT = 500;

/** The input of an audit, as options, environment and config give it. */
export interface AuditRequest extends SidesRequest {
  readonly phase: Phase;
  readonly config: Config;
  readonly baseline?: Baseline | undefined;
  /** The folder in which earlier runs are kept: they show which side moved. */
  readonly history?: HistoryRequest | undefined;
  /** To identify keys with, where the API showed none. */
  readonly publicKeys?: readonly PublicKeyInFile[] | undefined;
  /** Compare the content of paired images too, block by block. */
  readonly verifyContent?: VerifyContent | undefined;
}

/** Stored sides first, since they cost nothing; then the live ones, together. */
export async function readSides(
  request: SidesRequest,
  whileOpen?: Collecting['whileOpen'],
): Promise<{ source: Snapshot; target: Snapshot }> {
  // What decides severities is read even if it is not reported.
  const scopes = SCOPES;
  const reported = request.scopes ?? SCOPES;
  const sides = [request.source, request.target];
  // Loaded here: it depends on the schemas, which most commands do not need.
  const { SharedRules } = await import('../inventory/shared-rules.ts');
  const shared = new SharedRules();
  const stored = await Promise.all(sides.map((side) => readStored(side, scopes, shared, request.working)));
  for (const line of stored.flatMap((side) => side?.notes ?? [])) request.note(line);
  const [sourceLabel, targetLabel] = sides.map(({ side }, i) =>
    side.form === 'live' ? side.text : (stored[i]?.snapshot.region ?? side.text),
  );
  await request.beforeCollecting?.({ source: sourceLabel ?? '', target: targetLabel ?? '' });
  const live = sides.filter(({ side }) => side.form === 'live');
  const progress = await request.startProgress(live.map(({ side }) => side.text));
  let collected: Snapshot[];
  try {
    collected = await collectLive(live, {
      scopes,
      signal: request.signal,
      deadline: deadlineOf(request.timeoutSeconds),
      detailLimit: DETAIL_LIMIT,
      progress,
      // What launches name through a parameter, and images of other owners, decide severities even if they are not reported.
      wanted: async (index, taken) => {
        const rest = [...taken];
        const templates = (request.templates ?? []).map(({ template }) => template);
        const both = stored.map((side) => side?.snapshot ?? (rest.shift() as Snapshot));
        const lookups = await lookupsOf(taken[index] as Snapshot, both, templates);
        const skipped = new Set(request.config?.launch?.skip);
        const facts = lookups.facts.filter(({ kind }) => !skipped.has(kind) && weighs(kind, reported));
        return { ...lookups, facts };
      },
      whileOpen:
        whileOpen &&
        (async (opened, taken, deadline) => {
          progress.stop();
          await whileOpen(opened, taken, deadline);
        }),
    });
  } finally {
    progress.stop();
  }
  request.signal.throwIfAborted();
  const [source, target] = stored.map((side) => side?.snapshot ?? collected.shift());
  if (!source || !target) throw new Error('a side is neither stored nor live');
  const { refuseOneRegionTwice } = await import('./one-region.ts');
  refuseOneRegionTwice(source, target, [request.source.side.text, request.target.side.text]);
  return { source, target };
}

/**
 * Verdicts of workloads need every fact. Of the others, what else uses a group decides what the findings about it weigh,
 * and the KMS key of an image decides how another account copies it.
 */
function weighs(kind: FactKind, reported: readonly Scope[]): boolean {
  return (
    reported.includes('workloads') ||
    (kind === 'networkInterfaces' && reported.includes('security-groups')) ||
    (kind === 'kmsKeys' && reported.includes('images'))
  );
}

/** A report, with the two sides that it was made from and what the user said about them. */
export interface AuditedSides {
  readonly report: Report;
  readonly source: Snapshot;
  readonly target: Snapshot;
  readonly asked: Asked;
}

/** Two sides in, a report out. */
export async function runAudit(request: AuditRequest): Promise<Report> {
  return (await auditSides(request)).report;
}

/** As `runAudit`, with what a plan is made from. The clock is read here, since nothing below has one. */
export async function auditSides(request: AuditRequest): Promise<AuditedSides> {
  const startedAt = new Date().toISOString();
  const verification = request.verifyContent;
  if (verification) refuseUnverifiable(verification, request);
  let content: ContentEvidence | undefined;
  const { source, target } = await readSides(
    request,
    verification &&
      (async (sides, taken, deadline) => {
        content = await contentOf(verification, sides, taken, { ...request, deadline });
      }),
  );
  const [{ compare }, { compareWithPlan }] = await Promise.all([
    import('../comparator/compare.ts'),
    import('../plan/audited.ts'),
  ]);
  const { config, phase, baseline, publicKeys, templates, history } = request;
  const scopes = request.scopes ?? SCOPES;
  const asked: Asked = { config, phase, scopes, publicKeys, templates, content };
  const run = { ...asked, startedAt, finishedAt: new Date().toISOString(), tool };
  const { working = atOnce } = request;
  const report = await working(() => compareWithPlan({ ...run, source, target, baseline }));
  if (!history) return { report, source, target, asked };
  const { recordedRun } = await import('./history.ts');
  const settings = { config, phase, scopes, version: tool.version };
  const auditOf = (before: Snapshot, after: Snapshot) => compare({ ...run, source: before, target: after });
  const recorded = await recordedRun(history, report, { source, target }, settings, auditOf, working);
  return { report: recorded, source, target, asked };
}
