/** A remedy is pasted into a shell: each value stays one word there, whatever is in it. */
export function shellWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
