/** `1,234`, with a comma from a thousand. Not by a locale, so it is the same on every machine. */
export function thousands(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 finding`, `2 findings`, `1,234 findings`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${thousands(n)} ${n === 1 ? one : many}`;
}
