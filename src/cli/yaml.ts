import { LineCounter, Parser, parseDocument } from 'yaml';
import { repeatedKeyIn } from '../cloudformation/repeated-key.ts';
import { nestsDeeper } from '../cloudformation/yaml-depth.ts';
import { MOST_LEVELS } from '../inventory/json-depth.ts';
import { Unable } from '../inventory/unable.ts';
import { printable } from '../text/printable.ts';

/** The value of a YAML or JSON text. @throws Unable naming the file and the line. */
export function valueOfYaml(text: string, file: string): unknown {
  if (nestsDeeper([...new Parser().parse(text)], MOST_LEVELS))
    throw new Unable(
      `${file}: it nests lists and maps deeper than ${MOST_LEVELS} levels.`,
      'Write it flatter.',
    );
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    // Or Node prints a warning for a key that is a list.
    logLevel: 'error',
  });
  const [fault] = document.errors;
  if (fault)
    throw new Unable(
      `${file}:${lines.linePos(fault.pos[0]).line}: ${fault.message}.`,
      'Correct the YAML (or JSON, which is YAML too) and run again.',
    );
  const repeated = repeatedKeyIn(document);
  if (repeated)
    throw new Unable(
      `${file}:${lines.linePos(repeated.offset).line}: the key "${printable(repeated.key, 80)}" is there twice in one map.`,
      'Remove the one that is wrong.',
    );
  try {
    return document.toJS();
  } catch (error) {
    throw new Unable(`${file}: ${(error as Error).message}.`, 'Write it without such aliases.', {
      cause: error,
    });
  }
}
