import { compareText } from '../../inventory/order.ts';
import { type NameToken, nameTokens } from './name-tokens.ts';
import { namesProduct } from './products.ts';
import { compareVersions } from './versions.ts';

export interface NamedFamily {
  /** The name with `{date}`, `{version}`, `{build}` and `{hash}` in the place of what was taken out. */
  readonly family: string;
  readonly tokens: readonly NameToken[];
}

/**
 * The name with dates, versions, build numbers and hashes taken out; null where nothing was taken out, since names are
 * unique and such an image has no family by name, and where nothing is left that names anything. A guess: findings that
 * are based on it say so.
 */
export function familyByName(name: string): NamedFamily | null {
  const found = nameTokens(name);
  // Beside a date the date distinguishes the rebuilds, and "ubuntu-22.04-1.28.3-20231117" names what is inside.
  const released = found.some((m) => m.kind === 'date') && namesProduct(name);
  const tokens = found.filter(
    (m) => !(released && m.kind === 'version' && !/20[0-3]\d{5}/.test(m.order ?? '')),
  );
  let [family, rest, at] = ['', '', 0];
  for (const token of tokens) {
    const kept = name.slice(at, token.start);
    family += kept + token.placeholder;
    rest += `${kept} `;
    at = token.end;
  }
  family += name.slice(at);
  rest += name.slice(at);
  const words = rest.replace(/x86[-_]64|amd64|arm64|aarch64|i[3-6]86/gi, ' ');
  return tokens.length === 0 || !/[A-Za-z]/.test(words) ? null : { family, tokens };
}

/**
 * What the names say of the order of two images of one family: negative where the first is the earlier, 0 where they do
 * not say (hashes, days of which one has no time).
 */
export function compareTokens(a: readonly NameToken[], b: readonly NameToken[]): number {
  for (const [i, token] of a.entries()) {
    const [left, right] = [token.order, b[i]?.order ?? null];
    if (left === null || right === null) continue;
    const order = token.kind === 'date' ? compareDates(left, right) : compareVersions(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

/** As far as both are known: a day and a time on that day are neither before nor after. A week is no month. */
function compareDates(a: string, b: string): number {
  if (a.includes('w') !== b.includes('w')) return 0;
  const known = Math.min(a.length, b.length);
  return compareText(a.slice(0, known), b.slice(0, known));
}
