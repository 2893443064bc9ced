import { exitSentence } from '../../../report/exit.ts';
import { visible } from '../../../text/printable.ts';
import { hang } from '../layout.ts';
import { planLines } from '../plan.ts';
import { word } from '../word.ts';
import type { ShortView } from './view.ts';

/** Where the rest is, the next command, and the exit code. */
export function foot({ report, options, columns, p }: ShortView): string[] {
  const json = options.written.find((w) => w.format === 'json');
  const where =
    options.written.length > 0
      ? [
          json ? 'Full report, and the same in this terminal:' : 'Full report:',
          ...options.written.map((w) => `  ${visible(w.path)}`),
          ...(json ? [`  ec2-parity render ${word(json.path)} --full`] : []),
        ]
      : ['Everything: add --full, or -o html=report.html'];
  const accept =
    json && report.findings.some((f) => report.phase === 'drift' && f.status !== 'persisting')
      ? [
          'If the changes are intended, accept this run as the next baseline:',
          `  ec2-parity accept ${word(json.path)} -o baseline.json`,
        ]
      : [];
  return [
    ...where,
    ...planLines(report, columns),
    ...accept,
    ...hang('', exitSentence(report, options.failOn), columns, p.bold),
  ];
}
