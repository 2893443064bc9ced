import { SIGNS } from '../../../report/headline.ts';
import type { Report } from '../../../report/model.ts';
import { digestOf } from '../../../report/view/digest.ts';
import { decisionLines } from '../decision.ts';
import { driftBlocks, waivedBlock } from '../drift.ts';
import { LEAST_COLUMNS, MOST_COLUMNS } from '../layout.ts';
import type { TerminalOptions } from '../options.ts';
import { paint } from '../paint.ts';
import { findings } from './findings.ts';
import { fixes } from './fixes.ts';
import { foot } from './foot.ts';
import { head } from './head.ts';
import { notLookedAt, notRead } from './not-read.ts';
import type { ShortView } from './view.ts';
import { workloads } from './workloads.ts';

/**
 * The report on about a screen: details first, the decision last, since the end is what stays on the screen. Every cause,
 * finding and workload that is left out is counted, and the last lines say where the rest is.
 */
export function renderShort(report: Report, options: TerminalOptions): string {
  const columns = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, Math.floor(options.columns)));
  const view: ShortView = {
    report,
    options,
    columns,
    p: paint(options.color),
    signs: SIGNS[options.ascii ? 'ascii' : 'unicode'],
    digest: digestOf(report),
  };
  const details =
    report.phase === 'drift' && report.baseline
      ? driftBlocks(report, options, columns, view.p)
      : [findings(view), workloads(view), fixes(view), waivedBlock(view)];
  const blocks = [
    head(view),
    ...details,
    notRead(view),
    notLookedAt(view),
    foot(view),
    decisionLines(report, options, columns, view.p),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}
