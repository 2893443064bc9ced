import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/renderers/index.ts';
import type { Report } from '../../src/report/model.ts';
import { emptyReport, finding, summarised } from '../kit/report.ts';
import { open, openBrowser, until, visit } from './page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
});

const named = (name: string, status: 'new' | 'worsened' | 'persisting') =>
  finding({
    rule: 'security-group/allows-more',
    fingerprint: name,
    status,
    severity: status === 'persisting' ? 'critical' : 'high',
    subject: { name, scope: 'prod', sourceId: `sg-${name}`, targetId: `sg-${name}` },
  });
const changed: Report = summarised({
  ...emptyReport(),
  phase: 'drift',
  verdict: 'differences',
  findings: [named('known', 'persisting'), named('wide', 'worsened'), named('fresh', 'new')],
  resolved: [named('fixed', 'persisting')],
});
const quiet: Report = summarised({ ...changed, findings: [named('known', 'persisting')], resolved: [] });

const names = (page: Page) => page.locator('.row a.to').allTextContents();

describe('the page of a drift report', () => {
  it('begins with what is new, worsened or resolved, and says of each which', async () => {
    const { page, close } = await open(browser, renderHtml(changed), { width: 1280, scheme: 'light' });
    expect(await page.textContent('.tabs [aria-current]')).toMatch(/^Findings/);
    expect(await names(page)).toEqual(['fresh', 'wide', 'fixed']);
    expect(await page.locator('.row .status').allTextContents()).toEqual([
      'new · ',
      'worsened · ',
      'resolved · ',
    ]);
    // The way to the rest, and by status.
    await page.locator('.facets .btn', { hasText: 'Clear' }).click();
    await until(page, "location.hash === '#/findings'");
    expect(await names(page)).toEqual(['fresh', 'wide', 'known']);
    await visit(page, '#/findings?status=persisting');
    expect(await names(page)).toEqual(['known']);
    await close();
  });

  it('of a night without change begins with all findings', async () => {
    const { page, close } = await open(browser, renderHtml(quiet), { width: 1280, scheme: 'light' });
    expect(await names(page)).toEqual(['known']);
    expect(await page.locator('.row .status').count()).toBe(0);
    await close();
  });

  it('has what changed before the fix list without scripts, and so on paper', async () => {
    const { page, close } = await open(browser, renderHtml(changed), {
      width: 1280,
      scheme: 'light',
      script: false,
    });
    expect(await page.locator('h2[id^="s-"]').first().textContent()).toBe('Findings');
    const rows = await page.locator('table tbody tr td:nth-child(2) b').allTextContents();
    expect(rows.slice(0, 3)).toEqual(['fresh', 'wide', 'fixed']);
    await close();
  });
});
