/** The library. What the command line does, without its files, streams and exit codes. Nothing else is public. */

import { type Format, renderAs } from './audit/formats.ts';
import { ownLookups } from './audit/lookups.ts';
import { collectLive, readStored, refuseSharedEndpoint, type SideRequest } from './audit/reading.ts';
import { runAudit } from './audit/run.ts';
import { type LiveOptions, parseSide } from './audit/sides.ts';
import { readTemplates } from './audit/template-files.ts';
import { checkedVerification } from './audit/verify-content.ts';
import type { Config } from './comparator/config.ts';
import type { PublicKeyInFile } from './inventory/public-key.ts';
import type { Snapshot } from './inventory/snapshot.ts';
import type { Report } from './report/model.ts';
import { type FailOn, type Phase, SCOPES, type Scope } from './report/vocabulary.ts';

export type { Format } from './audit/formats.ts';
export type { LiveOptions } from './audit/sides.ts';
export { type Comparison, compare } from './comparator/compare.ts';
export type { Config } from './comparator/config.ts';
export type { PublicKeyInFile } from './inventory/public-key.ts';
export type { Snapshot } from './inventory/snapshot.ts';
export { Unable } from './inventory/unable.ts';
export { type ExitCode, exitCode } from './report/gate.ts';
export type { Finding, Gap, NotLookedAt, Pair, Report, ReportSide, RuleText } from './report/model.ts';
export type { FactsOf, RuleId } from './report/rules/index.ts';
export type { FailOn, Kind, Phase, Scope, Severity, State, Verdict } from './report/vocabulary.ts';

/** How to read one side. */
export interface SideOptions extends LiveOptions {
  /** Of a folder of dumps, where nothing in it tells. */
  readonly region?: string;
}

/** What may be said about a run as a whole. */
export interface RunOptions {
  /** Default: all. */
  readonly only?: readonly Scope[];
  /** Aborts requests in flight; the call then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called as a live side is read: which side, what of it, and how many so far. */
  readonly onProgress?: (side: string, what: string, count: number) => void;
  /** Called with remarks that are not part of the result: a file that was left alone, for example. */
  readonly onNote?: (line: string) => void;
}

export interface AuditOptions extends RunOptions {
  readonly source?: SideOptions;
  readonly target?: SideOptions;
  /** Default: "readiness". */
  readonly phase?: Phase;
  readonly config?: Config;
  readonly baseline?: Report;
  /** Public keys from `.pub` or authorized_keys files, to identify keys with where the API showed none. */
  readonly publicKeys?: readonly PublicKeyInFile[];
  /** Paths of CloudFormation templates, YAML or JSON, whose references are checked too. */
  readonly templates?: readonly string[];
  /**
   * Compare the content of paired images too: so many blocks of each volume, or all, and at most so many GiB (default 20).
   * Only where both sides are live; AWS charges for reading blocks.
   */
  readonly verifyContent?: { readonly blocks: number | 'all'; readonly budgetGiB?: number };
}

/**
 * One side as it is now, or as a file or a folder of AWS CLI dumps holds it.
 * @param side As on the command line: `us-east-1`, `us-east-1@profile`, `us.json`, `dumps/us-east-1`.
 * @throws Unable
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
    progress: progressOf(options),
    wanted: ownLookups,
  });
  return taken as Snapshot;
}

/**
 * Two sides compared. Writes nothing and reads no config file.
 * @throws Unable
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
    config: options.config ?? {},
    baseline: options.baseline,
    publicKeys: options.publicKeys,
    templates: await readTemplates(
      (options.templates ?? []).map((path) => ({ path, by: 'The option templates' })),
    ),
    verifyContent:
      options.verifyContent && checkedVerification({ ...options.verifyContent, by: 'verifyContent' }),
    signal: signalOf(options),
    note: options.onNote ?? ignore,
    startProgress: async () => progressOf(options),
  });
}

/**
 * A report in one of the formats. `columns`, `color` and `verbose` concern `terminal` alone, `failOn` that and `junit`;
 * `artifact` is the file of the repository that `sarif` places its results in, by default `ec2-parity.config.yaml`.
 */
export function render(
  report: Report,
  format: Format,
  options: {
    columns?: number;
    color?: boolean;
    failOn?: FailOn;
    verbose?: boolean;
    artifact?: string;
  } = {},
): Promise<string> {
  const { columns = 80, color = false, failOn = 'high', verbose = false, artifact } = options;
  const look = { columns, color, failOn, verbose, written: [] };
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

function progressOf({ onProgress }: RunOptions) {
  return {
    of: (side: string) => (step: { what: string; count: number }) =>
      onProgress?.(side, step.what, step.count),
    stop: ignore,
  };
}
