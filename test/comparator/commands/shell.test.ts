import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsCommand, type Options } from '../../../src/comparator/commands/aws.ts';
import { jsonWord, ShellVariable } from '../../../src/comparator/commands/shell.ts';
import { visible } from '../../../src/text/printable.ts';
import { shellWord } from '../../../src/text/shell.ts';
import { HOSTILE } from '../../kit/hostile.ts';
import { optionsOf, SHELLS, typed } from '../../kit/shell.ts';

/** What means something to a shell, to the AWS CLI or to a terminal. */
const NASTY = [
  ...Object.values(HOSTILE),
  '',
  "it's",
  '"double"',
  '$(touch gone) `touch gone` $HOME $((1+1))',
  '!! !$ !echo wow!',
  '-leading',
  '-v\u001b',
  '--region',
  '--a=b',
  '* ? [a-z] {a,b} ~ ~root',
  'a\nb\n',
  '\n\n',
  'tab\there\r',
  '\\ \\n \\\\ %s %% \\047',
  'file:///etc/passwd',
  'fileb://x',
  'https://example.com/',
  '[{"a":1}]',
  '# ; & | < > ( )',
  'ünïcödé 日本語 🎉 \u0301',
  '\u0000nul',
  '\u202Ebidi',
  ' lead and trail ',
];
const nasty = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
);

/** Many at once: a shell takes longer to start than to read a line. */
function check(options: readonly Options[]): void {
  for (const shell of SHELLS) {
    const calls = typed(
      options.map((o) => awsCommand('ec2 test', 'eu-west-1', o)),
      shell,
    );
    expect(calls.map(optionsOf)).toEqual(options.map((o) => ({ '--region': 'eu-west-1', ...expected(o) })));
  }
}

function expected(options: Options): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      value !== null && typeof value === 'object' && 'json' in value ? value.json : (value ?? undefined),
    ]),
  );
}

describe('a command that is typed into sh and bash', () => {
  it('brings every text byte for byte', () => {
    check(NASTY.map((text) => ({ '--name': text, '--dry-run': null })));
  });

  it('brings every text within JSON', () => {
    check(NASTY.map((text) => ({ '--tags': { json: [{ Key: text, Value: text }] } })));
  });

  it('brings whatever text there is', () => {
    const option = fc.record({ '--name': nasty, '--tags': nasty.map((t) => ({ json: [{ [t]: t }] })) });
    fc.assert(fc.property(fc.array(option, { minLength: 20, maxLength: 40 }), check), { numRuns: 4 });
  });

  it('brings lists of words, each as one', () => {
    check([
      { '--names': ['a', 'b c'] },
      { '--names': ['-a', 'it"s'] },
      { '--names': ['x', 'file://y'] },
      { '--names': ['a\nb', 'c'] },
    ]);
  });

  it('is one line on which nothing is hidden, so that what is shown is what is copied', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const line = awsCommand('ec2 test', text, { '--name': text, '--tags': { json: { [text]: text } } });
        expect(visible(line)).toBe(line);
        expect(line).not.toContain('\n');
      }),
    );
  });

  it('keeps a word one word where it is no option', () => {
    const words = NASTY.filter((t) => t !== '' && !t.includes('\u0000'));
    for (const shell of SHELLS)
      expect(typed([`aws ${words.map(shellWord).join(' ')}`], shell).map((c) => c.args)).toEqual([words]);
  });

  it('puts the values of shell variables into JSON', () => {
    const json = jsonWord([{ id: new ShellVariable('made'), text: "it's $made" }]);
    for (const shell of SHELLS)
      expect(typed(["made='sg-1'", `aws ec2 test --tags ${json}`], shell).map(optionsOf)).toEqual([
        { '--tags': [{ id: 'sg-1', text: "it's $made" }] },
      ]);
  });

  it('is refused by the shell where it needs what only the person knows', () => {
    const line = awsCommand('ec2 test', 'eu-west-1', {
      '--bucket': { required: 'NOBODY_SET_THIS', meaning: 'a bucket of "eu-west-1" $(x)' },
    });
    expect(() => typed([line], 'sh')).toThrow('a bucket of eu-west-1 (x)');
  });
});
