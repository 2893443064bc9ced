import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { reportFileName } from '../audit/formats.ts';
import { tool } from '../audit/tool.ts';
import { writeWholeFiles } from '../inventory/write-file.ts';
import type { AuditedPair, Rollup } from '../matrix/model.ts';
import { type Outcome, rollUp } from '../matrix/rollup.ts';
import { SIGNS } from '../report/headline.ts';
import type { Arguments } from './arguments.ts';
import type { Context, OptionSpec } from './command.ts';
import { type Destination, destinationsOf, pathsOf } from './output.ts';
import { renderOptionsOf } from './render-options.ts';

/** What a roll-up is written as. */
const ROLLUP_FORMATS = ['terminal', 'html', 'md', 'json'] as const;
type RollupFormat = (typeof ROLLUP_FORMATS)[number];

export const rollupOutput: OptionSpec = {
  type: 'list',
  alias: 'o',
  describe: `FORMAT[=PATH] of the roll-up, repeatable: ${ROLLUP_FORMATS.join(', ')}; without PATH to stdout`,
};

/** The name of a roll-up file: "rollup.md". */
export function rollupFileName(format: RollupFormat): string {
  return `rollup.${format === 'terminal' ? 'txt' : format}`;
}

/** What `-o` requests; undefined where it is not given. */
export function rollupDestinations(args: Arguments): Destination<RollupFormat>[] | undefined {
  const given = args.list('output');
  return given.length === 0 ? undefined : destinationsOf(given, ROLLUP_FORMATS, rollupFileName);
}

/** Writes the roll-up of what was audited. @returns The exit code. */
export async function deliverRollup(
  outcomes: readonly Outcome[],
  destinations: readonly Destination<RollupFormat>[],
  args: Arguments,
  context: Context,
): Promise<number> {
  const { signal, data, note } = context;
  const quiet = args.flag('quiet');
  const rollup = rollUp(outcomes, tool);
  const look = renderOptionsOf(args, context);
  const rendered = await Promise.all(
    destinations.map(async ({ format, path }) => ({
      path,
      text: await textOf(rollup, format, path, {
        color: look.color && path === null,
        ascii: look.ascii ?? false,
      }),
    })),
  );
  signal.throwIfAborted();
  await writeWholeFiles(
    rendered.flatMap(({ path, text }) => (path === null ? [] : [{ path, data: text }])),
    'roll-up',
  );
  for (const { path, text } of rendered) if (path === null) await data(text);
  if (!quiet) {
    for (const path of pathsOf(destinations)) note(`wrote ${path}`);
    const shown = destinations.some(({ format, path }) => format === 'terminal' && path === null);
    if (!shown) {
      const { sentenceOf, signOf } = await import('../matrix/text.ts');
      const signs = SIGNS[look.ascii ? 'ascii' : 'unicode'];
      note(`${signs[signOf(rollup)]} ${sentenceOf(rollup)}${signs.between}exit code ${rollup.exitCode}`);
    }
  }
  return rollup.exitCode;
}

async function textOf(
  rollup: Rollup,
  format: RollupFormat,
  path: string | null,
  look: { readonly color: boolean; readonly ascii: boolean },
): Promise<string> {
  switch (format) {
    case 'terminal':
      return (await import('../matrix/terminal.ts')).rollupTerminal(rollup, look);
    case 'html': {
      const { rollupHtml } = await import('../matrix/html.ts');
      return rollupHtml(rollup, { linkTo: (pair) => linkTo(pair, path) });
    }
    case 'md':
      return (await import('../matrix/markdown.ts')).rollupMarkdown(rollup);
    case 'json':
      return (await import('../renderers/json.ts')).jsonText(rollup);
  }
}

/** The HTML report beside the JSON report of a pair, where there is one, from the folder of the roll-up. */
function linkTo({ report }: AuditedPair, path: string | null): string | null {
  if (report === null || path === null) return null;
  const page = join(dirname(report), reportFileName('html'));
  if (!existsSync(page)) return null;
  return relative(dirname(path), page).split(sep).map(encodeURIComponent).join('/');
}
