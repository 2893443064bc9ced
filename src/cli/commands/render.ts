import { readReport } from '../../audit/report-file.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { configsHere } from '../config.ts';
import * as options from '../options.ts';
import { deliver, destinationsFrom, pathsOf } from '../output.ts';
import { redacted } from '../redacted.ts';
import { renderOptionsOf } from '../render-options.ts';
import { failOnFrom } from '../settings.ts';
import { refuseUnwritable } from '../writable.ts';

export const render: Command = {
  name: 'render',
  summary: 'Make other formats from a saved report',
  positionals: { report: { required: true, describe: 'A report.json that audit wrote' } },
  options: {
    output: { ...options.output, otherwise: 'terminal, to stdout' },
    full: options.full,
    limit: options.limit,
    redact: options.redact,
    'fail-on': {
      ...options.failOn,
      describe: 'The gate that the headline and junit go by; rendering itself ends with 0',
    },
  },
  examples: [['render report.json -o html=report.html -o md', 'two formats, Markdown on stdout']],
  run: renderSaved,
};

async function renderSaved(args: Arguments, context: Context): Promise<number> {
  const { note } = context;
  const path = args.positional('report');
  const chosen = destinationsFrom(args.list('output'));
  const destinations =
    chosen.length > 0 ? chosen : destinationsFrom([{ value: 'terminal', by: 'the default', from: 'flag' }]);
  const failOn = failOnFrom(args.text('fail-on')) ?? 'high';
  await refuseUnwritable(pathsOf(destinations), 'report', [path]);
  const saved = await readReport(path, context.working);
  const redacts = args.flag('redact');
  const report = redacts ? await redacted(saved, context) : saved;
  // A report does not say which config it was made with; the one of the current folder is the likeliest.
  const [config = null] = report.redacted ? [] : await configsHere();
  await deliver(report, destinations, failOn, renderOptionsOf(args, context, config), context);
  if (!args.flag('quiet') && !destinations.some(({ format }) => format === 'terminal')) {
    for (const written of pathsOf(destinations)) note(`wrote ${written}`);
  }
  return 0;
}
