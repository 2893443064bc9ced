import { visible } from '../../text/printable.ts';

/**
 * Data for a SARIF message. Braces are placeholders there and are doubled (SARIF 2.1.0, 3.11.5). `[text](target)` is a
 * link there (3.11.6): a blank between the two brackets parts them for every viewer, which a backslash does not.
 */
export function message(data: string): string {
  return unlinked(visible(data)).replace(/[{}]/g, '$&$&');
}

/** Data for a text that takes no arguments: a description, a help page. */
export function plain(data: string): string {
  return unlinked(visible(data));
}

function unlinked(data: string): string {
  return data.replace(/\](?=\()/g, '] ');
}
