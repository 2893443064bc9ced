import type { CompletedOption, Completion } from './model.ts';

export function fishCompletion({ commands }: Completion): string {
  const lines = commands.flatMap(({ name, summary, options, words }) => [
    `complete -c ec2-parity -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...options.map(
      (option) => `complete -c ec2-parity -n '__fish_seen_subcommand_from ${name}' ${flagsOf(option)}`,
    ),
    ...(words.length > 0
      ? [`complete -c ec2-parity -n '__fish_seen_subcommand_from ${name}' -a ${quoted(words.join(' '))}`]
      : []),
  ]);
  return `# ec2-parity completion for fish: ec2-parity completion fish > ~/.config/fish/completions/ec2-parity.fish
complete -c ec2-parity -e
complete -c ec2-parity -n __fish_use_subcommand -l help -s h -d 'Show help'
complete -c ec2-parity -n __fish_use_subcommand -l version -d 'Show version number'
${lines.join('\n')}
`;
}

function flagsOf({ name, alias, describe, value }: CompletedOption): string {
  const takes = value === 'none' ? '' : value === 'file' ? ' -r -F' : ` -x -a ${quoted(value.join(' '))}`;
  return `-l ${name}${alias === null ? '' : ` -s ${alias}`}${takes} -d ${quoted(describe)}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
