import type { Stack } from '../inventory/stack.ts';
import { groupBy } from '../text/groups.ts';
import { type NestedCall, type WholeTemplate, withNested } from './nested.ts';

/** A stack as far as it could be read. */
export interface ReadStack {
  readonly stack: Stack;
  /** Why its body is no template, in words that follow the stack's name; null where it is one, or was not read. */
  readonly fault: string | null;
  /** Null where the template was not read. */
  readonly whole: WholeTemplate | null;
  readonly parentId: string | null;
}

/** Nested stacks nest; CloudFormation ends at far fewer levels. */
const MAX_DEPTH = 20;

/**
 * Each stack with what its nested stacks create as part of its template: their values are what it gives them, which may
 * differ by region. A nested stack stays a stack of the list, and says whose part it is.
 */
export function stacksFrom(read: readonly ReadStack[]): Stack[] {
  const byParent = groupBy(
    read.filter(({ parentId }) => parentId !== null),
    ({ parentId }) => parentId ?? '',
  );
  const partOf = new Map<string, string>();

  const followed = (one: ReadStack, depth: number): WholeTemplate | null => {
    const { whole, stack } = one;
    if (whole === null || whole.nested.length === 0 || depth > MAX_DEPTH) return whole;
    const open = childrenOf(one, byParent.get(stack.id) ?? [], read);
    const children = whole.nested.flatMap((call) => {
      const nested = open.get(call);
      const child = nested ? followed(nested, depth + 1) : null;
      if (!nested || child === null) return [];
      partOf.set(nested.stack.id, stack.id);
      return [{ call, child }];
    });
    return children.length === 0 ? whole : withNested(whole, children);
  };

  const stacks = read.map((one) => ({ ...one.stack, template: followed(one, 0)?.template ?? null }));
  return stacks.map((stack) => {
    const parent = partOf.get(stack.id);
    return parent === undefined || isOwnAncestor(stack.id, partOf) ? stack : { ...stack, partOf: parent };
  });
}

/** Stacks that name each other as parents are no answer of CloudFormation: each is judged by itself then. */
function isOwnAncestor(id: string, partOf: ReadonlyMap<string, string>): boolean {
  let at = partOf.get(id);
  for (let steps = 0; at !== undefined && at !== id && steps < MAX_DEPTH; steps += 1) at = partOf.get(at);
  return at !== undefined;
}

/** Which nested stack is which resource: by its name, "PARENT-RESOURCE-1ABCDEFGHIJKL", and where one is left, that one. */
function childrenOf(
  { stack, whole }: ReadStack,
  children: readonly ReadStack[],
  all: readonly ReadStack[],
): ReadonlyMap<NestedCall, ReadStack> {
  const calls = whole?.nested ?? [];
  const isNamed = (name: string, { resource }: NestedCall) =>
    name.startsWith(`${stack.name}-${resource}-`) &&
    /^[A-Z0-9]{8,16}$/i.test(name.slice(`${stack.name}-${resource}-`.length));
  // An answer without the ids of parents shows the names alone.
  const candidates =
    children.length > 0 ? children : all.filter((one) => one.parentId === null && one.stack.id !== stack.id);
  const known = new Map<NestedCall, ReadStack>();
  for (const call of calls) {
    const [only, ...more] = candidates.filter((one) => isNamed(one.stack.name, call));
    if (only && more.length === 0) known.set(call, only);
  }
  // CloudFormation cuts long names.
  const [call, ...otherCalls] = calls.filter((one) => !known.has(one));
  const [child, ...otherChildren] = children.filter((one) => ![...known.values()].includes(one));
  if (call && child && otherCalls.length + otherChildren.length === 0) known.set(call, child);
  return known;
}
