import { resolve } from 'node:path';
import type { TemplateFile } from '../comparator/context.ts';
import { printable } from '../inventory/printable.ts';
import { readTextFile, UnreadableText } from '../inventory/text-file.ts';
import { Unable } from '../inventory/unable.ts';
import type { Scope } from '../report/vocabulary.ts';
import type { Arguments } from './arguments.ts';

/** Far above what a template may hold: a wrong file is refused before it is read. */
const MAX_BYTES = 16 * 2 ** 20;

/** What `--template` names, read before any work. @throws Unable naming the option, the file and the line. */
export async function templatesFrom(
  args: Arguments,
  scopes: readonly Scope[] | undefined,
): Promise<readonly TemplateFile[]> {
  const given = args.list('template');
  const [first] = given;
  if (first && scopes && !scopes.includes('workloads')) {
    throw new Unable(
      `${first.by} is given, but what templates refer to is not compared: workloads are left out.`,
      `Add workloads to --only, or leave ${first.by} away.`,
    );
  }
  return readTemplates(given.map(({ value, by }) => ({ path: value, by })));
}

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
      'Name a CloudFormation template in YAML or JSON: `aws cloudformation validate-template` tells what is wrong with one.',
      { cause: error },
    );
  }
}
