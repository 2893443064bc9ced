import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NestedCall, StackValue, WholeTemplate } from '../cloudformation/index.ts';
import { readTextFile, UnreadableText } from '../inventory/text-file.ts';
import { printable } from '../text/printable.ts';

/** Far above what a template or a plan may hold: a wrong file is refused before it is read. */
export const MAX_BYTES = 256 * 2 ** 20;

/** Nested stacks nest, and a file may nest itself. */
const MAX_NESTED = { depth: 10, files: 200 } as const;

/** The template with the nested stacks whose templates are files; what cannot be read stays unknown. */
export async function followed(
  whole: WholeTemplate,
  path: string,
  so: { depth: number; files: number },
): Promise<WholeTemplate> {
  const { readWhole, UnreadableTemplate, withNested } = await import('../cloudformation/index.ts');
  if (whole.nested.length === 0 || so.depth >= MAX_NESTED.depth) return whole;
  const children: Parameters<typeof withNested>[1][number][] = [];
  for (const call of whole.nested) {
    if (call.path === null) continue;
    so.files += 1;
    if (so.files > MAX_NESTED.files) break;
    const file = join(dirname(path), call.path);
    try {
      const text = await readTextFile(await templateFileAt(file), MAX_BYTES);
      const below = { depth: so.depth + 1, files: so.files };
      children.push({
        call,
        file: shown(file),
        child: await followed(readWhole(text, literals(call)), file, below),
      });
      so.files = below.files;
    } catch (error) {
      if (!(error instanceof UnreadableText) && !(error instanceof UnreadableTemplate)) throw error;
    }
  }
  return withNested(whole, children);
}

/** The parameters that a nested stack is given as texts: a Fn::ForEach in it may go over one. */
function literals({ parameters }: NestedCall): StackValue[] {
  return [...parameters].flatMap(([name, value]) =>
    value.is === 'text' ? [{ name, value: value.text, resolved: null, masked: false }] : [],
  );
}

/** SAM takes a folder for the template in it. */
async function templateFileAt(path: string): Promise<string> {
  return (await isFolder(path)) ? join(path, 'template.yaml') : path;
}

export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // What does not exist is said when it is read.
    return false;
  }
}

/** A path as messages show it. */
export function shown(path: string): string {
  return printable(path, 400);
}
