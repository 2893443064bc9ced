import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

/** `src/renderers` and `dist/renderers` are both two levels below the package root. */
const TEMPLATES = new URL('../../templates/', import.meta.url);

/** A file of `templates/`, with `\n` line ends: HTML parsers make them so, and the hash in the page's policy is of what they see. */
export function templateSource(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, TEMPLATES)), 'utf8').replace(/\r\n/g, '\n');
}

export type Place = (view: object) => string;

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

/**
 * Compiles templates that place and do not think: `strict` (a field the view lacks is an error, not a blank), and no helper
 * known but `if` and `each`. `escaping: 'html'` is Handlebars' own escaping; `'none'` is for views whose strings are already
 * escaped for their format.
 */
export function compiler(
  escaping: 'html' | 'none',
  partials: readonly string[] = [],
): (source: string) => Place {
  const handlebars = Handlebars.create();
  for (const name of Object.keys(handlebars.helpers)) {
    if (name !== 'if' && name !== 'each') handlebars.unregisterHelper(name);
  }
  const options = {
    strict: true,
    knownHelpersOnly: true,
    noEscape: escaping === 'none',
    preventIndent: true,
  } as const;
  for (const name of partials) {
    handlebars.registerPartial(
      name,
      handlebars.compile(onOneLine(templateSource(`partials/${name}.html.hbs`)), options),
    );
  }
  return (source) => handlebars.compile(source, options);
}

/** Computes once, on first use: a run that renders no HTML reads no HTML template. */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
