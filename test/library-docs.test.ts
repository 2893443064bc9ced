import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const INDEX = 'src/index.ts';
const DECLARED =
  /^export (?:declare )?(?:abstract )?(?:type|interface|const|class|function|async function) (\w+)/gm;

/** Each name that the library exports, with the file that declares it. */
function exportsOfLibrary(): readonly (readonly [name: string, file: string])[] {
  const source = readFileSync(INDEX, 'utf8');
  const own = [...source.matchAll(DECLARED)].map(([, name = '']) => [name, INDEX] as const);
  const passedOn = [...source.matchAll(/^export (?:type )?\{([^}]+)\} from '([^']+)';/gm)].flatMap(
    ([, names = '', from = '']) =>
      names
        .split(',')
        .map((name) => name.trim().replace(/^type /, ''))
        .filter((name) => name !== '')
        .map((name) => [name, path.posix.join('src', from)] as const),
  );
  return [...own, ...passedOn];
}

/** The docstring right before the declaration, as one line of text; null where there is none. */
function docstringOf(name: string, file: string): string | null {
  const source = readFileSync(file, 'utf8');
  const declared = new RegExp(
    `^export (?:type|interface|const|class|function|async function) ${name}\\b`,
    'm',
  );
  const before = source.slice(0, declared.exec(source)?.index ?? 0).trimEnd();
  if (!before.endsWith('*/')) return null;
  return before
    .slice(before.lastIndexOf('/**') + 3, -2)
    .replace(/\n\s*\* ?/g, ' ')
    .trim();
}

test.each(exportsOfLibrary())('%s has a docstring with a full sentence (%s)', (name, file) => {
  const text = docstringOf(name, file);
  // A capital letter or a quoted name, several words, and an end.
  expect(text ?? '').toMatch(/^[A-Z`"](?:\S* ){2,}.*[.?*/)]/);
});

test('the list is that of the library', () => {
  const names = exportsOfLibrary().map(([name]) => name);
  expect(names).toEqual(
    expect.arrayContaining(['audit', 'AuditOptions', 'Report', 'RuleId', 'Unable', 'Verdict']),
  );
  expect(new Set(names).size).toBe(names.length);
});
