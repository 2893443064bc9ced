import { readReport } from '../../audit/report-file.ts';
import { writeWholeFile } from '../../inventory/write-file.ts';
import { refuseRedacted } from '../../report/redacted.ts';
import { count } from '../../text/counts.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { fingerprintsIn } from '../fingerprints.ts';
import { refuseUnwritable } from '../writable.ts';

export const accept: Command = {
  name: 'accept',
  summary: 'Write the accepted state of a report, for --baseline',
  positionals: { report: { required: true, describe: 'A report.json that audit wrote' } },
  options: {
    output: { type: 'text', alias: 'o', describe: 'The file to write', otherwise: 'stdout' },
    finding: {
      type: 'list',
      describe:
        'FINGERPRINT, repeatable: accept only these of the new and worsened findings; what was accepted before stays',
    },
  },
  examples: [
    ['accept report.json -o baseline.json', 'then audit ... --phase drift --baseline baseline.json'],
  ],
  run: acceptReport,
};

async function acceptReport(args: Arguments, context: Context): Promise<number> {
  const path = args.positional('report');
  // EC2_PARITY_OUTPUT holds formats, for audit and render.
  const output = args.text('output');
  const file = output?.from === 'flag' && output.value !== '-' ? output.value : null;
  if (file !== null) await refuseUnwritable([file], 'accepted state', [path]);
  const report = await readReport(path, context.working);
  refuseRedacted(report, path);
  // Loaded here, since the schemas that it needs are no part of other commands.
  const { acceptedFrom, acceptedText } = await import('../../drift/accepted.ts');
  const given = args.list('finding');
  const chosen = given.length === 0 ? undefined : new Set(fingerprintsIn(report, given, path));
  const state = acceptedFrom(report, chosen);
  if (file === null) {
    await context.data(acceptedText(state));
    return 0;
  }
  await writeWholeFile(file, acceptedText(state), 'accepted state');
  if (!args.flag('quiet')) {
    context.note(`wrote ${file}: ${count(state.findings.length, 'finding')} accepted`);
    if (!state.complete)
      context.note(
        `note: the run was incomplete; what it could not read (${state.unread.join(', ') || 'see its gaps'}) is not accepted`,
      );
  }
  return 0;
}
