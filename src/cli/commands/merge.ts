import { basename, dirname, resolve } from 'node:path';
import { readReport } from '../../audit/report-file.ts';
import { Unable } from '../../inventory/unable.ts';
import { digestOf } from '../../matrix/digest.ts';
import type { Outcome } from '../../matrix/rollup.ts';
import type { FailOn } from '../../report/vocabulary.ts';
import { count } from '../../text/counts.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import * as options from '../options.ts';
import { pathsOf } from '../output.ts';
import { deliverRollup, rollupDestinations, rollupOutput } from '../rollup.ts';
import { failOnFrom } from '../settings.ts';
import { refuseUnwritable } from '../writable.ts';

export const merge: Command = {
  name: 'merge',
  summary: 'The roll-up of reports that were made elsewhere',
  positionals: {
    reports: { required: true, many: true, describe: 'Files that audit or matrix wrote as report.json' },
  },
  options: {
    output: { ...rollupOutput, otherwise: 'terminal, to stdout' },
    'fail-on': options.failOn,
    expect: {
      type: 'text',
      describe:
        'N: how many reports there must be; a machine that wrote none is then not overlooked (exit code 2)',
    },
  },
  examples: [
    ['merge reports/*/report.json -o md=rollup.md', 'after a CI matrix'],
    ['merge reports/*/report.json --expect 12', 'exit code 2 where one of twelve is missing'],
  ],
  run: mergeReports,
};

async function mergeReports(args: Arguments, context: Context): Promise<number> {
  const paths = args.positionals('reports');
  refuseTwice(paths);
  const failOn = failOnFrom(args.text('fail-on')) ?? 'high';
  const expected = expectedFrom(args);
  const destinations = rollupDestinations(args) ?? [
    ...(args.flag('quiet') ? [] : [{ format: 'terminal' as const, path: null }]),
  ];
  await refuseUnwritable(pathsOf(destinations), 'roll-up', paths);
  const names = namesOf(paths);
  // One after the other: a report can be large, and only what the roll-up needs of it is kept.
  const outcomes: Outcome[] = [];
  for (const [i, path] of paths.entries()) {
    context.signal.throwIfAborted();
    outcomes.push(await outcomeOf(path, names[i] ?? path, failOn, context));
  }
  if (expected !== null && outcomes.length < expected) {
    const missing = expected - outcomes.length;
    outcomes.push({
      state: 'failed',
      name: count(missing, 'more pair'),
      source: null,
      target: null,
      exitCode: 2,
      message: `${count(outcomes.length, 'report')} of ${expected} were given, so ${missing === 1 ? 'one pair has' : `${missing} pairs have`} none.`,
      hint: 'See the logs of the machines that audited them.',
    });
  }
  return deliverRollup(outcomes, destinations, args, context);
}

async function outcomeOf(path: string, name: string, failOn: FailOn, { working }: Context): Promise<Outcome> {
  try {
    return digestOf(name, await readReport(path, working), failOn, path);
  } catch (error) {
    if (!(error instanceof Unable)) throw error;
    const { message, hint } = error;
    return { state: 'failed', name, source: null, target: null, exitCode: 2, message, hint };
  }
}

/** `prod/report.json` is the report of prod; what that does not distinguish has its path as its name. */
function namesOf(paths: readonly string[]): string[] {
  const short = paths.map((path) => {
    const file = basename(path).replace(/\.json$/i, '');
    const folder = basename(dirname(resolve(path)));
    return file === 'report' && folder !== '' ? folder : file;
  });
  return paths.map((path, i) =>
    short.filter((name) => name === short[i]).length === 1 ? (short[i] ?? path) : path,
  );
}

function refuseTwice(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(resolve(path))) throw new Unable(`${path} is given twice.`, 'Name each report once.');
    seen.add(resolve(path));
  }
}

function expectedFrom(args: Arguments): number | null {
  const given = args.text('expect');
  if (!given) return null;
  if (/^[1-9]\d{0,5}$/.test(given.value)) return Number(given.value);
  throw new Unable(`${given.by} cannot be "${given.value}".`, 'It takes the number of reports, from 1 on.');
}
