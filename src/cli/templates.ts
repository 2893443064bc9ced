import { readTemplates } from '../audit/template-files.ts';
import type { TemplateFile } from '../comparator/pairing/template-files.ts';
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
      `${first.by} is given, but workloads are not among the kinds to compare, and templates are compared with them.`,
      `Add workloads to --only, or remove ${first.by}.`,
    );
  }
  return readTemplates(given.map(({ value, by }) => ({ path: value, by })));
}
