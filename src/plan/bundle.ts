import type { Report } from '../report/model.ts';
import { cloudFormationFiles } from './cloudformation/index.ts';
import type { BundleFile, DeclaredFormats } from './declared.ts';
import type { BUNDLE_FILES } from './files.ts';
import { planJson } from './json.ts';
import { planMarkdown } from './markdown/index.ts';
import type { Plan } from './model.ts';
import { planScript } from './script/index.ts';
import { type Sides, terraformFiles } from './terraform/index.ts';

export type { BundleFile } from './declared.ts';

/** The files that every bundle has, each once; a record, so that none is forgotten. A large template is in several files. */
export function planBundle(plan: Plan, report: Report, sides: Sides): BundleFile[] {
  const declared: DeclaredFormats = {
    terraform: terraformFiles(plan, sides),
    cloudformation: cloudFormationFiles(plan, sides.target),
  };
  const { terraform, cloudformation } = declared;
  const [main] = terraform.files;
  const [first, ...more] = cloudformation.files;
  const texts: { readonly [Name in (typeof BUNDLE_FILES)[number]]: string } = {
    'plan.md': planMarkdown(plan, report, declared),
    'plan.json': planJson(plan, declared),
    'plan.sh': planScript(plan),
    [main.name]: main.text,
    [first.name]: first.text,
  };
  return [...Object.entries(texts).map(([name, text]) => ({ name, text })), ...more];
}
