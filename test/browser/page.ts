import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's Chromium; `CHROMIUM` names another. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Without a display, a sandbox or a network: what CI and containers have. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser, or a failure that says what is missing. Never a skip: an unopened report is an untested one. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `Chromium is needed here, and there is none at ${CHROMIUM}. Install it (apt-get install chromium) or name it in CHROMIUM.`,
    );
  }
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
}

export interface Opened {
  readonly page: Page;
  /** Console messages and uncaught errors; a violation of the page's policy is one of the former. */
  readonly messages: string[];
  /** Every request but the one for the report itself. */
  readonly requests: string[];
  /** Dialogs that opened: `alert(1)` of a string that was not inert. */
  readonly dialogs: string[];
  readonly close: () => Promise<void>;
}

export interface View {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
  readonly script?: boolean;
}

/** Opens a page from a file, as a reader would, and records all that it does. */
export async function open(browser: Browser, html: string, view: View): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const context = await browser.newContext({
    viewport: { width: view.width, height: 900 },
    colorScheme: view.scheme,
    javaScriptEnabled: view.script ?? true,
  });
  const page = await context.newPage();
  const opened: Opened = {
    page,
    messages: [],
    requests: [],
    dialogs: [],
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true });
    },
  };
  const address = pathToFileURL(file).href;
  page.on('console', (message) => opened.messages.push(message.text()));
  page.on('pageerror', (error) => opened.messages.push(error.message));
  page.on('request', (request) => request.url() === address || opened.requests.push(request.url()));
  page.on('dialog', (dialog) => {
    opened.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(address);
  return opened;
}
