import { architecturePage } from './architecture.ts';
import { configPage } from './config.ts';
import { rulePages } from './rules.ts';
import { testingPage } from './testing.ts';

/** The generated pages of docs/, by path from the root of the repository. */
export async function docsPages(): Promise<Record<string, string>> {
  const pages = {
    ...rulePages(),
    'config.md': await configPage(),
    'architecture.md': architecturePage(),
    'testing.md': testingPage(),
  };
  return Object.fromEntries(Object.entries(pages).map(([path, text]) => [`docs/${path}`, text]));
}
