import { isPlain } from '../../text/shell.ts';

/** A value as HCL writes it: text is always a literal, and only `HclCode` is code. */
export type HclValue =
  | string
  | number
  | boolean
  | HclCode
  | readonly HclValue[]
  | { readonly [key: string]: HclValue };

/** An expression, written as it is: `aws_security_group.web.id`. Never made from text of AWS or of a file. */
export class HclCode {
  readonly code: string;
  constructor(code: string) {
    this.code = code;
  }
}

/** `type "label" "label" { … }`: attributes first, then the blocks inside. */
export interface HclBlock {
  readonly type: string;
  readonly labels?: readonly string[];
  readonly comment?: readonly string[];
  /** Those that are undefined are left out. */
  readonly attributes?: Readonly<Record<string, HclValue | undefined>>;
  readonly blocks?: readonly HclBlock[];
}

/** A file of these blocks in the layout of `terraform fmt`. */
export function hclFile(comment: readonly string[], blocks: readonly HclBlock[]): string {
  const parts = blocks.map((block) => blockLines(block, '').join('\n'));
  return `${[...(comment.length > 0 ? [commentLines(comment, '').join('\n')] : []), ...parts].join('\n\n')}\n`;
}

function blockLines(block: HclBlock, indent: string): string[] {
  const { type, labels = [], comment = [], attributes = {}, blocks = [] } = block;
  const head = `${indent}${[type, ...labels.map(hclText)].join(' ')} {`;
  const inner = `${indent}  `;
  const own = attributeLines(attributes, inner);
  const nested = blocks.map((b) => blockLines(b, inner));
  const groups = [...(own.length > 0 ? [own] : []), ...nested];
  const body = groups.flatMap((lines, i) => (i > 0 ? ['', ...lines] : lines));
  const all = body.length > 0 ? [head, ...body, `${indent}}`] : [`${head}}`];
  return [...commentLines(comment, indent), ...all];
}

function attributeLines(
  attributes: Readonly<Record<string, HclValue | undefined>>,
  indent: string,
): string[] {
  const given = Object.entries(attributes).filter(
    (entry): entry is [string, HclValue] => entry[1] !== undefined,
  );
  return aligned(
    given.map(([name, value]) => ({ name, lines: valueLines(value, indent) })),
    indent,
  );
}

/** `terraform fmt` aligns the `=` of neighbouring lines, and not of an attribute of several lines. */
function aligned(
  entries: readonly { readonly name: string; readonly lines: readonly string[] }[],
  indent: string,
): string[] {
  const out: string[] = [];
  for (let i = 0; i < entries.length; ) {
    let end = i;
    while (entries[end]?.lines.length === 1) end++;
    const run = entries.slice(i, end);
    const width = Math.max(0, ...run.map(({ name }) => name.length));
    for (const { name, lines } of run)
      out.push(`${indent}${name}${' '.repeat(width - name.length)} = ${lines[0]}`);
    const long = entries[end];
    if (long) {
      const [first = '', ...rest] = long.lines;
      out.push(`${indent}${long.name} = ${first}`, ...rest);
    }
    i = end + 1;
  }
  return out;
}

function valueLines(value: HclValue, indent: string): string[] {
  if (typeof value === 'string') return [hclText(value)];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (value instanceof HclCode) return [value.code];
  const inner = `${indent}  `;
  if (isList(value)) {
    const items = value.map((item) => valueLines(item, inner));
    if (items.length === 0) return ['[]'];
    if (items.length === 1 && items[0]?.length === 1) return [`[${items[0][0]}]`];
    const lines = items.flatMap((item) => {
      const [first = '', ...rest] = item;
      const all = [`${inner}${first}`, ...rest];
      return [...all.slice(0, -1), `${all.at(-1)},`];
    });
    return ['[', ...lines, `${indent}]`];
  }
  const entries = Object.entries(value).map(([key, item]) => ({
    name: hclKey(key),
    lines: valueLines(item, inner),
  }));
  return entries.length === 0 ? ['{}'] : ['{', ...aligned(entries, inner), `${indent}}`];
}

function isList(value: HclValue): value is readonly HclValue[] {
  return Array.isArray(value);
}

/** A word as it is, anything else in quotes. */
function hclKey(key: string): string {
  const reserved = ['for', 'true', 'false', 'null'].includes(key);
  return /^[A-Za-z_][\w-]*$/.test(key) && !reserved ? key : quoted(key, false);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
};

/**
 * Text as a quoted literal of HCL: `${` and `%{` start an expression and are doubled. Terraform composes text (NFC) when it
 * reads it, also where it is written as an escape.
 */
export function hclText(text: string): string {
  return quoted(text, isPlain(text));
}

/** @param shown Whether characters beyond ASCII are written as they are. In keys they are not: `fmt` aligns those by width. */
function quoted(text: string, shown: boolean): string {
  const body = [...text].map((c, i, all) => {
    if ((c === '$' || c === '%') && all[i + 1] === '{') return c + c;
    if (Object.hasOwn(ESCAPES, c)) return ESCAPES[c];
    const code = c.codePointAt(0) ?? 0;
    if ((code >= 0x20 && code < 0x7f) || (shown && code > 0x7f)) return c;
    const hex = code.toString(16);
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
  return `"${body.join('')}"`;
}

function commentLines(lines: readonly string[], indent: string): string[] {
  return lines.map((line) => {
    // A line break would end the comment.
    const plain = line.replace(/[^\x20-\x7e]+/g, ' ').trimEnd();
    return plain === '' ? `${indent}#` : `${indent}# ${plain}`;
  });
}
