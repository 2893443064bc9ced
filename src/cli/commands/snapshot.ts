import { deadlineOf } from '../../audit/deadline.ts';
import { ownLookups } from '../../audit/lookups.ts';
import { collectLive, readStored } from '../../audit/reading.ts';
import { isSnapshotName, parseSide, shadowedFolder } from '../../audit/sides.ts';
import { tellsOfNoLauncher } from '../../inventory/launchers.ts';
import { Unable } from '../../inventory/unable.ts';
import { SCOPES } from '../../report/vocabulary.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { usage } from '../errors.ts';
import * as options from '../options.ts';
import { startProgress } from '../progress.ts';
import { scopesFrom, sideRequest, timeoutFrom } from '../settings.ts';
import { refuseUnwritable } from '../writable.ts';

export const snapshot: Command = {
  name: 'snapshot',
  summary: 'Save one side to a file, to compare later',
  positionals: {
    side: options.SIDE,
  },
  options: {
    output: {
      type: 'text',
      alias: 'o',
      describe: 'The file: .json, or .json.gz for a gzipped one (required)',
    },
    only: options.only,
    ...options.ONE_SIDE,
  },
  examples: [
    ['snapshot us-east-1 -o snapshots/us-east-1.json', 'then: audit snapshots/us-east-1.json eu-west-1'],
  ],
  run: saveSide,
};

async function saveSide(args: Arguments, context: Context): Promise<number> {
  const { signal, note } = context;
  const quiet = args.flag('quiet');
  const say = (line: string) => {
    if (!quiet) note(line);
  };
  // EC2_PARITY_OUTPUT holds formats, for audit and render.
  const output = args.text('output');
  const path = output?.from === 'flag' ? output.value : undefined;
  if (path === undefined) throw usage('snapshot needs the file to write: -o FILE.', 'snapshot');
  if (!isSnapshotName(path)) {
    throw new Unable(
      `"${path}" is not the name of a snapshot file.`,
      'End it in .json, or in .json.gz for a gzipped one.',
    );
  }
  const request = sideRequest(await parseSide(args.positional('side')), null, args);
  const scopes = scopesFrom(args.text('only')) ?? SCOPES;
  await refuseUnwritable([path], 'snapshot', request.side.form === 'live' ? [] : [request.side.text]);
  const meant = await shadowedFolder(request.side);
  if (meant !== null) say(`note: ${meant}`);
  const progress = await startProgress(
    context,
    request.side.form === 'live' ? [request.side.text] : [],
    quiet,
  );
  const deadline = deadlineOf(timeoutFrom(args));
  const stored = await readStored(request, scopes, undefined, context.working);
  for (const line of stored?.notes ?? []) say(`note: ${line}`);
  const [taken] = stored
    ? [stored.snapshot]
    : await collectLive([request], { scopes, signal, deadline, progress, wanted: ownLookups }).finally(() =>
        progress.stop(),
      );
  signal.throwIfAborted();
  if (!taken) throw new Error('the side was not read');
  const [{ writeSnapshot }, { unreadParts }] = await Promise.all([
    import('../../inventory/store.ts'),
    import('../../audit/unread.ts'),
  ]);
  await writeSnapshot(path, taken);
  if (tellsOfNoLauncher(taken) && scopes.includes('workloads'))
    say(
      `note: ${request.side.text} contains no workloads (instances, launch templates, Auto Scaling groups): an audit of this file cannot judge them`,
    );
  const gaps = unreadParts(taken);
  // Not silenced by --quiet: the file looks whole and is not.
  for (const { kind, failure } of gaps) {
    note(`not read: ${kind} of ${taken.region} (${failure.code}): ${failure.message} ${failure.hint}`);
    for (const { shell } of failure.commands ?? []) note(`  ${shell}`);
  }
  say(`wrote ${path}`);
  return gaps.length > 0 ? 3 : 0;
}
