import { isPlain, shellWord } from '../../text/shell.ts';

/** A shell variable that an earlier command of the list sets: the id of something that is yet to be made. */
export class ShellVariable {
  readonly name: string;
  /** @param name letters, digits and `_`. */
  constructor(name: string) {
    this.name = name;
  }
}

/** What a command prints, as a part of another command. */
export class Substitution {
  readonly command: string;
  /** @param command without a `!`, which an interactive shell expands between double quotes. */
  constructor(command: string) {
    this.command = command;
  }
}

/** What the shell puts in, as one word: between double quotes, because it splits nothing there. */
export function expanded(value: ShellVariable | Substitution): string {
  return value instanceof ShellVariable ? `"$${value.name}"` : `"$(${value.command})"`;
}

export function isExpanded(value: unknown): value is ShellVariable | Substitution {
  return value instanceof ShellVariable || value instanceof Substitution;
}

/** JSON as one word of a shell, with what the shell puts in. */
export function jsonWord(value: unknown): string {
  const parts: (string | ShellVariable | Substitution)[] = [];
  const text = (piece: string) => {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + piece;
    else parts.push(piece);
  };
  const list = (open: string, items: readonly (() => void)[], close: string) => {
    text(open);
    for (const [i, item] of items.entries()) {
      if (i > 0) text(',');
      item();
    }
    text(close);
  };
  const write = (json: unknown): void => {
    if (isExpanded(json)) {
      text('"');
      parts.push(json);
      text('"');
    } else if (Array.isArray(json)) {
      list(
        '[',
        json.map((item) => () => write(item)),
        ']',
      );
    } else if (typeof json === 'object' && json !== null) {
      const entries = Object.entries(json).filter(([, item]) => item !== undefined);
      const members = entries.map(([key, item]) => () => {
        text(`${plainJson(key)}:`);
        write(item);
      });
      list('{', members, '}');
    } else text(plainJson(json));
  };
  write(value);
  return parts.map((p) => (typeof p === 'string' ? shellWord(p) : expanded(p))).join('');
}

/** JSON in which every character that is not shown as itself is a `\u` escape: as an argument it is plain text. */
function plainJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (isPlain(json)) return json;
  return [...json].map((c) => (isPlain(c) ? c : c.split('').map(unicodeEscape).join(''))).join('');
}

/** By UTF-16 unit, as JSON wants it: a character beyond U+FFFF is two escapes. */
function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
