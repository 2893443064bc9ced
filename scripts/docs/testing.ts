import { CLAIMS, TRAPS } from '../../test/kit/claims.ts';

/** How each claim is tested, from a table that a test holds against the files. */
export function testingPage(): string {
  return [
    '# How each claim is tested',
    '',
    'Written by `npm run generate`; a test checks that each of these files has tests. `npm test` runs what needs only Node.js, `npm run test:moto` what needs a',
    'server with the API of EC2, `npm run test:browser` what needs Chromium, and `.ci/run` everything.',
    '',
    '| What is claimed | Where it is tested |',
    '|---|---|',
    ...CLAIMS.map(
      ([claim, ...tests]) => `| ${claim} | ${tests.map((test) => `[\`${test}\`](../${test})`).join(', ')} |`,
    ),
    '',
    '## What other tools got wrong',
    '',
    'Each is a test here.',
    '',
    '| The mistake | The test against it |',
    '|---|---|',
    ...TRAPS.map(([trap, file, title]) => `| ${trap} | [\`${file}\`](../${file}): ${title} … |`),
    '',
    'What happens when AWS, the network or files fail, each line with its test: [bad-days.md](bad-days.md).',
    '',
  ].join('\n');
}
