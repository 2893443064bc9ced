import { resolve } from 'node:path';
import type { TemplateFile } from '../comparator/context.ts';
import { readTextFile, UnreadableText } from '../inventory/text-file.ts';
import { Unable } from '../inventory/unable.ts';
import { printable } from '../text/printable.ts';

/** Far above what a template may hold: a wrong file is refused before it is read. */
const MAX_BYTES = 16 * 2 ** 20;

/** A file that is named twice counts once. @throws Unable */
export async function readTemplates(
  files: readonly { readonly path: string; readonly by: string }[],
): Promise<readonly TemplateFile[]> {
  const once = new Map(files.map((file) => [resolve(file.path), file]));
  const templates: TemplateFile[] = [];
  for (const file of once.values()) templates.push(await readOne(file));
  return templates;
}

async function readOne({ path, by }: { path: string; by: string }): Promise<TemplateFile> {
  const { readTemplate, UnreadableTemplate } = await import('../cloudformation/index.ts');
  const file = printable(path, 400);
  try {
    return { file, template: readTemplate(await readTextFile(path, MAX_BYTES)) };
  } catch (error) {
    if (error instanceof UnreadableText) {
      throw new Unable(`${by}: ${file}: it ${error.message}.`, 'Name a template file that you may read.', {
        cause: error,
      });
    }
    if (!(error instanceof UnreadableTemplate)) throw error;
    throw new Unable(
      `${by}: ${file}: ${/^line /.test(error.message) ? '' : 'it '}${printable(error.message, 300)}.`,
      'Name a CloudFormation template in YAML or JSON: `aws cloudformation validate-template` shows what is wrong with a template.',
      { cause: error },
    );
  }
}
