/** What `hcl2json` prints, with the literals as text again: it leaves `${` and `%{` of literals doubled. */
export function readBack(json: unknown): unknown {
  if (typeof json === 'string') return json.replace(/([$%])\1\{/g, '$1{');
  if (Array.isArray(json)) return json.map(readBack);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [String(readBack(key)), readBack(value)]),
  );
}
