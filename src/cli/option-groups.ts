import type { Options } from './command.ts';

/** The headings under which a long help shows its options, and which options belong to each. */
export const OPTION_GROUPS = {
  'What is compared:': [
    ...['phase', 'only', 'config', 'template', 'public-keys', 'verify-content', 'verify-budget'],
    ...['baseline', 'baseline-optional', 'history'],
  ],
  'What is written:': ['fail-on', 'output', 'output-dir', 'full', 'limit', 'redact', 'open'],
  'The remediation plan:': ['plan', 'findings', 'allow-revoke', 'allow-world-open'],
  'How the sides are read:': [
    ...['timeout', 'endpoint-url', 'source-role-arn', 'target-role-arn', 'role-arn', 'external-id'],
    ...['source-region', 'target-region', 'region'],
  ],
  'For every command:': ['quiet', 'verbose', 'no-color', 'help', 'version'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Of more options than this, a list without headings is hard to read. */
const MOST_WITHOUT_HEADINGS = 10;

/** The headings of a command with the options that it has; none for a short list. */
export function groupsOf(options: Options): [title: string, names: string[]][] {
  if (Object.keys(options).length <= MOST_WITHOUT_HEADINGS) return [];
  const has = (name: string) => name in options || name === 'help' || name === 'version';
  return Object.entries(OPTION_GROUPS).map(([title, names]) => [title, names.filter(has)]);
}
