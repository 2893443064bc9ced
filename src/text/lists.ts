import { thousands } from './counts.ts';

/** `and 3 more`; empty where nothing is left. */
export function andMore(rest: number): string {
  return rest > 0 ? `and ${thousands(rest)} more` : '';
}

/** `a, b, c`, or `a, b and 7 more` where there are more than `most`. `total`: how many there are, where `items` are the first. */
export function atMost(items: readonly string[], most: number, total = items.length): string {
  const shown = items.slice(0, most).join(', ');
  const rest = andMore(total - Math.min(most, items.length));
  return rest === '' ? shown : `${shown} ${rest}`;
}

/**
 * For a sentence: `a`, `a and b`, `a, b and c`, or `a, b and 7 more` where there are more than `most`. `total`: how many
 * there are, where `items` are the first.
 */
export function listed(items: readonly string[], most = 5, total = items.length): string {
  return total > Math.min(most, items.length) ? atMost(items, most, total) : joined(items, 'and');
}

/** `a`, `a or b`, `a, b or c`. */
export function eitherOf(items: readonly string[]): string {
  return joined(items, 'or');
}

function joined(items: readonly string[], word: 'and' | 'or'): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}
