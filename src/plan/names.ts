import { createHash } from 'node:crypto';
import { capital } from '../text/capital.ts';

/** Something that needs a name in a file, and the one that a person would give to it. */
export interface Wanted {
  /** Its identity in the plan. */
  readonly key: string;
  readonly name: string;
}

/**
 * A name for each key, all different even to a reader that ignores case. Where several objects would have the same name, each has
 * a digest of its key after it, so that a name does not depend on the order of the plan.
 */
export function uniqueNames(wanted: readonly Wanted[], separator: string): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { name } of wanted) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { key, name } of wanted) {
    const shared = (counts.get(name.toLowerCase()) ?? 0) > 1;
    const base = shared ? `${name}${separator}${digest(key)}` : name;
    let free = base;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${base}${separator}${n}`;
    taken.add(free.toLowerCase());
    names.set(key, free);
  }
  return names;
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

/** `web_tier`: lower case, digits and underscores; begins with a letter. */
export function snakeCase(text: string, otherwise: string): string {
  const plain = asciiWords(text).join('_').toLowerCase().slice(0, 60).replace(/_+$/, '');
  if (plain === '') return otherwise;
  return /^[a-z]/.test(plain) ? plain : `${otherwise}_${plain}`;
}

/** `WebTier`: letters and digits. */
export function pascalCase(text: string): string {
  return asciiWords(text).map(capital).join('').slice(0, 100);
}

function asciiWords(text: string): string[] {
  // Letters with accents become those without.
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
}
