import type { Report } from '../report/model.ts';
import type { Context } from './command.ts';

/** The report with pseudonyms, as `--redact` wants it. */
export async function redacted(report: Report, { working }: Pick<Context, 'working'>): Promise<Report> {
  const { redactedReport } = await import('../redact/report.ts');
  return working(() => redactedReport(report));
}
