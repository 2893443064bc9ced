import { workloadCounts } from '../../../report/headline.ts';
import type { Workload } from '../../../report/model.ts';
import { type WorkloadReason, workloadReason } from '../../../report/view/digest.ts';
import { kindWord } from '../../../report/view/labels.ts';
import { workloadsInOrder } from '../../../report/view/workloads.ts';
import { thousands } from '../../../text/counts.ts';
import { andMore } from '../../../text/lists.ts';
import { visible } from '../../../text/printable.ts';
import { MOST_ROWS, type ShortView, titledTable } from './view.ts';

/** Every workload that is not launchable, with its worst reason and the fixes that it waits for. */
export function workloads(view: ShortView): string[] {
  const { report, p, signs, digest } = view;
  const { total, blocked, degraded, unknown, launchable } = workloadCounts(report);
  if (total === 0) return [];
  const counts = [
    [blocked, `${signs.blocked} ${thousands(blocked)} blocked`],
    [degraded, `${signs.degraded} ${thousands(degraded)} degraded`],
    [unknown, `? ${thousands(unknown)} unknown`],
    [launchable, `${signs.launchable} ${thousands(launchable)} launchable`],
  ] as const;
  const held = workloadsInOrder(report).filter((w) => w.verdict !== 'launchable');
  const shown = held.slice(0, MOST_ROWS.workloads);
  const signOf = {
    blocked: signs.blocked,
    degraded: signs.degraded,
    unknown: '?',
    launchable: signs.launchable,
  };
  const rows = shown.map((w) => {
    const reason = workloadReason(w, digest);
    const numbers = reason.fixes;
    const fix = `${numbers.slice(0, 2).join(', ')}${numbers.length > 2 ? ` +${numbers.length - 2}` : ''}`;
    return [signOf[w.verdict], `${kindWord(w.kind)} ${visible(w.name)}`, reasonText(reason), fix || '-'];
  });
  const title = ['WORKLOADS', ...counts.filter(([n]) => n > 0).map(([, text]) => text)].join('  ');
  return [
    ...titledTable(
      title,
      'fix',
      rows,
      [{ whole: true }, { whole: true }, {}, { whole: true, right: true }],
      view,
      (column, text) => (column === 0 ? p.workload[verdictOf(text, signOf)](text) : text),
    ),
    ...(held.length > shown.length ? [`  ${andMore(held.length - shown.length)}`] : []),
  ];
}

function verdictOf(sign: string, signOf: Readonly<Record<Workload['verdict'], string>>): Workload['verdict'] {
  const all = ['blocked', 'degraded', 'unknown', 'launchable'] as const;
  return all.find((verdict) => signOf[verdict] === sign) ?? 'unknown';
}

/** The worst reason in a few words. Its chain is in the full report. */
function reasonText({ what, object, others }: WorkloadReason): string {
  const said = object === '' ? what : `${what}: ${object}`;
  return others > 0 ? `${said} (${andMore(others)})` : said;
}
