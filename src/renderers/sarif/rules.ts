import type { Finding, Report, RuleText } from '../../report/model.ts';
import { webLink } from '../../report/view/index.ts';
import { type Phase, SEVERITIES, type Severity } from '../../report/vocabulary.ts';
import { link, text as markdown } from '../../text/markdown.ts';
import { clip, visible } from '../../text/printable.ts';
import { plain } from './text.ts';

export const LEVELS = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, string>;

/** GitHub's bands: critical from 9, high from 7, medium from 4, low above 0. */
export const SECURITY_SEVERITY = {
  critical: '9.0',
  high: '7.0',
  medium: '4.0',
  low: '2.0',
  info: '0.0',
} as const satisfies Record<Severity, string>;

/** GitHub's limit for a description. */
const MOST_DESCRIPTION = 1_024;

/** RFC 3986, which is stricter than what a URL parser accepts. */
const URI = /^https:[^\s"<>\\^`{|}#]+(?:#[^\s"<>\\^`{|}#]*)?$/;

export interface SarifRules {
  readonly descriptors: readonly object[];
  readonly indexOf: (rule: string) => number;
}

/** One descriptor per rule of the report, then one for each rule that only a finding names: an older baseline may. */
export function sarifRules(report: Report, results: readonly Finding[]): SarifRules {
  const worst = new Map<string, Severity>();
  for (const { rule, severity } of report.findings)
    worst.set(visible(rule), worse(severity, worst.get(visible(rule))));
  const texts = new Map<string, RuleText | null>();
  for (const rule of report.rules) if (!texts.has(visible(rule.id))) texts.set(visible(rule.id), rule);
  for (const { rule } of results) if (!texts.has(visible(rule))) texts.set(visible(rule), null);
  const index = new Map([...texts.keys()].map((id, i) => [id, i]));
  const bare = new Map(results.map((f) => [visible(f.rule), f.severity]));
  return {
    descriptors: [...texts].map(([id, rule]) => {
      const usual = rule?.severity[report.phase] ?? bare.get(id) ?? 'info';
      return descriptor(id, rule, usual, worse(usual, worst.get(id)), report.phase);
    }),
    indexOf: (rule) => index.get(visible(rule)) ?? -1,
  };
}

function worse(a: Severity, b: Severity | undefined): Severity {
  return b !== undefined && SEVERITIES.indexOf(b) < SEVERITIES.indexOf(a) ? b : a;
}

/**
 * @param usual The severity of the rule in this phase.
 * @param worst The same, or that of a graver finding: GitHub shows the number of the rule on every alert of it, and an
 *   alert must not look milder than its finding.
 */
function descriptor(
  id: string,
  rule: RuleText | null,
  usual: Severity,
  worst: Severity,
  phase: Phase,
): object {
  const properties = {
    tags: [...new Set(['aws', 'ec2', clip(id.split('/')[0] ?? '', 64), 'security'])],
    'security-severity': SECURITY_SEVERITY[worst],
  };
  const defaultConfiguration = { level: LEVELS[usual] };
  if (rule === null) {
    const text = `${plain(id)}: a rule that this report has no text of. The finding says what differs.`;
    return {
      id,
      name: nameOf(id),
      shortDescription: { text: plain(id) },
      fullDescription: { text: clip(text, MOST_DESCRIPTION) },
      help: { text, markdown: markdown(visible(text)) },
      defaultConfiguration,
      properties,
    };
  }
  const links = rule.links.flatMap(webLink);
  const helpUri = links.map((l) => l.href).find((href) => URI.test(href));
  const weighs = rule.weighs === undefined ? '' : ` ${rule.weighs}`;
  const parts = [
    ['What it compares', rule.compares],
    ['Why it matters', rule.why],
    ['What to do', rule.remedy],
    ['Severity', `${usual} in phase ${phase}.${weighs}`],
  ] as const;
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: clip(plain(rule.title), MOST_DESCRIPTION) },
    fullDescription: { text: clip(plain(rule.why), MOST_DESCRIPTION) },
    ...(helpUri === undefined ? {} : { helpUri }),
    help: {
      text: [
        ...parts.map(([head, body]) => `${head}: ${plain(body)}`),
        ...links.map((l) => `See ${l.href}`),
      ].join('\n'),
      markdown: [
        ...parts.map(([head, body]) => `**${head}:** ${markdown(visible(body))}`),
        ...(links.length > 0 ? [`**See also:** ${links.map((l) => link(l.text, l.href)).join(', ')}`] : []),
      ].join('\n\n'),
    },
    defaultConfiguration,
    properties,
  };
}

/** `key-pair/different-key` as `KeyPairDifferentKey`: the name in Pascal case, which viewers show beside the id. A word of one letter begins none. */
function nameOf(id: string): string {
  const words = plain(id).match(/[\p{L}\p{N}]+/gu) ?? [];
  const pascal = words.map((word) =>
    word.length === 1 ? word : word.slice(0, 1).toUpperCase() + word.slice(1),
  );
  return pascal.join('') || 'Rule';
}
