import type { Outcome } from './outcome.ts';

/** A possible value of one expression as a whole: unlike an outcome it may be a list. */
export type Content = Unplaced<Outcome> | { readonly is: 'text'; readonly text: string } | List;
interface List {
  readonly is: 'list';
  readonly items: readonly Content[];
}
type Unplaced<O> = O extends Outcome
  ? O['is'] extends 'value'
    ? never
    : Omit<O, 'via' | 'line' | 'file' | 'when'>
  : never;

export function unresolved(what: string): Content {
  return { is: 'unresolved', what };
}

const UNUSABLE: ReadonlySet<Content['is']> = new Set([
  'unresolved',
  'no-mapping-row',
  'no-export',
  'no-zone',
]);

/** A zone that Fn::GetAZs gives: it exists in the region, and which one it is does not matter. */
export const SOME_ZONE: Content = { is: 'unresolved', what: 'Fn::GetAZs' };

/** What keeps the whole from being known, the first of it. */
export function firstUnusable(contents: readonly (Content | undefined)[]): Content | undefined {
  return contents.find((c) => c !== undefined && UNUSABLE.has(c.is));
}

export function joined(separator: string, parts: readonly Content[]): Content {
  const all = flat(parts).filter((part) => part.is !== 'absent');
  const bad = firstUnusable(all);
  if (bad) return bad;
  const texts = all.flatMap((part) => (part.is === 'text' ? [part.text] : []));
  if (texts.length === all.length) return { is: 'text', text: texts.join(separator) };
  const [only, ...more] =
    separator === '' ? all.filter((part) => part.is !== 'text' || part.text !== '') : all;
  if (only && more.length === 0) return only;
  // A list of ids of the template's own resources, as one text.
  const [first] = all;
  if (separator.trim() === ',' && first?.is === 'resource' && all.every(({ is }) => is === 'resource'))
    return first;
  const other = all.find((part) => part.is === 'resource' || part.is === 'ssm');
  return unresolved(
    `text that is made from ${other?.is === 'resource' ? `"${other.logicalId}"` : 'an SSM parameter'}`,
  );
}

function flat(contents: readonly Content[]): Content[] {
  return contents.flatMap((c) => (c.is === 'list' ? flat(c.items) : [c]));
}

/** What a resource of the template gives stays its own, however it is cut. */
export function split(separator: string, from: Content | undefined, trim = false): Content {
  if (from?.is === 'text') {
    const texts = separator === '' ? [from.text] : from.text.split(separator);
    return {
      is: 'list',
      items: texts.map((text): Content => ({ is: 'text', text: trim ? text.trim() : text })),
    };
  }
  // A list, nothing at all or an SSM parameter: who takes the text divides that too.
  if (from && (from.is === 'resource' || trim)) return from;
  return firstUnusable([from]) ?? unresolved('a part of an SSM parameter');
}

export function selected(index: Content | undefined, from: Content | undefined): Content {
  if (from?.is === 'resource') return from;
  const bad = firstUnusable([index]) ?? (from?.is === 'list' ? undefined : firstUnusable([from]));
  if (bad) return bad;
  const number = index?.is === 'text' && /^\d{1,6}$/.test(index.text) ? Number(index.text) : null;
  const item = from?.is === 'list' && number !== null ? from.items[number] : undefined;
  if (item) return item;
  return from?.is === 'list' && number !== null && areZones(from.items)
    ? { is: 'no-zone', index: number, count: from.items.length }
    : unresolved('an item that Fn::Select does not find');
}

function areZones(items: readonly Content[]): boolean {
  return items.length > 0 && items.every((item) => item === SOME_ZONE);
}

export function lengthOf(of: Content | undefined): Content {
  if (of?.is === 'list' && (areZones(of.items) || !firstUnusable(of.items)))
    return { is: 'text', text: String(of.items.length) };
  return firstUnusable([of]) ?? unresolved('the length of a list that is not known');
}
