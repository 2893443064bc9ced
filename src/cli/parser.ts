import yargs, { type Argv } from 'yargs';
import { tool } from '../audit/tool.ts';
import { Arguments, refuseUnknownVariables } from './arguments.ts';
import type { Command, Context, OptionSpec } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { complaintStrings } from './complaints.ts';
import { groupsOf } from './option-groups.ts';
import { COMMON } from './options.ts';
import { widthOf } from './streams.ts';
import { complaintAbout } from './usage.ts';

/** Runs the command that the words name. Resolves to the exit code. @throws Unable for words that name none. */
export async function runCommandLine(words: readonly string[], context: Context): Promise<number> {
  let chosen: { command: Command; values: Readonly<Record<string, unknown>> } | undefined;
  const parser = commandLine(words, context, (command, values) => {
    chosen = { command, values };
  });
  if (words.length === 0) {
    context.stderr.write(`${await parser.getHelp()}\n`);
    return 2;
  }
  // Given this function, yargs hands over the help or the version and does not print it itself.
  let help = '';
  await parser.parseAsync(typed(words), {}, (_error, _values, output) => {
    help = output;
  });
  if (!chosen) {
    await context.data(`${help}\n`);
    return 0;
  }
  const { command, values } = chosen;
  refuseUnknownVariables(context.env, [
    ...COMMANDS.flatMap(({ options }) => Object.keys(options)),
    ...Object.keys(COMMON),
  ]);
  return command.run(new Arguments(command.name, values, context.env), context);
}

type Choose = (command: Command, values: Readonly<Record<string, unknown>>) => void;

function commandLine(words: readonly string[], { stdout, env }: Context, choose: Choose): Argv {
  const parser = yargs(typed(words))
    .scriptName('ec2-parity')
    .usage(
      '$0 <command>\n\nA read-only audit of one AWS account and region against another: EC2 key pairs, security groups and AMIs.',
    )
    .parserConfiguration({
      // Each option has one spelling, and a value stays the text that was typed.
      'camel-case-expansion': false,
      'boolean-negation': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    // The messages are compared with and quoted in issues: the same in every locale.
    .detectLocale(false)
    .updateStrings(complaintStrings())
    .exitProcess(false)
    .showHelpOnFail(false)
    .strict()
    .demandCommand(1)
    .wrap(Math.min(100, widthOf(stdout, env)))
    .alias('help', 'h')
    .version(tool.version)
    .epilogue(
      'Exit codes: 0 nothing at or above --fail-on; 1 a finding at or above it; 2 unable; 3 incomplete.',
    )
    // Thrown, or yargs would go on to the handler.
    .fail((message, error) => {
      throw complaintAbout(words, message ?? error.message);
    });
  for (const command of COMMANDS) {
    parser.command(
      [command.name, ...positionalNames(command)].join(' '),
      command.summary,
      (builder) => build(builder, command),
      (values) => choose(command, takesFiles(words) ? withDash(values) : values),
    );
  }
  layOutNoHelpAhead(parser as unknown as Internals);
  return parser as Argv;
}

/** What yargs has and its types do not. */
interface Internals {
  getInternalMethods?: () => { getUsageInstance: () => { cacheHelpMessage: () => void } };
}

/**
 * yargs lays out the help of a command before it runs it, in case it fails and the help is printed: a tenth of the time of an
 * audit of two small folders. Here a failure is thrown and no help is printed.
 */
function layOutNoHelpAhead(parser: Internals): void {
  const usage = parser.getInternalMethods?.().getUsageInstance();
  if (usage) usage.cacheHelpMessage = () => {};
}

/** yargs loses a lone `-` among repeated arguments; a user cannot type this. */
const STANDARD_INPUT = '\0-';

function typed(words: readonly string[]): string[] {
  return words.map((word) => (word === '-' && takesFiles(words) ? STANDARD_INPUT : word));
}

function takesFiles(words: readonly string[]): boolean {
  const first = words.find((word) => !word.startsWith('-'));
  return COMMANDS.some(
    ({ name, positionals }) => name === first && Object.values(positionals).some(({ many }) => many),
  );
}

function withDash(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const dash = (value: unknown): unknown => (value === STANDARD_INPUT ? '-' : value);
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Array.isArray(value) ? value.map(dash) : dash(value)]),
  );
}

function positionalNames({ positionals }: Command): string[] {
  return Object.entries(positionals).map(([name, { required, many }]) => {
    const words = many ? `${name}..` : name;
    return required ? `<${words}>` : `[${words}]`;
  });
}

function build(builder: Argv, { name, positionals, options, examples = [], notes = [] }: Command): Argv {
  for (const [positional, { describe, many }] of Object.entries(positionals)) {
    // Or the help would say that the default of a repeated one is [].
    builder.positional(positional, { describe, type: 'string', ...(many ? { default: undefined } : {}) });
  }
  const all = { ...options, ...COMMON };
  for (const [option, spec] of Object.entries(all)) builder.option(option, optionFor(spec));
  for (const [title, names] of groupsOf(all)) builder.group(names, title);
  // yargs would put command and explanation side by side, and break the command.
  const shown = examples.map(([example, what]) => `  ec2-parity ${example}\n      ${what}`);
  const paragraphs = [...(shown.length > 0 ? [['Examples:', ...shown].join('\n')] : []), ...notes];
  if (name === 'audit')
    paragraphs.push('Every option is also a variable: EC2_PARITY_FAIL_ON=medium is --fail-on medium.');
  return paragraphs.length > 0 ? builder.epilogue(paragraphs.join('\n\n')) : builder;
}

function optionFor({ type, alias, describe, choices, otherwise }: OptionSpec) {
  const words = choices ? `: ${choices.join(', ')}` : '';
  return {
    describe: describe + words,
    ...(alias ? { alias } : {}),
    ...(otherwise ? { defaultDescription: otherwise } : {}),
    ...(type === 'flag' ? { boolean: true } : { string: true, nargs: 1 }),
  };
}
