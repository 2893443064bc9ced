import { exitSentence } from '../report/exit.ts';
import { headline, SIGNS } from '../report/headline.ts';
import type { Finding, Report } from '../report/model.ts';
import { headingPlaces } from '../report/places.ts';
import {
  baselineText,
  betweenText,
  formerText,
  minute,
  movedText,
  severitiesText,
} from '../report/view/drift.ts';
import { kindWord } from '../report/view/labels.ts';
import { noticesOf } from '../report/view/notices.ts';
import type { FailOn } from '../report/vocabulary.ts';
import { count, thousands } from '../text/counts.ts';
import { clip, visible } from '../text/printable.ts';
import { jsonText } from './json.ts';

/** Slack refuses a message of more blocks, or a longer text in one: https://docs.slack.dev/reference/block-kit/blocks */
const MOST = { blocks: 50, header: 150, section: 3_000, findings: 8, notices: 5, text: 400 } as const;

interface Block {
  readonly type: 'header' | 'section' | 'context' | 'divider';
  readonly text?: { readonly type: 'plain_text' | 'mrkdwn'; readonly text: string };
  readonly elements?: readonly { readonly type: 'mrkdwn'; readonly text: string }[];
}

/** The body for an incoming webhook, as Block Kit JSON: the decision first, what is new in full, the rest as counts. */
export function renderSlack(report: Report, failOn: FailOn = 'high'): string {
  const { sign, sentence, details } = headline(report, failOn);
  const title = `${SIGNS.unicode[sign]} ${sentence}`;
  const places = headingPlaces(report.source, report.target);
  const route = `${escaped(places.source)} → ${escaped(places.target)}, ${report.phase}`;
  const read = `read ${escaped(minute(report.target.takenAt))}`;
  const state = report.complete ? 'complete' : 'incomplete';
  const baseline = baselineText(report);
  const blocks: Block[] = [
    { type: 'header', text: { type: 'plain_text', text: clip(title, MOST.header) } },
    context([route, read, state, ...(baseline === '' ? [] : [escaped(baseline)])].join(' · ')),
    ...(details.length > 0 ? [section(escaped(details.join(' · ')))] : []),
    ...lists(report).flatMap(([label, findings]) => listBlocks(label, findings)),
    ...asides(report).map((line) => context(line)),
    ...noticesOf(report)
      .slice(0, MOST.notices)
      .map((line) => context(escaped(clip(line, MOST.text)))),
    context(escaped(exitSentence(report, failOn))),
  ];
  return jsonText({ text: clip(escaped(title), MOST.section), blocks: blocks.slice(0, MOST.blocks) });
}

/** In phase drift what changed; otherwise what is worst. */
function lists({ phase, findings }: Report): [string, readonly Finding[]][] {
  const by = (status: Finding['status']) => findings.filter((f) => f.status === status);
  if (phase === 'drift')
    return [
      ['New', by('new')],
      ['Worsened', by('worsened')],
    ];
  return [['Critical and high', findings.filter((f) => f.severity === 'critical' || f.severity === 'high')]];
}

function listBlocks(label: string, findings: readonly Finding[]): Block[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, MOST.findings);
  const rest = findings.length - shown.length;
  return [
    { type: 'divider' },
    section(`*${label}: ${thousands(findings.length)}*`),
    ...shown.map((f) => section(findingText(f))),
    ...(rest > 0 ? [context(`and ${thousands(rest)} more in the report`)] : []),
  ];
}

function findingText(finding: Finding): string {
  const { severity, rule, kind, subject, message, moved, status } = finding;
  const vpc = subject.scope === null ? '' : ` (VPC ${code(subject.scope)})`;
  const who = movedText(moved, status);
  return [
    `*${severity}* · ${kindWord(kind)} ${code(subject.name)}${vpc} · ${code(rule)}`,
    escaped(clip(visible(message), MOST.text)),
    ...[formerText(finding)].filter((line) => line !== '').map(escaped),
    ...(who === '' || !moved ? [] : [escaped(`${who}, ${betweenText(moved)}.`)]),
  ].join('\n');
}

function asides({ resolved, unchecked, waived, findings, gaps }: Report): string[] {
  const persisting = findings.filter((f) => f.status === 'persisting');
  const blocking = gaps.filter((g) => g.blocking);
  return [
    ...(resolved.length > 0 ? [`Resolved: ${severitiesText(resolved)}`] : []),
    ...(unchecked.length > 0 ? [`Unchecked: ${severitiesText(unchecked)}`] : []),
    ...(persisting.length > 0 ? [`Persisting: ${severitiesText(persisting)}`] : []),
    ...(waived.length > 0 ? [`Waived: ${severitiesText(waived)}`] : []),
    ...(blocking.length > 0 ? [`Not read: ${count(blocking.length, 'gap')}`] : []),
  ];
}

function section(text: string): Block {
  return { type: 'section', text: { type: 'mrkdwn', text: clip(text, MOST.section) } };
}

function context(text: string): Block {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: clip(text, MOST.section) }] };
}

/** What mrkdwn takes for markup (a mention, a link, an emphasis) is shown as it is: a zero-width space parts it. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[*_~`]/g, (c) => `\u200b${c}\u200b`)
    .replace(/[&<>]/g, (c) => ENTITIES[c] ?? c);
}

function code(text: string): string {
  const shown = visible(text).replaceAll('`', '´');
  return `\`${clip(shown, MOST.text).replace(/[&<>]/g, (c) => ENTITIES[c] ?? c)}\``;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
