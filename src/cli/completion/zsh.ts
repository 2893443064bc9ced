import { type CompletedCommand, type CompletedOption, type Completion, spellings } from './model.ts';

export function zshCompletion({ commands }: Completion): string {
  const listed = commands.map(({ name, summary }) => `    ${quoted(`${escaped(name)}:${summary}`)}`);
  return `#compdef ec2-parity
# ec2-parity completion for zsh: ec2-parity completion zsh > "\${fpath[1]}/_ec2-parity", or eval "$(ec2-parity completion zsh)"
_ec2_parity() {
  local -a commands
  commands=(
${listed.join('\n')}
  )
  if (( CURRENT == 2 )); then
    if [[ $words[2] == -* ]]; then compadd -- --help --version; else _describe 'command' commands; fi
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(caseOf).join('\n')}
  esac
}
if [[ $funcstack[1] == _ec2_parity || $funcstack[1] == _ec2-parity ]]; then _ec2_parity "$@"; else compdef _ec2_parity ec2-parity; fi
`;
}

function caseOf({ name, options, words }: CompletedCommand): string {
  const rest =
    words.length > 0
      ? `*: :_alternative 'words:word:(${words.join(' ')})' 'files:file:_files'`
      : '*: :_files';
  return `  ${name})
    _arguments \\
${[...options.map(specOf), quoted(rest)].map((spec) => `      ${spec}`).join(' \\\n')} ;;`;
}

/** `'(-o --output)'{-o,--output=}'[what it is]:value:(md json)'`. */
function specOf(option: CompletedOption): string {
  const { name, alias, describe, value, repeated } = option;
  const takes = value === 'none' ? '' : value === 'file' ? ':value:_files' : `:value:(${value.join(' ')})`;
  const about = quoted(`[${escaped(describe)}]${takes}`);
  const long = value === 'none' ? `--${name}` : `--${name}=`;
  const prefix = repeated ? `'*'` : alias === null ? '' : quoted(`(${spellings(option).join(' ')})`);
  return alias === null ? `${prefix}${long}${about}` : `${prefix}{-${alias},${long}}${about}`;
}

/** In a specification of _arguments. */
function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
