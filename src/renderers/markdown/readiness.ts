import type { CauseView, ChainView, ReportView, WorkloadView } from '../../report/view/index.ts';
import { andMore } from '../../text/lists.ts';
import { code, table, text } from './escape.ts';
import { commandBlocks } from './finding.ts';

/** What a reader of a pull request scrolls through; the full report has the rest. */
const MOST_CAUSES = 20;
const MOST_WORKLOADS = 50;
const MOST_CHAINS = 3;

/** One item per cause, what matters most first: what is wrong, what one fix resolves, who waits for it. */
export function causeList({ causes, causesText }: ReportView): string {
  const items = causes.slice(0, MOST_CAUSES).map(causeItem).join('\n');
  return listed(`${causesText === '' ? '' : `${text(causesText)}\n\n`}${items}`, causes.length - MOST_CAUSES);
}

function causeItem(cause: CauseView): string {
  const users = cause.workloads.map((w) => `${text(w.kindWord)} ${code(w.name)}`);
  const usedBy = [...users, ...(cause.moreWorkloads === '' ? [] : [cause.moreWorkloads])].join(', ');
  const item = [
    `- **${text(cause.title)}** (${cause.countText})`,
    `**Fix:** ${text(cause.remedy)}`,
    ...(usedBy === '' ? [] : [`Affects ${usedBy}`]),
  ].join('<br>');
  if (cause.commands.length === 0) return item;
  // Indented, they are part of the item.
  const blocks = commandBlocks(cause.commands).replace(/^(?=.)/gm, '  ');
  return `${item}\n\n${blocks}\n`;
}

/** Worst first, each with how it comes to its reasons. */
export function workloadsTable({ workloads }: ReportView): string {
  if (workloads.length === 0) return '';
  const rows = workloads
    .slice(0, MOST_WORKLOADS)
    .map((w) => [`${w.mark} ${w.verdict}`, text(w.kindWord), nameOf(w), reasons(w)]);
  return listed(table(['Verdict', 'Kind', 'Workload', 'Why'], rows), workloads.length - MOST_WORKLOADS);
}

function nameOf({ name, shownId, side }: WorkloadView): string {
  const about = [...(shownId === '' ? [] : [code(shownId)]), ...(side === '' ? [] : [side])].join(', ');
  return `${code(name)}${about === '' ? '' : ` (${about})`}`;
}

function reasons({ chains, moreChains, partsText }: WorkloadView): string {
  const rest = chains.length + moreChains - MOST_CHAINS;
  const shown = chains.slice(0, MOST_CHAINS).map(chainText);
  const parts = partsText === '' ? [] : [`*${text(partsText)}*`];
  return [...shown, ...(rest > 0 ? [andMore(rest)] : []), ...parts].join('<br>');
}

function chainText({ steps, last }: ChainView): string {
  return [...steps, last].map(text).join(' → ');
}

function listed(body: string, rest: number): string {
  return rest > 0 ? `${body}\n\n${andMore(rest)} in the full report` : body;
}
