import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { reportFileName } from '../audit/formats.ts';
import type { Progress } from '../audit/progress.ts';
import { refuseSharedEndpoint, type SideRequest } from '../audit/reading.ts';
import { readBaseline } from '../audit/report-file.ts';
import { auditSides } from '../audit/run.ts';
import { endpointFrom, parseSide, roleFrom } from '../audit/sides.ts';
import type { TemplateFile } from '../comparator/pairing/template-files.ts';
import type { PublicKeyInFile } from '../inventory/public-key.ts';
import { Unable } from '../inventory/unable.ts';
import { digestOf } from '../matrix/digest.ts';
import type { FailedPair } from '../matrix/model.ts';
import type { PairSide, PlannedPair } from '../matrix/pairs.ts';
import type { Outcome } from '../matrix/rollup.ts';
import type { ReportSide } from '../report/model.ts';
import type { SideName } from '../report/vocabulary.ts';
import type { Arguments, Given } from './arguments.ts';
import type { Context } from './command.ts';
import { type LoadedConfig, loadConfig } from './config.ts';
import { type Destination, deliver, pathsOf } from './output.ts';
import { renderOptionsOf } from './render-options.ts';
import { type AuditSettings, settingsWith } from './settings.ts';

/** What all pairs of a run share. */
export interface PairRun {
  readonly args: Arguments;
  readonly context: Context;
  readonly main: LoadedConfig;
  readonly templates: readonly TemplateFile[];
  readonly publicKeys: readonly PublicKeyInFile[];
  /** Where the reports of a pair go. */
  readonly destinationsOf: (pair: PlannedPair) => readonly Destination[];
  readonly say: (line: string) => void;
}

const SILENT: Progress = { of: () => () => {}, stop: () => {} };

/** Audits one pair and writes its reports. What stops it is a part of the answer: the other pairs go on. */
export async function auditPair(pair: PlannedPair, run: PairRun): Promise<Outcome> {
  const { context, say } = run;
  try {
    return await audited(pair, run);
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof Unable) {
      say(`note: ${pair.name}: not audited: ${error.message}`);
      return failedPair(pair, error.message, error.hint);
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    for (const line of stack.split('\n')) say(`note: ${pair.name}: ${line}`);
    const message = error instanceof Error ? error.message : String(error);
    return failedPair(
      pair,
      `a defect of ec2-parity: ${message}`,
      'Report it with the lines that were printed for the pair; remove names that you do not want to share.',
    );
  }
}

function failedPair({ name, source, target }: PlannedPair, message: string, hint: string): FailedPair {
  return { state: 'failed', name, source: source.label, target: target.label, exitCode: 2, message, hint };
}

async function audited(pair: PlannedPair, run: PairRun): Promise<Outcome> {
  const { args, context, templates, publicKeys, say } = run;
  const note = (line: string) => say(`note: ${pair.name}: ${line}`);
  const settings = await settingsOf(pair, run);
  const [source, target] = [
    await sideRequest(pair.source, 'source', args),
    await sideRequest(pair.target, 'target', args),
  ];
  refuseSharedEndpoint([source, target], args.text('endpoint-url')?.by ?? '');
  const baseline =
    settings.baseline === undefined
      ? null
      : await readBaseline(
          settings.baseline.value,
          settings.baseline.by,
          settings.baselineOptional,
          context.working,
        );
  if (settings.baseline !== undefined && baseline === null)
    note(`there is no file ${settings.baseline.value} yet; every finding is new`);
  const history = args.text('history');
  say(`reading ${pair.name}: ${pair.source.label} and ${pair.target.label}`);
  const { report } = await auditSides({
    source,
    target,
    ...settings,
    baseline: baseline ?? undefined,
    history: history && { folder: join(history.value, pair.folder), by: history.by },
    publicKeys,
    templates,
    signal: context.signal,
    note,
    startProgress: async () => SILENT,
    working: context.working,
  });
  refuseOtherAccount(pair.source, report.source);
  refuseOtherAccount(pair.target, report.target);
  const destinations = run.destinationsOf(pair);
  const rendering = renderOptionsOf(args, context, settings.configPath);
  await deliver(report, destinations, settings.failOn, rendering, context);
  const written = pathsOf(destinations.filter(({ format }) => format === 'json'));
  return digestOf(pair.name, report, settings.failOn, written[0] ?? null);
}

/** What an option or a variable sets is for all pairs; then the pair decides, then its config. */
async function settingsOf(pair: PlannedPair, { args, main }: PairRun): Promise<AuditSettings> {
  const loaded =
    pair.config === null
      ? main
      : await loadConfig({ value: pair.config, by: `the config of ${pair.name}`, from: 'config' });
  const settings = settingsWith(
    {
      ...loaded,
      config: {
        ...loaded.config,
        ...(pair.phase === null ? {} : { phase: pair.phase }),
        ...(pair.failOn === null ? {} : { failOn: pair.failOn }),
      },
    },
    args,
  );
  return { ...settings, baseline: baselineOf(pair, loaded, args) };
}

/** A baseline is of two sides: the option names a folder of them, and that of the main config cannot be of every pair. */
function baselineOf(pair: PlannedPair, { config }: LoadedConfig, args: Arguments): Given<string> | undefined {
  const given = args.text('baseline');
  if (given) {
    const accepted = join(given.value, `${pair.folder}.json`);
    const value = existsSync(accepted) ? accepted : join(given.value, pair.folder, reportFileName('json'));
    return { ...given, value };
  }
  const path = pair.baseline ?? (pair.config === null ? undefined : config.baseline);
  return path === undefined ? undefined : { value: path, by: `the baseline of ${pair.name}`, from: 'config' };
}

async function sideRequest(planned: PairSide, name: SideName, args: Arguments): Promise<SideRequest> {
  const side = await parseSide(planned.text);
  const endpointUrl = args.text('endpoint-url');
  const { roleArn, externalId, region, label } = planned;
  if (roleArn !== null && side.form !== 'live')
    throw new Unable(`${label} has a role, but is not read from AWS.`, 'Remove roleArn from the side.');
  const by = `the role of ${label}`;
  return {
    side,
    regionFlag: `the key region of the ${name} in pairs`,
    ...(region === null ? {} : { region }),
    ...(side.form === 'live' && roleArn !== null ? { roleArn: roleFrom(roleArn, by) } : {}),
    ...(side.form === 'live' && roleArn !== null && externalId !== null ? { externalId } : {}),
    ...(side.form === 'live' && endpointUrl
      ? { endpointUrl: endpointFrom(endpointUrl.value, endpointUrl.by) }
      : {}),
  };
}

/** A profile or a role of another account than the accounts file says would audit the wrong one. */
function refuseOtherAccount({ label, account }: PairSide, side: ReportSide): void {
  if (account === null || side.account === null || side.account === account) return;
  throw new Unable(
    `${label} is the account ${side.account}, and the accounts file says ${account}.`,
    'Correct the role or the profile of the account in the accounts file.',
  );
}

/** The files of a pair. */
export function pairFiles<F extends Destination['format']>(
  folder: string,
  pair: PlannedPair,
  formats: readonly F[],
): Destination<F>[] {
  return formats.map((format) => ({ format, path: join(folder, pair.folder, reportFileName(format)) }));
}
