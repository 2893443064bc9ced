import { RE2JS } from 're2js';

/** A regular expression of the config, for whole names. */
export interface Expression {
  /** What the named groups matched; null where the expression does not match the whole text. */
  readonly groups: (text: string) => Readonly<Record<string, string | undefined>> | null;
  /** `value` with what the groups matched in place of `$1`, `$<name>`, `$&` and `$$`, as String.replace reads them; null where nothing matches. */
  readonly replace: (text: string, value: string) => string | null;
}

/**
 * Any user of the account may choose a name, so an expression must not need more than linear time for any name:
 * RE2 never steps back, where `(a+)+b` would keep RegExp busy for years on 60 characters.
 * @throws Error with one sentence: not an expression, or one that RE2 has no linear algorithm for.
 */
export function expression(text: string): Expression {
  let compiled: RE2JS;
  try {
    const translated = RE2JS.translateRegExp(text);
    // Compiled alone first: "a)|(b" would be an expression only inside the group below.
    RE2JS.compile(translated);
    compiled = RE2JS.compile(`^(?:${translated})$`);
  } catch (error) {
    throw new Error(
      isRegExp(text)
        ? 'lookahead, lookbehind and back references are not supported, nor are repetitions over 1,000'
        : reason(error),
    );
  }
  const named = Object.entries(compiled.namedGroups());
  const matched = (name: string): Matched | null => {
    const matcher = compiled.matcher(name);
    if (!matcher.matches()) return null;
    const groups = Array.from(
      { length: matcher.groupCount() + 1 },
      (_, index) => matcher.group(index) ?? undefined,
    );
    return { groups, names: Object.fromEntries(named.map(([key, index]) => [key, groups[index]])) };
  };
  return {
    groups: (name) => matched(name)?.names ?? null,
    replace: (name, value) => {
      const match = matched(name);
      return match && expanded(value, match);
    },
  };
}

interface Matched {
  /** The whole first, then each group by its number. */
  readonly groups: readonly (string | undefined)[];
  readonly names: Readonly<Record<string, string | undefined>>;
}

/** Whether RegExp takes it: then what is wrong is what RE2 leaves out, and not a slip. */
export function isRegExp(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^error parsing regexp: /, '');
}

function expanded(value: string, { groups, names }: Matched): string {
  const known = (digits: string) => Number(digits) >= 1 && Number(digits) < groups.length;
  return value.replace(
    /\$(?:([$&])|<([^>]*)>|(\d)(\d)?)/g,
    (written, sign, name, first = '', second = '') => {
      if (sign) return sign === '$' ? '$' : (groups[0] ?? '');
      if (name !== undefined) return Object.hasOwn(names, name) ? (names[name] ?? '') : written;
      // "$12" is group 12 where there are so many, else group 1 and the digit 2.
      if (second && known(first + second)) return groups[Number(first + second)] ?? '';
      return known(first) ? `${groups[Number(first)] ?? ''}${second}` : written;
    },
  );
}
