import type { CauseView, ChainView, ReportView, WorkloadView } from '../../report/view/index.ts';
import { count, thousands } from '../../text/counts.ts';
import { andMore } from '../../text/lists.ts';
import { commandLines } from './finding.ts';
import { hang, wrap } from './layout.ts';
import type { Paint } from './paint.ts';
import { columnsWithText, type Row } from './table.ts';

/** More are in the full report; who asks for everything gets it. */
const MOST_CAUSES = 10;
const MOST_WORKLOADS = 20;
const MOST_CHAINS = 3;

export interface ReadinessOptions {
  readonly columns: number;
  readonly verbose: boolean;
  /** Where the rest is. */
  readonly fullReport: string;
}

/** What would not start and why, before anything else is said: the sentence, the causes, the workloads. */
export function readinessBlocks(view: ReportView, options: ReadinessOptions, p: Paint): string[][] {
  const held = view.workloads.filter((w) => w.verdict !== 'launchable');
  // What would simply launch is not listed: that it is there is said all the same.
  const all =
    held.length === view.readiness.total
      ? ''
      : ` of ${thousands(view.readiness.total)}, the others would launch`;
  return [
    view.readiness.sentence === '' ? [] : hang('', view.readiness.sentence, options.columns, p.bold),
    bounded(
      view.causes,
      MOST_CAUSES,
      options,
      `CAUSES  ${thousands(view.causes.length)}`,
      view.causesText,
      p,
      (causes) => causes.flatMap((c) => causeLines(c, options, p)),
    ),
    bounded(held, MOST_WORKLOADS, options, `WORKLOADS  ${thousands(held.length)}${all}`, '', p, (shown) =>
      columnsWithText(
        2,
        shown.map((w) => workloadRow(w, options.verbose, p)),
        options.columns,
      ),
    ),
  ];
}

/** A titled list, worst first, and how many it leaves out. */
function bounded<T>(
  items: readonly T[],
  most: number,
  { columns, verbose, fullReport }: ReadinessOptions,
  title: string,
  about: string,
  p: Paint,
  lines: (items: readonly T[]) => string[],
): string[] {
  if (items.length === 0) return [];
  const shown = verbose ? items : items.slice(0, most);
  const rest = items.length - shown.length;
  return [
    p.bold(title),
    p.dim('-'.repeat(columns)),
    ...(about === '' ? [] : hang('  ', about, columns, p.dim)),
    ...lines(shown),
    ...(rest > 0 ? [`${andMore(rest)} in ${fullReport}`] : []),
  ];
}

function causeLines(cause: CauseView, { columns }: ReadinessOptions, p: Paint): string[] {
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

function workloadRow(workload: WorkloadView, verbose: boolean, p: Paint): Row {
  const { verdict, kindWord, name, shownId, side, chains, moreChains } = workload;
  const about = [shownId, side].filter((t) => t !== '').join(', ');
  const shown = verbose ? chains : chains.slice(0, MOST_CHAINS);
  const rest = chains.length + moreChains - shown.length;
  return {
    cells: [{ text: verdict, paint: p.workload[verdict] }],
    last: (room) => [
      ...wrap(`${kindWord} ${name}${about === '' ? '' : `  (${about})`}`, room),
      ...shown.flatMap((chain) => hang('- ', chainText(chain), room)),
      ...(rest > 0 ? hang('', `and ${count(rest, 'more reason')}`, room, p.dim) : []),
    ],
  };
}

function chainText({ steps, last }: ChainView): string {
  return [...steps, last].join(' -> ');
}
