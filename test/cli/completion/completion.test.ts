import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands/index.ts';
import { completionOf } from '../../../src/cli/completion/model.ts';
import { run } from '../kit/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-completion-'));
const scripts: Record<string, string> = {};
beforeAll(async () => {
  writeFileSync(join(folder, 'report.json'), '');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = await run(['completion', shell]);
    expect(code).toBe(0);
    scripts[shell] = stdout;
    writeFileSync(join(folder, `script.${shell}`), stdout);
  }
});

/** What bash offers after these words; the last one is not complete. Its words are split as readline does, at "=" too. */
function inBash(...line: string[]): string[] {
  const words = ['ec2-parity', ...line.flatMap((word) => word.split(/(?<==)|(?==)/))];
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const script = `. ./script.bash; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _ec2_parity; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return output('bash', ['--norc', '-c', script]);
}

function inFish(line: string): string[] {
  const script = `source script.fish; complete -C ${JSON.stringify(`ec2-parity ${line}`)}`;
  return output('fish', ['--no-config', '-c', script]).map((offer) => offer.split('\t')[0] ?? '');
}

/** What zsh shows for the line and a Tab, on a pseudo-terminal, once it shows `awaited` or after 15 s. */
function inZsh(line: string, awaited: string): string {
  const script = `
zmodload zsh/zpty
zpty -b shell 'TERM=dumb zsh -f -i'
zpty -w shell 'PS1=; unsetopt zle_bracketed_paste; LISTMAX=1000; zstyle ":completion:*" list-prompt ""; autoload -U compinit; compinit -u -D; bindkey "^I" complete-word; setopt no_beep no_auto_menu; . ./script.zsh; print ready'
local out= chunk
repeat 600 { sleep 0.05; while zpty -rt shell chunk; do out+=$chunk; done; [[ $out == *$'\\nready'* ]] && break; }
zpty -w -n shell ${JSON.stringify(line)}$'\\t'
out=
repeat 300 { sleep 0.05; while zpty -rt shell chunk; do out+=$chunk; done; [[ $out == *${JSON.stringify(awaited)}* ]] && break; }
print -r -- $out
zpty -d shell`;
  return output('zsh', ['-f', '-c', script]).join('\n');
}

function output(shell: string, args: readonly string[]): string[] {
  const { error, stdout, stderr, status } = spawnSync(shell, args, { cwd: folder, encoding: 'utf8' });
  // A shell that is absent: the error names it.
  if (error) throw error;
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

describe('in bash', () => {
  test.each([
    [[''], ['audit', 'snapshot', 'demo', 'completion']],
    [['au'], ['audit']],
    [['--'], ['--help', '--version']],
    [['audit', '--pha'], ['--phase']],
    [
      ['audit', '--phase', ''],
      ['readiness', 'verification', 'drift'],
    ],
    [['audit', '--phase', 'd'], ['drift']],
    [['audit', '--phase=d'], ['drift']],
    [
      ['audit', '--phase='],
      ['readiness', 'verification', 'drift'],
    ],
    [
      ['audit', 'us-east-1', 'eu-we'],
      ['eu-west-1', 'eu-west-2', 'eu-west-3'],
    ],
    [['audit', '-o', 'js'], ['json']],
    [['--quiet', 'audit', '--fail-on', 'cr'], ['critical']],
    [
      ['schema', ''],
      ['snapshot', 'report', 'config'],
    ],
    [['completion', 'z'], ['zsh']],
  ])('%j gives %j', (line, expected) => {
    const offered = inBash(...line);
    if (line.at(-1) === '') expect(offered).toEqual(expect.arrayContaining(expected));
    else expect(offered).toEqual(expected);
  });

  test('where a file is meant, the shell completes its name', () => {
    expect(inBash('audit', '--config', '')).toEqual([]);
    expect(inBash('render', 'rep')).toEqual([]);
    expect(scripts.bash).toContain('complete -o bashdefault -o default -F _ec2_parity ec2-parity');
  });
});

describe('in fish', () => {
  test.each([
    ['au', ['audit']],
    ['audit --pha', ['--phase']],
    ['audit --phase d', ['drift']],
    ['audit --phase=d', ['--phase=drift']],
    ['audit us-east-1 eu-we', ['eu-west-1', 'eu-west-2', 'eu-west-3']],
    ['audit -o js', ['json']],
    ['completion z', ['zsh']],
    ['render rep', ['report.json']],
    ['audit --config rep', ['report.json']],
  ])('%s gives %j', (line, expected) => {
    expect(inFish(line)).toEqual(expected);
  });
});

describe('in zsh', () => {
  test.each([
    ['ec2-parity aud', 'ec2-parity audit '],
    ['ec2-parity audit --pha', 'ec2-parity audit --phase='],
    ['ec2-parity audit --phase d', 'ec2-parity audit --phase drift '],
    ['ec2-parity audit --phase=d', 'ec2-parity audit --phase=drift '],
    ['ec2-parity audit -o js', 'ec2-parity audit -o json '],
    ['ec2-parity completion z', 'ec2-parity completion zsh '],
    ['ec2-parity render rep', 'ec2-parity render report.json '],
    ['ec2-parity audit us-east-1 sa-e', 'ec2-parity audit us-east-1 sa-east-1 '],
  ])('%s becomes %s', (line, expected) => {
    expect(inZsh(line, expected.trimEnd())).toContain(expected.trimEnd());
  });
});

test('every shell has every command and every option', () => {
  const { commands } = completionOf(COMMANDS);
  expect(commands.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name));
  for (const { name, options } of commands)
    for (const option of options) {
      expect(scripts.bash, name).toContain(`--${option.name}`);
      expect(scripts.zsh, name).toContain(`--${option.name}`);
      expect(scripts.fish, name).toContain(`'__fish_seen_subcommand_from ${name}' -l ${option.name}`);
    }
});

test('a shell that has no script is reported with the ones that have', async () => {
  const { code, stderr } = await run(['completion', 'zhs']);
  expect(code).toBe(2);
  expect(stderr).toBe(
    'error: The shell cannot be "zhs".\nhint: Did you mean "zsh"? It takes bash, zsh or fish.\n',
  );
});
