import type { Finding, Report } from '../../report/model.ts';
import { commandViews } from '../../report/view/commands.ts';
import { type Digest, shortOf } from '../../report/view/digest.ts';
import {
  betweenText,
  changeViews,
  formerText,
  minute,
  movedText,
  severitiesText,
  sinceText,
} from '../../report/view/drift.ts';
import { kindWord } from '../../report/view/labels.ts';
import { userViews } from '../../report/view/users.ts';
import { SEVERITIES } from '../../report/vocabulary.ts';
import { thousands } from '../../text/counts.ts';
import { atMost } from '../../text/lists.ts';
import { code, fenced, text } from '../../text/markdown.ts';
import { visible } from '../../text/printable.ts';
import { findingsTable, objectText } from './findings.ts';
import type { Section } from './fit.ts';
import { commandText } from './fixes.ts';
import { folded, rowsWithin, section, tablePieces } from './pieces.ts';

const MOST_FINDINGS = 50;
const MOST_ROWS = 100;
const MOST_USERS = 8;

/** What changed since the baseline: in phase drift new and worsened findings whole, what is resolved, and what was not checked. */
export function changedSections(report: Report, digest: Digest): Section[] {
  const { findings, resolved, unchecked, phase } = report;
  const by = (status: Finding['status']) => findings.filter((f) => f.status === status);
  const whole = (title: string, all: readonly Finding[]): Section[] =>
    phase === 'drift' && all.length > 0
      ? [section(title, `${title.toLowerCase()} findings`, findingPieces(all, report))]
      : [];
  const table = (title: 'resolved' | 'unchecked', all: readonly Finding[]): Section[] => {
    if (all.length === 0) return [];
    const rows = () =>
      tablePieces(
        ['Severity', 'Object', 'Finding', 'What changed'],
        rowsWithin(
          all.map((f) => [
            f.severity,
            changedObject(f),
            `${text(shortOf(f, digest))}: ${text(visible(f.message))}`,
            text(movedSentence(f, title)),
          ]),
          all.length,
          MOST_ROWS,
        ),
      );
    return phase === 'drift' && title === 'resolved'
      ? [section('Resolved', 'resolved findings', rows)]
      : [folded(`${thousands(all.length)} ${title}`, rows)];
  };
  return [
    ...whole('New', by('new')),
    ...whole('Worsened', by('worsened')),
    ...table('resolved', resolved),
    ...table('unchecked', unchecked),
  ];
}

/** In phase drift: what the baseline has too, folded. It fails nothing. */
export function persistingSection(report: Report, digest: Digest): Section[] {
  const all = report.findings.filter((f) => f.status === 'persisting');
  if (all.length === 0) return [];
  const inOrder = SEVERITIES.flatMap((severity) => all.filter((f) => f.severity === severity));
  const at = report.baseline ? ` of ${minute(report.baseline.at)}` : '';
  return [
    folded(text(severitiesText(all).replace(':', ' persisting:')), function* (): Iterable<string> {
      yield `${text(`The baseline${at} has them too, and none has worsened; they do not fail this run.`)}\n\n`;
      yield* findingsTable(inOrder, digest, report, true)();
    }),
  ];
}

/** The VPC is always named: where a report is about changes, one line has to say which group it is. */
function changedObject({ kind, subject }: Finding): string {
  const vpc = kind === 'security-group' && subject.scope !== null ? visible(subject.scope) : '';
  return objectText({ kindWord: kindWord(kind), name: visible(subject.name), vpc });
}

function findingPieces(all: readonly Finding[], report: Report): () => Iterable<string> {
  return function* () {
    for (const f of all.slice(0, MOST_FINDINGS)) yield findingText(f, report);
    if (all.length > MOST_FINDINGS)
      yield `${thousands(all.length - MOST_FINDINGS)} more are in the full report.\n\n`;
  };
}

function findingText(finding: Finding, report: Report): string {
  const { severity, rule, message, usedBy, status, was } = finding;
  const users = userViews(usedBy).map((u) => `${text(u.kind)} ${code(u.name)} (${text(u.side)})`);
  const notes = [formerText(finding), sinceText(finding)].filter((t) => t !== '');
  const before = was && was.severity !== severity ? ` (was ${was.severity})` : '';
  const moved = movedSentence(finding, status);
  return [
    `**${severity}${before} · ${changedObject(finding)} · ${code(visible(rule))}**\n`,
    `${text(visible(message))}${users.length > 0 ? ` Used by ${atMost(users, MOST_USERS)}.` : ''}${notes.map((n) => ` ${text(n)}`).join('')}\n`,
    ...(moved === '' ? [] : [`${text(moved)}\n`]),
    ...changeViews(finding, report).map(({ id, region, rows, more }) => {
      const lines = rows.map(({ when, text: row }) => `${when.padEnd(6)}  ${row}`);
      const block = fenced('text', more === '' ? lines : [...lines, more]);
      return `What changed in ${code(id)} (${text(region)}):\n\n${block}\n`;
    }),
    ...commandViews(finding.commands).map((command) => `${commandText(command)}\n`),
    '',
  ].join('\n');
}

/** "The target changed alone, between … and … UTC."; empty where that is not known. */
function movedSentence({ moved }: Finding, status: string): string {
  const who = movedText(moved, status === 'resolved' ? 'resolved' : 'new');
  return who === '' || !moved ? '' : `${who}, ${betweenText(moved)}.`;
}
