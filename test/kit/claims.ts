/** What the project says of itself, and the tests that would fail if it were not so: files, or folders of them. */
export const CLAIMS: readonly (readonly [claim: string, ...tests: string[]])[] = [
  ['It only reads: no call changes anything in AWS', 'test/collectors/read-only.test.ts'],
  [
    'A kind that could not be read is a gap, and never empty',
    'test/collectors/failures.test.ts',
    'test/collectors/bad-days.test.ts',
  ],
  ['It reads the real API of EC2', 'test/moto/audit.test.ts', 'test/collectors/live.test.ts'],
  [
    'Each side reaches AWS as its own profile and the environment say',
    'test/collectors/connection',
    'test/moto/credentials.test.ts',
  ],
  [
    'A snapshot made live and one made from dumps of the same region are equal',
    'test/moto/snapshots.test.ts',
  ],
  ['Traffic is compared as exact sets of packets', 'test/traffic'],
  ['Fingerprints are those of ssh-keygen, openssl and EC2', 'test/keys'],
  [
    'Templates of CloudFormation and plans of Terraform are evaluated as they would be in each region',
    'test/cloudformation',
    'test/terraform',
  ],
  [
    'The plan does what it says, on a real API',
    'test/moto/plan.test.ts',
    'test/moto/plan-random.test.ts',
    'test/plan',
  ],
  ['Every rule is shown by the demo estate', 'test/demo.test.ts'],
  [
    'A text from AWS can steer no terminal, browser, shell or spreadsheet',
    'test/cli/hostile-inputs.test.ts',
    'test/renderers',
  ],
  ['--redact leaves no name behind', 'test/redact', 'test/cli/redact.test.ts'],
  ['The report says which side changed, and what is new', 'test/drift', 'test/cli/drift.test.ts'],
  ['The HTML report works in a browser, without a request', 'test/browser'],
  ['What goes wrong around an audit ends as docs/bad-days.md says', 'test/bad-days.test.ts'],
  ['Any document is answered or refused in two lines', 'test/fuzz'],
  ['The package has what it needs, for Node.js and TypeScript, and no more', 'test/package'],
  ['No room of the code imports what it may not', 'test/boundaries.test.ts'],
];
