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
  /** Of the file. */
  readonly address: string;
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
  const address = pathToFileURL(file).href;
  const opened: Opened = {
    page,
    address,
    messages: [],
    requests: [],
    dialogs: [],
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true });
    },
  };
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

/** The views of the page, as its address names them. */
export const VIEWS = ['fixes', 'workloads', 'findings', 'objects', 'families', 'coverage'] as const;

/** Goes to an address within the page, and waits until that view is drawn. */
export async function visit(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await settled(page);
}

/** Waits until what was changed is drawn and measured. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))',
  );
}

/** Waits until an expression is true. The page's policy forbids what `waitForFunction` does with one. */
export async function until(page: Page, expression: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if ((await page.evaluate(expression)) === true) return;
    await page.waitForTimeout(25);
  }
  throw new Error(`This never came true in the page: ${expression}`);
}

/** Texts that are drawn over each other, as an expression for the page. */
export const overlapping = `(() => {
  const seen = (e) => e.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true });
  const boxes = [];
  for (const e of document.querySelectorAll('.head *, main *')) {
    if (!seen(e) || e.closest('.sr, .menu > div, .pane, .thead, svg')) continue;
    for (const node of e.childNodes) {
      if (node.nodeType !== 3 || node.textContent.trim() === '') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const clips = [];
      for (let a = e; a; a = a.parentElement) if (getComputedStyle(a).overflowX !== 'visible') clips.push(a.getBoundingClientRect());
      for (const r of range.getClientRects()) {
        const box = { left: Math.max(r.left, ...clips.map((c) => c.left)), right: Math.min(r.right, ...clips.map((c) => c.right)), top: Math.max(r.top, ...clips.map((c) => c.top)), bottom: Math.min(r.bottom, ...clips.map((c) => c.bottom)), e, text: node.textContent.trim().slice(0, 40) };
        if (box.right - box.left > 1 && box.bottom - box.top > 1) boxes.push(box);
      }
    }
  }
  boxes.sort((a, b) => a.top - b.top);
  const found = [];
  for (let i = 0; i < boxes.length; i++)
    for (let k = i + 1; k < boxes.length && boxes[k].top < boxes[i].bottom - 3; k++) {
      const [a, b] = [boxes[i], boxes[k]];
      if (a.e !== b.e && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2) found.push(a.text + ' / ' + b.text);
    }
  return found.slice(0, 5);
})()`;
