import type { CST } from 'yaml';

/**
 * Whether YAML nests lists and maps deeper than this: its composer calls itself, and an overflow inside it can end the process.
 * A walk with its own stack, so that the depth it looks for cannot be its end.
 */
export function nestsDeeper(tokens: readonly CST.Token[], limit: number): boolean {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > limit) return true;
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if ('items' in token) {
      for (const { key, value } of token.items) {
        if (key) open.push({ token: key, depth: depth + 1 });
        if (value) open.push({ token: value, depth: depth + 1 });
      }
    }
  }
  return false;
}
