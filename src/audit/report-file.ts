import type { Baseline } from '../drift/baseline.ts';
import { readTextFile, UnreadableText } from '../inventory/text-file.ts';
import { Unable } from '../inventory/unable.ts';
import { atOnce, type Working } from '../inventory/working.ts';
import type { Report } from '../report/model.ts';

const HINT = 'Name a report.json that `ec2-parity audit` wrote.';

/**
 * A saved report.
 * @throws Unable naming the file, and the field where it is not one.
 */
export async function readReport(path: string, working: Working = atOnce): Promise<Report> {
  const text = await readTextFile(path).catch((error: unknown) => {
    if (error instanceof UnreadableText)
      throw new Unable(`${path} cannot be read: it ${error.message}.`, HINT, { cause: error });
    throw error;
  });
  const { parseReport } = await import('./parse.ts');
  return working(() => parseReport(parsedJson(text, path), path));
}

/**
 * An earlier report, or a state that was accepted from one, to compare with.
 * @param by The option, variable or setting that names it, for messages.
 * @returns Null where there is no such file and `optional` says that it may not be there yet.
 * @throws Unable naming the file, and the field where it is neither.
 */
export async function readBaseline(
  path: string,
  by: string,
  optional: boolean,
  working: Working = atOnce,
): Promise<Baseline | null> {
  const name = `${by} ${path}`;
  const text = await readTextFile(path).catch((error: unknown) => {
    if (!(error instanceof UnreadableText)) throw error;
    if (!(error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ENOENT'))
      throw new Unable(`${by}: ${path} cannot be read: it ${error.message}.`, HINT, { cause: error });
    if (optional) return null;
    throw new Unable(
      `${by}: there is no file "${path}".`,
      'For the first run add --baseline-optional; after it, `ec2-parity accept REPORT -o baseline.json` writes the file.',
      { cause: error },
    );
  });
  if (text === null) return null;
  const { parseBaseline } = await import('./parse.ts');
  try {
    return await working(() => parseBaseline(parsedJson(text, path), path, name));
  } catch (error) {
    if (!(error instanceof Unable)) throw error;
    throw new Unable(`${by}: ${error.message}`, error.hint, { cause: error });
  }
}

function parsedJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Unable(`${path} is not JSON: ${error.message}.`, HINT, { cause: error });
    throw error;
  }
}
