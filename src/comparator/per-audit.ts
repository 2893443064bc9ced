import type { Context } from './context.ts';

/**
 * Worked out when it is first asked for, and once per audit: rules are asked pair by pair, and what they look up in is made
 * of all pairs.
 */
export function perAudit<T>(make: (context: Context) => T): (context: Context) => T {
  const known = new WeakMap<Context, { readonly made: T }>();
  return (context) => {
    const hit = known.get(context) ?? { made: make(context) };
    known.set(context, hit);
    return hit.made;
  };
}

/** The same for each thing: what is said of it is asked by several rules, and by the state of its pair. */
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
