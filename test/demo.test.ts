import { describe, expect, it } from 'vitest';
import { ruleTexts } from '../src/comparator/rules/registry.ts';
import { renderHtml, renderJson, renderMarkdown, renderTerminal } from '../src/renderers/index.ts';
import { reportSchema } from '../src/report/model.ts';
import type { RuleId } from '../src/report/rules/index.ts';
import { demoReport } from './kit/demo.ts';

/** No dump holds the blocks of a snapshot: only two live sides can be asked for them. */
const NOT_IN_DUMPS: readonly string[] = ['image/content-differs'];

describe('the demo estate', () => {
  it('has at least one object for every rule', async () => {
    const found = new Set((await demoReport()).findings.map((f) => f.rule));
    const possible = ruleTexts().filter((r) => !NOT_IN_DUMPS.includes(r.id));
    expect(possible.filter((r) => !found.has(r.id as RuleId))).toEqual([]);
  });

  it('holds healthy pairs that only look different', async () => {
    const { pairs } = await demoReport();
    const same = pairs.filter((p) => p.state === 'same').map((p) => `${p.kind} ${p.name}`);
    expect(same).toEqual(
      expect.arrayContaining([
        'key-pair deploy',
        'key-pair ops',
        'security-group web',
        'security-group health',
        'security-group vpn',
        'image edge-proxy',
      ]),
    );
  });

  it('is read whole, and its report is a valid one', async () => {
    const report = await demoReport();
    expect(report.gaps).toEqual([]);
    expect(reportSchema.parse(JSON.parse(renderJson(report)))).toEqual(report);
  });
});

// `npm run sample` writes them anew. Read the difference before you commit it: it is what users will see.
describe('reports/sample is what the demo estate gives today', () => {
  const written = ['html', 'md', 'json'].map((format) => ({ format, path: `reports/demo/report.${format}` }));

  it('as terminal text of 80 columns', async () => {
    const text = renderTerminal(await demoReport(), { columns: 80, color: false, failOn: 'high', written });
    await expect(text).toMatchFileSnapshot('../reports/sample/report.txt');
  });

  it('as Markdown', async () => {
    await expect(renderMarkdown(await demoReport())).toMatchFileSnapshot('../reports/sample/report.md');
  });

  it('as JSON', async () => {
    await expect(renderJson(await demoReport())).toMatchFileSnapshot('../reports/sample/report.json');
  });

  it('as HTML', async () => {
    await expect(renderHtml(await demoReport())).toMatchFileSnapshot('../reports/sample/report.html');
  });
});
