import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/renderers/index.ts';
import { HOSTILE } from '../kit/hostile.ts';
import { reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, finding, sampleReport, summarised } from '../kit/report.ts';
import { open, openBrowser } from './page.ts';

const SIZES = [1280, 360] as const;
const SCHEMES = ['light', 'dark'] as const;
const VIEWS = SIZES.flatMap((width) => SCHEMES.map((scheme) => ({ width, scheme })));

// Scripts for the page are strings: they are the browser's, and no DOM types are wanted in ours.
const OPEN_ALL = "document.querySelectorAll('details').forEach((d) => { d.open = true; })";
/** Findings far below are skipped by the renderer until they come near; a reader scrolls, so the checks do too. */
const SCROLL_THROUGH = `(async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
  scrollTo(0, 0);
})()`;

describe('the HTML report in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  for (const view of VIEWS) {
    const where = `${view.width} px wide, ${view.scheme}`;

    it(`says nothing on the console, asks nobody for anything and breaks no rule of its policy (${where})`, async () => {
      const { page, messages, requests, dialogs, close } = await open(
        browser,
        renderHtml(sampleReport()),
        view,
      );
      await page.evaluate(OPEN_ALL);
      await page.evaluate(SCROLL_THROUGH);
      expect({ messages, requests, dialogs }).toEqual({ messages: [], requests: [], dialogs: [] });
      // The style is applied and the script has run: the policy admits both.
      expect(
        await page.evaluate("getComputedStyle(document.querySelector('.finding')).contentVisibility"),
      ).toBe('auto');
      expect(await page.isVisible('#filter')).toBe(true);
      await close();
    });

    it(`gives axe nothing to find (${where})`, async () => {
      for (const report of [sampleReport(), emptyReport()]) {
        const { page, close } = await open(browser, renderHtml(report), view);
        await page.evaluate(OPEN_ALL);
        await page.evaluate(SCROLL_THROUGH);
        await page.evaluate(axe.source);
        const found = (await page.evaluate(
          'axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html).slice(0, 3)]))',
        )) as unknown[];
        expect(found).toEqual([]);
        await close();
      }
    });

    it(`never scrolls sideways as a page, and cuts nothing off (${where})`, async () => {
      for (const report of [sampleReport(), reportSaying(HOSTILE.long)]) {
        const { page, close } = await open(browser, renderHtml(report), view);
        await page.evaluate(OPEN_ALL);
        await page.evaluate(SCROLL_THROUGH);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(view.width);
        // What is wider than its box is lost, unless the box is a focusable one that scrolls.
        const cut = await page.evaluate(`[...document.querySelectorAll('main *:not(.sr), header *:not(.sr)')]
          .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && getComputedStyle(e).overflowX !== 'visible')
          .filter((e) => !(e.classList.contains('scroll') && e.tabIndex === 0))
          .map((e) => e.className || e.tagName)`);
        expect(cut).toEqual([]);
        const spilled =
          await page.evaluate(`['.finding', '.cause', '.workload'].flatMap((box) => [...document.querySelectorAll(box + ' *')]
          .filter((e) => e.getBoundingClientRect().right > e.closest(box).getBoundingClientRect().right + 1)
          .map((e) => e.className || e.tagName))`);
        expect(spilled).toEqual([]);
        await close();
      }
    });
  }

  it('leaves hostile strings inert: no dialog, no element or attribute of theirs, and the strings readable', async () => {
    for (const text of Object.values(HOSTILE)) {
      const { page, messages, requests, dialogs, close } = await open(
        browser,
        renderHtml(reportSaying(text)),
        { width: 1280, scheme: 'light' },
      );
      await page.evaluate(OPEN_ALL);
      expect({ messages, requests, dialogs }).toEqual({ messages: [], requests: [], dialogs: [] });
      const strangers = await page.evaluate(`[
        document.querySelectorAll('img, iframe, object, embed, link, base, body script ~ script, body style').length,
        document.querySelectorAll('script').length,
        [...document.querySelectorAll('*')].filter((e) => e.getAttributeNames().some((n) => n.startsWith('on') || n === 'style')).length,
        [...document.querySelectorAll('a')].filter((a) => !/^(#|https:)/.test(a.getAttribute('href'))).length,
      ]`);
      expect(strangers).toEqual([0, 1, 0, 0]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: only names without controls are shown as they are
      if (!/[\u0000-\u001f\u007f-\u009f\u200b-\u202e\u2066]/.test(text)) {
        expect(await page.textContent('.finding .name')).toBe(text);
      }
      await close();
    }
  });

  it('prints everything, with script and without: what was folded away stands open', async () => {
    const pages: number[] = [];
    for (const script of [true, false]) {
      const { page, close } = await open(browser, renderHtml(sampleReport()), {
        width: 1000,
        scheme: 'light',
        script,
      });
      await page.emulateMedia({ media: 'print' });
      const hidden =
        await page.evaluate(`[...document.querySelectorAll('.finding, .message, .remedy, .difference, .facts dd, .list td, .matrix td, .cause, .workload, .chains > li, .family')]
        .filter((e) => !e.checkVisibility({ contentVisibilityAuto: true }) || e.getBoundingClientRect().height === 0)
        .map((e) => e.className || e.tagName)`);
      expect(hidden).toEqual([]);
      const pdf = await page.pdf({ format: 'A4' });
      pages.push(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0);
      await close();
    }
    expect(pages[0]).toBeGreaterThan(10);
    expect(pages[1]).toBe(pages[0]);
  });

  it('filters by words and by severity, says how many are left, and prints all the same', async () => {
    const { page, close } = await open(browser, renderHtml(sampleReport()), { width: 1280, scheme: 'light' });
    const shown = () =>
      page.evaluate("[...document.querySelectorAll('.finding')].filter((e) => e.checkVisibility()).length");
    const total = sampleReport().findings.length;
    expect(await shown()).toBe(total);
    await page.fill('#filter-text', 'tcp 5432');
    await page.locator('#filter-count', { hasText: 'shown' }).waitFor();
    expect(await page.textContent('#filter-count')).toBe(`1 of ${total} shown`);
    expect(await shown()).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await shown()).toBe(total);
    await page.emulateMedia({ media: 'screen' });
    await page.fill('#filter-text', '');
    await page.locator('#filter-count:empty').waitFor({ state: 'attached' });
    await page.uncheck('input[value="info"]');
    expect(await shown()).toBe(sampleReport().findings.filter((f) => f.severity !== 'info').length);
    await close();
  });

  it('filters workloads by words and by verdict, unfolding what was folded away and folding it again', async () => {
    const workloads = [...sampleReport().workloads];
    for (let i = 0; i < 40; i++)
      workloads.push({
        kind: 'instance',
        name: `spare-${i}`,
        id: `i-${i}`,
        verdict: 'launchable',
        because: [],
      });
    const { page, messages, close } = await open(browser, renderHtml({ ...sampleReport(), workloads }), {
      width: 360,
      scheme: 'dark',
    });
    const shown = () =>
      page.evaluate("[...document.querySelectorAll('.workload')].filter((e) => e.checkVisibility()).length");
    const box = page.locator('#workload-filter input[type="search"]');
    const count = page.locator('#workload-filter output');
    const held = sampleReport().workloads.filter((w) => w.verdict !== 'launchable').length;
    expect(await shown()).toBe(held);
    await box.fill('spare-1');
    await page.locator('#workload-filter output', { hasText: 'shown' }).waitFor();
    expect(await count.textContent()).toBe(`11 of ${workloads.length} shown`);
    expect(await shown()).toBe(11);
    await box.fill('no copy in eu-west-1');
    await page.locator('#workload-filter output', { hasText: '2 of' }).waitFor();
    await box.fill('');
    await page.locator('#workload-filter output:empty').waitFor({ state: 'attached' });
    expect(await shown()).toBe(held);
    await page.uncheck('#workload-filter input[value="blocked"]');
    expect(await shown()).toBe(
      sampleReport().workloads.filter((w) => /degraded|unknown/.test(w.verdict)).length,
    );
    // The other filter is not concerned.
    expect(await page.isVisible('.finding')).toBe(true);
    expect(messages).toEqual([]);
    await close();
  });

  it('leads from a tile and from a chain to what they name, folded away or not', async () => {
    const { page, close } = await open(browser, renderHtml(sampleReport()), { width: 1280, scheme: 'light' });
    await page.evaluate("document.querySelector('#workloads-blocked').open = false");
    await page.locator('.tile.blocked a').click();
    expect(await page.locator('#workloads-blocked').getAttribute('open')).toBe('');
    const link = page.locator('.chains a').first();
    const target = (await link.getAttribute('href')) ?? '';
    await link.click();
    expect(await page.locator(target).isVisible()).toBe(true);
    await close();
  });

  it('draws image families within their picture, no label over the next, whatever the data', async () => {
    for (const report of [sampleReport(), reportSaying(HOSTILE.long), reportSaying(HOSTILE.wide)]) {
      const { page, close } = await open(browser, renderHtml(report), { width: 360, scheme: 'light' });
      await page.evaluate(OPEN_ALL);
      await page.evaluate(SCROLL_THROUGH);
      const wrong = await page.evaluate(`[...document.querySelectorAll('.family')].flatMap((svg) => {
        const frame = svg.getBoundingClientRect();
        const boxes = [...svg.querySelectorAll('text')].map((e) => ({ text: e.textContent, box: e.getBoundingClientRect() }));
        return boxes.flatMap(({ text, box }, i) => [
          ...(box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1 ? [text] : []),
          ...boxes.slice(i + 1).filter((o) => o.box.left < box.right - 1 && box.left < o.box.right - 1 && o.box.top < box.bottom - 2 && box.top < o.box.bottom - 2).map((o) => text + ' over ' + o.text),
        ]);
      })`);
      expect(wrong).toEqual([]);
      expect(await page.locator('.picture[tabindex="0"]').count()).toBe(report.lineages?.length ?? 0);
      await close();
    }
  });

  it('shows everything and offers no dead control without script', async () => {
    const { page, messages, close } = await open(browser, renderHtml(sampleReport()), {
      width: 1280,
      scheme: 'light',
      script: false,
    });
    expect(await page.isVisible('#filter')).toBe(false);
    expect(await page.isVisible('#workload-filter')).toBe(false);
    expect(await page.locator('.workload').first().isVisible()).toBe(true);
    expect(await page.locator('.finding').count()).toBe(sampleReport().findings.length);
    await page.locator('#pairs-image summary').click();
    expect(await page.locator('#pairs-image table').isVisible()).toBe(true);
    expect(messages).toEqual([]);
    await close();
  });

  it('opens 10,000 workloads and lays out only those in sight', async () => {
    const workloads = Array.from({ length: 10_000 }, (_, i) => ({
      kind: 'instance' as const,
      name: `web-${i}`,
      id: `i-${i}`,
      verdict: 'blocked' as const,
      because: [],
      chains: [
        {
          verdict: 'blocked' as const,
          steps: ['launch template web', 'key pair web', 'is gone'],
          findings: [],
        },
      ],
    }));
    const html = renderHtml({ ...emptyReport(), verdict: 'differences', workloads });
    const { page, messages, close } = await open(browser, html, { width: 1280, scheme: 'light' });
    const laidOut = await page.evaluate(
      "[...document.querySelectorAll('.workload .name')].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).length",
    );
    expect(laidOut).toBeLessThan(500);
    await page.fill('#workload-filter input[type="search"]', 'web-9999');
    await page.locator('#workload-filter output', { hasText: '1 of 10000 shown' }).waitFor();
    expect(messages).toEqual([]);
    await close();
  });

  it('opens 10,000 findings and lays out only those in sight', async () => {
    const findings = Array.from({ length: 10_000 }, (_, i) =>
      finding({
        rule: 'security-group/missing',
        fingerprint: `f${i}`,
        subject: { name: `group-${i}`, scope: 'prod', sourceId: `sg-${i}`, targetId: null },
      }),
    );
    const html = renderHtml(summarised({ ...emptyReport(), verdict: 'differences', findings }));
    const { page, messages, close } = await open(browser, html, { width: 1280, scheme: 'light' });
    const laidOut = await page.evaluate(
      "[...document.querySelectorAll('.finding .message')].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).length",
    );
    expect(laidOut).toBeLessThan(500);
    expect(messages).toEqual([]);
    await close();
  });
});
