/**
 * Writes every generated file: the script of the HTML report, the JSON Schemas, the rule catalogue, the pages of docs/, the sample report and its picture
 * (`npm run generate`).
 * `--check` writes nothing and ends with 1 where a generated text is not what the sources give. The picture is not
 * compared, since its pixels depend on the fonts of the machine; `--no-picture` writes the texts alone.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { demoReport } from '../test/kit/demo.ts';
import { bundledPage } from './bundle.ts';
import { generatedTexts, PAGE_SCRIPT, PICTURE } from './generated.ts';

const options = process.argv.slice(2);
const unknown = options.find((option) => !['--check', '--no-picture'].includes(option));
const root = new URL('../', import.meta.url);
const pathOf = (file: string): string => fileURLToPath(new URL(file, root));

if (unknown !== undefined) {
  say(`generate has no option ${unknown}: it takes --check and --no-picture`);
  process.exitCode = 2;
} else {
  if (!options.includes('--check')) writeFileSync(pathOf(PAGE_SCRIPT), bundledPage());
  const texts = Object.entries(await generatedTexts(await demoReport()));
  if (options.includes('--check')) check(texts);
  else {
    for (const [file, text] of texts) {
      mkdirSync(dirname(pathOf(file)), { recursive: true });
      writeFileSync(pathOf(file), text);
    }
    say(`wrote ${texts.map(([file]) => file).join(', ')}`);
    if (!options.includes('--no-picture')) await takePicture().catch(failed);
  }
}

function failed(error: unknown): void {
  say(`${PICTURE} was not written: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function check(texts: readonly (readonly [file: string, text: string])[]): void {
  const stale = texts.filter(([file, text]) => contentOf(file) !== text).map(([file]) => file);
  for (const file of stale) say(`${file} is not what the sources give: run npm run generate`);
  process.exitCode = stale.length > 0 ? 1 : 0;
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(pathOf(file), 'utf8');
  } catch {
    return null;
  }
}

/** The head of the HTML report, as the README shows it. */
async function takePicture(): Promise<void> {
  const { openBrowser } = await import('../test/browser/page.ts');
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, colorScheme: 'light' });
    await page.goto(pathToFileURL(pathOf('reports/sample/report.html')).href);
    await page.screenshot({ path: pathOf(PICTURE) });
    say(`wrote ${PICTURE}`);
  } finally {
    await browser.close();
  }
}
