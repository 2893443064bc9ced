import { headline } from '../../../report/headline.ts';
import type { ReportSide } from '../../../report/model.ts';
import { headingPlaces } from '../../../report/places.ts';
import { baselineText } from '../../../report/view/drift.ts';
import { visible } from '../../../text/printable.ts';
import { hang } from '../layout.ts';
import type { ShortView } from './view.ts';

/** The `result:` line, the two sides, and what was noted about the run. */
export function head({ report, options, columns, p, signs }: ShortView): string[] {
  const { source, target, phase, verdict, complete } = report;
  const { state } = headline(report, options.failOn);
  const heading = headingPlaces(source, target);
  const first = `result: ${verdict}  ${visible(heading.source)} ${signs.to} ${visible(heading.target)}  ${phase}: ${state}`;
  const accounts =
    source.account === target.account
      ? [`account ${visible(source.account ?? 'unknown')} on both sides`]
      : [
          `source account ${visible(source.account ?? 'unknown')}`,
          `target account ${visible(target.account ?? 'unknown')}`,
        ];
  const parts = [...accounts, taken(source, target), complete ? 'complete' : 'incomplete'];
  const [line = '', ...rest] = hang('', first, columns);
  return [
    line.replace(verdict, p.verdict[verdict]),
    ...rest,
    ...hang('', parts.join(signs.between), columns, p.dim),
    ...(report.baseline ? hang('', baselineText(report), columns, p.dim) : []),
    ...report.warnings.flatMap((text) => hang('', visible(text), columns, p.warn)),
    ...report.notes.flatMap(({ at, message }) => hang('', visible(`${at}: ${message}`), columns, p.warn)),
  ];
}

function taken(source: ReportSide, target: ReportSide): string {
  const of = ({ origin, takenAt }: ReportSide) =>
    `${visible(origin)} of ${visible(takenAt.slice(0, 16).replace('T', ' '))} UTC`;
  return of(source) === of(target) ? of(source) : `${of(source)} and ${of(target)}`;
}
