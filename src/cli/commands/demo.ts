import { join } from 'node:path';
import { runAudit } from '../../audit/run.ts';
import { parseSide } from '../../audit/sides.ts';
import { packageRoot } from '../../audit/tool.ts';
import { exitReason } from '../../report/exit.ts';
import { exitCode } from '../../report/gate.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { loadConfig } from '../config.ts';
import { open } from '../options.ts';
import { defaultDestinations, deliver, pathsOf } from '../output.ts';
import { startProgress } from '../progress.ts';
import { renderOptionsOf } from '../render-options.ts';
import { refuseUnwritable } from '../writable.ts';

const ESTATE = join(packageRoot, 'fixtures', 'demo');
const SOURCE = join(ESTATE, 'us-east-1');
const TARGET = join(ESTATE, 'eu-west-1');

export const demo: Command = {
  name: 'demo',
  summary: 'Audit the two-region estate that ships with the package: no AWS account needed',
  positionals: {},
  options: { open },
  run: auditDemoEstate,
};

/** The same run for everyone: neither the config of the current folder nor the variables of a shell change it. */
async function auditDemoEstate(args: Arguments, context: Context): Promise<number> {
  const { signal, working, data, note } = context;
  const destinations = defaultDestinations(join('reports', 'demo'));
  await refuseUnwritable(pathsOf(destinations), 'report');
  const config = await loadConfig({
    value: join(ESTATE, 'ec2-parity.config.yaml'),
    by: 'the demo',
    from: 'flag',
  });
  const failOn = config.config.failOn ?? 'high';
  const report = await runAudit({
    source: { side: await parseSide(SOURCE), regionFlag: '--source-region' },
    target: { side: await parseSide(TARGET), regionFlag: '--target-region' },
    phase: config.config.phase ?? 'readiness',
    config: config.config,
    signal,
    working,
    note: (line) => {
      if (!args.flag('quiet')) note(`note: ${line}`);
    },
    startProgress: (sides) => startProgress(context, sides, true),
  });
  await deliver(report, destinations, failOn, renderOptionsOf(args, context), context);
  if (args.flag('open')) {
    const { htmlPath, openFile } = await import('../open.ts');
    await openFile(htmlPath(destinations), context);
  }
  const code = exitCode(report, failOn);
  await data(
    `\nThis is the demo, and ends with exit code 0. An audit would have ended with ${code}: ${exitReason(report, failOn)}.\n`,
  );
  return 0;
}
