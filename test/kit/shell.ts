import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One call of the AWS CLI as it arrived. */
export interface Call {
  readonly args: readonly string[];
  /** What was read from standard input, where an argument says that the command reads it. */
  readonly stdin: string | null;
}

/** In place of the AWS CLI: writes its arguments down, each ended by a NUL, and prints an id where it is asked for one. */
const RECORDER = `#!/bin/sh
own="$CALLS.$$"
printf 'call\\0%s\\0' "$#" > "$own"
if [ "$#" -gt 0 ]; then printf '%s\\0' "$@" >> "$own"; fi
for arg in "$@"; do
  case "$arg" in *file:///dev/stdin | *fileb:///dev/stdin) cat >> "$own"; printf '\\0' >> "$own";; esac
done
# At once: the two ends of a pipe write at the same time.
cat "$own" >> "$CALLS"
case "$*" in *--query*) echo id;; esac
`;

export const SHELLS = ['sh', 'bash'] as const;

/**
 * Types the lines into a shell, with an `aws` in the path that writes down what it is called with. bash is interactive, so
 * that it expands history as it does for a person.
 * @throws where the shell complains about a line.
 */
export function typed(lines: readonly string[], shell: (typeof SHELLS)[number]): Call[] {
  const folder = mkdtempSync(join(tmpdir(), 'typed-'));
  try {
    const calls = join(folder, 'calls');
    writeFileSync(join(folder, 'aws'), RECORDER);
    chmodSync(join(folder, 'aws'), 0o755);
    writeFileSync(join(folder, 'sleep'), '#!/bin/sh\n');
    chmodSync(join(folder, 'sleep'), 0o755);
    writeFileSync(calls, '');
    const env = {
      PATH: `${folder}:${process.env.PATH}`,
      HOME: folder,
      CALLS: calls,
      KMS_KEY: 'key-1',
      TARGET_KMS_KEY: 'key-2',
      SOURCE_BUCKET: 'from',
      TARGET_BUCKET: 'to',
      PS1: '',
      PS2: '',
      LC_ALL: 'C.UTF-8',
    };
    const args = shell === 'bash' ? ['--norc', '--noprofile', '--noediting', '-i', '-o', 'errexit'] : ['-e'];
    const input = `${lines.join('\n')}\nexit 0\n`;
    const ended = spawnSync(shell, args, { env, input, encoding: 'utf8', cwd: folder });
    // An interactive bash without a terminal says so, and says "exit" when it ends.
    const complaints = ended.stderr
      .split('\n')
      .filter((l) => l !== '' && l !== 'exit' && !/no job control|terminal process group/.test(l));
    if (ended.error) throw ended.error;
    if (ended.status !== 0 || complaints.length > 0)
      throw new Error(`${shell} ended with ${ended.status}: ${complaints.join('\n')}`);
    return callsIn(readFileSync(calls, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function callsIn(log: string): Call[] {
  const words = log.split('\0');
  const calls: Call[] = [];
  for (let i = 0; words[i] === 'call'; ) {
    const count = Number(words[i + 1]);
    const args = words.slice(i + 2, i + 2 + count);
    i += 2 + count;
    const reads = args.some((a) => /fileb?:\/\/\/dev\/stdin$/.test(a));
    calls.push({ args, stdin: reads ? (words[i++] ?? '') : null });
  }
  return calls;
}

/** What the AWS CLI reads as JSON. */
const JSON_OPTIONS: ReadonlySet<string> = new Set([
  '--tags',
  '--filters',
  '--ip-permissions',
  '--launch-permission',
  '--tag-specifications',
  '--entries',
  '--add-entries',
  '--remove-entries',
  '--cli-input-json',
  '--launch-template-data',
  '--create-volume-permission',
]);

/** The options of a call as the AWS CLI reads them, with those of `--cli-input-json`; undefined for a flag. */
export function optionsOf({ args }: Call): Record<string, unknown> {
  const given: [string, string[]][] = [];
  for (const arg of args.slice(2)) {
    // What begins with a hyphen is an option, and brings its value along where that begins with one too.
    const [, name, value] = /^(--[a-z][a-z-]*)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name !== undefined) given.push([name, value === undefined ? [] : [value]]);
    else given.at(-1)?.[1].push(arg);
  }
  const options = Object.fromEntries(
    given.map(([name, words]) => {
      const [first, ...others] = words;
      if (first !== undefined && JSON_OPTIONS.has(name) && !first.startsWith('file:'))
        return [name, JSON.parse(first)];
      return [name, others.length > 0 ? words : first];
    }),
  );
  const { '--cli-input-json': input = {}, ...rest } = options;
  for (const [member, value] of Object.entries(input as Record<string, unknown>))
    rest[`--${member.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase()}`] = value;
  return rest;
}
