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

/** What other tools got wrong, each with a file of tests and the beginning of a title in it. */
export const TRAPS: readonly (readonly [trap: string, file: string, title: string])[] = [
  [
    'A rule that moves to another group is not seen',
    'test/comparator/groups/traps.test.ts',
    'a rule that moved to another group',
  ],
  [
    'Ids, or hashes of them, identify an object',
    'test/comparator/groups/traps.test.ts',
    'groups, rules and peers under other ids',
  ],
  [
    'One address more in a rule of fifty is two large differences',
    'test/comparator/rules/security-groups.test.ts',
    'one address more in a group of 50',
  ],
  [
    'A rule that has only a prefix list is dropped',
    'test/comparator/groups/traps.test.ts',
    'a rule that has only a prefix list',
  ],
  [
    'IPv6 is left out, or compared as text',
    'test/comparator/groups/traps.test.ts',
    'one range in two spellings',
  ],
  ['A fingerprint identifies a key', 'test/comparator/keys/traps.test.ts', 'two records of one fingerprint'],
  [
    'The comment or a newline of a public key is a difference',
    'test/comparator/keys/traps.test.ts',
    'is the comment',
  ],
  [
    'The default group is noise',
    'test/comparator/groups/traps.test.ts',
    'on both sides, with the rule from itself',
  ],
  ['Images are read without paging', 'test/collectors/paging.test.ts', 'follows the token'],
  [
    'An answer that is absent or denied is read as empty',
    'test/collectors/failures.test.ts',
    'is no empty list',
  ],
  [
    'Launch templates and groups of size 0 use nothing',
    'test/comparator/keys/traps.test.ts',
    'a launch template counts',
  ],
  [
    'Protocol -1 has ports, ICMP has ports',
    'test/comparator/groups/traps.test.ts',
    'ICMP has a type and a code',
  ],
  [
    'The name of a group is unique in a region',
    'test/comparator/groups/traps.test.ts',
    'two groups of one name',
  ],
  [
    'What a service makes is created by hand',
    'test/comparator/pairing/made.test.ts',
    'pairs by stack and logical id',
  ],
  [
    'A group of another account is taken for one of this',
    'test/comparator/groups/traps.test.ts',
    'a reference to it is never said',
  ],
  [
    'An image of AWS or the Marketplace lacks a copy',
    'test/comparator/images/traps.test.ts',
    'an image of AWS has the same name',
  ],
  [
    'The creation date of a copy is that of the build',
    'test/comparator/images/traps.test.ts',
    'the date of a copy is that of the copying',
  ],
  ['Another KMS key of a copy is drift', 'test/comparator/images/traps.test.ts', 'another KMS key'],
  [
    'What is deleted during the run is a failure',
    'test/collectors/vanished.test.ts',
    'what is deleted while a region is read',
  ],
  ['JSON is cut at 64 KiB through a pipe', 'test/cli/process.test.ts', '10 MB of JSON arrive whole'],
  ['A wrapper loses the exit code', 'test/action/action.test.ts', 'audits, sets its outputs'],
  [
    'A step summary above the limit is dropped',
    'test/action/action.test.ts',
    'adds to a summary and stays below',
  ],
  [
    'Names and tags inject markup into a report',
    'test/browser/report.test.ts',
    'leaves hostile strings inert',
  ],
  ['An incomplete run looks clean', 'test/cli/audit.test.ts', '3 when something could not be read'],
];
