import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/renderers/index.ts';
import { demoReport } from '../kit/demo.ts';
import { HOSTILE } from '../kit/hostile.ts';
import { reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, sampleReport } from '../kit/report.ts';
import { open, openBrowser, overlapping, settled, VIEWS, visit } from './page.ts';

const WIDTHS = [320, 390, 768, 1280, 1920] as const;

// Scripts for the page are strings: they are the browser's, and no DOM types are wanted in ours.
const AXE = 'axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html).slice(0, 3)]))';
const CUT = `[...document.querySelectorAll('main *:not(.sr), header *:not(.sr)')]
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && getComputedStyle(e).overflowX === 'hidden' && getComputedStyle(e).textOverflow !== 'ellipsis')
  .map((e) => e.className || e.tagName)`;

describe('the HTML report in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(['light', 'dark'] as const)(
    'says nothing on the console, loads nothing and breaks no rule of its policy in any view (%s)',
    async (scheme) => {
      const opened = await open(browser, renderHtml(await demoReport()), { width: 1280, scheme });
      for (const view of VIEWS) await visit(opened.page, `#/${view}`);
      const { messages, requests, dialogs } = opened;
      expect({ messages, requests, dialogs }).toEqual({ messages: [], requests: [], dialogs: [] });
      // The style is applied and the script has run: the policy admits both.
      expect(await opened.page.evaluate("getComputedStyle(document.querySelector('.bar')).position")).toBe(
        'sticky',
      );
      await opened.close();
    },
  );

  it.each(['light', 'dark'] as const)(
    'gives axe nothing to find, in any view with a detail open (%s)',
    async (scheme) => {
      for (const report of [await demoReport(), emptyReport()]) {
        const { page, close } = await open(browser, renderHtml(report), { width: 1280, scheme });
        await page.evaluate(axe.source);
        for (const view of VIEWS) {
          await visit(page, `#/${view}`);
          const first = page.locator('main a.to').first();
          if ((await first.count()) > 0) await first.click();
          expect([view, await page.evaluate(AXE)]).toEqual([view, []]);
        }
        await close();
      }
    },
  );

  it('gives axe nothing to find on a phone, without scripts and in an incomplete report', async () => {
    const phone = await open(browser, renderHtml(sampleReport()), { width: 390, scheme: 'light' });
    await phone.page.evaluate(axe.source);
    for (const view of VIEWS) {
      await visit(phone.page, `#/${view}`);
      expect([view, await phone.page.evaluate(AXE)]).toEqual([view, []]);
    }
    await phone.close();
    // axe itself needs scripts: the part without them is put into the page as printing does.
    const paper = await open(browser, renderHtml(sampleReport()), { width: 1280, scheme: 'light' });
    await paper.page.evaluate(axe.source);
    await paper.page.evaluate(
      "document.querySelector('#app').remove(); document.body.insertAdjacentHTML('beforeend', document.querySelector('#static').textContent)",
    );
    expect(await paper.page.evaluate(AXE)).toEqual([]);
    await paper.close();
  });

  it.each(WIDTHS)(
    'never scrolls sideways, cuts nothing off and lets nothing overlap at %i px',
    async (width) => {
      for (const report of [await demoReport(), sampleReport(), reportSaying(HOSTILE.long)]) {
        const { page, close } = await open(browser, renderHtml(report), { width, scheme: 'light' });
        for (const view of VIEWS) {
          await visit(page, `#/${view}`);
          const first = page.locator('main a.to').first();
          if ((await first.count()) > 0) await first.click();
          await settled(page);
          const found = {
            view,
            sideways: await page.evaluate('document.documentElement.scrollWidth'),
            cut: await page.evaluate(CUT),
            overlapping: await page.evaluate(overlapping),
          };
          expect(found).toEqual({ view, sideways: width, cut: [], overlapping: [] });
        }
        await close();
      }
    },
  );

  it('says in every view what a bound left out, and counts nothing of it', async () => {
    const html = renderHtml(await demoReport(), { maxBytes: 1 });
    const { page, messages, close } = await open(browser, html, { width: 390, scheme: 'light' });
    expect(await page.textContent('.head')).toContain('Left out to keep this page within 1 bytes');
    for (const view of VIEWS) {
      await visit(page, `#/${view}`);
      expect([view, await page.textContent('.empty')]).toEqual([
        view,
        expect.stringContaining('left out of this page'),
      ]);
    }
    expect(await page.locator('.tabs .n').count()).toBe(0);
    expect(messages).toEqual([]);
    await close();
  });

  it('links to nothing that a bound left out', async () => {
    const report = await demoReport();
    const whole = Buffer.byteLength(renderHtml(report));
    const bounds = [0.9, 0.75, 0.6, 0.5].map((part) => Math.round(whole * part));
    for (const maxBytes of bounds) {
      const { page, messages, close } = await open(browser, renderHtml(report, { maxBytes }), {
        width: 1280,
        scheme: 'light',
      });
      for (const view of VIEWS) {
        await visit(page, `#/${view}`);
        const first = page.locator('main a.to').first();
        if ((await first.count()) > 0) await first.click();
        await settled(page);
        // A link to an item has its key in the address.
        const dead = await page.evaluate(
          `[...document.querySelectorAll('.chain a, .items a, .pobj a, .part a')].map((a) => a.getAttribute('href')).filter((h) => h.startsWith('#') && !/^#\\/\\w+\\/./.test(h))`,
        );
        expect([maxBytes, view, dead]).toEqual([maxBytes, view, []]);
      }
      expect(messages).toEqual([]);
      await close();
    }
  });

  it.each(['verification', 'drift'] as const)(
    'lets nothing overlap or scroll sideways in the head and the first views of phase %s, at any width',
    async (phase) => {
      const html = renderHtml(await demoReport({}, undefined, phase));
      for (const width of WIDTHS) {
        const { page, close } = await open(browser, html, { width, scheme: 'dark' });
        for (const view of ['fixes', 'findings']) {
          await visit(page, `#/${view}`);
          const found = {
            view,
            sideways: await page.evaluate('document.documentElement.scrollWidth'),
            cut: await page.evaluate(CUT),
            overlapping: await page.evaluate(overlapping),
          };
          expect(found).toEqual({ view, sideways: width, cut: [], overlapping: [] });
        }
        if (width >= 1280)
          expect(await page.evaluate("document.querySelector('.head').offsetHeight")).toBeLessThanOrEqual(
            260,
          );
        await close();
      }
    },
  );

  it('has a head of at most 260 px where there is room, with the answer in it', async () => {
    const { page, close } = await open(browser, renderHtml(await demoReport()), {
      width: 1280,
      scheme: 'light',
    });
    expect(await page.evaluate("document.querySelector('.head').offsetHeight")).toBeLessThanOrEqual(260);
    expect(await page.textContent('h1')).toMatch(/^Not ready.*: \d+ of \d+ workloads would not launch/);
    expect(await page.isVisible('.stack')).toBe(true);
    await close();
  });

  it('leaves hostile strings inert: no dialog, no element or attribute of theirs, and the strings readable', async () => {
    for (const text of Object.values(HOSTILE)) {
      const opened = await open(browser, renderHtml(reportSaying(text)), { width: 1280, scheme: 'light' });
      const { page } = opened;
      const names: (string | null)[] = [];
      for (const view of VIEWS) {
        await visit(page, `#/${view}`);
        const strangers = await page.evaluate(`[
          document.querySelectorAll('img, iframe, object, embed, link, base').length,
          document.querySelectorAll('script').length,
          [...document.querySelectorAll('*')].filter((e) => e.getAttributeNames().some((n) => n.startsWith('on'))).length,
          [...document.querySelectorAll('a')].filter((a) => !/^(#|https:)/.test(a.getAttribute('href'))).length,
        ]`);
        expect([view, strangers]).toEqual([view, [0, 3, 0, 0]]);
        if (view === 'findings') names.push(await page.textContent('.row a.to bdi'));
      }
      const { messages, requests, dialogs } = opened;
      expect({ messages, requests, dialogs }).toEqual({ messages: [], requests: [], dialogs: [] });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: only names without controls are shown as they are
      if (!/[\u0000-\u001f\u007f-\u009f\u200b-\u202e\u2066]/.test(text)) expect(names).toEqual([text]);
      await opened.close();
    }
  });

  it('prints verdict, fix list, workloads and one table of findings on some pages, with and without scripts', async () => {
    const pages: number[] = [];
    for (const script of [true, false]) {
      const { page, close } = await open(browser, renderHtml(await demoReport()), {
        width: 1000,
        scheme: 'light',
        script,
      });
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
      pages.push(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0);
      if (script) {
        await page.emulateMedia({ media: 'print' });
        expect(await page.isVisible('#app')).toBe(false);
        const { findings } = await demoReport();
        const info = findings.filter((f) => f.severity === 'info').length;
        const printed = page.locator('#s-findings + table > tbody > tr:visible');
        expect(await printed.count()).toBe(findings.length - info);
        expect(await page.textContent('#paper')).toContain(`${info} info findings are not printed`);
        expect(await page.isVisible('#s-coverage + table')).toBe(true);
        const hidden = await page.evaluate(`[...document.querySelectorAll('#paper li, #paper tr')]
          .filter((e) => !e.closest('.np') && e.getBoundingClientRect().height === 0).map((e) => e.textContent)`);
        expect(hidden).toEqual([]);
      }
      await close();
    }
    expect(pages[0]).toBeGreaterThanOrEqual(3);
    expect(pages[0]).toBeLessThanOrEqual(7);
    expect(pages[1]).toBe(pages[0]);
  });

  it('shows fix list, workloads and every finding without scripts, and no dead control', async () => {
    const report = await demoReport();
    const { page, messages, close } = await open(browser, renderHtml(report), {
      width: 390,
      scheme: 'light',
      script: false,
    });
    expect(await page.locator('#s-fixes + ol > li').count()).toBe(report.causes?.length);
    expect(await page.locator('#s-workloads + table tbody tr').count()).toBe(report.workloads.length);
    expect(await page.locator('#s-findings + table > tbody > tr').count()).toBe(report.findings.length);
    const last = page.locator('#s-findings + table > tbody > tr').last();
    expect(await last.isVisible()).toBe(true);
    expect(await last.textContent()).toContain(report.findings.at(-1)?.message);
    expect(await page.locator('input, button').count()).toBe(0);
    expect(await page.locator('.js-only:visible').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(messages).toEqual([]);
    await close();
  });
});
