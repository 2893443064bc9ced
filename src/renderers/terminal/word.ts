import { visible } from '../../text/printable.ts';

/** A path as one word of a shell. */
export function word(path: string): string {
  return /^[\w./:@-]+$/.test(path) ? path : `'${visible(path).replaceAll("'", "'\\''")}'`;
}
