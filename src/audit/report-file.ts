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
  const { parseReport } = await import('./parse.ts');
  return parseReport(value, path);
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
