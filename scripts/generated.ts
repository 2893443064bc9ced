import { catalogueMarkdown } from '../src/comparator/rules/catalogue.ts';
import { renderHtml, renderJson, renderMarkdown, renderTerminal } from '../src/renderers/index.ts';
import type { Report } from '../src/report/model.ts';
import { bundledPage } from './bundle.ts';

/** Where the picture of the sample report is, from the root of the repository. */
export const PICTURE = 'reports/sample/report.png';

/** The script of the HTML report. It is written before anything else, since the sample report has it in it. */
export const PAGE_SCRIPT = 'templates/report.js';

/** The content of each generated text file, by its path from the root of the repository. */
export function generatedTexts(demo: Report): Readonly<Record<string, string>> {
  return {
    [PAGE_SCRIPT]: bundledPage(),
    'src/comparator/rules/README.md': catalogueMarkdown(),
    'reports/sample/report.txt': renderTerminal(demo, {
      columns: 80,
      color: false,
      failOn: 'high',
      written: ['html', 'md', 'json'].map((format) => ({
        format,
        path: `reports/demo/report.${format}`,
      })),
    }),
    'reports/sample/report.md': renderMarkdown(demo),
    'reports/sample/report.json': renderJson(demo),
    'reports/sample/report.html': renderHtml(demo),
  };
}
