import type { Report, Workload } from '../../report/model.ts';
import { contentView } from '../../report/view/content.ts';
import { type Digest, digestOf, fixHeading, workloadReason } from '../../report/view/digest.ts';
import { kindWord, STATE_LABELS } from '../../report/view/labels.ts';
import { lettersLegend, partLetters } from '../../report/view/looked-at.ts';
import { mappingRows } from '../../report/view/mapping.ts';
import { matrix } from '../../report/view/summary.ts';
import { moment } from '../../report/view/text.ts';
import { workloadsInOrder } from '../../report/view/workloads.ts';
import { SEVERITIES, type Severity } from '../../report/vocabulary.ts';
import { count, thousands } from '../../text/counts.ts';
import { andMore, listed } from '../../text/lists.ts';
import { code, text } from '../../text/markdown.ts';
import { visible } from '../../text/printable.ts';
import { changedSections, persistingSection } from './changed.ts';
import { findingsTable } from './findings.ts';
import type { Section } from './fit.ts';
import { commandPieces, fixTable, headingText, planLine } from './fixes.ts';
import { folded, rowsWithin, section, tablePieces } from './pieces.ts';

/** So many rows of a table, then "and 12 more in the full report". */
const MOST_ROWS = 100;
/** So many names in a sentence. */
const MOST_NAMES = 40;

/** What follows the headline: what to do and what is blocked at once, everything else folded away. */
export function sectionsOf(report: Report): Section[] {
  const digest = digestOf(report);
  const held = workloadsInOrder(report);
  const with_ = (verdict: Workload['verdict']) => held.filter((w) => w.verdict === verdict);
  const per = (severity: Severity) => report.findings.filter((f) => f.severity === severity);
  const worst = (['critical', 'high'] as const).flatMap(per);
  const others = (['medium', 'low', 'info'] as const).flatMap(per);
  const causes = report.causes ?? [];
  const withCommands = causes.flatMap((cause, i) => ((cause.commands ?? []).length > 0 ? [i + 1] : []));
  const drift = report.phase === 'drift';
  const [blocked, degraded, unknown, launchable] = [
    with_('blocked'),
    with_('degraded'),
    with_('unknown'),
    with_('launchable'),
  ];
  /** Open; in phase drift folded, since only what changed is open there. */
  const open = (title: string, counted: string, content: () => Iterable<string>) =>
    drift ? folded(counted, content) : section(title, title.toLowerCase(), content);
  return [
    ...(drift
      ? [...changedSections(report, digest), ...waivedSection(report), ...persistingSection(report, digest)]
      : []),
    ...(causes.length > 0
      ? [
          open(
            'Fix list',
            `Fix list: ${count(causes.length, 'fix', 'fixes')}`,
            function* (): Iterable<string> {
              yield* fixTable(causes, digest)();
              yield planLine(report);
            },
          ),
        ]
      : []),
    ...(blocked.length > 0
      ? [
          open(
            'Blocked workloads',
            count(blocked.length, 'blocked workload'),
            function* (): Iterable<string> {
              yield* workloadsTable(blocked, digest)();
              // Otherwise below the last of the tables.
              if (blocked.length === held.length) yield legend(held);
            },
          ),
        ]
      : []),
    ...(degraded.length + unknown.length + launchable.length > 0
      ? [
          folded(
            workloadsTitle(degraded.length, unknown.length, launchable.length),
            function* (): Iterable<string> {
              if (degraded.length + unknown.length > 0)
                yield* workloadsTable([...degraded, ...unknown], digest)();
              if (launchable.length > 0) yield launchableLine(launchable);
              yield legend(held);
            },
          ),
        ]
      : []),
    ...(worst.length > 0 && !drift
      ? [
          folded(
            `${severityCounts(report, ['critical', 'high'])} findings`,
            findingsTable(worst, digest, report, true),
          ),
        ]
      : []),
    ...(others.length > 0 && !drift
      ? [
          folded(
            `${severityCounts(report, ['medium', 'low', 'info'])} findings`,
            findingsTable(others, digest, report, false),
          ),
        ]
      : []),
    ...(withCommands.length > 0
      ? [
          folded(
            `Commands for ${withCommands.length === 1 ? 'fix' : 'fixes'} ${listed(withCommands.slice(0, MOST_NAMES).map(String), MOST_NAMES)}`,
            commandPieces(causes, (cause) => headingText(fixHeading(cause, digest))),
          ),
        ]
      : []),
    ...(drift ? [] : [...changedSections(report, digest), ...waivedSection(report)]),
    ...tables(report),
  ];
}

/** `7 degraded, 1 unknown and 3 launchable workloads` */
function workloadsTitle(degraded: number, unknown: number, launchable: number): string {
  const parts = [
    [degraded, 'degraded'],
    [unknown, 'unknown'],
    [launchable, 'launchable'],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, word]) => `${thousands(n)} ${word}`);
  return `${listed(said)} ${degraded + unknown + launchable === 1 ? 'workload' : 'workloads'}`;
}

/** `5 critical and 23 high` */
function severityCounts({ findings }: Report, of: readonly Severity[]): string {
  const parts = SEVERITIES.filter((s) => of.includes(s)).flatMap((s) => {
    const n = findings.filter((f) => f.severity === s).length;
    return n > 0 ? [`${thousands(n)} ${s}`] : [];
  });
  return listed(parts);
}

const MARKS = {
  blocked: '✖ ',
  degraded: '! ',
  unknown: '? ',
  launchable: '',
} as const satisfies Record<Workload['verdict'], string>;

function workloadsTable(all: readonly Workload[], digest: Digest): () => Iterable<string> {
  const rows = function* (): Iterable<readonly string[]> {
    for (const workload of all) {
      const { what, object, others, fixes } = workloadReason(workload, digest);
      const reason = `${text(what)}${object === '' ? '' : `: ${code(object)}`}${others > 0 ? ` (${andMore(others)})` : ''}`;
      yield [
        `${MARKS[workload.verdict]}${text(kindWord(workload.kind))} ${code(visible(workload.name))}`,
        reason,
        ...(marked ? [partLetters(workload)] : []),
        fixes.join(', '),
      ];
    }
  };
  const marked = all.some(({ lookedAt }) => lookedAt !== undefined);
  const head = ['Workload', 'Because of', ...(marked ? ['Looked at'] : []), 'Fix'];
  return () => tablePieces(head, rowsWithin(rows(), all.length, MOST_ROWS));
}

function launchableLine(all: readonly Workload[]): string {
  const names = all
    .slice(0, MOST_NAMES)
    .map((w) => `${text(kindWord(w.kind))} ${code(visible(w.name))}${w.lookedAt ? ` ${partLetters(w)}` : ''}`)
    .join(', ');
  const more = andMore(all.length - MOST_NAMES);
  return `\nLaunchable: ${names}${more === '' ? '' : ` ${more}`}.\n`;
}

/** What the characters of the tables mean; nothing for a report that does not state what was looked at. */
function legend(all: readonly Workload[]): string {
  return all.some(({ lookedAt }) => lookedAt !== undefined) ? `\n${lettersLegend()}\n` : '';
}

function waivedSection({ waived }: Report): Section[] {
  if (waived.length === 0) return [];
  const rows = waived.map((f) => [
    f.severity,
    `${text(kindWord(f.kind))} ${code(visible(f.subject.name))}`,
    code(visible(f.rule)),
    text(visible(f.waiver.reason)),
    text(visible(f.waiver.owner ?? '')),
    text(moment(f.waiver.until ?? '')),
  ]);
  return [
    folded(`${thousands(waived.length)} waived`, () =>
      tablePieces(
        ['Severity', 'Object', 'Rule', 'Reason', 'Owner', 'Until'],
        rowsWithin(rows, rows.length, MOST_ROWS),
      ),
    ),
  ];
}

function tables(report: Report): Section[] {
  const content = contentView(report.content);
  const mapping = mappingRows(report.mapping);
  const kinds = matrix(report);
  return [
    ...(content.rows.length > 0
      ? [
          folded(`Content of ${count(content.rows.length, 'image')}`, function* (): Iterable<string> {
            yield `${text(content.lead)}\n\n`;
            yield* tablePieces(
              ['Content', 'Image', 'What was done'],
              rowsWithin(
                content.rows.map((row) => [text(row.label), code(row.name), text(row.said)]),
                content.rows.length,
                MOST_ROWS,
              ),
            );
          }),
        ]
      : []),
    ...(kinds.length > 0
      ? [
          folded('What was compared', () =>
            tablePieces(
              ['Kind', ...Object.values(STATE_LABELS)],
              kinds.map((row) => [row.label, ...row.cells.map((c) => thousands(c.count))]),
              ['left', ...Object.values(STATE_LABELS).map(() => 'right' as const)],
            ),
          ),
        ]
      : []),
    ...(mapping.length > 0
      ? [
          folded('VPCs, address ranges and names that were paired', () =>
            tablePieces(
              ['What', 'Source', 'Target', 'Paired by'],
              rowsWithin(
                mapping.map((m) => [text(m.what), code(m.source), code(m.target), text(m.by)]),
                mapping.length,
                MOST_ROWS,
              ),
            ),
          ),
        ]
      : []),
  ];
}
