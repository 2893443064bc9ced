import { andMore } from '../../text/lists.ts';
import { visible, visibleLines } from '../../text/printable.ts';
import { type Finding, plainFacts, type Report, type RuleText } from '../model.ts';
import type { Json } from '../rules/shared.ts';
import type { SharedCause } from './causes.ts';
import { type CommandView, commandViews } from './commands.ts';
import { type DifferenceView, difference, rowsFact } from './difference.ts';
import { movedText } from './drift.ts';
import { SEVERITY_LABELS } from './labels.ts';
import { moment, scopeText } from './text.ts';
import { TRAFFIC_FACTS, type TrafficView, trafficView } from './traffic.ts';
import { type UserView, userViews } from './users.ts';

/** A finding with every string made visible. Absent is `''`, `null` or an empty list, never a missing field (Handlebars `strict`). */
export interface FindingView {
  readonly anchor: string;
  readonly severity: Finding['severity'];
  readonly severityLabel: string;
  readonly rule: string;
  readonly title: string;
  readonly kind: Finding['kind'];
  readonly name: string;
  readonly scope: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly message: string;
  readonly remedy: string;
  /** What to type for the remedy, in order. */
  readonly commands: readonly CommandView[];
  /** `new` or `since …`, and only where a baseline was compared with: without one everything is new. */
  readonly age: string;
  /** Whether it earns no more than a line where room is short: an info-level finding. */
  readonly minor: boolean;
  /** Whether the difference is worth showing at once: not a minor one, nor one that fills the screen. */
  readonly open: boolean;
  readonly traffic: TrafficView | null;
  readonly difference: DifferenceView | null;
  /** The config lines that would settle an ambiguity. */
  readonly config: string;
  readonly facts: readonly { readonly key: string; readonly value: string }[];
  /** The blast radius: what depends on it. */
  readonly usedBy: readonly UserView[];
  /** The same where room is short: a few at once, more on demand, and how many are in neither. */
  readonly users: {
    readonly shown: readonly UserView[];
    readonly more: readonly UserView[];
    readonly moreText: string;
    readonly unshown: string;
  };
  /** The fix that resolves it and others; null where it resolves this finding alone. */
  readonly cause: SharedCause | null;
}

const SHOWN_USERS = 6;
const MOST_USERS = 200;

/** Longer differences wait to be opened; paper shows them all. */
const OPEN_ROWS = 24;

export interface FindingContext {
  readonly rules: ReadonlyMap<string, RuleText>;
  readonly anchors: ReadonlyMap<string, string>;
  readonly causes: ReadonlyMap<string, SharedCause>;
  /** Whether this report was compared with a baseline. */
  readonly aged: boolean;
}

export function findingView(finding: Finding, context: FindingContext): FindingView {
  const traffic = trafficView(finding);
  const facts = plainFacts(finding);
  const rows = rowsFact.safeParse(facts.rows);
  const compared = rows.success ? difference(rows.data.source, rows.data.target) : null;
  const config = typeof facts.config === 'string' ? facts.config : '';
  const shown = new Set([
    ...(traffic ? TRAFFIC_FACTS : []),
    ...(rows.success ? ['rows'] : []),
    ...(config === '' ? [] : ['config']),
  ]);
  const id = (text: string | null) => visible(text ?? '');
  const usedBy = userViews(finding.usedBy);
  return {
    anchor: context.anchors.get(finding.fingerprint) ?? '',
    severity: finding.severity,
    severityLabel: SEVERITY_LABELS[finding.severity],
    rule: visible(finding.rule),
    title: visible(context.rules.get(finding.rule)?.title ?? ''),
    kind: finding.kind,
    name: visible(finding.subject.name),
    scope: id(scopeText(finding.subject)),
    sourceId: id(finding.subject.sourceId),
    targetId: id(finding.subject.targetId),
    message: visible(finding.message),
    remedy: visible(finding.remedy),
    commands: commandViews(finding.commands),
    age: context.aged
      ? finding.status === 'new'
        ? ['new', ...movedWords(finding)].join(', ')
        : `${finding.status === 'worsened' ? `${['worsened', ...movedWords(finding)].join(', ')}, ` : ''}since ${moment(finding.firstSeen).slice(0, 10)}`
      : '',
    minor: finding.severity === 'info',
    open: finding.severity !== 'info' && (compared?.rows.length ?? 0) <= OPEN_ROWS,
    traffic,
    difference: compared,
    config: visibleLines(config).join('\n'),
    facts: Object.entries(facts)
      .filter(([key]) => !shown.has(key))
      .map(([key, value]) => ({ key: visible(key), value: factText(value) })),
    usedBy,
    users: {
      shown: usedBy.slice(0, SHOWN_USERS),
      more: usedBy.slice(SHOWN_USERS, MOST_USERS),
      moreText: andMore(usedBy.length - SHOWN_USERS),
      unshown: usedBy.length > MOST_USERS ? `${andMore(usedBy.length - MOST_USERS)}, in report.json` : '',
    },
    cause: context.causes.get(finding.fingerprint) ?? null,
  };
}

/** "the target changed alone"; none where that is not known. */
function movedWords({ moved, status }: Finding): string[] {
  const text = movedText(moved, status);
  return text === '' ? [] : [`${text.slice(0, 1).toLowerCase()}${text.slice(1)}`];
}

/** A list of plain values reads as a list; anything deeper as JSON. */
function factText(value: Json): string {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value) && value.every((v) => typeof v === 'string')) return visible(value.join(', '));
  return visible(JSON.stringify(value));
}

/**
 * One HTML id per fingerprint. A fingerprint becomes part of an id only in plain letters, so that a doctored report
 * cannot choose ids, and of two that look alike then the later ones take their position.
 */
export function anchorsOf(findings: Report['findings']): Map<string, string> {
  const taken = new Set<string>();
  const anchors = new Map<string, string>();
  findings.forEach((finding, i) => {
    if (anchors.has(finding.fingerprint)) return;
    const plain = `finding-${finding.fingerprint.replace(/[^A-Za-z0-9]+/g, '-')}`;
    const anchor = taken.has(plain) ? `${plain}-at-${i}` : plain;
    taken.add(anchor);
    anchors.set(finding.fingerprint, anchor);
  });
  return anchors;
}
