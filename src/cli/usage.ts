import { isRegion } from '../inventory/regions.ts';
import { Unable } from '../inventory/unable.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { complaintIn } from './complaints.ts';
import { usage } from './errors.ts';
import { COMMON } from './options.ts';

/**
 * What is wrong with a command line that yargs refused. Its own message names what is left over; the arguments show what
 * was meant by it. An unknown flag comes first: the words after it may only have been its value.
 */
export function complaintAbout(words: readonly string[], message: string): Unable {
  const command = COMMANDS.find(({ name }) => words.includes(name));
  if (!command) return unknownCommand(words);
  return unknownFlag(words, command) ?? unfitWords(command, message);
}

function unknownCommand(words: readonly string[]): Unable {
  const first = words[0] ?? '';
  if (first.startsWith('-') && !(trimmed(first) in COMMON)) {
    return new Unable(
      `There is no option ${first} before a command.`,
      'The command comes first: see `ec2-parity --help`.',
    );
  }
  const word = words.find((candidate) => !candidate.startsWith('-'));
  if (word === undefined) return usage('No command is named.');
  const meant = didYouMean(
    word,
    COMMANDS.map(({ name }) => name),
  );
  const audit =
    isRegion(word.split('@')[0] ?? '') || /\.json(\.gz)?$/.test(word)
      ? `To compare two sides: \`ec2-parity audit ${words.join(' ')}\`. `
      : '';
  return new Unable(`There is no command "${word}".`, `${meant}${audit}See \`ec2-parity --help\`.`);
}

/** `--fail-on=high` and `--fail-on` to `fail-on`. */
function trimmed(word: string): string {
  return word.replace(/^--?/, '').replace(/=.*$/s, '');
}

function unknownFlag(words: readonly string[], { name, options }: Command): Unable | undefined {
  const specs = { ...options, ...COMMON };
  const known = new Set([
    'help',
    'h',
    'version',
    ...Object.keys(specs),
    ...Object.values(specs).flatMap(({ alias }) => alias ?? []),
  ]);
  const end = words.indexOf('--');
  const flags = words.slice(0, end < 0 ? words.length : end).filter((word) => /^--?[^-\d]/.test(word));
  const flag = flags.find((word) => !known.has(trimmed(word)));
  if (flag === undefined) return undefined;
  const typed = trimmed(flag);
  const short = flag.startsWith('--')
    ? undefined
    : Object.values(specs).find(({ alias }) => alias === typed[0])?.alias;
  const split = short ? `Did you mean "-${short} ${typed.slice(1)}"? ` : '';
  const meant = didYouMean(
    typed,
    [...known].filter((option) => option.length > 1),
  ).replace('"', '"--');
  const dashes = flag.startsWith('--') ? '--' : '-';
  return new Unable(
    `${name} has no option ${dashes}${typed}.`,
    `${split || meant}See \`ec2-parity ${name} --help\`.`,
  );
}

/** Too few words, too many, or an option whose value is missing. */
function unfitWords({ name, positionals }: Command, message: string): Unable {
  const takes = Object.entries(positionals).map(([positional, { required, many }]) => {
    const words = many ? `${positional}...` : positional;
    return required ? `<${words}>` : `[${words}]`;
  });
  const needs =
    takes.length > 0 ? `Write \`ec2-parity ${name} ${takes.join(' ')}\`.` : `Write \`ec2-parity ${name}\`.`;
  const help = `See \`ec2-parity ${name} --help\`.`;
  const complaint = complaintIn(message);
  switch (complaint?.code) {
    case 'value-missing': {
      const dashes = complaint.about.length === 1 ? '-' : '--';
      return usage(`${dashes}${complaint.about} is given without a value.`, name);
    }
    case 'positional-missing': {
      const required = takes.filter((word) => word.startsWith('<'));
      return new Unable(`${name} needs ${required.join(' and ')}.`, `${needs} ${help}`);
    }
    case 'unknown-words':
      return new Unable(`${name} does not take an argument "${complaint.about}".`, `${needs} ${help}`);
    case undefined:
      return usage(message, name);
  }
}
