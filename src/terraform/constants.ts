import type { Expression } from '../inventory/template.ts';
import { entriesOf, get, isObject, textOf } from './json.ts';
import { given, type Known } from './known.ts';

const MAX_DEPTH = 8;

/**
 * A text as it is in the value of a variable: the value itself, an item, a key or a value of it at any depth, or one that a map
 * holds for each region. Null where the value does not hold it.
 * @param stays Whether the value is written in the configuration, so that it is the same elsewhere.
 */
export function constant(
  name: string,
  current: unknown,
  value: string | undefined,
  stays: boolean,
  known: Known,
): Expression | null {
  if (value === undefined) return null;
  const regional = byRegion(name, current, value, known, 0);
  if (regional !== null) return regional;
  const path = pathTo(current, value, 0);
  return path === null ? null : given(`${name}${path}`, value, stays ? value : null, known);
}

/** Where the text is below a value: "", "[0]", '["web"].image'. A key counts where no value is the text. */
function pathTo(current: unknown, value: string, depth: number): string | null {
  if (current === value) return '';
  if (depth > MAX_DEPTH) return null;
  const parts = partsOf(current);
  for (const [key, below] of parts) {
    const path = pathTo(below, value, depth + 1);
    if (path !== null) return `${step(key)}${path}`;
  }
  const key = parts.find(([one]) => one === value);
  return key === undefined ? null : step(value);
}

function partsOf(current: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(current)) return current.map((item, i) => [i, item] as const);
  return isObject(current) ? entriesOf(current) : [];
}

function step(key: string | number): string {
  return typeof key === 'number' ? `[${key}]` : `["${key}"]`;
}

/** A map with a row per region, at any depth, whose row for the region of the plan holds the text. */
function byRegion(
  name: string,
  current: unknown,
  value: string,
  known: Known,
  depth: number,
): Expression | null {
  const { region } = known;
  if (region === null || depth > MAX_DEPTH) return null;
  const own = isObject(current) ? get(current, region) : undefined;
  const below = own === undefined ? null : keysTo(own, value, 0);
  if (below !== null) {
    const map = below.length === 0 ? name : `${name}[region]${below.map(step).join('')}`;
    for (const [key, row] of entriesOf(current)) {
      const text = textOf(below.reduce<unknown>((at, one) => partAt(at, one), row));
      if (text !== null) known.mappingRow(map, key, text);
    }
    return {
      is: 'map',
      map,
      first: { is: 'pseudo', name: 'AWS::Region' },
      second: { is: 'text', text: '' },
      otherwise: null,
    };
  }
  for (const [key, part] of partsOf(current)) {
    const found = byRegion(`${name}${step(key)}`, part, value, known, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function partAt(value: unknown, key: string | number): unknown {
  return Array.isArray(value) ? value[Number(key)] : get(value, String(key));
}

/** The keys on the way to the text; null where it is not below. */
function keysTo(current: unknown, value: string, depth: number): readonly (string | number)[] | null {
  if (current === value) return [];
  if (depth > MAX_DEPTH) return null;
  for (const [key, below] of partsOf(current)) {
    const rest = keysTo(below, value, depth + 1);
    if (rest !== null) return [key, ...rest];
  }
  return null;
}
