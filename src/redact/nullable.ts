/** A text replaced where there is one. */
export function nullable(text: string | null, replace: (text: string) => string): string | null {
  return text === null ? null : replace(text);
}
