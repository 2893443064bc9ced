import type { Report } from '../report/model.ts';
import type { BUNDLE_FILES } from './files.ts';
import { planJson } from './json.ts';
import { planMarkdown } from './markdown.ts';
import type { Plan } from './model.ts';
import { planScript } from './script/index.ts';

export interface BundleFile {
  readonly name: (typeof BUNDLE_FILES)[number];
  readonly text: string;
}

/** The text of each file of the bundle. A record, so that none is forgotten. */
export function planBundle(plan: Plan, report: Report): BundleFile[] {
  const texts: { readonly [Name in BundleFile['name']]: string } = {
    'plan.md': planMarkdown(plan, report),
    'plan.json': planJson(plan),
    'plan.sh': planScript(plan),
  };
  return Object.entries(texts).map(([name, text]) => ({ name: name as BundleFile['name'], text }));
}
