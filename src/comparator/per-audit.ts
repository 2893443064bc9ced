import type { Context } from './context.ts';

/**
 * Computed when it is first needed, and once per audit: rules are called pair by pair, and what they look up in is built
 * from all pairs.
 */
export function perAudit<T>(make: (context: Context) => T): (context: Context) => T {
  const known = new WeakMap<Context, { readonly made: T }>();
  return (context) => {
    const hit = known.get(context) ?? { made: make(context) };
    known.set(context, hit);
    return hit.made;
  };
}

/** The same for each object: several rules and the state of its pair need the result. */
export function perItem<Item extends object, T>(
  make: (item: Item, context: Context) => T,
): (item: Item, context: Context) => T {
  const knownIn = perAudit(() => new Map<Item, { readonly made: T }>());
  return (item, context) => {
    const known = knownIn(context);
    const hit = known.get(item) ?? { made: make(item, context) };
    known.set(item, hit);
    return hit.made;
  };
}
