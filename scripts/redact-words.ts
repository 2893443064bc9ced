/**
 * Writes the words that the tool itself says (`npm run generate:words`): `--redact` leaves these in sentences, and replaces every other one.
 * They are those of the string literals of the rooms whose sentences reach a report. A word that is missing from the list is
 * replaced in redacted reports, which loses a word and gives nothing away, so the list need not be new with every change.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';

const ROOMS = ['audit', 'collectors', 'comparator', 'drift', 'inventory', 'report', 'traffic', 'waivers'];
const src = fileURLToPath(new URL('../src', import.meta.url));

// A literal of one word may be a name that the tool looks for; a sentence has spaces.
const sentences = ROOMS.flatMap(filesOf)
  .flatMap(literalsIn)
  .filter((text) => /\s/.test(text));
/** What is put together from parts, and is in no sentence as it is read. */
const PARTS =
  'day days hour hours entry entries finding findings group groups image images pair pairs rule rules times about incoming outgoing';
const words = new Set([...sentences, PARTS].flatMap(wordsIn));
const sorted = [...words].sort();
const lines: string[] = [];
for (const word of sorted) {
  const last = lines.at(-1);
  if (last !== undefined && last.length + word.length < 106) lines[lines.length - 1] = `${last} ${word}`;
  else lines.push(`  ${word}`);
}
const text = `// Written by \`npm run generate:words\`: the words of the tool's own sentences.
const WORDS: ReadonlySet<string> = new Set(
  \`
${lines.join('\n')}
\`
    .trim()
    .split(/\\s+/),
);

/** Whether the tool writes this word itself, or it is a number: it then gives nothing away. */
export function isToolWord(word: string): boolean {
  return WORDS.has(word) || NUMBER.test(word);
}

/** With at most eleven digits: twelve are an account. Versions, sizes and ranges of ports are numbers too. */
const NUMBER = /^(?:v|-|\\+|~)?\\d{1,3}(?:,\\d{3}){1,3}$|^(?:v|-|\\+|~)?\\d{1,11}(?:[.-]\\d{1,11}){0,2}%?$/;
`;
writeFileSync(join(src, 'redact/vocabulary.ts'), text);
process.stderr.write(`${sorted.length} words\n`);

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly cooked?: unknown;
  readonly callee?: { readonly value?: unknown; readonly property?: { readonly value?: unknown } };
}

/** Without headlines, which are made from the redacted report. */
function filesOf(room: string): string[] {
  return readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/^headline/.test(name))
    .map((name) => join(src, room, name));
}

function literalsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, value, cooked, callee } = node as Node;
    // A list of words, which is no sentence: `words('…')`, `'…'.split(' ')`.
    const isList = callee?.value === 'words' || callee?.property?.value === 'split';
    if (type === 'ImportDeclaration' || isList) return;
    if (type === 'StringLiteral' && typeof value === 'string') found.push(value);
    if (type === 'TemplateElement' && typeof cooked === 'string') found.push(cooked);
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript', target: 'es2023' }).body);
  return found;
}

function wordsIn(text: string): string[] {
  return text
    .split(/[\s"',;()[\]{}=|<>/:.!?…]/)
    .filter((word) => /^[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$|^[AaI]$/.test(word));
}
