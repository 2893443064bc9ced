import { ANSWERS } from '../test/kit/answers.ts';
import { BAD_DAYS } from '../test/kit/bad-days.ts';

/** What happens on bad days, from the tables that the tests run through. */
export function badDaysPage(): string {
  return [
    '# Bad days',
    '',
    'What goes wrong around an audit, and what the tool does then. Written by `npm run generate` from the tables that the tests run through:',
    'each line has a test of this name.',
    '',
    '| What happens | What the tool does |',
    '|---|---|',
    ...Object.values(BAD_DAYS).map(({ fault, behaviour }) => `| ${fault} | ${behaviour} |`),
    '',
    '## In place of an answer',
    '',
    'One kind of object cannot be read. It is a gap with this code, with what was received and what to do; it is never treated as an empty list, and all other',
    'kinds are read. The run is incomplete (exit code 3), unless a finding makes it 1.',
    '',
    '| In place of the answer | Code of the gap |',
    '|---|---|',
    ...ANSWERS.map(([what, , code]) => `| ${what} | \`${code}\` |`),
    '',
  ].join('\n');
}
