import type { Baseline } from '../drift/baseline.ts';
import { repeatedKey } from '../inventory/json-duplicates.ts';
import { readTextFile, UnreadableText } from '../inventory/text-file.ts';
import { Unable } from '../inventory/unable.ts';
import { atOnce, type Working } from '../inventory/working.ts';
import type { Report } from '../report/model.ts';
import { printable } from '../text/printable.ts';

/** Down to the fields of an object: the report, a list, an object of it. */
const KEYS_CHECKED = 3;
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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Unable(`${path} is not JSON: ${error.message}.`, HINT, { cause: error });
    throw error;
  }
  // JSON.parse keeps the last of two equal keys: the findings of a report could be replaced by none without a word.
  const repeated = repeatedKey(text, KEYS_CHECKED);
  if (repeated)
    throw new Unable(
      `${path} has "${printable(repeated.key, 80)}" twice in one object, the second time in line ${repeated.line}.`,
      'Remove the one that is wrong, or restore the file.',
    );
  return value;
}
