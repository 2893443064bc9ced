import { movedText } from '../../report/headline.ts';
import type { Finding, Report } from '../../report/model.ts';
import { commandViews } from '../../report/view/commands.ts';
import { type Digest, shortOf } from '../../report/view/digest.ts';
import { moment } from '../../report/view/text.ts';
import { userViews } from '../../report/view/users.ts';
import { thousands } from '../../text/counts.ts';
import { atMost } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import { code, text } from './escape.ts';
import { objectText } from './findings.ts';
import type { Section } from './fit.ts';
import { commandText } from './fixes.ts';
import { folded, rowsWithin, section, tablePieces } from './pieces.ts';

const MOST_FINDINGS = 50;
const MOST_ROWS = 100;
const MOST_USERS = 8;

/** What changed since the baseline: new and worsened findings whole in phase drift, then what is resolved and what was not checked. */
export function changedSections(report: Report, digest: Digest): Section[] {
  const { findings, resolved, unchecked, phase } = report;
  const by = (status: Finding['status']) => findings.filter((f) => f.status === status);
  const whole = (title: string, all: readonly Finding[]): Section[] =>
    phase === 'drift' && all.length > 0
      ? [section(title, `${title.toLowerCase()} findings`, findingPieces(all, report, digest))]
      : [];
  const table = (title: string, all: readonly Finding[]): Section[] =>
    all.length > 0
      ? [
          folded(`${thousands(all.length)} ${title}`, () =>
            tablePieces(
              ['Severity', 'Object', 'Finding', 'What changed'],
              rowsWithin(
                all.map((f) => [
                  f.severity,
                  objectText(digest.objectOf(f)),
                  `${text(shortOf(f, digest))}: ${text(visible(f.message))}`,
                  text(movedText(f, report)),
                ]),
                all.length,
                MOST_ROWS,
              ),
            ),
          ),
        ]
      : [];
  return [
    ...whole('New', by('new')),
    ...whole('Worsened', by('worsened')),
    ...table('resolved', resolved),
    ...table('unchecked', unchecked),
  ];
}

function findingPieces(all: readonly Finding[], report: Report, digest: Digest): () => Iterable<string> {
  return function* () {
    for (const f of all.slice(0, MOST_FINDINGS)) yield findingText(f, report, digest);
    if (all.length > MOST_FINDINGS)
      yield `${thousands(all.length - MOST_FINDINGS)} more are in the full report.\n\n`;
  };
}

function findingText(finding: Finding, report: Report, digest: Digest): string {
  const { severity, rule, message, usedBy, status, firstSeen, moved } = finding;
  const users = userViews(usedBy).map((u) => `${text(u.kind)} ${code(u.name)} (${text(u.side)})`);
  const seen = status === 'new' ? '' : ` First seen ${text(moment(firstSeen).slice(0, 10))}.`;
  const values = moved ? [moved.from, moved.to].map(visible) : [];
  return [
    `**${severity} · ${objectText(digest.objectOf(finding))} · ${code(visible(rule))}**\n`,
    `${text(visible(message))}${users.length > 0 ? ` Used by ${atMost(users, MOST_USERS)}.` : ''}${seen}\n`,
    ...(moved
      ? [
          `${text(movedText(finding, report))}${values.some((v) => v !== '') ? ` Before: ${code(values[0] ?? '')}, after: ${code(values[1] ?? '')}.` : ''}\n`,
        ]
      : []),
    ...commandViews(finding.commands).map((command) => `${commandText(command)}\n`),
    '',
  ].join('\n');
}
