import { count } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import { visible } from '../../text/printable.ts';
import type { RuleText } from '../model.ts';
import { SEVERITIES, type Severity } from '../vocabulary.ts';
import type { FindingContext, FindingView } from './finding.ts';
import { SEVERITY_LABELS } from './labels.ts';

/** Findings of one rule within one severity: the rule speaks once, its findings follow. */
export interface RuleGroupView {
  readonly rule: string;
  readonly title: string;
  readonly compares: string;
  readonly why: string;
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly countText: string;
  readonly findings: readonly FindingView[];
}

export interface SeverityGroupView {
  readonly severity: Severity;
  readonly label: string;
  readonly count: number;
  readonly rules: readonly RuleGroupView[];
}

export function severityGroups(
  findings: readonly FindingView[],
  rules: FindingContext['rules'],
): SeverityGroupView[] {
  return SEVERITIES.flatMap((severity) => {
    const members = findings.filter((f) => f.severity === severity);
    if (members.length === 0) return [];
    const byRule = groupBy(members, (f) => f.rule);
    return [
      {
        severity,
        label: SEVERITY_LABELS[severity],
        count: members.length,
        rules: [...byRule].map(([rule, found]) => ruleGroup(rule, found, rules.get(rule))),
      },
    ];
  });
}

function ruleGroup(
  rule: string,
  findings: readonly FindingView[],
  text: RuleText | undefined,
): RuleGroupView {
  return {
    rule,
    title: visible(text?.title ?? rule),
    compares: visible(text?.compares ?? ''),
    why: visible(text?.why ?? ''),
    links: (text?.links ?? []).flatMap(webLink),
    countText: count(findings.length, 'finding'),
    findings,
  };
}

/** A report links only to https: a manipulated report must not contain `javascript:`. The text of a link is its host. */
export function webLink(link: string): { href: string; text: string }[] {
  if (!URL.canParse(link)) return [];
  const url = new URL(link);
  if (url.protocol !== 'https:') return [];
  return [{ href: url.href, text: visible(`${url.host}${url.pathname}`.replace(/\/$/, '')) }];
}
