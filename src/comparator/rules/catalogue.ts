import type { RuleText } from '../../report/model.ts';
import { PHASES } from '../../report/vocabulary.ts';
import { ruleTexts } from './registry.ts';

/** The rule catalogue as a Markdown page. A test holds the page in the repository against it. */
export function catalogueMarkdown(): string {
  const rules = ruleTexts();
  const row = (r: RuleText) => `| [\`${r.id}\`](#${anchor(r.id)}) | ${r.title} | ${severityText(r)} |`;
  return [
    '# Rules',
    '',
    'Generated from the rules themselves by `npm run generate`; do not edit.',
    '',
    '| rule | what it finds | severity |',
    '|---|---|---|',
    ...rules.map(row),
    '',
    ...rules.flatMap(section),
  ].join('\n');
}

/** One severity, or what it is per phase; with the exceptions that the rule states. */
export function severityText(r: RuleText): string {
  const same = PHASES.every((p) => r.severity[p] === r.severity[PHASES[0]]);
  const base = same ? r.severity[PHASES[0]] : PHASES.map((p) => `${p}: ${r.severity[p]}`).join(', ');
  return r.weighs ? `${base}; ${r.weighs}` : base;
}

function section(r: RuleText): string[] {
  return [
    `## ${r.id}`,
    '',
    `**${r.title}.** Severity: ${severityText(r)}.`,
    '',
    `- Compares: ${r.compares}`,
    `- Why it matters: ${r.why}`,
    `- What to do: ${r.remedy}`,
    ...r.links.map((link) => `- <${link}>`),
    '',
  ];
}

/** As GitHub makes them: lower case, punctuation but hyphens dropped. */
function anchor(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9-]/g, '');
}
