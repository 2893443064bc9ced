import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Prose, proseOf } from './kit/prose.ts';

/**
 * Words that comments and printed sentences do not use, and what to write instead. All of them are idioms: the literal
 * meaning of the word is not what the sentence says, so readers who learned English from the AWS documentation have to
 * guess. First words for where something is and how it is paired, then for what is known, then for causes and effects,
 * then general ones.
 */
const IDIOMS: readonly (readonly [idiom: string, instead: string])[] = [
  ['stands?|stood', 'exists, is in, is the counterpart of'],
  ['over there', 'on the target, in the region by name'],
  ['bears?|borne|wears?|worn|wearers?', 'has the name; is attached to, is used by'],
  ['gone', 'deleted, missing, no longer exists'],
  ['lies', 'is in, is within'],
  ['taken for', 'treated as'],
  ['of (?:its|their|his|her) own', 'separate, its own'],
  // "cannot tell if it arrived" is a headline.
  ['told|tells|(?<!cannot )tell', 'says, shows; is known, is not known; distinguishes'],
  ['ask(?:s|ed)? for', 'requests, requires; is read, is requested'],
  ['nobody|anybody|somebody', 'name who it is, or use the passive'],
  ['in doubt|honest(?:ly)?', 'uncertain; leave it out'],
  ['speaks? (?:for|against)', 'supports, contradicts'],
  ['leads? to|comes? to', 'gives, resolves to, results in'],
  ['hangs? on|rests? on', 'depends on, is based on'],
  ['lets? in|the world', 'admits; any address'],
  ['mend(?:s|ed)?', 'fixes, corrects'],
  ['made of', 'consists of, is built from'],
  ['whatever|whoever', 'any, every, independent of'],
  ['things?', 'name the object'],
  ['goes on', 'continues'],
  ['all the same', 'nevertheless, also'],
  ['by hand', 'manually'],
  ['anew', 'again'],
  ['for good', 'permanently'],
  ['in silence', 'silently'],
  ['(?:left|leave|leaves) (?:alone|away)|take away', 'ignored; remove, exclude'],
];

/** Whole words. Not a part of an id such as `image/source-gone`, of a path or of an option. */
const PATTERNS = IDIOMS.map(
  ([idiom, instead]) => [new RegExp(`(?<![\\w/.-])(?:${idiom})(?![\\w/-])`, 'i'), instead] as const,
);

/** Made by other programs: the names are AWS's, the script is bundled from `page`. */
const EXCEPT = ['src/cloudformation/resource-types.ts', 'templates/report.js'];

const FILES = [
  ...['src', 'page', 'scripts', 'bench', 'templates'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.posix.join(entry.parentPath, entry.name)),
  ),
  ...readdirSync('.').filter((file) => /\.(?:md|yml)$/.test(file)),
].filter((file) => !EXCEPT.includes(file));

/** Comments and literals of code; of everything else all lines. */
function read(file: string): readonly Prose[] {
  const source = readFileSync(file, 'utf8');
  if (file.endsWith('.ts')) return proseOf(source);
  return source.split('\n').map((text, i) => ({ line: i + 1, text }));
}

const idiomsIn = (text: string): string[] =>
  PATTERNS.flatMap(([idiom, instead]) => {
    const match = idiom.exec(text);
    return match ? [`"${match[0]}": write ${instead}`] : [];
  });

test('comments, messages, templates and pages use plain, literal English', () => {
  const found = FILES.flatMap((file) =>
    read(file).flatMap(({ line, text }) => idiomsIn(text).map((fault) => `${file}:${line}: ${fault}`)),
  );
  expect(FILES.length).toBeGreaterThan(400);
  expect(found).toEqual([]);
});

test('names in code, ids and regular expressions are not looked at, but every comment and literal is', () => {
  const source = `const gone = /told/.test(a) ? b / c / told : \`x \${gone ? "y" : \`z\`} told\`; // it stands
/* mended */ const twice = 'it\\'s anew'; // "image/source-gone"`;
  expect(proseOf(source).map(({ line, text }) => [line, text])).toEqual([
    [1, 'x'],
    [1, '"y"'],
    [1, 'z'],
    [1, ' told'],
    [1, '// it stands'],
    [2, '/* mended */'],
    [2, "'it\\'s anew'"],
    [2, '// "image/source-gone"'],
  ]);
  expect(proseOf(source).flatMap(({ text }) => idiomsIn(text))).toHaveLength(4);
});
