import { type Pseudonyms, wordAt } from './pseudonyms.ts';
import { formOf, isPublic, isTerm } from './typed.ts';
import { isToolWord } from './vocabulary.ts';

/**
 * A sentence of the tool with data in it. A word stays only where the tool itself writes it: what no table knows is replaced
 * like a name, so that nothing is left by an oversight.
 * @param own The names and texts that the sentence may be about. Where one of them is a word that the tool writes too, it is not known which of
 *   the two it is.
 * @returns Null where that is so: the whole sentence has to be replaced.
 */
export function redactedText(text: string, names: Pseudonyms, own: ReadonlySet<string>): string | null {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    const word = wordAt(text, at);
    const whole = names.longestAt(text, at, word, isEnd);
    if (whole !== null) {
      out += names.known(whole) ?? '';
      at += whole.length;
      continue;
    }
    if (char === '"') {
      const quoted = quotedAt(text, at, names);
      if (quoted !== null) {
        out += `"${names.data(quoted)}"`;
        at += quoted.length + 2;
        continue;
      }
    }
    if (word === '') {
      out += char;
      at += 1;
      continue;
    }
    const replaced =
      /^s[.:!?]*$/.test(word) && text.charAt(at - 1) === "'"
        ? word
        : isNamedHere(text, at, word) && own.has(word)
          ? names.data(word)
          : redactedWord(word, names, own);
    if (replaced === null) return null;
    out += replaced;
    at += word.length;
  }
  return out;
}

/** Whether a name belongs here: behind the word for an object, and with nothing behind it that continues the phrase. */
function isNamedHere(text: string, at: number, word: string): boolean {
  return (
    /(?:^|\s)(?:key pair|security group|prefix list|image|launch template|launch configuration|Auto Scaling group|stack|instance profile|placement group) $/.test(
      text.slice(Math.max(0, at - 24), at),
    ) && /^(?:[,.;:)]|$| and )/.test(text.slice(at + word.length))
  );
}

/** What may be behind a text of several words. */
function isEnd(next: string): boolean {
  return next === '' || /[\s"',;:.()[\]{}=|<>/!?]/.test(next);
}

/** What is between quotation marks: a text that is known, which may contain some itself, else all up to the next one. */
function quotedAt(text: string, at: number, names: Pseudonyms): string | null {
  const known = names.longestAt(text, at + 1, wordAt(text, at + 1), (next) => next === '"');
  if (known !== null) return known;
  const end = text.indexOf('"', at + 1);
  return end < 0 ? null : text.slice(at + 1, end);
}

/** Null where the word may be one of the tool or one of `own`. */
function redactedWord(word: string, names: Pseudonyms, own: ReadonlySet<string>): string | null {
  const known = (text: string) => (isPublic(text) ? text : names.known(text));
  const whole = resolved(word, known, own);
  if (whole !== undefined) return whole;
  const [, core = '', end = ''] = /^(.*?)([.:!?…]*)$/s.exec(word) ?? [];
  // A name may end with what ends a sentence: "image a:a!."
  for (let length = end.length - 1; length > 0; length--) {
    const name = core + end.slice(0, length);
    const replaced = own.has(name) ? known(name) : undefined;
    if (replaced !== undefined) return replaced + end.slice(length);
  }
  const one = resolved(core, known, own);
  if (one !== undefined) return one === null ? null : one + end;
  if (formOf(core) !== null) return names.data(core) + end;
  if (/^(?:group|prefix-list):/.test(core)) return names.peer(core) + end;
  const parts = core.split(/([/:.])/);
  const all = parts.map((part, i) => (i % 2 === 1 || part === '' ? part : resolved(part, known, own)));
  if (parts.length > 1 && all.every((part) => part !== undefined))
    return all.includes(null) ? null : all.join('') + end;
  return names.data(core, 'text') + end;
}

/** Signs that sentences of the tool have. Others may be all that a name consists of. */
const PUNCTUATION = /^[!-/:-@[-`{-~·×→…–]+$/;

/** What a word becomes; undefined where nothing is known of it, null where it could be a word of the tool and a name. */
function resolved(
  word: string,
  known: (text: string) => string | undefined,
  own: ReadonlySet<string>,
): string | null | undefined {
  if (word === '') return '';
  const isTool = isToolWord(word) || isTerm(word) || PUNCTUATION.test(word);
  if (isTool) return own.has(word) && !isPublic(word) ? null : word;
  return known(word);
}
