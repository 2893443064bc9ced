import { severityText } from '../../src/comparator/rules/catalogue.ts';
import { ruleTexts } from '../../src/comparator/rules/registry.ts';
import type { RuleText } from '../../src/report/model.ts';
import type { RuleId } from '../../src/report/rules/index.ts';

/** What EC2 answers where the text of the rule does not quote it: the error codes of its API reference, and what they say. */
const EC2_ERRORS: Readonly<Partial<Record<RuleId, readonly string[]>>> = {
  'key-pair/missing': ['InvalidKeyPair.NotFound'],
  'key-pair/renamed': ['InvalidKeyPair.NotFound'],
  'security-group/missing': ['InvalidGroup.NotFound'],
  'security-group/over-quota': ['RulesPerSecurityGroupLimitExceeded'],
  'image/missing-copy': ['InvalidAMIID.NotFound'],
  'image/unusable-copy': ['InvalidAMIID.Unavailable'],
  'workload/type-not-offered': ['Unsupported'],
  'workload/type-unfit-for-image': ['InvalidParameterValue'],
  'workload/missing-kms-key': ['Client.InvalidKMSKey.InvalidState'],
};

/** A page for each rule, by its path below docs/. */
export function rulePages(): Record<string, string> {
  const rules = ruleTexts();
  return Object.fromEntries([
    ['rules/README.md', indexPage(rules)],
    ...rules.map((rule) => [`rules/${rule.id}.md`, rulePage(rule)]),
  ]);
}

function indexPage(rules: readonly RuleText[]): string {
  return [
    '# Rules',
    '',
    'A page for each rule, written by `npm run generate` from the rules themselves. The whole catalogue on one page:',
    '[src/comparator/rules/README.md](../../src/comparator/rules/README.md).',
    '',
    '| rule | what it finds | severity |',
    '|---|---|---|',
    ...rules.map((rule) => `| [\`${rule.id}\`](${rule.id}.md) | ${rule.title} | ${severityText(rule)} |`),
    '',
  ].join('\n');
}

function rulePage(rule: RuleText): string {
  const { id, title, compares, why, remedy, links } = rule;
  const errors = [...new Set([...quotedIn(why), ...(EC2_ERRORS[id as RuleId] ?? [])])];
  return [
    `# ${id}`,
    '',
    `**${title}.** Severity: ${severityText(rule)}.`,
    '',
    '## What it compares',
    '',
    compares,
    '',
    '## Why it matters',
    '',
    why,
    '',
    ...(errors.length > 0 ? ['## What AWS answers', '', ...errors.map((error) => `- \`${error}\``), ''] : []),
    '## What to do',
    '',
    remedy,
    '',
    '## In the config',
    '',
    'Another severity, for some objects or for all, or none:',
    '',
    '```yaml',
    'rules:',
    `  ${id}: { severity: low, subject: "test-*" } # or: off`,
    '```',
    '',
    'To accept one finding for a time, `ec2-parity waive FINGERPRINT report.json` writes the waiver.',
    '',
    ...(links.length > 0 ? ['## Links', '', ...links.map((link) => `- <${link}>`), ''] : []),
    '[All rules](../README.md)',
    '',
  ].join('\n');
}

/** The answers of AWS that a text quotes: `"InvalidAMIID.NotFound: The image id '[ami-…]' does not exist"`, or the code alone. */
function quotedIn(text: string): string[] {
  return [...text.matchAll(/"([A-Z][a-z]+[A-Za-z]*[A-Z.][A-Za-z.]+(?:: [^"`]+)?)"/g)].map(
    ([, error = '']) => error,
  );
}
