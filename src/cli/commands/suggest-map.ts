import { refuseSharedEndpoint } from '../../audit/reading.ts';
import { readSides } from '../../audit/run.ts';
import { parseSide } from '../../audit/sides.ts';
import { SCOPES } from '../../report/vocabulary.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { loadConfig } from '../config.ts';
import { TWO_SIDES } from '../options.ts';
import { startProgress } from '../progress.ts';
import { sideRequest, timeoutFrom } from '../settings.ts';
import { audit } from './audit.ts';

export const suggestMap: Command = {
  name: 'suggest-map',
  summary:
    'Suggest from two sides which VPCs, address ranges and names correspond: a config section to check',
  positionals: audit.positionals,
  options: TWO_SIDES,
  examples: [
    ['suggest-map us.json eu-west-1 > suggested.yaml', 'then copy the lines that are right into the config'],
  ],
  run: suggest,
};

/** Nothing of it is applied: it is printed for the user to check. */
async function suggest(args: Arguments, context: Context): Promise<number> {
  const { signal, working, data, note } = context;
  const quiet = args.flag('quiet');
  const [sourceSide, targetSide] = [
    await parseSide(args.positional('source')),
    await parseSide(args.positional('target')),
  ];
  const { config } = await loadConfig(args.text('config'));
  const source = sideRequest(sourceSide, 'source', args);
  const target = sideRequest(targetSide, 'target', args);
  refuseSharedEndpoint([source, target], args.text('endpoint-url')?.by ?? '');
  const sides = await readSides({
    source,
    target,
    scopes: SCOPES,
    timeoutSeconds: timeoutFrom(args),
    signal,
    working,
    note: (line) => {
      if (!quiet) note(`note: ${line}`);
    },
    startProgress: (live) => startProgress(context, live, quiet),
  });
  const [{ suggestMap: learn }, { suggestionYaml }, { unreadParts }] = await Promise.all([
    import('../../comparator/suggest/suggest.ts'),
    import('../../comparator/suggest/yaml.ts'),
    import('../../audit/unread.ts'),
  ]);
  await data(await working(() => suggestionYaml(learn(sides.source, sides.target, config))));
  // What was not read could not be learned from: said, since the lines look complete.
  const unread = [sides.source, sides.target].flatMap((side) =>
    unreadParts(side).flatMap(({ kind, failure }) => [
      `not read: ${kind} of ${side.region} (${failure.code}): ${failure.message} ${failure.hint}`,
      ...(failure.commands ?? []).map(({ shell }) => `  ${shell}`),
    ]),
  );
  for (const line of unread) note(line);
  return unread.length > 0 ? 3 : 0;
}
