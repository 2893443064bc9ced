import { describe, expect, it } from 'vitest';
import { generatedTexts } from '../scripts/generated.ts';
import { ruleTexts } from '../src/comparator/rules/registry.ts';
import { renderJson } from '../src/renderers/index.ts';
import { reportSchema } from '../src/report/model.ts';
import type { RuleId } from '../src/report/rules/index.ts';
import { SCOPES } from '../src/report/vocabulary.ts';
import { demoReport } from './kit/demo.ts';

/** The rules that two folders of one account cannot show, and why. */
const NOT_IN_THE_DEMO = {
  'image/content-differs':
    'No dump holds the blocks of a snapshot: only two live sides can be asked for them.',
  'workload/launch-configuration-retired':
    'It is about a target in another account; the demo is one account.',
} as const satisfies Partial<Record<RuleId, string>>;

describe('the demo estate', () => {
  it('names no folder of the machine that made it', async () => {
    for (const text of Object.values(await generatedTexts(await demoReport())))
      expect(text).not.toMatch(/\/(?:home|root|tmp|work|Users|var)\//);
  });

  it('has at least one object for every rule', async () => {
    // What the target's own groups say counts after the move only.
    const reports = [await demoReport(), await demoReport({}, SCOPES, 'verification')];
    const found = new Set<string>(reports.flatMap((r) => r.findings.map((f) => f.rule)));
    const lacking = ruleTexts().flatMap(({ id }) => (found.has(id) ? [] : [id]));
    expect(lacking.sort()).toEqual(Object.keys(NOT_IN_THE_DEMO).sort());
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

// `npm run generate` writes them anew. Read the difference before you commit it: it is what users will see.
describe('a generated file is what the sources give', async () => {
  const report = await demoReport();

  it.each(Object.entries(await generatedTexts(report)))('%s', async (file, text) => {
    await expect(text).toMatchFileSnapshot(`../${file}`);
  });

  it('changes in a few lines when the text of a rule changes', async () => {
    const [first] = report.rules;
    if (first === undefined) throw new Error('the report has no rules');
    const changed = report.rules.map((rule) =>
      rule === first
        ? { ...rule, compares: 'Other.', why: 'Another reason.', remedy: 'Do another thing.' }
        : rule,
    );
    const before = await generatedTexts(report);
    for (const [file, text] of Object.entries(await generatedTexts({ ...report, rules: changed }))) {
      const lines = new Set(before[file]?.split('\n'));
      expect(text.split('\n').filter((line) => !lines.has(line)).length, file).toBeLessThanOrEqual(3);
    }
  });
});
