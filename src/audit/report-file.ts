import { readTextFile, UnreadableText } from '../inventory/text-file.ts';
import { Unable } from '../inventory/unable.ts';
import type { Report } from '../report/model.ts';

const HINT = 'Name a report.json that `ec2-parity audit` wrote.';

/**
 * A saved report.
 * @param by The option, variable or setting that names it, for the message.
 * @throws Unable naming the file, and the field where it is not one.
 */
export async function readReport(path: string, by?: string): Promise<Report> {
  try {
    return await readPlain(path);
  } catch (error) {
    if (by === undefined || !(error instanceof Unable)) throw error;
    throw new Unable(`${by}: ${error.message}`, error.hint, { cause: error });
  }
}

async function readPlain(path: string): Promise<Report> {
  const value = await readJson(path);
  const { parsedReport, REPORT_VERSION } = await import('../report/model.ts');
  const parsed = parsedReport(value);
  if (parsed.success) return parsed.data;
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  const isObject = typeof value === 'object' && value !== null;
  if (isObject && 'keyPairs' in value && 'takenAt' in value) {
    throw new Unable(
      `${path} is a snapshot, not a report.`,
      `Compare it first: \`ec2-parity audit ${path} <target>\`.`,
    );
  }
  if (isObject && 'findings' in value && typeof version === 'number' && version > REPORT_VERSION) {
    throw new Unable(
      `${path} is a report of version ${version}; this ec2-parity reads version ${REPORT_VERSION}.`,
      'Use the ec2-parity that wrote it, or a newer one.',
    );
  }
  const [issue, ...others] = parsed.error.issues;
  const { toDotPath } = (await import('zod')).core;
  const field = issue && issue.path.length > 0 ? toDotPath(issue.path) : 'the file';
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  throw new Unable(`${path} is not a report: ${field}: ${issue?.message ?? 'invalid'}${more}.`, HINT);
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readTextFile(path));
  } catch (error) {
    if (error instanceof UnreadableText)
      throw new Unable(`${path} cannot be read: it ${error.message}.`, HINT, { cause: error });
    if (error instanceof SyntaxError)
      throw new Unable(`${path} is not JSON: ${error.message}.`, HINT, { cause: error });
    throw error;
  }
}
