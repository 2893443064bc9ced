/** What yargs can find wrong with a command line. */
export type Complaint = 'value-missing' | 'positional-missing' | 'unknown-words';

/**
 * The texts of yargs that say so, by their keys in its own table of translations (`locales/en.json`; a test holds the two together).
 * yargs reports a failure only as text, so each text is replaced by a code, through its own `updateStrings`. Nothing reads English.
 */
const CODES = {
  'Not enough arguments following: %s': 'value-missing',
  'Not enough non-option arguments: got %s, need at least %s': 'positional-missing',
  'Unknown argument: %s': 'unknown-words',
  'Unknown command: %s': 'unknown-words',
} as const satisfies Readonly<Record<string, Complaint>>;

export const REPLACED_TEXTS = Object.keys(CODES);

/** Texts that differ in singular and plural; the others are plain strings in the table of yargs. */
const COUNTED = /^(?:Unknown|Not enough non-option)/;

/** For `updateStrings`: "value-missing:baseline". The type of that function knows only plain strings, the table has both. */
export function complaintStrings(): Record<string, string> {
  const entries = Object.entries(CODES).map(([text, code]) => {
    const replaced = `${code}:${text.replace(/^[^%]*/, '')}`;
    return [text, COUNTED.test(text) ? { one: replaced, other: replaced } : replaced];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The code and what it is about; null for a text of yargs that has no code. */
export function complaintIn(message: string): { readonly code: Complaint; readonly about: string } | null {
  const [, code, about = ''] = /^([a-z-]+):(.*)$/s.exec(message) ?? [];
  const known = Object.values(CODES).find((candidate) => candidate === code);
  return known === undefined ? null : { code: known, about };
}
