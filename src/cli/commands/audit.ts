import { resolve } from 'node:path';
import { refuseSharedEndpoint } from '../../audit/reading.ts';
import { readBaseline } from '../../audit/report-file.ts';
import { auditSides } from '../../audit/run.ts';
import { parseSide, shadowedFolder } from '../../audit/sides.ts';
import { REGIONS } from '../../inventory/regions.ts';
import { exitCode } from '../../report/gate.ts';
import { headlineLine, SIGNS } from '../../report/headline.ts';
import type { Note } from '../../report/model.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import * as options from '../options.ts';
import { defaultDestinations, deliver, destinationsFrom, pathsOf, reportFolder } from '../output.ts';
import { finishPlan, makePlan, planFilesOf, planRequest, profilesOf } from '../plan.ts';
import { startProgress } from '../progress.ts';
import { publicKeysFrom } from '../public-keys.ts';
import { redacted } from '../redacted.ts';
import { renderOptionsOf } from '../render-options.ts';
import { auditSettings, sideRequest } from '../settings.ts';
import { templatesFrom } from '../templates.ts';
import { verifyContentFrom } from '../verify-content.ts';
import { refuseSharedPlace, refuseUnwritable } from '../writable.ts';

export const audit: Command = {
  name: 'audit',
  summary: 'Compare two sides and write the reports',
  positionals: {
    source: options.SIDE,
    target: {
      required: true,
      words: REGIONS,
      describe: 'The same, for the side that should match the source',
    },
  },
  options: {
    phase: options.phase,
    'fail-on': options.failOn,
    output: options.output,
    full: options.full,
    limit: options.limit,
    redact: options.redact,
    open: options.open,
    'output-dir': {
      type: 'text',
      otherwise: 'reports/<source>..<target>',
      describe: 'Where report.html, report.md and report.json go',
    },
    baseline: {
      type: 'text',
      describe:
        'An earlier report.json or an accepted state: findings become new, worsened, persisting, resolved or unchecked',
    },
    'baseline-optional': {
      type: 'flag',
      describe: 'Go on without the baseline where its file does not exist yet',
    },
    history: {
      type: 'text',
      describe:
        'DIR: keeps a ledger and snapshots there, so that a report shows when a difference was first seen and which side moved',
    },
    plan: {
      type: 'text',
      describe: 'DIR: also write the remediation plan there, as the command plan does; nothing is executed',
    },
    ...options.PLAN,
    only: options.only,
    template: {
      type: 'list',
      describe:
        'FILE, repeatable: CloudFormation templates, cdk.out folders, and plans or states as terraform show -json prints them',
    },
    'public-keys': {
      type: 'list',
      describe: 'FILE, repeatable: .pub or authorized_keys files to identify keys with',
    },
    ...options.CONTENT,
    ...options.TWO_SIDES,
  },
  examples: [
    ['audit us-east-1 eu-west-1', 'two live regions'],
    ['audit us-east-1@prod eu-west-1@dr -o json', 'two accounts, JSON on stdout'],
    ['audit snapshots/us-east-1.json dumps/eu-west-1', 'from files, without AWS'],
    ['audit us-east-1 eu-west-1 --phase verification --fail-on medium', 'after a migration'],
    ['audit us-east-1 eu-west-1 --phase drift --history history', 'every night'],
  ],
  notes: [
    [
      'Phases:',
      '  readiness     What would break if the workloads of the source were started in',
      '                the target today? Before a migration.',
      '  verification  Did the migration arrive: does the target run on the right keys,',
      '                groups and images, and is nothing wider open? After it.',
      '  drift         What changed since the accepted run (--baseline, --history), and',
      '                on which side? Every night; only what is new or worse fails.',
    ].join('\n'),
    [
      'Exit codes:',
      '  0  complete, and nothing at or above --fail-on',
      '  1  a finding at or above --fail-on',
      '  2  unable: usage, config, credentials, an unreadable file',
      '  3  incomplete: something could not be read',
    ].join('\n'),
  ],
  run: auditTwoSides,
};

const NOTED: ReadonlySet<Note['code']> = new Set([
  'waiver-expired',
  'waiver-exceeded',
  'waiver-unused',
  'waiver-too-broad',
  'setting-unused',
]);

async function auditTwoSides(args: Arguments, context: Context): Promise<number> {
  const { signal, note, working } = context;
  const quiet = args.flag('quiet');
  const say = (line: string) => {
    if (!quiet) note(line);
  };
  const [sourceSide, targetSide] = [
    await parseSide(args.positional('source')),
    await parseSide(args.positional('target')),
  ];
  const settings = await auditSettings(args);
  const source = sideRequest(sourceSide, 'source', args);
  const target = sideRequest(targetSide, 'target', args);
  refuseSharedEndpoint([source, target], args.text('endpoint-url')?.by ?? '');
  const verifyContent = verifyContentFrom(args);
  const publicKeys = await publicKeysFrom(args, context, say);
  const templates = await templatesFrom(args, settings.scopes);
  const chosen = destinationsFrom(args.list('output'));
  const opens = args.flag('open');
  // Better refused now than after the reading.
  if (opens && chosen.length > 0) (await import('../open.ts')).htmlPath(chosen);
  const stored = [sourceSide, targetSide].filter(({ form }) => form !== 'live').map(({ text }) => text);
  for (const side of [sourceSide, targetSide]) {
    const meant = await shadowedFolder(side);
    if (meant !== null) say(`note: ${meant}`);
  }
  if (stored.length === 2 && new Set(stored.map((path) => resolve(path))).size === 1)
    say(`note: both sides are ${stored[0]}, which is compared with itself`);
  const history = args.text('history');
  const baseline =
    settings.baseline === undefined
      ? undefined
      : await readBaseline(settings.baseline.value, settings.baseline.by, settings.baselineOptional, working);
  if (settings.baseline !== undefined && baseline === null)
    say(`note: there is no file ${settings.baseline.value} yet; every finding is new`);

  const plan = planRequest(args);
  let destinations = chosen;
  // The sides themselves, a third of the memory, are let go before the report is written.
  const { report: found, made } = await auditSides({
    source,
    target,
    ...settings,
    baseline: baseline ?? undefined,
    history: history && { folder: history.value, by: history.by },
    publicKeys,
    templates,
    verifyContent,
    signal,
    note: (line) => say(`note: ${line}`),
    beforeCollecting: async (labels) => {
      if (chosen.length === 0)
        destinations = defaultDestinations(settings.outputDir ?? reportFolder(labels.source, labels.target));
      const inputs = [
        ...stored,
        ...args.list('template').map(({ value }) => value),
        ...args.list('public-keys').map(({ value }) => value),
        ...(settings.configPath === null ? [] : [settings.configPath]),
      ];
      await refuseUnwritable(pathsOf(destinations), 'report', inputs);
      if (plan) {
        await refuseSharedPlace(planFilesOf(plan.folder), pathsOf(destinations));
        await refuseUnwritable(planFilesOf(plan.folder), 'plan', inputs);
      }
    },
    startProgress: (sides, part) => startProgress(context, sides, quiet, part),
    working,
  }).then(async (sides) => ({
    report: sides.report,
    made: plan && (await makePlan(plan, sides, profilesOf(sourceSide, targetSide), context)),
  }));
  const redacts = args.flag('redact');
  const report = redacts
    ? await redacted(found, context)
    : // The commands of a plan name real objects: a redacted report does not have them.
      (made?.report ?? found);
  // A format that -o names is written even with --quiet; the default terminal report is not.
  const silent = quiet && chosen.length === 0;
  const shown = silent ? destinations.filter(({ path }) => path !== null) : destinations;
  for (const { at, code, message, hint } of report.notes) {
    // What the settings leave out is in every format; what is wrong with them is said here too.
    if (!NOTED.has(code)) continue;
    const line = settings.lineOf(at);
    const where = line === null ? at : `${settings.configPath ?? ''}:${line}`;
    say(`note: ${where}: ${message}`);
    say(`hint: ${hint}`);
  }
  const rendering = renderOptionsOf(args, context, redacts ? null : settings.configPath);
  await deliver(report, shown, settings.failOn, rendering, context, made?.files);
  if (made) await finishPlan(made, say);
  if (made && redacts)
    say(`note: only the report is redacted; the plan in ${made.folder} names real objects`);
  if (opens) {
    const { htmlPath, openFile } = await import('../open.ts');
    await openFile(htmlPath(destinations), context);
  }
  // The terminal report contains these sentences itself.
  if (!shown.some(({ format, path }) => format === 'terminal' && path === null)) {
    for (const path of pathsOf(shown)) say(`wrote ${path}`);
    say(headlineLine(report, settings.failOn, SIGNS[rendering.ascii ? 'ascii' : 'unicode']));
  }
  return exitCode(report, settings.failOn);
}
