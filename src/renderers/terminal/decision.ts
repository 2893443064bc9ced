import { headline, SIGNS } from '../../report/headline.ts';
import type { Report } from '../../report/model.ts';
import { hang } from './layout.ts';
import type { TerminalOptions } from './options.ts';
import type { Paint } from './paint.ts';

/** The last lines of every terminal report: the headline, and the counts that it leaves out. */
export function decisionLines(
  report: Report,
  { failOn, ascii }: TerminalOptions,
  columns: number,
  p: Paint,
): string[] {
  const { sign, sentence, details } = headline(report, failOn);
  const signs = SIGNS[ascii ? 'ascii' : 'unicode'];
  const how = { fails: p.severity.critical, warns: p.warn, unknown: p.warn, passes: p.verdict.parity }[sign];
  const mark = signs[sign];
  const indent = ' '.repeat(mark.length + 1);
  return [
    ...hang(`${mark} `, sentence, columns, how).map((line) => line.replace(mark, how(mark))),
    ...(details.length > 0 ? hang(indent, details.join(signs.between), columns) : []),
  ];
}
