import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compiled, createEngine, type Escaping, type Place } from './engine.ts';

/** `src/renderers` and `dist/renderers` are both two levels below the package root. */
const TEMPLATES = new URL('../../templates/', import.meta.url);

/** A file of `templates/`, with `\n` line ends: HTML parsers make them so, and the hash in the page's policy is of what they see. */
export function templateSource(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, TEMPLATES)), 'utf8').replace(/\r\n/g, '\n');
}

const PARTIALS = ['command', 'paper', 'paper-findings', 'trend'];

/** Where the template of the page wants one of our own files, or the data of the report, inlined. */
const INLINE = /<!-- inline (style|symbols|data|script) -->\n?/;

/** The template of the page, cut at what is inlined: a piece of template at the even places, the name of a file at the odd ones. */
export function pagePieces(): string[] {
  return templateSource('report.html.hbs').split(INLINE);
}

export const markdownTemplate = (): string => templateSource('report.md.hbs');

/** All texts that are compiled, with the escaping. */
export function templateTexts(): readonly { readonly text: string; readonly escaping: Escaping }[] {
  return [
    ...[...PARTIALS.map(partial), ...pagePieces().filter((_, i) => i % 2 === 0)].map(
      (text) => ({ text, escaping: 'html' }) as const,
    ),
    { text: markdownTemplate(), escaping: 'none' },
  ];
}

/**
 * A partial as one line. The line breaks between elements would be a seventh of the 1.4 million nodes of a page of ten
 * thousand findings; a line per finding still reads and still diffs.
 */
function onOneLine(source: string): string {
  return `${source
    .split('\n')
    .map((line) => line.trim())
    .join('')}\n`;
}

function partial(name: string): string {
  return onOneLine(templateSource(`partials/${name}.html.hbs`));
}

/** Compiles templates that place and do not think (`optionsOf`). Those of the page have its partials. */
export function compiler(escaping: Escaping): (text: string) => Place {
  const engine = createEngine();
  for (const name of Object.keys(engine.helpers)) {
    if (name !== 'if' && name !== 'each') engine.unregisterHelper(name);
  }
  if (escaping === 'html')
    for (const name of PARTIALS) engine.registerPartial(name, compiled(engine, partial(name), escaping));
  return (text) => compiled(engine, text, escaping);
}

/** Computes once, on first use: a run that renders no HTML reads no HTML template. */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
