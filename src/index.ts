/**
 * The library: what the command line does, without its files, streams and exit codes. Nothing else is public.
 *
 * Times are ISO 8601 in UTC, sizes are GiB. What a user can correct (an unknown region, a file that cannot be read, a config that does
 * not fit) is thrown as an `Unable`, whose `message` names what is wrong and whose `hint` says what to do. What AWS refused while a side was
 * read is not thrown: it is a gap of the report, and the report is then not `complete`.
 */

import { deadlineOf, TIMEOUT_SECONDS } from './audit/deadline.ts';
import { type Format, renderAs } from './audit/formats.ts';
import { ownLookups } from './audit/lookups.ts';
import { parseConfig, parseReport } from './audit/parse.ts';
import { collectLive, readStored, refuseSharedEndpoint, type SideRequest } from './audit/reading.ts';
import { runAudit } from './audit/run.ts';
import { type LiveOptions, parseSide } from './audit/sides.ts';
import { readTemplates } from './audit/template-files.ts';
import { tool } from './audit/tool.ts';
import { checkedVerification } from './audit/verify-content.ts';
import type { Config } from './comparator/config.ts';
import { ruleTexts } from './comparator/rules/registry.ts';
import { baselineOf } from './drift/baseline.ts';
import type { PublicKeyInFile } from './inventory/public-key.ts';
import type { Snapshot } from './inventory/snapshot.ts';
import { Unable } from './inventory/unable.ts';
import { digestOf } from './matrix/digest.ts';
import type { FailedPair, Rollup } from './matrix/model.ts';
import { rollUp as rollUpDigests } from './matrix/rollup.ts';
import { compareWithPlan } from './plan/audited.ts';
import type { Report, RuleText } from './report/model.ts';
import { type FailOn, type Phase, SCOPES, type Scope } from './report/vocabulary.ts';

export type { Format } from './audit/formats.ts';
export { parseConfig, parseReport, parseSnapshot } from './audit/parse.ts';
export { jsonSchema, type SchemaName } from './audit/schemas.ts';
export type { LiveOptions } from './audit/sides.ts';
export { type Config, configSchema } from './comparator/config.ts';
export type { Kind, Scope } from './inventory/kinds.ts';
export type { PublicKeyInFile } from './inventory/public-key.ts';
export { type Snapshot, snapshotSchema } from './inventory/snapshot.ts';
export { Unable } from './inventory/unable.ts';
export type { AuditedPair, FailedPair, Repeated, Rollup } from './matrix/model.ts';
export { redactedReport } from './redact/report.ts';
export type { Command } from './report/command.ts';
export { type ExitCode, exitCode } from './report/gate.ts';
export type { Lineage } from './report/lineage.ts';
export type { RuleText } from './report/model/findings.ts';
export type { Pair } from './report/model/pairs.ts';
export type { Gap, NotLookedAt, ReportSide } from './report/model/sides.ts';
export type { Cause, Chain } from './report/model/workloads.ts';
export {
  type Finding,
  isOf,
  type Report,
  reportSchema,
  type Waived,
  type Workload,
} from './report/model.ts';
export type { FactsOf, RuleId } from './report/rules/index.ts';
export type {
  FailOn,
  MatchStrength,
  Phase,
  Severity,
  SideName,
  State,
  Verdict,
  WorkloadVerdict,
} from './report/vocabulary.ts';

/** How to read one side. */
export interface SideOptions extends LiveOptions {
  /** Of a folder of dumps whose files do not contain it. */
  readonly region?: string;
}

/** What may be said about a run as a whole. */
export interface RunOptions {
  /** Default: all. */
  readonly only?: readonly Scope[];
  /** Aborts requests in flight; the call then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** The most seconds that reading the live sides may take; what was not read by then is a gap. Default 1800. */
  readonly timeoutSeconds?: number;
  /** Called as a live side is read: which side, what of it, and how many so far. */
  readonly onProgress?: (side: string, what: string, count: number) => void;
  /** Called with remarks that are not part of the result: a file that was ignored, for example. */
  readonly onNote?: (line: string) => void;
  /**
   * Called with a question where a profile requires the code of an MFA device, once for each profile. Without it, and where it
   * gives null, the call rejects with an Unable.
   */
  readonly onMfaCode?: (question: string) => Promise<string | null>;
}

/**
 * How to compare two sides. Every option has a default; an invalid config or baseline is refused with an Unable.
 */
export interface AuditOptions extends RunOptions {
  readonly source?: SideOptions;
  readonly target?: SideOptions;
  /** Default: "readiness". */
  readonly phase?: Phase;
  readonly config?: Config;
  readonly baseline?: Report;
  /** Public keys from `.pub` or authorized_keys files, to identify keys with where the API showed none. */
  readonly publicKeys?: readonly PublicKeyInFile[];
  /**
   * Paths of CloudFormation templates (YAML or JSON), of folders that the AWS CDK writes (cdk.out), and of what
   * `terraform show -json` prints of a plan or a state: what these refer to is checked too.
   */
  readonly templates?: readonly string[];
  /**
   * Compare the content of paired images too: so many blocks of each volume, or all, and at most so many GiB (default 20).
   * Only where both sides are live; AWS charges for reading blocks.
   */
  readonly verifyContent?: { readonly blocks: number | 'all'; readonly budgetGiB?: number };
}

/**
 * One side as it is now, or as it is in a file or a folder of AWS CLI dumps.
 * A kind that could not be read is `failed` in the snapshot, with the reason; it is never an empty list.
 * @param side As on the command line: `us-east-1`, `us-east-1@profile`, `us.json`, `dumps/us-east-1`.
 * @throws Unable where the side does not exist, or nothing of it can be read.
 */
export async function snapshot(side: string, options: SideOptions & RunOptions = {}): Promise<Snapshot> {
  const request = await requestFor(side, options, 'region');
  const scopes = options.only ?? SCOPES;
  const stored = await readStored(request, scopes);
  for (const line of stored?.notes ?? []) options.onNote?.(line);
  if (stored) return stored.snapshot;
  const [taken] = await collectLive([request], {
    scopes,
    signal: signalOf(options),
    deadline: deadlineOf(options.timeoutSeconds ?? TIMEOUT_SECONDS),
    progress: progressOf(options),
    wanted: ownLookups,
  });
  return taken as Snapshot;
}

/**
 * Two sides compared. Writes nothing and reads no config file.
 * @throws Unable where a side, the config or the baseline cannot be used. What AWS refused is a gap of the report.
 */
export async function audit(source: string, target: string, options: AuditOptions = {}): Promise<Report> {
  const requests = {
    source: await requestFor(source, options.source ?? {}, 'source.region'),
    target: await requestFor(target, options.target ?? {}, 'target.region'),
  };
  refuseSharedEndpoint([requests.source, requests.target], 'The endpoint');
  return runAudit({
    ...requests,
    phase: options.phase ?? 'readiness',
    scopes: options.only,
    config: options.config === undefined ? {} : parseConfig(options.config, 'The option config'),
    baseline:
      options.baseline === undefined
        ? undefined
        : baselineOf(parseReport(options.baseline, 'The option baseline'), 'The option baseline'),
    publicKeys: options.publicKeys,
    templates: await readTemplates(
      (options.templates ?? []).map((path) => ({ path, by: 'The option templates' })),
    ),
    verifyContent:
      options.verifyContent && checkedVerification({ ...options.verifyContent, by: 'verifyContent' }),
    signal: signalOf(options),
    timeoutSeconds: options.timeoutSeconds ?? TIMEOUT_SECONDS,
    note: options.onNote ?? ignore,
    startProgress: async () => progressOf(options),
  });
}

/** Two snapshots and how to compare them. Only the two sides are required. */
export interface CompareOptions {
  readonly source: Snapshot;
  readonly target: Snapshot;
  /** Default: an empty config. An invalid one is refused with an Unable that names the setting. */
  readonly config?: Config;
  /** Default: "readiness". */
  readonly phase?: Phase;
  /** Which kinds are reported. Default: all. */
  readonly scopes?: readonly Scope[];
  /** An earlier report of the same two sides: findings become new, persisting or resolved. */
  readonly baseline?: Report;
  readonly publicKeys?: readonly PublicKeyInFile[];
  /** ISO 8601, UTC. Default: now. Give both for a report that is the same in every byte. */
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** What the report says it was made by. Default: this package. */
  readonly tool?: { readonly name: string; readonly version: string };
}

/**
 * Two snapshots compared. Reads and writes nothing; the clock is read only where no time is given.
 * @throws Unable where the config or the baseline is not valid or does not fit the snapshots.
 */
export function compare({ baseline, config, ...options }: CompareOptions): Report {
  const now = new Date().toISOString();
  return compareWithPlan({
    phase: 'readiness',
    scopes: SCOPES,
    startedAt: now,
    finishedAt: now,
    tool,
    ...options,
    config: config === undefined ? {} : parseConfig(config, 'The option config'),
    baseline:
      baseline === undefined
        ? undefined
        : baselineOf(parseReport(baseline, 'The option baseline'), 'The option baseline'),
  });
}

/** Two snapshots, how to compare them, and what the plan may do. */
export interface PlanOptions extends CompareOptions {
  /** Rules that admit more than the source, and entries of prefix lists that only the target has, are removed too. Default: false. */
  readonly allowRevoke?: boolean;
  /** Rules that open a group to any address are authorized too. Default: false. */
  readonly allowWorldOpen?: boolean;
  /** Fingerprints: only steps for these findings, and what they need. Default: for all. */
  readonly findings?: readonly string[];
}

/**
 * What would bring the target to parity, as the texts of the files that `ec2-parity plan` writes, and the report with the plan
 * in it. What it says to resolve was shown by a simulation. Executes and writes nothing.
 * @throws Unable as `compare`, and where the report has no finding of a fingerprint.
 */
export async function plan({
  allowRevoke = false,
  allowWorldOpen = false,
  findings,
  ...options
}: PlanOptions): Promise<{ report: Report; files: readonly { name: string; text: string }[] }> {
  const [{ buildPlan }, { planBundle }, { withPlan }] = await Promise.all([
    import('./plan/build.ts'),
    import('./plan/bundle.ts'),
    import('./plan/report.ts'),
  ]);
  const report = compare(options);
  const { source, target, config, phase = 'readiness', scopes = SCOPES, publicKeys } = options;
  const known = new Set(report.findings.map(({ fingerprint }) => fingerprint));
  for (const fingerprint of findings ?? []) {
    if (!known.has(fingerprint))
      throw new Unable(
        `The option findings: the report has no finding ${JSON.stringify(fingerprint)}.`,
        'Give fingerprints of findings of the report.',
      );
  }
  const made = buildPlan({
    report,
    source,
    target,
    asked: {
      config: config === undefined ? {} : parseConfig(config, 'The option config'),
      phase,
      scopes,
      publicKeys,
    },
    options: { allowRevoke, allowWorldOpen, findings: findings === undefined ? null : new Set(findings) },
  });
  return { report: withPlan(report, made), files: planBundle(made, report, { source, target }) };
}

/** A report of several that `rollUp` reads. */
export interface PairReport {
  /** What the roll-up calls the pair. */
  readonly name: string;
  readonly report: Report;
  /** The lowest severity that fails this pair. Default: "high". */
  readonly failOn?: FailOn;
  /** Where its report.json is, for the reader. Default: none. */
  readonly path?: string;
}

/**
 * What the reports of several pairs say together: who is furthest from parity, what several pairs have in common, and the worst exit
 * code. Pairs that could not be audited are given as `failed`; with one of them the exit code is 2.
 */
export function rollUp(pairs: readonly PairReport[], failed: readonly FailedPair[] = []): Rollup {
  const digests = pairs.map(({ name, report, failOn = 'high', path = null }) =>
    digestOf(name, report, failOn, path),
  );
  return rollUpDigests([...digests, ...failed], tool);
}

/** Every rule: its id, title, severity per phase, what it compares, why it matters, the remedy and links to AWS's documentation. */
export function rules(): readonly RuleText[] {
  return ruleTexts();
}

/** How a format looks. Each option has a default, and concerns only the formats that it names. */
export interface RenderOptions {
  /** Of `terminal`: its width in characters. Default: 80. */
  readonly columns?: number;
  /** Of `terminal`: whether it has ANSI colours. Default: false. */
  readonly color?: boolean;
  /** Of `terminal` and `junit`: the lowest severity that fails the run. Default: "high". */
  readonly failOn?: FailOn;
  /** Of `terminal`: every finding in full. Default: false, the short report. */
  readonly full?: boolean;
  /** Of `sarif`: the file of the repository that its results are placed in. Default: `ec2-parity.config.yaml`. */
  readonly artifact?: string;
}

/** A report in one of the formats, as text. The report alone decides the content, so a stored report renders the same. */
export function render(report: Report, format: Format, options: RenderOptions = {}): Promise<string> {
  const { columns = 80, color = false, failOn = 'high', full = false, artifact } = options;
  const look = { columns, color, failOn, full, written: [] };
  return renderAs(report, format, artifact === undefined ? look : { ...look, artifact });
}

async function requestFor(text: string, options: SideOptions, regionFlag: string): Promise<SideRequest> {
  const { roleArn, externalId, endpointUrl, region } = options;
  return {
    side: await parseSide(text),
    regionFlag,
    ...(region === undefined ? {} : { region }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
  };
}

function ignore(): void {}

function signalOf({ signal }: RunOptions): AbortSignal {
  return signal ?? new AbortController().signal;
}

function progressOf({ onProgress, onMfaCode }: RunOptions) {
  return {
    ask: async (question: string) => (await onMfaCode?.(question)) ?? null,
    of: (side: string) => (step: { what: string; count: number }) =>
      onProgress?.(side, step.what, step.count),
    stop: ignore,
  };
}
