import { createHash } from 'node:crypto';
import { SIGNS } from '../report/headline.ts';
import { count } from '../text/counts.ts';
import { visible } from '../text/printable.ts';
import type { AuditedPair, Repeated, Rollup } from './model.ts';
import {
  auditedOf,
  columnsOf,
  exitReason,
  failedOf,
  figureText,
  placeText,
  sentenceOf,
  signOf,
} from './text.ts';

interface RollupHtmlOptions {
  /** Where the report of a pair is, from the page: a relative address. Null: there is none to link to. */
  readonly linkTo?: (pair: AuditedPair) => string | null;
}

const MOST_REPEATED = 100;

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --fails: #b3261e; --unknown: #7a3e9d; --passes: #1a6b32; }
@media (prefers-color-scheme: dark) { :root { --fails: #ff8a80; --unknown: #d0a6ee; --passes: #7ddc96; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem; max-width: 80rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.fails { color: var(--fails); } .unknown { color: var(--unknown); } .passes { color: var(--passes); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; } .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.name { font-family: ui-monospace, monospace; overflow-wrap: break-word; min-width: 6rem; max-width: 20rem; } footer { margin-top: 2rem; opacity: .75; }
`;

/** Text that is HTML already. Everything else is escaped when it is placed. */
class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Placed = string | number | Html | readonly Html[];

function html(parts: TemplateStringsArray, ...values: readonly Placed[]): Html {
  return new Html(parts.map((part, i) => part + (i < values.length ? placed(values[i] ?? '') : '')).join(''));
}

function placed(value: Placed): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return visible(String(value)).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** The roll-up as a page without a script: the pairs with links to their reports, what failed, and what several pairs have in common. */
export function rollupHtml(rollup: Rollup, { linkTo = () => null }: RollupHtmlOptions = {}): string {
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
  const sign = signOf(rollup);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>ec2-parity: ${sentenceOf(rollup)}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<h1 class="${sign}">${SIGNS.unicode[sign]} ${sentenceOf(rollup)}</h1>
<p>${count(rollup.summary.pairs, 'pair')} · exit code ${rollup.exitCode}: ${exitReason(rollup)}</p>
${failedSection(rollup)}${pairSection(rollup, linkTo)}${repeatedSection(rollup)}<footer>${rollup.tool.name} ${rollup.tool.version}${finished(rollup)}</footer>
</body>
</html>
`;
  return page.text;
}

function finished({ finishedAt }: Rollup): string {
  return finishedAt === null ? '' : ` · finished ${finishedAt}`;
}

function section(title: string, head: readonly Html[], rows: readonly Html[]): Html {
  if (rows.length === 0) return html``;
  return html`<h2>${title}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
`;
}

const heads = (...names: readonly string[]) => names.map((name) => html`<th scope="col">${name}</th>`);
const figures = (...names: readonly string[]) =>
  names.map((name) => html`<th scope="col" class="n">${name}</th>`);

function pairSection(rollup: Rollup, linkTo: (pair: AuditedPair) => string | null): Html {
  const columns = columnsOf(rollup);
  const rows = auditedOf(rollup).map((pair) => {
    const link = linkTo(pair);
    const name = link === null ? html`${pair.name}` : html`<a href="${link}">${pair.name}</a>`;
    const sign = pair.exitCode === 0 ? 'passes' : pair.exitCode === 3 ? 'unknown' : 'fails';
    const cells = columns.map(({ figure }) => html`<td class="n">${figureText(figure(pair))}</td>`);
    return html`<tr><th scope="row" class="name">${name}</th><td>${placeText(pair.source)}</td><td>${placeText(pair.target)}</td>${cells}<td class="${sign}">${SIGNS.unicode[sign]} ${pair.headline}${pair.complete ? '' : '; incomplete'}</td></tr>
`;
  });
  return section(
    'Pairs, the furthest from parity first',
    [
      ...heads('pair', 'source', 'target'),
      ...figures(...columns.map(({ head }) => head)),
      ...heads('result'),
    ],
    rows,
  );
}

function failedSection(rollup: Rollup): Html {
  const rows = failedOf(rollup).map(
    ({
      name,
      message,
      hint,
    }) => html`<tr><th scope="row" class="name">${name}</th><td>${message}</td><td>${hint}</td></tr>
`,
  );
  return section('Not audited', heads('pair', 'because', 'what to do'), rows);
}

function repeatedSection({ repeated, summary }: Rollup): Html {
  const audited = summary.pairs - summary.failed;
  const rest = repeated.length - MOST_REPEATED;
  const rows = repeated.slice(0, MOST_REPEATED).map((one) => repeatedRow(one, audited));
  const table = section(
    'In several pairs',
    [
      ...figures('pairs'),
      ...heads('severity', 'what', 'in'),
      ...figures('blocked', 'degraded'),
      ...heads('what to do'),
    ],
    rows,
  );
  return rest > 0
    ? html`${table}<p>${count(rest, 'more row')}: the JSON roll-up has them.</p>
`
    : table;
}

function repeatedRow(one: Repeated, audited: number): Html {
  const differ = one.varies ? ' (The details differ by pair.)' : '';
  return html`<tr><td class="n">${one.pairs.length} of ${audited}</td><td>${one.severity}</td><td>${one.title}</td><td class="name">${one.pairs.join(', ')}</td><td class="n">${one.blocked}</td><td class="n">${one.degraded}</td><td>${one.remedy}${differ}</td></tr>
`;
}
