import type { Finding, Report } from '../report/model.ts';
import { betweenText, movedText, sinceText } from '../report/view/drift.ts';
import { noticesOf } from '../report/view/notices.ts';
import { visible } from '../text/printable.ts';

const COLUMNS = [
  'status',
  'severity',
  'rule',
  'kind',
  'name',
  'scope',
  'source_id',
  'target_id',
  'message',
  'remedy',
  'commands',
  'used_by',
  'first_seen',
  'what_changed',
  'waiver_reason',
  'waiver_owner',
  'waiver_until',
  'fingerprint',
] as const;

type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

/**
 * RFC 4180, for auditors: one finding a row, of every status, then what was not read and what the whole report does not
 * say. No cell is a formula.
 */
export function renderCsv(report: Report): string {
  const rows: Row[] = [
    ...report.findings.map((f) => rowOf(f, f.status)),
    ...report.waived.map((f) => ({
      ...rowOf(f, 'waived'),
      waiver_reason: f.waiver.reason,
      waiver_owner: f.waiver.owner ?? '',
      waiver_until: f.waiver.until ?? '',
    })),
    ...report.resolved.map((f) => rowOf(f, 'resolved')),
    ...report.unchecked.map((f) => rowOf(f, 'unchecked')),
    ...report.gaps.map((g) => ({
      status: g.blocking ? 'not read' : 'limit',
      rule: 'coverage/gap',
      kind: g.kind,
      name: g.side,
      message: g.message,
      remedy: g.hint,
    })),
    ...noticesOf(report).map((message) => ({ status: 'note', message })),
  ];
  const lines = [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column] ?? ''))];
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

function rowOf(finding: Finding, status: string): Row {
  const { severity, rule, kind, subject, message, remedy, commands = [], usedBy, firstSeen, moved } = finding;
  const who = movedText(moved, status === 'resolved' ? 'resolved' : 'new');
  return {
    status,
    severity,
    rule,
    kind,
    name: subject.name,
    scope: subject.scope ?? '',
    source_id: subject.sourceId ?? '',
    target_id: subject.targetId ?? '',
    message,
    remedy,
    commands: commands.map((c) => c.shell).join(' ; '),
    used_by: usedBy.map((u) => `${u.kind} ${u.name} (${u.side})`).join('; '),
    first_seen: firstSeen,
    what_changed: [who === '' || !moved ? '' : `${who}, ${betweenText(moved)}.`, sinceText(finding)]
      .filter((text) => text !== '')
      .join(' '),
    fingerprint: finding.fingerprint,
  };
}

/** A spreadsheet takes what begins with one of these for a formula: an apostrophe before it makes it text. */
const FORMULA = /^[\s]*[=+\-@\t\r|%]/;

function cell(text: string): string {
  const shown = visible(text);
  const safe = FORMULA.test(shown) ? `'${shown}` : shown;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
