import { createHash } from 'node:crypto';
import { compareText } from '../../inventory/order.ts';
import type { Json } from '../../report/rules/shared.ts';

/**
 * Stable across runs and machines: made from rule, kind, scope, name and what tells two findings apart, never from
 * region-local ids. 64 bits: with 100,000 findings a chance collision is one in a thousand million.
 */
export function fingerprint(parts: {
  rule: string;
  kind: string;
  scope: string | null;
  name: string;
  discriminator: Json;
}): string {
  const { rule, kind, scope, name, discriminator } = parts;
  return createHash('sha256')
    .update(canonicalJson([rule, kind, scope, name, discriminator]))
    .digest('hex')
    .slice(0, 16);
}

/** Keys in code-unit order, so that equal facts are equal text. */
function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value as { readonly [key: string]: Json }).sort(([a], [b]) =>
    compareText(a, b),
  );
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
}
