import { Unable } from '../inventory/unable.ts';
import { expression, isRegExp } from '../text/expression.ts';

/** What a source name is called on the target. */
export type NameMap = (sourceName: string) => string;

/**
 * A key that equals the name wins; otherwise the first key that matches as an expression for the whole name.
 * @throws Unable for a key that is neither a possible name nor an expression.
 */
export function nameMap(entries: Readonly<Record<string, string>> | undefined, path: string): NameMap {
  if (!entries || Object.keys(entries).length === 0) return (name) => name;
  const patterns = Object.entries(entries).flatMap(([key, value]) => {
    try {
      return [{ pattern: expression(key), value }];
    } catch (error) {
      // A name such as "app (old" is no expression; it can still be meant to the letter.
      if (!isRegExp(key) && !/[$](\d|<)/.test(value)) return [];
      const why = error instanceof Error ? error.message : String(error);
      throw new Unable(
        `config ${path}: "${key}" is not a regular expression that can be used (${why})`,
        'Correct the expression, or remove $1 from the value if the key is an exact name.',
      );
    }
  });
  return (name) => {
    if (Object.hasOwn(entries, name)) return entries[name] ?? name;
    for (const { pattern, value } of patterns) {
      const mapped = pattern.replace(name, value);
      if (mapped !== null) return mapped;
    }
    return name;
  };
}

/** The key of what the config maps by name: null for a source name that no entry changes. Any target may be meant. */
export function mappedName(name: string, side: 'source' | 'target', names: NameMap): string | null {
  if (side === 'target') return name;
  const mapped = names(name);
  return mapped === name ? null : mapped;
}
