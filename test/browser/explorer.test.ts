import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/renderers/index.ts';
import type { Report } from '../../src/report/model.ts';
import { demoReport } from '../kit/demo.ts';
import { emptyReport, finding, summarised } from '../kit/report.ts';
import { type Opened, open, openBrowser, until, visit } from './page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
});

async function demo(hash: string, width = 1280): Promise<Opened & { readonly report: Report }> {
  const report = await demoReport();
  const opened = await open(browser, renderHtml(report), { width, scheme: 'light' });
  await visit(opened.page, hash);
  return { ...opened, report };
}

const hash = (page: Page) => page.evaluate('decodeURIComponent(location.hash)');
const counted = (page: Page) => page.textContent('.facets .count');
const names = (page: Page) => page.locator('.row a.to').allTextContents();

describe('the fix list', () => {
  it('lists every fix with its number, and opens one with commands, findings and workloads', async () => {
    const { page, report, close } = await demo('#/fixes');
    expect(await page.locator('.fix').count()).toBe(report.causes?.length);
    const at = report.causes?.findIndex((c) => (c.commands ?? []).length > 0) ?? -1;
    const cause = report.causes?.[at];
    await page.locator('.fix a.to').nth(at).click();
    const fix = page.locator('.fix.on');
    expect(await fix.locator('.n').textContent()).toBe(String(at + 1));
    expect(await fix.locator('pre code').first().textContent()).toBe(cause?.commands?.[0]?.shell);
    expect(await fix.locator('.items a').count()).toBeGreaterThan(0);
    expect(await hash(page)).toBe(`#/fixes/${cause?.id}`);
    await close();
  });

  it('copies one command as it is, and all of them as one script', async () => {
    const { page, report, close } = await demo('#/fixes');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const clipboard = () => page.evaluate('navigator.clipboard.readText()') as Promise<string>;
    const cause = report.causes?.find((c) => (c.commands ?? []).length > 0);
    await visit(page, `#/fixes/${cause?.id}`);
    await page.locator('.fix.on .cmd button').first().click();
    await page.locator('.toast', { hasText: 'Copied the command' }).waitFor();
    expect(await clipboard()).toBe(cause?.commands?.[0]?.shell);
    await page.locator('button', { hasText: 'Copy all' }).click();
    await page.locator('.toast', { hasText: 'commands' }).waitFor();
    const script = await clipboard();
    for (const command of (report.causes ?? []).flatMap((c) => c.commands ?? []))
      expect(script).toContain(command.shell);
    await close();
  });
});

describe('the workloads', () => {
  it('show verdict, the end of the worst chain and a mark per part, and open to all of it', async () => {
    const { page, report, close } = await demo('#/workloads');
    const first = page.locator('.item').first();
    expect(await first.locator('.verd').textContent()).toBe('Blocked');
    expect(await first.locator('.m').count()).toBe(8);
    await first.locator('a.to').click();
    expect(await page.locator('.looked dt').count()).toBe(8);
    await page.locator('.open .chain a').first().click();
    expect(await hash(page)).toMatch(/^#\/findings\/[0-9a-f]{16}$/);
    const blocked = report.workloads.filter((w) => w.verdict === 'blocked').length;
    await visit(page, '#/workloads?verdict=blocked');
    expect(await counted(page)).toBe(`${blocked} of ${report.workloads.length} workloads`);
    await close();
  });
});

describe('the findings', () => {
  it('show the list and the detail of one beside it; info is not listed until somebody wants it', async () => {
    const { page, report, close } = await demo('#/findings');
    const info = report.findings.filter((f) => f.severity === 'info').length;
    expect(await counted(page)).toBe(
      `${report.findings.length - info} of ${report.findings.length} findings`,
    );
    expect(await page.isVisible('.pane .ptitle')).toBe(true);
    await page.locator('.rest a', { hasText: 'Show' }).click();
    expect(await hash(page)).toBe('#/findings?info=1');
    expect(await counted(page)).toBe(`${report.findings.length} findings`);
    await close();
  });

  it('keep a filter in the address, so that it survives a reload and can be sent', async () => {
    const { page, report, close } = await demo('#/findings');
    await page.locator('.seg a', { hasText: 'High' }).click();
    await page.locator('.menu[data-facet="kind"] summary').click();
    await page.locator('.menu[data-facet="kind"] label', { hasText: 'security group' }).click();
    expect(await hash(page)).toBe('#/findings?severity=high&kind=security-group');
    const expected = report.findings.filter((f) => f.severity === 'high' && f.kind === 'security-group');
    const said = `${expected.length} of ${report.findings.length} findings`;
    expect(await counted(page)).toBe(said);
    const before = await names(page);
    await page.reload();
    expect(await counted(page)).toBe(said);
    expect(await names(page)).toEqual(before);
    expect(before).toEqual(expected.map((f) => f.subject.name));
    await close();
  });

  it('are found by words anywhere in them; zero hits say so and lead back', async () => {
    const { page, report, close } = await demo('#/findings');
    await page.fill('#q', 'tcp 22 bastion');
    await page.locator('.facets .count', { hasText: '1 of' }).waitFor();
    expect(await names(page)).toEqual(['bastion']);
    await page.fill('#q', 'nothing like this');
    await page.locator('.empty').waitFor();
    expect(await page.textContent('.empty')).toContain('Nothing contains “nothing like this”');
    await page.locator('.empty a').click();
    await page.locator('.row').first().waitFor();
    expect(await counted(page)).toContain(`of ${report.findings.length} findings`);
    await close();
  });

  it('open by fingerprint alone, and by a link that was copied', async () => {
    const report = await demoReport();
    const wanted = report.findings.at(-1);
    const { page, close } = await demo(`#${wanted?.fingerprint}`);
    expect(await page.textContent('.pane .rid')).toBe(wanted?.rule);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('.pane button', { hasText: 'Copy link' }).click();
    await page.locator('.toast', { hasText: 'Copied the link' }).waitFor();
    const link = (await page.evaluate('navigator.clipboard.readText()')) as string;
    await page.goto('about:blank');
    await page.goto(link);
    expect(await page.textContent('.pane .rid')).toBe(wanted?.rule);
    await close();
  });

  it('sort by a head: ascending, descending, the order of the report', async () => {
    const { page, report, close } = await demo('#/findings?info=1');
    const start = await names(page);
    const head = page.locator('[role=columnheader]', { hasText: 'Object' });
    const byName = report.findings.map((f) => f.subject.name).sort((a, b) => (a < b ? -1 : 1));
    const sorted = () => head.getAttribute('aria-sort');
    await head.locator('a').click();
    await expect.poll(sorted).toBe('ascending');
    expect((await names(page)).slice(0, 5)).toEqual(byName.slice(0, 5));
    await head.locator('a').click();
    await expect.poll(sorted).toBe('descending');
    expect((await names(page))[0]).toBe(byName.at(-1));
    await head.locator('a').click();
    await expect.poll(() => names(page)).toEqual(start);
    expect(await hash(page)).toBe('#/findings?info=1');
    await close();
  });

  it('open below their row on a phone', async () => {
    const { page, close } = await demo('#/findings', 390);
    expect(await page.locator('.pane').count()).toBe(0);
    await page.locator('.row a.to').first().click();
    await expect.poll(() => page.isVisible('.open .ptitle')).toBe(true);
    await page.locator('.row a.to').first().click();
    await expect.poll(() => page.locator('.open').count()).toBe(0);
    await close();
  });
});

describe('the objects', () => {
  it('are one row each, and open to one side-by-side with every finding about it', async () => {
    const report = await demoReport();
    const { page, close } = await demo('#/objects/security-group:prod/bastion');
    expect(await counted(page)).toBe(`${report.pairs.length} objects`);
    expect(await page.locator('.open .sbs').count()).toBe(1);
    expect(await page.locator('.open .c.world').count()).toBe(1);
    expect(await page.textContent('.open .c.world')).toContain('0.0.0.0/0');
    expect(await page.locator('.open .items a').count()).toBe(
      report.pairs.find((p) => p.kind === 'security-group' && p.name === 'bastion')?.findings.length,
    );
    await close();
  });

  it.each(['light', 'dark'] as const)(
    'are side by side in numeric order, with prefix lists expanded, and no difference is green (%s)',
    async (scheme) => {
      const report = await demoReport();
      const { page, close } = await open(browser, renderHtml(report), { width: 1280, scheme });
      await visit(page, '#/objects/security-group:prod/reports');
      const via = await page.locator('.open .c .via').allTextContents();
      expect(via).toContain('offices');
      await visit(page, '#/objects/security-group:prod/crawler');
      await page.locator('.open .fold').click();
      const ports = (await page.locator('.open .l .c:not(.no) span:nth-child(2)').allTextContents())
        .slice(0, -1)
        .map(Number)
        .filter((n) => !Number.isNaN(n));
      expect(ports.length).toBeGreaterThan(30);
      expect(ports).toEqual([...ports].sort((a, b) => a - b));
      for (const object of ['bastion', 'app', 'reports']) {
        await visit(page, `#/objects/security-group:prod/${object}`);
        const greens =
          await page.evaluate(`[...document.querySelectorAll('.open .c.source, .open .c.target, .open .c.world')]
          .flatMap((e) => { const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.borderLeftColor]; })
          .map((c) => c.match(/\\d+/g).map(Number)).filter(([r, g, b]) => g > r + 10 && g > b + 10)`);
        expect([object, greens]).toEqual([object, []]);
        expect(
          await page.locator('.open .c.source, .open .c.target, .open .c.world').count(),
        ).toBeGreaterThan(0);
      }
      await close();
    },
  );

  it('are scrolled to by a link to one that is far down, with room for its detail', async () => {
    const { page, close } = await demo('#/fixes');
    await page.goto('about:blank');
    await page.goBack();
    await visit(page, '#/objects/security-group:prod/reports');
    await until(
      page,
      "(() => { const row = document.querySelector('.row.on')?.getBoundingClientRect(); return Boolean(row) && row.top > 0 && row.top < innerHeight / 2; })()",
    );
    await close();
  });

  it('show one column of what one side alone has', async () => {
    const { page, close } = await demo('#/objects/security-group:prod/crawler');
    expect(await page.locator('.open .sbs.one').count()).toBe(1);
    expect(await page.locator('.open .sbs .h > div').count()).toBe(1);
    await page.locator('.open .fold').click();
    expect(await page.locator('.open .sbs .l').count()).toBeGreaterThan(60);
    await close();
  });
});

describe('families and coverage', () => {
  it('draw every version, and state what was not looked at', async () => {
    const { page, report, close } = await demo('#/families');
    expect(await page.locator('.fam').count()).toBe(report.lineages?.length);
    expect(await page.locator('.ver.hole').count()).toBeGreaterThan(0);
    await visit(page, '#/coverage');
    expect(await page.textContent('main')).toContain(report.notLookedAt[0]?.because);
    await close();
  });
});

describe('the keyboard', () => {
  it('searches with /, steps with j and k, goes into the pane with Enter and back with Escape', async () => {
    const { page, close } = await demo('#/findings');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    await page.keyboard.type('security group');
    await page.locator('.facets .count', { hasText: ' of ' }).waitFor();
    await page.keyboard.press('Enter');
    const shown = () => page.textContent('.pane .pobj');
    await until(page, "document.activeElement.matches('.row a.to')");
    const first = await shown();
    const row = "document.activeElement.closest('[data-index]').dataset.index";
    const start = await page.evaluate(row);
    await page.keyboard.press('j');
    await until(page, `document.querySelector('.pane .pobj').textContent !== ${JSON.stringify(first)}`);
    // The pane is drawn before the focus moves, and the next step starts at the focus.
    await until(page, `${row} !== ${JSON.stringify(start)}`);
    await page.keyboard.press('k');
    await until(page, `document.querySelector('.pane .pobj').textContent === ${JSON.stringify(first)}`);
    await page.keyboard.press('Enter');
    await until(page, "document.activeElement.matches('.pane')");
    await page.keyboard.press('Escape');
    await until(page, "document.activeElement.matches('.row a.to')");
    await close();
  });

  it('keeps the focus on its row over a long way, and reaches a last row that was not drawn', async () => {
    const { page, close } = await demo('#/objects');
    // As fast as a key that is held down, faster than the page draws: each press counts.
    for (let i = 0; i < 40; i++) await page.keyboard.press('j');
    await until(page, `document.activeElement.closest('[data-index]')?.dataset.index === '39'`);
    const inSight = await page.evaluate(`(() => {
      const box = document.activeElement.closest('.row').getBoundingClientRect();
      return box.top >= 0 && box.bottom <= innerHeight;
    })()`);
    expect(inSight).toBe(true);
    await close();
  });

  it('goes back through views and open details with the history', async () => {
    const { page, close } = await demo('#/fixes');
    await page.locator('.tabs a', { hasText: 'Workloads' }).click();
    await page.locator('.row a.to').first().click();
    await page.locator('.open').waitFor();
    await page.goBack();
    expect(await page.locator('.open').count()).toBe(0);
    await page.goBack();
    await page.locator('.fix').first().waitFor();
    expect(await hash(page)).toBe('#/fixes');
    await close();
  });
});

describe('many findings', () => {
  it('are painted within half a second or a few times a blank page, draw only what is seen, and are searched', async () => {
    const findings = Array.from({ length: 10_000 }, (_, i) =>
      finding({
        rule: 'security-group/missing',
        fingerprint: i.toString(16).padStart(16, '0'),
        subject: { name: `group-${i}`, scope: 'prod', sourceId: `sg-${i}`, targetId: null },
        message: `Security group "group-${i}" does not exist in eu-west-1.`,
      }),
    );
    const html = renderHtml(summarised({ ...emptyReport(), verdict: 'differences', findings }));
    const frame =
      'new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))';
    const blank = await open(browser, '<!doctype html><title>blank</title>', {
      width: 1280,
      scheme: 'light',
    });
    const least = (await blank.page.evaluate(frame)) as number;
    await blank.close();
    const opened = await open(browser, html, { width: 1280, scheme: 'light' });
    const { page } = opened;
    await visit(page, '#/findings');
    await page.reload();
    const painted = (await page.evaluate(frame)) as number;
    // Half a second on a machine of its own; where a blank page takes long, so many times as long.
    expect(painted).toBeLessThan(Math.max(500, 20 * least));
    expect(await page.locator('.row').count()).toBeLessThan(100);
    await page.fill('#q', 'group-9999');
    await page.locator('.facets .count', { hasText: '1 of 10,000 findings' }).waitFor();
    expect(await names(page)).toEqual(['group-9999']);
    // The details of far positions are in pieces of their own.
    expect(await page.textContent('.pane .msg')).toContain('"group-9999" does not exist');
    expect(opened.messages).toEqual([]);
    await opened.close();
  });
});
