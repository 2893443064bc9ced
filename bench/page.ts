/**
 * What the HTML report costs in Chromium: `npm run bench:page [-- FINDINGS...]`. The yardstick is a blank page in the same
 * browser: the time from the start of the navigation until the first frame with a list in it, as a ratio. Memory is what the
 * renderer process holds in all (RSS), less what it holds for the blank page. Machines differ, ratios hardly do.
 */
import { readFileSync } from 'node:fs';
import { renderHtml } from '../src/renderers/index.ts';
import type { Pair, Report } from '../src/report/model.ts';
import { type Opened, open, openBrowser } from '../test/browser/page.ts';
import { emptyReport, finding, summarised } from '../test/kit/report.ts';

const RUNS = 5;
const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [10_000, 50_000];

/** Findings as an audit makes them: four in ten with rows of both sides, each with facts, a remedy and a command. */
function reportOf(n: number): Report {
  const findings = Array.from({ length: n }, (_, i) => {
    const row = `tcp ${1000 + (i % 60_000)} from 10.${i % 256}.${(i >> 8) % 256}.0/24`;
    return finding({
      rule: i % 5 < 2 ? 'security-group/allows-less' : 'security-group/missing',
      severity: i % 10 === 0 ? 'critical' : i % 2 === 0 ? 'high' : 'medium',
      fingerprint: i.toString(16).padStart(16, '0'),
      subject: {
        name: `group-${i}`,
        scope: 'prod',
        sourceId: `sg-${i.toString(16).padStart(17, '0')}`,
        targetId: null,
      },
      message: `Security group "group-${i}" of VPC prod does not exist in eu-west-1. It admits ${row}.`,
      remedy: 'Create the group in the VPC prod of the target with the rules of the source.',
      facts: i % 5 < 2 ? { direction: 'ingress', rows: { source: [row], target: [] } } : { rules: i % 40 },
      commands: [
        {
          shell: `aws ec2 create-security-group --region eu-west-1 --group-name group-${i} --description g --vpc-id vpc-0123456789abcdef0`,
          side: 'target',
          does: 'Create the group',
        },
      ],
      usedBy: [{ kind: 'instance', name: `server-${i}`, id: `i-${i}`, side: 'source' }],
    });
  });
  const pairs = findings.map(
    (f): Pair => ({
      kind: 'security-group',
      name: f.subject.name,
      scope: 'prod',
      state: 'missing-in-target',
      source: { id: f.subject.sourceId ?? '', name: f.subject.name },
      target: null,
      matchedBy: null,
      findings: [f.fingerprint],
    }),
  );
  return summarised({ ...emptyReport(), verdict: 'differences', findings, pairs });
}

/** Images that are the same on both sides and have no finding. */
function withQuietImages(report: Report, n: number): Report {
  const pairs = Array.from({ length: n }, (_, i): Pair => {
    const end = { id: `ami-${i.toString(16).padStart(17, '0')}`, name: `image-${i}` };
    return {
      kind: 'image',
      name: end.name,
      scope: null,
      state: 'same',
      source: end,
      target: end,
      matchedBy: 'lineage',
      findings: [],
    };
  });
  return summarised({ ...report, pairs: [...report.pairs, ...pairs] });
}

const browser = await openBrowser();

interface Cost {
  readonly ms: number;
  readonly megabytes: number;
}

const PAINTED = `new Promise((done) => {
  const look = () => document.querySelector('.row, .fix, .empty, #blank') ? requestAnimationFrame(() => setTimeout(() => done(performance.now()))) : requestAnimationFrame(look);
  look();
})`;

/** The median of several fresh openings, each in a new context. */
async function costOf(html: string, hash: string): Promise<Cost> {
  const costs: Cost[] = [];
  for (let i = 0; i < RUNS; i++) {
    const opened = await open(browser, html, { width: 1280, scheme: 'light' });
    await opened.page.goto('about:blank');
    await opened.page.goto(`${opened.address}${hash}`);
    const ms = (await opened.page.evaluate(PAINTED)) as number;
    costs.push({ ms, megabytes: await rendererMegabytes(opened) });
    await opened.close();
  }
  const middle = (of: (cost: Cost) => number) => costs.map(of).sort((a, b) => a - b)[RUNS >> 1] ?? 0;
  return { ms: middle((c) => c.ms), megabytes: middle((c) => c.megabytes) };
}

/** The largest renderer: a browser keeps a spare one, which holds next to nothing. */
async function rendererMegabytes({ page }: Opened): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
  await session?.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0));
  return Math.max(0, ...sizes) / 1024;
}

/** The time until a search shows its hits. */
async function searchMilliseconds(html: string, n: number): Promise<number> {
  const { page, address, close } = await open(browser, html, { width: 1280, scheme: 'light' });
  await page.goto(`${address}#/findings`);
  await page.locator('.row').first().waitFor();
  const start = performance.now();
  await page.fill('#q', `group-${n - 1}`);
  await page.locator('.facets .count', { hasText: '1 of' }).waitFor();
  const ms = performance.now() - start;
  await close();
  return ms;
}

const line = (title: string, ...cells: string[]) =>
  process.stdout.write(`${title.padEnd(36)}${cells.map((cell) => cell.padStart(15)).join('')}\n`);
const blank = await costOf('<!doctype html><html lang="en"><title>blank</title><p id="blank">blank</p>', '');
line('', 'page', 'painted', 'of a blank one', 'memory', 'search');
line('blank page', '', `${blank.ms.toFixed(0)} ms`, '1.0 x', `${blank.megabytes.toFixed(0)} MB`);
for (const n of sizes) {
  const html = renderHtml(reportOf(n));
  for (const hash of ['#/findings', '#/objects']) {
    const { ms, megabytes } = await costOf(html, hash);
    line(
      `${n.toLocaleString('en-US')} findings, ${hash.slice(2)}`,
      `${(Buffer.byteLength(html) / 1e6).toFixed(1)} MB`,
      `${ms.toFixed(0)} ms`,
      `${(ms / blank.ms).toFixed(1)} x`,
      `${megabytes.toFixed(0)} MB`,
      hash === '#/findings' ? `${(await searchMilliseconds(html, n)).toFixed(0)} ms` : '',
    );
  }
}
const few = reportOf(500);
const [without, with_] = [few, withQuietImages(few, 50_000)].map(
  (r) => Buffer.byteLength(renderHtml(r)) / 1e6,
);
line('500 findings', `${without?.toFixed(1)} MB`);
line('and 50,000 images without findings', `${with_?.toFixed(1)} MB`);
await browser.close();
