import { describe, expect, it } from 'vitest';
import { catalogueMarkdown } from '../../../src/comparator/rules/catalogue.ts';
import { launchRules, ofConfigurations, ofGroups } from '../../../src/comparator/rules/launches/index.ts';
import { ruleTexts } from '../../../src/comparator/rules/registry.ts';
import { KINDS } from '../../../src/report/vocabulary.ts';

describe('the rule catalogue', () => {
  it('in the repository is what the rules say (npm run generate writes it anew)', async () => {
    await expect(catalogueMarkdown()).toMatchFileSnapshot('../../../src/comparator/rules/README.md');
  });

  it('names each rule once, by kind and failing adjective', () => {
    const ids = ruleTexts().map((r) => r.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      expect(id).toMatch(new RegExp(`^(${[...KINDS, 'workload', 'reference'].join('|')})/[a-z]+(-[a-z]+)*$`));
  });

  it('quotes what AWS says of a launch that it refuses, or says that it reports no error', () => {
    const rules = [...launchRules, ...ofGroups, ...ofConfigurations];
    expect(rules.length).toBeGreaterThan(12);
    for (const { id, why } of rules)
      expect(why, id).toMatch(/"[A-Z][\w.]{5,}(?::? [^"]+)?"|"[A-Z][^"]{20,}"|^EC2 reports no error:/);
  });

  it('leaves no text empty and links to AWS for each rule', () => {
    for (const r of ruleTexts()) {
      for (const text of [r.title, r.compares, r.why, r.remedy]) expect(text.length, r.id).toBeGreaterThan(5);
      expect(r.links.length, r.id).toBeGreaterThan(0);
      for (const link of r.links) expect(link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });
});
