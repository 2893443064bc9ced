import { INVENTORY, SNAPSHOT_KINDS } from '../../../inventory/kinds.ts';
import { thousands } from '../../../text/counts.ts';
import { groupBy } from '../../../text/groups.ts';
import { visible } from '../../../text/printable.ts';
import type { Gap, Report } from '../../model.ts';
import { KINDS, type Kind, type SideName } from '../../vocabulary.ts';
import { alikeGaps } from '../alike-gaps.ts';
import { contentView } from '../content.ts';
import { KIND_LABELS, kindWord } from '../labels.ts';
import { mappingRows } from '../mapping.ts';
import { commandsOf } from './commands.ts';
import { momentText } from './text.ts';
import type { IslandCoverage, IslandGap } from './types.ts';

/** Rows of a table of the page; more are in report.json. */
const MOST_ROWS = 500;

export function coverageOf(report: Report): IslandCoverage {
  const { content, gaps, notLookedAt, mapping } = report;
  const { lead, rows } = contentView(content);
  return {
    counts: countsOf(report),
    gaps: gapsOf(gaps.filter((g) => g.blocking)),
    limits: gapsOf(gaps.filter((g) => !g.blocking)),
    notLookedAt: [
      ...groupBy(notLookedAt, ({ side, because }) => JSON.stringify([side, because])).values(),
    ].flatMap((all) => {
      const [first] = all;
      return first
        ? [{ side: first.side, because: visible(first.because), what: all.map((n) => visible(n.what)) }]
        : [];
    }),
    mapping: mappingRows(mapping).slice(0, MOST_ROWS),
    content: { lead, rows: rows.slice(0, MOST_ROWS).map(({ label, name, said }) => ({ label, name, said })) },
    run: [
      { label: 'Tool', value: visible(`${report.tool.name} ${report.tool.version}`) },
      { label: 'Phase', value: report.phase },
      { label: 'Started', value: momentText(report.startedAt) },
      { label: 'Finished', value: momentText(report.finishedAt) },
      { label: 'Report format', value: String(report.schemaVersion) },
    ],
  };
}

/** How many objects of each kind were compared, per side. A kind that was not read has no number: 0 would say that there are none. */
function countsOf(report: Report): IslandCoverage['counts'] {
  const { pairs, gaps, summary } = report;
  return KINDS.flatMap((kind) => {
    const own = pairs.filter((p) => p.kind === kind);
    const partly = (side: SideName) =>
      gaps.some((g) => g.blocking && g.side === side && g.kind === kind) ? ', not completely read' : '';
    if (own.length === 0 && !(kind in summary.byKind)) return [];
    const text = (side: SideName) => {
      const n = own.filter((p) => p[side] !== null).length;
      return n === 0 && isUnread(report, side, kind) ? 'not read' : `${thousands(n)}${partly(side)}`;
    };
    return [{ label: KIND_LABELS[kind], source: text('source'), target: text('target') }];
  });
}

/** Whether nothing of a kind was read: images of the account and those of other owners are one kind. */
function isUnread({ unreadParts }: Report, side: SideName, kind: Kind): boolean {
  const parts = SNAPSHOT_KINDS.filter((key) => INVENTORY[key].kind === kind).length;
  return unreadParts.filter((part) => part === `${side} kind:${kind}`).length === parts;
}

/** Kinds that were not read for one reason are one entry. */
function gapsOf(gaps: readonly Gap[]): IslandGap[] {
  return alikeGaps(gaps)
    .slice(0, MOST_ROWS)
    .map(({ first, kinds }) => ({
      side: first.side,
      kind: kinds.map((kind) => visible(kindWord(kind))).join(', '),
      code: first.code,
      message: visible(first.message),
      hint: visible(first.hint),
      commands: commandsOf(first.commands),
    }));
}
