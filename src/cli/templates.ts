import { readTemplates } from '../audit/template-files.ts';
import type { TemplateFile } from '../comparator/context.ts';
import { Unable } from '../inventory/unable.ts';
import type { Scope } from '../report/vocabulary.ts';
import type { Arguments } from './arguments.ts';

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
