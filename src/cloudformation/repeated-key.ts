import { type Document, isScalar, visit } from 'yaml';

/**
 * The first key that one mapping of a YAML document has twice, and where the second begins in the text; null where there is none.
 * To be used with `uniqueKeys: false`: the library compares each key with all before it, which takes minutes for a mapping of
 * 100,000 keys.
 */
export function repeatedKeyIn(document: Pick<Document, 'contents'>): { key: string; offset: number } | null {
  let found: { key: string; offset: number } | null = null;
  visit(document.contents as Parameters<typeof visit>[0], {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          found = { key: String(key.value), offset: key.range?.[0] ?? 0 };
          return visit.BREAK;
        }
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}
