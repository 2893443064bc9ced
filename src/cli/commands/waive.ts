import { readReport } from '../../audit/report-file.ts';
import { readTextFile } from '../../inventory/text-file.ts';
import { Unable } from '../../inventory/unable.ts';
import { writeWholeFile } from '../../inventory/write-file.ts';
import { refuseRedacted } from '../../report/redacted.ts';
import { visible } from '../../text/printable.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { configsHere, loadConfig } from '../config.ts';
import { usage } from '../errors.ts';
import { findingIn } from '../fingerprints.ts';
import { withWaiver } from '../waiver-entry.ts';

export const waive: Command = {
  name: 'waive',
  summary: 'Write a waiver for one finding into the config',
  positionals: {
    fingerprint: { required: true, describe: 'Of a finding of the report' },
    report: { required: true, describe: 'A report.json that audit wrote' },
  },
  options: {
    reason: { type: 'text', describe: 'Why the finding is accepted (required)' },
    owner: { type: 'text', describe: 'Who answers for it (required)' },
    until: { type: 'text', describe: 'The last day on which it holds, as 2027-01-31, or never (required)' },
    pin: {
      type: 'flag',
      describe: 'Waive no more than what the finding says now: a finding that exceeds it counts again',
    },
    config: {
      type: 'text',
      otherwise: 'ec2-parity.config.yaml or .json in the current folder',
      describe: 'The file to write into; made where it does not exist',
    },
  },
  examples: [
    [
      'waive cc78d7ea13de644f r.json --reason ok --owner me --until never',
      'the finding is then listed under waived',
    ],
  ],
  run: waiveFinding,
};

async function waiveFinding(args: Arguments, context: Context): Promise<number> {
  const required = (name: string) => {
    const given = args.text(name);
    if (given === undefined) throw usage(`waive needs --${name}.`, 'waive');
    return given.value;
  };
  const [reason, owner, until] = [required('reason'), required('owner'), required('until')];
  const report = await readReport(args.positional('report'), context.working);
  refuseRedacted(report, args.positional('report'));
  const finding = findingIn(report, args.positional('fingerprint'), args.positional('report'));
  const { scope, name } = finding.subject;
  // A name with * or ? in it is no pattern; the pin keeps such a waiver to what was found.
  const entry = {
    rule: finding.rule,
    kind: finding.kind,
    subject: name,
    ...(scope === null ? {} : { scope }),
    reason,
    owner,
    until,
    ...(args.flag('pin') ? { pin: finding.content } : {}),
  };
  // Loaded here, since other commands need no schema of waivers.
  const { waiverSchema } = await import('../../waivers/config.ts');
  const checked = waiverSchema.safeParse(entry);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new Unable(
      `--${String(issue?.path[0] ?? 'until')}: ${issue?.message ?? 'invalid'}.`,
      'Write a day such as 2027-01-31 for --until, or never; --reason and --owner take any text.',
    );
  }
  const path = args.text('config')?.value ?? (await configsHere())[0] ?? 'ec2-parity.config.yaml';
  const text = await readTextFile(path).catch(() => '');
  if (text !== '') await loadConfig({ value: path, by: '--config', from: 'flag' });
  await writeWholeFile(path, await withWaiver(text, entry, path.endsWith('.json')), 'config');
  if (!args.flag('quiet'))
    context.note(
      `wrote ${path}: ${visible(finding.rule)} of "${visible(name)}" is waived ${until === 'never' ? 'without an end' : `until ${until}`}`,
    );
  return 0;
}
