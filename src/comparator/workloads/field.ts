import type { Compared } from '../../report/model.ts';

/** One attribute of both sides of a pair. */
export type Field = NonNullable<Compared['fields']>[number];

export function notCompared({ name, source, target }: Omit<Field, 'same'>): Field {
  return { name, source, target, same: true, notCompared: true };
}

/** A value that means the same in every region. */
export function valueField(name: string, source: string | null, target: string | null): Field {
  return { name, source, target, same: source === target };
}

/** Nothing where neither side names it. */
export function present(field: Field): Field[] {
  return field.source === null && field.target === null ? [] : [field];
}

/** A list as one text; null for an empty one. */
export function joined(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : [...new Set(texts)].join(', ');
}
