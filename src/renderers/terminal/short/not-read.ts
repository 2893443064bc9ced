import { alikeGaps, kindsText } from '../../../report/view/alike-gaps.ts';
import { count } from '../../../text/counts.ts';
import { groupBy } from '../../../text/groups.ts';
import { andMore } from '../../../text/lists.ts';
import { visible } from '../../../text/printable.ts';
import { hang } from '../layout.ts';
import { MOST_ROWS, type ShortView } from './view.ts';

/** What could not be read, one line per cause. A limit of what was read leaves the run complete. */
export function notRead({ report, columns, p }: ShortView): string[] {
  const gaps = report.gaps.filter((g) => g.blocking);
  const limits = report.gaps.length - gaps.length;
  if (gaps.length === 0 && limits === 0) return [];
  const alike = alikeGaps(gaps);
  const shown = alike.slice(0, MOST_ROWS.gaps);
  return [
    p.bold(gaps.length > 0 ? 'NOT READ' : 'LIMITS'),
    ...shown.flatMap((one) => [
      ...hang('  ? ', `${one.first.side} ${kindsText(one)}: ${visible(one.first.message)}`, columns),
      ...(one.first.hint ? hang('    ', visible(one.first.hint), columns, p.dim) : []),
    ]),
    ...(alike.length > shown.length ? [`  ${andMore(alike.length - shown.length)}`] : []),
    ...(limits > 0
      ? hang(
          '  ',
          `${count(limits, 'limit')} of what was read ${limits === 1 ? 'is' : 'are'} in the full report.`,
          columns,
          p.dim,
        )
      : []),
  ];
}

/** What was not looked at, by side. */
export function notLookedAt({ report, columns, p }: ShortView): string[] {
  if (report.notLookedAt.length === 0) return [];
  const bySide = groupBy(report.notLookedAt, (n) => n.side);
  const lines = [...bySide].flatMap(([side, all]) => {
    // What it would have shown is in the full report.
    const what = [...new Set(all.map((n) => visible(n.what).replace(/ \([^()]*\)$/, '')))];
    return hang(`  ${side}: `, what.join(', '), columns);
  });
  return [p.bold('NOT LOOKED AT'), ...lines];
}
