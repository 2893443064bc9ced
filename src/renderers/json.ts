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

/** Any value of plain JSON, in the same hand. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(RAW_IN_JSON, (c) => c.split('').map(escapeUnit).join(''))}\n`;
}

/** By UTF-16 unit, as JSON wants it: a character beyond U+FFFF is two escapes. */
function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
