/** Pure functions of a Report: no clock, no locale, the same bytes every time. Nothing here prints or decides an exit code. */
export { renderHtml } from './html.ts';
export { renderJson } from './json.ts';
export { renderJunit } from './junit/index.ts';
export { renderMarkdown } from './markdown/index.ts';
export { renderSarif } from './sarif/index.ts';
export { renderTerminal, type TerminalOptions } from './terminal/index.ts';
