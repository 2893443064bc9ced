import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rulePages } from '../../scripts/docs/rules.ts';
import { ruleTexts } from '../../src/comparator/rules/registry.ts';
import { run } from '../cli/kit/run.ts';
import { CLAIMS, TRAPS } from '../kit/claims.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const below = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...below('docs', '.md')];
const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('a page', () => {
  it.each(pages)('%s has no link to a file that is not there', (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map(
      ([, path = '']) => path,
    );
    expect(links.filter((path) => !existsSync(join(root, dirname(file), path)))).toEqual([]);
  });
});

describe('the pages of the rules', () => {
  it('are one for each rule, and no other', () => {
    const expected = Object.keys(rulePages()).map((path) => `docs/${path}`);
    expect(below('docs/rules', '.md').sort()).toEqual(expected.sort());
    expect(expected).toHaveLength(ruleTexts().length + 1);
  });

  it('quote what AWS answers where the rule does', () => {
    expect(rulePages()['rules/reference/hard-coded-image.md']).toContain(
      "- `InvalidAMIID.NotFound: The image id '[ami-…]' does not exist`",
    );
    expect(rulePages()['rules/key-pair/missing.md']).toContain('- `InvalidKeyPair.NotFound`');
    expect(rulePages()['rules/image/tags-differ.md']).not.toContain('What AWS answers');
  });
});

describe('getting started', () => {
  const text = read('docs/getting-started.md');
  const commands = [...text.matchAll(/^ *(ec2-parity .*)$/gm)].map(([, line = '']) => line);

  it('names commands and options that the tool has', async () => {
    expect(commands.length).toBeGreaterThan(12);
    for (const line of commands) {
      const [, command = ''] = line.split(' ');
      const { code, stdout } = await run([command, '--help']);
      expect(code, line).toBe(0);
      for (const [, flag = ''] of line.matchAll(/ (--?[a-z][a-z-]*)/g))
        expect(stdout, line).toMatch(new RegExp(`(^|[\\s,])${flag}\\b`));
    }
  });
});

describe('the page of the config', () => {
  it('has every setting of the schema, and each with what it does', () => {
    const { properties } = JSON.parse(read('schemas/config.schema.json'));
    const page = read('docs/config.md');
    for (const name of Object.keys(properties).filter((key) => key !== '$schema'))
      expect(page).toContain(`\n## ${name}\n`);
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.length).toBeGreaterThan(60);
    for (const row of rows) expect(row.split(/(?<!\\)\|/)[4]?.trim(), row).not.toBe('');
  });
});

describe('a claim', () => {
  it.each(TRAPS)('"%s" has a test against it', (_, file, title) => {
    expect(read(file)).toMatch(new RegExp(`(it|test|describe)(\\.each\\([^']*\\))?\\(\\s*'${title}`));
  });

  it.each(CLAIMS)('"%s" has tests', (_, ...tests) => {
    for (const test of tests) {
      const path = join(root, test);
      expect(existsSync(path), test).toBe(true);
      const files = statSync(path).isDirectory() ? below(test, '.test.ts') : [test];
      expect(files.length, test).toBeGreaterThan(0);
      for (const file of files) expect(read(file)).toMatch(/\b(it|test)(\.each|\.runIf)?\(/);
    }
  });
});

describe('an issue form', () => {
  const forms = below('.github/ISSUE_TEMPLATE', '.yml').filter((file) => !file.endsWith('config.yml'));

  it.each(forms)('%s is one that GitHub accepts', (file) => {
    const form = parse(read(file));
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    expect(form.body.length).toBeGreaterThan(0);
    const ids = form.body.flatMap(({ id }: { id?: string }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, id, attributes } of form.body) {
      expect(['markdown', 'input', 'textarea']).toContain(type);
      if (type === 'markdown') expect(attributes.value).toBeTruthy();
      else
        expect({ id, label: attributes.label }).toEqual({
          id: expect.any(String),
          label: expect.any(String),
        });
    }
  });

  it('leaves vulnerabilities to a private report', () => {
    expect(read('.github/ISSUE_TEMPLATE/config.yml')).toContain('/security/advisories/new');
  });
});
