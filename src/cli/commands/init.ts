import { stat } from 'node:fs/promises';
import { refuseSharedEndpoint } from '../../audit/reading.ts';
import { readSides } from '../../audit/run.ts';
import { parseSide, type Side } from '../../audit/sides.ts';
import { tool } from '../../audit/tool.ts';
import { REGIONS } from '../../inventory/regions.ts';
import { Unable } from '../../inventory/unable.ts';
import { writeWholeFile } from '../../inventory/write-file.ts';
import { SCOPES } from '../../report/vocabulary.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { usage } from '../errors.ts';
import { configText } from '../init-text.ts';
import { type WorkflowSide, workflowText } from '../init-workflow.ts';
import { TWO_SIDES } from '../options.ts';
import { startProgress } from '../progress.ts';
import { sideRequest, timeoutFrom } from '../settings.ts';
import { refuseUnwritable } from '../writable.ts';

const { config: _, ...SIDES } = TWO_SIDES;

export const init: Command = {
  name: 'init',
  summary: 'Write a commented config to start from, with suggestions from two sides, and a CI workflow',
  positionals: {
    source: {
      required: false,
      words: REGIONS,
      describe: 'As of audit; with a target, names and VPCs are suggested',
    },
    target: { required: false, words: REGIONS, describe: 'As of audit' },
  },
  options: {
    output: {
      type: 'text',
      alias: 'o',
      otherwise: 'ec2-parity.config.yaml',
      describe: 'The config to write; one that exists is not replaced',
    },
    workflow: {
      type: 'text',
      describe: 'FILE: write a GitHub workflow too that audits the two sides every night',
    },
    ...SIDES,
  },
  examples: [
    ['init us-east-1 eu-west-1', 'a config with suggestions'],
    ['init us-east-1 eu-west-1 --workflow .github/workflows/parity.yml', 'and a nightly job'],
  ],
  run: writeStart,
};

async function writeStart(args: Arguments, context: Context): Promise<number> {
  const [sourceText, targetText] = [args.positional('source'), args.positional('target')];
  if ((sourceText === '') !== (targetText === '')) throw usage('init takes two sides, or none.', 'init');
  const output = args.text('output');
  const path = output?.from === 'flag' ? output.value : 'ec2-parity.config.yaml';
  const workflow = args.text('workflow')?.value ?? null;
  const files = [path, ...(workflow === null ? [] : [workflow])];
  for (const file of files) {
    if (await stat(file).catch(() => null))
      throw new Unable(
        `${file} exists already.`,
        'Move it away, or name another file with -o or --workflow.',
      );
  }
  await refuseUnwritable(files, 'config');
  const suggestions = sourceText === '' ? null : await suggestionsFor(sourceText, targetText, args, context);
  await writeWholeFile(path, configText(suggestions), 'config');
  if (workflow !== null)
    await writeWholeFile(
      workflow,
      workflowText(
        {
          source: workflowSide(await parseSide(sourceText || 'us-east-1'), args.text('source-region')?.value),
          target: workflowSide(await parseSide(targetText || 'eu-west-1'), args.text('target-region')?.value),
        },
        path,
        tool.version,
      ),
      'workflow',
    );
  if (!args.flag('quiet')) for (const file of files) context.note(`wrote ${file}`);
  return 0;
}

function workflowSide(side: Side, region: string | undefined): WorkflowSide {
  return side.form === 'live'
    ? { text: side.region, isLive: true, hasProfile: side.profile !== undefined }
    : { text: side.text, isLive: false, hasProfile: false, region };
}

async function suggestionsFor(
  sourceText: string,
  targetText: string,
  args: Arguments,
  context: Context,
): Promise<string> {
  const quiet = args.flag('quiet');
  const source = sideRequest(await parseSide(sourceText), 'source', args);
  const target = sideRequest(await parseSide(targetText), 'target', args);
  refuseSharedEndpoint([source, target], args.text('endpoint-url')?.by ?? '');
  const sides = await readSides({
    source,
    target,
    scopes: SCOPES,
    timeoutSeconds: timeoutFrom(args),
    signal: context.signal,
    note: (line) => {
      if (!quiet) context.note(`note: ${line}`);
    },
    startProgress: (live) => startProgress(context, live, quiet),
  });
  const [{ suggestMap }, { suggestionYaml }] = await Promise.all([
    import('../../comparator/suggest/suggest.ts'),
    import('../../comparator/suggest/yaml.ts'),
  ]);
  return suggestionYaml(suggestMap(sides.source, sides.target, {}));
}
