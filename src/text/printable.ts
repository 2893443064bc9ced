/** Text from a file or from AWS, made fit for a one-line message: a name cannot move the cursor or hide what follows. */
export function printable(text: string, longest = 120): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}
