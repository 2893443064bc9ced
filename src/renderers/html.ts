import { createHash } from 'node:crypto';
import type { Report } from '../report/model.ts';
import { reportView } from '../report/view/index.ts';
import { compiler, lazily, type Place, templateSource } from './templates.ts';

const PARTIALS = [
  'cause',
  'commands',
  'difference',
  'finding',
  'gap',
  'gaps',
  'keys',
  'lineage',
  'pairs',
  'readiness',
  'side',
  'summary',
  'traffic',
  'workload',
];

/** Where the template wants one of our own files inlined. */
const INLINE = /<!-- inline (style|script) -->\n?/;

/** In the order of the cascade. */
const SHEETS = [
  'base',
  'masthead',
  'summary',
  'readiness',
  'findings',
  'evidence',
  'lineage',
  'lists',
  'media',
];

/**
 * Style and script must be in the page (one file, nothing loaded) and must not be escaped. They never pass through
 * Handlebars: the template is cut at the places where they belong, and its pieces are compiled on their own. So there is
 * no unescaped placeholder that data could ever reach.
 */
const page = lazily((): ((view: object) => string) => {
  const compile = compiler('html', PARTIALS);
  const css = SHEETS.map((name) => templateSource(`css/${name}.css`)).join('');
  const js = templateSource('report.js');
  const policy = [
    "default-src 'none'",
    `style-src '${sha256(css)}'`,
    `script-src '${sha256(js)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const inlined: Readonly<Record<string, string>> = {
    style: `<style>${css}</style>\n`,
    script: `<script>${js}</script>\n`,
  };
  const pieces: Place[] = templateSource('report.html.hbs')
    .split(INLINE)
    .map((piece, i) => {
      // `split` with a group puts what the group caught at the odd places.
      const own = inlined[piece];
      return i % 2 === 1 && own !== undefined ? () => own : compile(piece);
    });
  return (view) => pieces.map((place) => place({ ...view, policy })).join('');
});

/** A Content-Security-Policy source that admits exactly this text. */
function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** One self-contained page: opens from a file, loads nothing, needs no script, and says so in its own policy. */
export function renderHtml(report: Report): string {
  return page()(reportView(report));
}
