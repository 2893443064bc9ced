import { readReport } from '../../audit/report-file.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { findingIn } from '../fingerprints.ts';
import { renderOptionsOf } from '../render-options.ts';

export const explain: Command = {
  name: 'explain',
  summary:
    'Everything behind one finding: both objects, the pairing, the difference, the users, the commands',
  positionals: {
    fingerprint: {
      required: true,
      describe: 'The fingerprint of a finding, as report.json and render --full have it',
    },
    report: { required: true, describe: 'A report.json that audit wrote' },
  },
  options: {},
  examples: [['explain cc78d7ea13de644f reports/us-east-1..eu-west-1/report.json', 'one finding in full']],
  run: explainFinding,
};

async function explainFinding(args: Arguments, context: Context): Promise<number> {
  const path = args.positional('report');
  const report = await readReport(path, context.working);
  const finding = findingIn(report, args.positional('fingerprint'), path);
  const { renderExplanation } = await import('../../renderers/terminal/explain/index.ts');
  await context.data(renderExplanation(report, finding, path, renderOptionsOf(args, context)));
  return 0;
}
