import { createHash } from 'node:crypto';
import type { Report } from '../report/model.ts';
import { type Details, type Island, islandOf } from '../report/view/island/index.ts';
import { omittable, type PageData, withoutParts } from '../report/view/island/omit.ts';
import { PIECE } from '../report/view/island/types.ts';
import { pageView } from '../report/view/page.ts';
import type { FailOn } from '../report/vocabulary.ts';
import type { Place } from './engine.ts';
import { compiler, lazily, pagePieces, templateSource } from './templates.ts';

/** In the order of the cascade. */
const SHEETS = [
  'tokens',
  'head',
  'bar',
  'lists',
  'fixes',
  'detail',
  'findings',
  'workloads',
  'comparison',
  'families',
  'paper',
  'media',
];

export interface HtmlOptions {
  /** The gate that the headline and the exit code go by. */
  readonly failOn?: FailOn;
  /** Of UTF-8. Where all would not fit, whole parts are left out, with a line that names them. */
  readonly maxBytes?: number;
}

/**
 * Style, script and data must be in the page (one file, nothing loaded) and must not be escaped as HTML. They never pass
 * through Handlebars: the template is cut at the places where they belong, and its pieces are compiled on their own. So
 * there is no unescaped placeholder that data could reach.
 */
const page = lazily((): ((view: object, data: string) => string) => {
  const compile = compiler('html');
  const css = SHEETS.map((name) => templateSource(`css/${name}.css`)).join('');
  const js = templateSource('report.js');
  const policy = [
    "default-src 'none'",
    `style-src '${sha256(css)}'`,
    `script-src '${sha256(js)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const inlined: Readonly<Record<string, (data: string) => string>> = {
    style: () => `<style>${css}</style>\n`,
    symbols: () => templateSource('symbols.svg'),
    data: (data) => data,
    script: () => `<script>${js}</script>\n`,
  };
  const pieces = pagePieces().map((piece, i): ((view: object, data: string) => string) => {
    // `split` with a group puts what the group caught at the odd places.
    const own = inlined[piece];
    if (i % 2 === 1 && own !== undefined) return (_view, data) => own(data);
    const place: Place = compile(piece);
    return (view) => place(view);
  });
  return (view, data) => pieces.map((place) => place({ ...view, policy }, data)).join('');
});

/** A Content-Security-Policy source that admits exactly this text. */
function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/**
 * One self-contained page: opens from a file, loads nothing, and is readable without scripts. Where a bound is too small for
 * all of it, its parts are left out one after the other; the head, the style and the script are always there.
 */
export function renderHtml(
  report: Report,
  { failOn = 'high', maxBytes = Number.POSITIVE_INFINITY }: HtmlOptions = {},
): string {
  const all = islandOf(report);
  const parts = omittable(all);
  for (let omitted = 0; ; omitted += 1) {
    const last = omitted === parts.length;
    const data = omitted === 0 ? all : withoutParts(all, parts.slice(0, omitted));
    const blocks = `${jsonBlock('data', data.island)}${detailBlocks(data)}`;
    // Where the data alone is too long, the rest of the page is not rendered.
    if (!last && Buffer.byteLength(blocks) > maxBytes) continue;
    const text = page()(pageView(report, failOn, data, maxBytes), blocks);
    if (last || Buffer.byteLength(text) <= maxBytes) return text;
  }
}

/** The details in pieces: the page reads the one that it needs. */
function detailBlocks({ island, details }: PageData): string {
  const pieces = Math.max(1, Math.ceil(Math.max(island.objects.length, details.findings.length) / PIECE));
  const compared = Object.entries(details.compared);
  return Array.from({ length: pieces }, (_, i) =>
    jsonBlock(i === 0 ? 'details' : `details-${i}`, {
      findings: details.findings.slice(i * PIECE, (i + 1) * PIECE),
      compared: Object.fromEntries(compared.filter(([at]) => Math.floor(Number(at) / PIECE) === i)),
    }),
  ).join('');
}

/** Data in a script element that the browser does not run. */
function jsonBlock(id: string, value: Island | Details): string {
  return `<script type="application/json" id="${id}">${jsonText(value)}</script>\n`;
}

/** One item of a list per line, so that two reports can be compared; no `<` that could end the element. */
function jsonText(value: object): string {
  const lines = Object.entries(value).map(([key, part]) => {
    const text = Array.isArray(part)
      ? `[${part.map((item) => `\n${JSON.stringify(item)}`).join(',')}]`
      : JSON.stringify(part);
    return `${JSON.stringify(key)}:${text}`;
  });
  // A browser keeps a text of Latin-1 alone in half the memory.
  return `{${lines.join(',\n')}}`.replace(/[<>&\u0100-\uffff]/g, escaped);
}

/** As JSON writes any character: by its code in four hexadecimal digits. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
