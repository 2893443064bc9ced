import { deadlineOf } from '../../audit/deadline.ts';
import { collectLive, readStored } from '../../audit/reading.ts';
import { parseSide } from '../../audit/sides.ts';
import type { SnapshotKind } from '../../inventory/kinds.ts';
import type { ListingKind } from '../../listing/index.ts';
import { SCOPES } from '../../report/vocabulary.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import * as options from '../options.ts';
import { startProgress } from '../progress.ts';
import { scopesFrom, sideRequest, timeoutFrom } from '../settings.ts';

/** The part of a snapshot that each listing is made from. */
const PARTS = {
  'key-pairs': 'keyPairs',
  'security-groups': 'securityGroups',
  images: 'images',
} as const satisfies Record<ListingKind, SnapshotKind>;
/** The classic tools list no workloads. */
const LISTED = SCOPES.filter((scope): scope is ListingKind => Object.hasOwn(PARTS, scope));

export const exportListing: Command = {
  name: 'export',
  summary: 'List one side in the layout of the classic EC2 tools (ec2-describe-group)',
  positionals: {
    side: options.SIDE,
  },
  options: {
    header: {
      type: 'flag',
      alias: 'H',
      describe: 'Name the columns in a first line, as ec2-describe-group -H does',
    },
    only: {
      ...options.only,
      otherwise: 'security-groups',
      describe: `Kinds, separated by commas: ${LISTED.join(', ')}`,
    },
    ...options.ONE_SIDE,
  },
  examples: [
    ['export us-east-1 -H > us-east-1.txt', 'then: audit us-east-1.txt eu-west-1 --only security-groups'],
  ],
  run: exportSide,
};

async function exportSide(args: Arguments, context: Context): Promise<number> {
  const { signal, data, note } = context;
  const quiet = args.flag('quiet');
  const header = args.flag('header');
  const request = sideRequest(await parseSide(args.positional('side')), null, args);
  const scopes = scopesFrom(args.text('only'), LISTED) ?? ['security-groups'];
  const kinds = LISTED.filter((kind) => scopes.includes(kind));
  const progress = await startProgress(
    context,
    request.side.form === 'live' ? [request.side.text] : [],
    quiet,
  );
  const deadline = deadlineOf(timeoutFrom(args));
  const stored = await readStored(request, scopes, undefined, context.working);
  if (!quiet) for (const line of stored?.notes ?? []) note(line);
  const [taken] = stored
    ? [stored.snapshot]
    : await collectLive([request], { scopes, signal, deadline, progress }).finally(() => progress.stop());
  signal.throwIfAborted();
  if (!taken) throw new Error('the side was not read');
  const { writeListing } = await import('../../listing/index.ts');
  let complete = true;
  for (const kind of kinds) {
    const collected = taken[PARTS[kind]];
    if (collected.status === 'failed') {
      const { code, message, hint } = collected.failure;
      complete = false;
      // No header either: a header without rows says that there is nothing.
      note(`not read: ${kind} of ${taken.region} (${code}): ${message} ${hint}`);
      continue;
    }
    const { text, lost } = writeListing(taken, { header, kind });
    await data(text);
    sayLost(note, kind, lost, quiet);
  }
  return complete ? 0 : 3;
}

/** Not silenced wholly: the listing looks whole and is not. */
function sayLost(note: Context['note'], kind: ListingKind, lost: readonly string[], quiet: boolean): void {
  if (quiet && lost.length > 0)
    note(
      `the listing format cannot contain everything of the ${kind}; run without --quiet to see what is missing`,
    );
  else for (const line of lost) note(line);
}
