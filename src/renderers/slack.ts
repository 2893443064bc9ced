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
import { fitted, visible } from '../text/printable.ts';
import { jsonText } from './json.ts';

/**
 * Slack refuses a message of more blocks, or a longer text in one: https://docs.slack.dev/reference/block-kit/blocks. It
 * documents no length for all blocks together, and refused some of about 13,200 characters (slackapi/bolt-js#2509).
 */
const MOST = {
  blocks: 50,
  header: 150,
  section: 3_000,
  all: 12_000,
  findings: 8,
  notices: 5,
  text: 400,
  place: 60,
} as const;

interface Block {
  readonly type: 'header' | 'section' | 'context' | 'divider';
  readonly text?: Text;
  readonly elements?: readonly Text[];
}

/** Nothing of a text becomes a link, a mention or an emoji by itself. */
type Text =
  | { readonly type: 'plain_text'; readonly text: string; readonly emoji: false }
  | { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true };

/** The body for an incoming webhook, as Block Kit JSON: the decision first, what is new in full, the rest as counts. */
export function renderSlack(report: Report, failOn: FailOn = 'high'): string {
  const { sign, sentence, details } = headline(report, failOn);
  const title = `${SIGNS.unicode[sign]} ${sentence}`;
  const places = headingPlaces(report.source, report.target);
  const place = (name: string) => escaped(fitted(name, MOST.place));
  const route = `${place(places.source)} → ${place(places.target)}, ${report.phase}`;
  const read = `read ${place(minute(report.target.takenAt))}`;
  const state = report.complete ? 'complete' : 'incomplete';
  const baseline = baselineText(report);
  const blocksOf = (most: number, notices: number): Block[] => [
    { type: 'header', text: { type: 'plain_text', text: fitted(title, MOST.header), emoji: false } },
    context(
      [route, read, state, ...(baseline === '' ? [] : [escaped(fitted(baseline, MOST.text))])].join(' · '),
    ),
    ...(details.length > 0 ? [section(escaped(fitted(details.join(' · '), MOST.text)))] : []),
    ...lists(report).flatMap(([label, findings]) => listBlocks(label, findings, most)),
    ...asides(report).map((line) => context(line)),
    ...noticesOf(report)
      .slice(0, notices)
      .map((line) => context(escaped(fitted(line, MOST.text)))),
    context(escaped(exitSentence(report, failOn))),
  ];
  let [most, notices]: [number, number] = [MOST.findings, MOST.notices];
  while (most + notices > 0 && JSON.stringify(blocksOf(most, notices)).length > MOST.all) {
    if (most > 0) most -= 1;
    else notices -= 1;
  }
  return jsonText({
    text: fittedMarkup(escaped(title), MOST.section),
    blocks: blocksOf(most, notices).slice(0, MOST.blocks),
  });
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

function listBlocks(label: string, findings: readonly Finding[], most: number): Block[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, most);
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
    escaped(fitted(visible(message), MOST.text)),
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
  return { type: 'section', text: mrkdwn(text) };
}

function context(text: string): Block {
  return { type: 'context', elements: [mrkdwn(text)] };
}

function mrkdwn(text: string): Text {
  return { type: 'mrkdwn', text: fittedMarkup(text, MOST.section), verbatim: true };
}

/** Cut so that no entity loses its end. */
function fittedMarkup(text: string, limit: number): string {
  return fitted(text, limit).replace(/&[a-z]*…$/, '…');
}

/** What mrkdwn takes for markup (a mention, a link, an emphasis) is shown as it is: a zero-width space parts it. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[*_~`]/g, (c) => `\u200b${c}\u200b`)
    .replace(/[&<>]/g, (c) => ENTITIES[c] ?? c);
}

function code(text: string): string {
  const shown = visible(text).replaceAll('`', '´');
  return `\`${fitted(shown, MOST.text).replace(/[&<>]/g, (c) => ENTITIES[c] ?? c)}\``;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
