import type { Report } from '../report/model.ts';

/**
 * Controls beyond ASCII and format characters, which JSON would leave raw: a report printed to a terminal must not
 * drive it (U+009B is CSI to some), nor reorder its own lines (U+202E). `\u` escapes say the same to every parser.
 */
const RAW_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The report itself, indented, with a trailing newline. */
export function renderJson(report: Report): string {
  return jsonText(report);
}

/** Parts of at least so many characters, but for the last one. Of longer ones V8 keeps each outside of the memory that it clears often. */
const PART_LENGTH = 64 * 1024;

/**
 * The text of `renderJson` in parts: a report of a large estate has hundreds of megabytes, which are then never in memory as a
 * whole, and no text in JavaScript is longer than half a gigabyte.
 */
export function* jsonParts(report: Report): Generator<string> {
  let part = '';
  for (const piece of piecesOf(report)) {
    part += piece;
    if (part.length < PART_LENGTH) continue;
    yield withoutRaw(part);
    part = '';
  }
  yield withoutRaw(`${part}\n`);
}

/** As `JSON.stringify` with an indent of 2 writes the value, each item of its lists on its own. */
function* piecesOf(value: object): Generator<string> {
  let before = '{';
  for (const [key, content] of Object.entries(value)) {
    if (content === undefined) continue;
    yield `${before}\n  ${JSON.stringify(key)}: `;
    before = ',';
    if (!Array.isArray(content) || content.length === 0) yield indented(content, 1);
    else {
      for (const [i, item] of content.entries()) yield `${i === 0 ? '[' : ','}\n    ${indented(item, 2)}`;
      yield '\n  ]';
    }
  }
  yield before === '{' ? '{}' : '\n}';
}

/** In texts a line feed is escaped: each one is of the layout. */
function indented(value: unknown, levels: number): string {
  return (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${'  '.repeat(levels)}`);
}

/** Any value of plain JSON, in the same hand. */
export function jsonText(value: unknown): string {
  return `${withoutRaw(JSON.stringify(value, null, 2))}\n`;
}

function withoutRaw(text: string): string {
  return text.replace(RAW_IN_JSON, (c) => c.split('').map(escapeUnit).join(''));
}

/** By UTF-16 unit, as JSON wants it: a character beyond U+FFFF is two escapes. */
function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
