import { jsonSchema, SCHEMAS, schemaText } from '../src/audit/schemas.ts';
import { tool } from '../src/audit/tool.ts';
import { workflowText } from '../src/cli/init-workflow.ts';
import { catalogueMarkdown } from '../src/comparator/rules/catalogue.ts';
import { renderHtml, renderJson, renderMarkdown, renderTerminal } from '../src/renderers/index.ts';
import type { Report } from '../src/report/model.ts';
import { badDaysPage } from './bad-days.ts';
import { bundledPage } from './bundle.ts';
import { docsPages } from './docs/index.ts';
import { terminalPicture } from './terminal-picture.ts';

/** Where the picture of the sample report is, from the root of the repository. */
export const PICTURE = 'reports/sample/report.png';

/** Where the picture of the terminal is. It is a text, made from what the tool prints. */
const TERMINAL_PICTURE = 'reports/sample/terminal.svg';

/** The script of the HTML report. It is written before anything else, since the sample report has it in it. */
export const PAGE_SCRIPT = 'templates/report.js';

/** The content of each generated text file, by its path from the root of the repository. */
export async function generatedTexts(demo: Report): Promise<Readonly<Record<string, string>>> {
  const terminal = (color: boolean) =>
    renderTerminal(demo, {
      columns: 80,
      color,
      failOn: 'high',
      written: ['html', 'md', 'json'].map((format) => ({
        format,
        path: `reports/demo/report.${format}`,
      })),
    });
  const schemas = await Promise.all(
    SCHEMAS.map(async (name) => [`schemas/${name}.schema.json`, schemaText(await jsonSchema(name))] as const),
  );
  return {
    ...Object.fromEntries(schemas),
    [PAGE_SCRIPT]: bundledPage(),
    'src/comparator/rules/README.md': catalogueMarkdown(),
    'docs/bad-days.md': badDaysPage(),
    ...(await docsPages()),
    'docs/examples/github-nightly.yml': nightlyWorkflow(),
    'reports/sample/report.txt': terminal(false),
    [TERMINAL_PICTURE]: terminalPicture(endOf(terminal(true)), 'ec2-parity demo: the end of what it prints'),
    'reports/sample/report.md': renderMarkdown(demo),
    'reports/sample/report.json': renderJson(demo),
    'reports/sample/report.html': renderHtml(demo),
  };
}

/** What `init us-east-1 eu-west-1 --workflow` writes. */
function nightlyWorkflow(): string {
  const live = (text: string) => ({ text, isLive: true, hasProfile: false });
  return workflowText(
    { source: live('us-east-1'), target: live('eu-west-1') },
    'ec2-parity.config.yaml',
    tool.version,
  );
}

/** From the fix list on: what is on the screen once the report is printed. */
function endOf(ansi: string): string {
  const lines = ansi.split('\n');
  return lines.slice(lines.findIndex((line) => line.includes('FIX LIST'))).join('\n');
}
