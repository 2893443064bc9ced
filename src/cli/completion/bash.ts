import { type Completion, spellings } from './model.ts';

/** For bash 3.2 and later (that of macOS), without the package bash-completion. All words are our own: nothing to quote. */
export function bashCompletion({ commands }: Completion): string {
  const names = commands.map(({ name }) => name).join(' ');
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap((option) => {
      if (option.value === 'none') return [];
      const patterns = spellings(option).map((spelling) => `'${name} ${spelling}'`);
      const words = option.value === 'file' ? '' : option.value.join(' ');
      return [`    ${patterns.join('|')}) _ec2_parity_words '${words}'; return ;;`];
    }),
  );
  const cases = commands.map(({ name, options, words }) => {
    const flags = options.flatMap(spellings).join(' ');
    return `    ${name}) flags='${flags}'; words='${words.join(' ')}' ;;`;
  });
  return `# ec2-parity completion for bash: eval "$(ec2-parity completion bash)"
_ec2_parity_words() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$1" -- "$cur")
}
_ec2_parity() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev='' command='' flags='' words='' i
  [ "$COMP_CWORD" -gt 0 ] && prev=\${COMP_WORDS[COMP_CWORD-1]}
  # bash splits --phase=drift at the "=".
  if [ "$cur" = '=' ]; then cur=''
  elif [ "$prev" = '=' ] && [ "$COMP_CWORD" -gt 1 ]; then prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
    -*) ;;
    *) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  COMPREPLY=()
  if [ -z "$command" ]; then
    case $cur in
    -*) _ec2_parity_words '--help --version' ;;
    *) _ec2_parity_words '${names}' ;;
    esac
    return
  fi
  case "$command $prev" in
${values.join('\n')}
  esac
  case $command in
${cases.join('\n')}
  esac
  case $cur in
  -*) _ec2_parity_words "$flags" ;;
  *) _ec2_parity_words "$words" ;;
  esac
}
# Where no word is offered the shell completes the names of files.
complete -o bashdefault -o default -F _ec2_parity ec2-parity
`;
}
