import { createHash } from 'node:crypto';
import { compareText } from '../../inventory/order.ts';
import type { Json } from '../../report/rules/shared.ts';

/**
 * The identity of a finding, stable across runs and machines: made from rule, kind, scope, name and what distinguishes two findings of one
 * object (direction, place, attribute), never from region-local ids and never from what was found. 64 bits: with 100,000 findings a chance collision is one in a thousand million.
 */
export function fingerprint(parts: {
  rule: string;
  kind: string;
  scope: string | null;
  name: string;
  discriminator: Json;
}): string {
  const { rule, kind, scope, name, discriminator } = parts;
  return digest([rule, kind, scope, name, discriminator]);
}

/** A digest of what was found, in words that mean the same in every region: it changes with that alone. */
export function contentDigest(rule: string, content: Json): string {
  return digest([rule, content]);
}

function digest(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16);
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
