import { type FixEffect, fixEffect, fixHeading } from '../../../report/view/digest.ts';
import type { FixText } from '../../../report/view/fix-rules.ts';
import { count, thousands } from '../../../text/counts.ts';
import { andMore } from '../../../text/lists.ts';
import { MOST_ROWS, type ShortView, titledTable } from './view.ts';

/** What to do, the fix that frees most workloads first. */
export function fixes(view: ShortView): string[] {
  const {
    report: { causes = [] },
    digest,
  } = view;
  if (causes.length === 0) return [];
  const shown = causes.slice(0, MOST_ROWS.fixes);
  const rows = shown.map((cause, i) => [
    String(i + 1),
    plainText(fixHeading(cause, digest)),
    effectText(fixEffect(cause, i + 1, digest)),
  ]);
  return [
    ...titledTable(
      `FIX LIST  ${count(causes.length, 'fix', 'fixes')}`,
      'affects',
      rows,
      [{ whole: true, right: true }, {}, { whole: true }],
      view,
    ),
    ...(causes.length > shown.length ? [`  ${andMore(causes.length - shown.length)}`] : []),
  ];
}

function plainText(parts: FixText): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.name)).join('');
}

/** "2 blocked", "1 blocked, with 5" where another fix is needed too, "no workload". */
function effectText({ verdict, workloads: n, together }: FixEffect): string {
  if (verdict === null) return 'no workload';
  const text = `${thousands(n)} ${verdict}`;
  if (together.length === 0) return text;
  return together.length > 2 ? `${text}, with others` : `${text}, with ${together.join(', ')}`;
}
