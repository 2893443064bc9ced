import { algorithmOfBlob } from '../inventory/public-key.ts';

export interface AuthorizedKey {
  readonly algorithm: string;
  readonly blob: Buffer;
  readonly comment: string | null;
}

/**
 * One line of a `.pub` or `authorized_keys` file: `[options] type base64 [comment]` (sshd(8), AUTHORIZED_KEYS). As sshd
 * does it: the line unchanged, and if that is no key, the line after its options; a key inside a quoted command is
 * no key. Null for anything else.
 */
export function authorizedKey(line: string): AuthorizedKey | null {
  return keyAt(line) ?? keyAt(line.slice(optionsEnd(line)).trimStart());
}

function keyAt(text: string): AuthorizedKey | null {
  const [, algorithm, base64 = '', comment = ''] =
    /^([a-z0-9][\w.@-]*)\s+([A-Za-z0-9+/]+={0,2})(?:\s+(.*))?$/s.exec(text) ?? [];
  const blob = Buffer.from(base64, 'base64');
  if (algorithm === undefined || algorithmOfBlob(blob) !== algorithm) return null;
  return { algorithm, blob, comment: comment.trim() || null };
}

/** The index of the first blank outside of double quotes. */
function optionsEnd(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (char === '\\' && line[at + 1] === '"') at++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === ' ' || char === '\t')) return at;
  }
  return line.length;
}
