import { refuseSharedEndpoint } from '../../audit/reading.ts';
import { auditSides } from '../../audit/run.ts';
import { parseSide } from '../../audit/sides.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { usage } from '../errors.ts';
import * as options from '../options.ts';
import { makePlan, planFilesOf, planRequest, profilesOf, writePlan } from '../plan.ts';
import { startProgress } from '../progress.ts';
import { publicKeysFrom } from '../public-keys.ts';
import { auditSettings, sideRequest } from '../settings.ts';
import { templatesFrom } from '../templates.ts';
import { refuseUnwritable } from '../writable.ts';
import { audit } from './audit.ts';

export const plan: Command = {
  name: 'plan',
  summary: 'Write the remediation plan: a script and its description, which a person reviews and runs',
  positionals: audit.positionals,
  options: {
    output: {
      type: 'text',
      alias: 'o',
      describe: 'The folder for plan.md, plan.json, plan.sh, main.tf and cloudformation.json (required)',
    },
    ...options.PLAN,
    phase: options.phase,
    only: options.only,
    template: {
      type: 'list',
      describe: 'FILE, repeatable: as for audit',
    },
    'public-keys': {
      type: 'list',
      describe: 'FILE, repeatable: .pub or authorized_keys files to identify keys with',
    },
    ...options.TWO_SIDES,
  },
  examples: [
    ['plan us-east-1@prod eu-west-1@dr -o plan', 'then read plan/plan.md, and sh plan/plan.sh --dry-run'],
    ['plan us.json eu.json -o plan --only security-groups', 'from files, for one kind'],
  ],
  run: writePlanOf,
};

/** Reads and audits as `audit` does; the result is the plan in place of the report. */
async function writePlanOf(args: Arguments, context: Context): Promise<number> {
  const { signal, note } = context;
  const quiet = args.flag('quiet');
  const say = (line: string) => {
    if (!quiet) note(line);
  };
  // EC2_PARITY_OUTPUT holds formats, for audit and render.
  const output = args.text('output');
  const request = planRequest(args, output?.from === 'flag' ? output.value : undefined);
  if (!request) throw usage('plan needs the folder to write to: -o DIR.', 'plan');
  const [sourceSide, targetSide] = [
    await parseSide(args.positional('source')),
    await parseSide(args.positional('target')),
  ];
  const settings = await auditSettings(args);
  const source = sideRequest(sourceSide, 'source', args);
  const target = sideRequest(targetSide, 'target', args);
  refuseSharedEndpoint([source, target], args.text('endpoint-url')?.by ?? '');
  const audited = await auditSides({
    ...settings,
    source,
    target,
    publicKeys: await publicKeysFrom(args, context, say),
    templates: await templatesFrom(args, settings.scopes),
    baseline: undefined,
    signal,
    note: (line) => say(`note: ${line}`),
    beforeCollecting: () =>
      refuseUnwritable(planFilesOf(request.folder), 'plan', [
        ...[sourceSide, targetSide].filter(({ form }) => form !== 'live').map(({ text }) => text),
        ...(settings.configPath === null ? [] : [settings.configPath]),
      ]),
    startProgress: (sides, part) => startProgress(context, sides, quiet, part),
    working: context.working,
  });
  await writePlan(await makePlan(request, audited, profilesOf(sourceSide, targetSide), context), say);
  // What was not read cannot be planned for: the plan looks whole and may not be.
  for (const gap of audited.report.gaps.filter((g) => g.blocking))
    note(`not read: ${gap.kind} of the ${gap.side} (${gap.code}): ${gap.message} ${gap.hint}`);
  return audited.report.complete ? 0 : 3;
}
