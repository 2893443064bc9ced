import Handlebars from 'handlebars';

/** Of Handlebars: what partials and helpers belong to. */
export type Engine = ReturnType<typeof Handlebars.create>;
export type Place = (view: object) => string;

/** Texts whose views are escaped by Handlebars for HTML, or hold strings that are already escaped for their format. */
export type Escaping = 'html' | 'none';

/** `strict`: a field that the view lacks is an error, not a blank. No helper is known but `if` and `each`. */
export const optionsOf = (escaping: Escaping) =>
  ({ strict: true, knownHelpersOnly: true, noEscape: escaping === 'none', preventIndent: true }) as const;

/**
 * A template from its text. The bundle has another module in place of this one (`scripts/precompiled.ts`): it has the templates
 * of the package in compiled form, and loads the compiler only for a text that is not among them.
 */
export function createEngine(): Engine {
  return Handlebars.create();
}

export function compiled(engine: Engine, text: string, escaping: Escaping): Place {
  return engine.compile(text, optionsOf(escaping));
}
