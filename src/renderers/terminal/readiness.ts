import type { CauseView, ChainView, ReportView, WorkloadView } from '../../report/view/index.ts';
import { count, thousands } from '../../text/counts.ts';
import { commandLines } from './finding.ts';
import { hang, wrap } from './layout.ts';
import type { Paint } from './paint.ts';
import { columnsWithText, type Row } from './table.ts';

/** What would not launch and why: the causes, then the workloads. */
export function readinessBlocks(view: ReportView, columns: number, p: Paint): string[][] {
  const held = view.workloads.filter((w) => w.verdict !== 'launchable');
  // A workload that would launch is not listed, but it is counted.
  const all =
    held.length === view.workloads.length
      ? ''
      : ` of ${thousands(view.workloads.length)}, the others would launch`;
  return [
    section(
      `CAUSES  ${thousands(view.causes.length)}`,
      view.causesText,
      view.causes.flatMap((c) => causeLines(c, columns, p)),
      columns,
      p,
    ),
    section(
      `WORKLOADS  ${thousands(held.length)}${all}`,
      '',
      columnsWithText(
        2,
        held.map((w) => workloadRow(w, p)),
        columns,
      ),
      columns,
      p,
    ),
  ];
}

/** A titled list, worst first. */
function section(
  title: string,
  about: string,
  lines: readonly string[],
  columns: number,
  p: Paint,
): string[] {
  if (lines.length === 0) return [];
  return [
    p.bold(title),
    p.dim('-'.repeat(columns)),
    ...(about === '' ? [] : hang('  ', about, columns, p.dim)),
    ...lines,
  ];
}

function causeLines(cause: CauseView, columns: number, p: Paint): string[] {
  const users = [...cause.workloads.map((w) => `${w.kindWord} ${w.name}`), cause.moreWorkloads];
  return [
    ...hang('  ', `${cause.title}  (${cause.countText})`, columns, p.bold),
    ...hang('    fix: ', cause.remedy, columns),
    ...commandLines(cause.commands, columns, p),
    ...(cause.workloads.length > 0
      ? hang('    affects: ', users.filter((u) => u !== '').join(', '), columns)
      : []),
  ];
}

function workloadRow(workload: WorkloadView, p: Paint): Row {
  const { verdict, kindWord, name, shownId, side, chains, moreChains, partsText } = workload;
  const about = [shownId, side].filter((t) => t !== '').join(', ');
  return {
    cells: [{ text: verdict, paint: p.workload[verdict] }],
    last: (room) => [
      ...wrap(`${kindWord} ${name}${about === '' ? '' : `  (${about})`}`, room),
      ...chains.flatMap((chain) => hang('- ', chainText(chain), room)),
      ...(moreChains > 0 ? hang('', `and ${count(moreChains, 'more reason')}`, room, p.dim) : []),
      ...(partsText === '' ? [] : hang('  ', partsText, room, p.dim)),
    ],
  };
}

function chainText({ steps, last }: ChainView): string {
  return [...steps, last].join(' -> ');
}
