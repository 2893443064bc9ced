import type { Resource } from './resources.ts';
import type { Part } from './template.ts';

/** What a template may hold (CloudFormation quotas). */
const RESOURCES = 500;
const OUTPUTS = 200;

/**
 * One template where all fits into one; else templates of objects that export their ids, and after them templates of rules.
 * An object is in no earlier template than those that it refers to.
 */
export function split(resources: readonly Resource[]): readonly [Part, ...Part[]] {
  if (resources.length <= RESOURCES) return [{ resources, exports: false }];
  const objects = inOrderOfUse(resources.filter((r) => r.part === 'object'));
  const rules = resources.filter((r) => r.part === 'rule');
  const [first = { resources: [], exports: false }, ...others] = [
    ...chunks(objects, OUTPUTS).map((part) => ({ resources: part, exports: true })),
    ...chunks(rules, RESOURCES).map((part) => ({ resources: part, exports: false })),
  ];
  return [first, ...others];
}

function inOrderOfUse(objects: readonly Resource[]): Resource[] {
  const byKey = new Map(objects.map((o) => [o.key, o]));
  const placed = new Map<string, Resource>();
  const place = (resource: Resource): void => {
    // Objects refer to one another in no circle, each to one at most. A list instead of recursion: the chain may be long.
    const chain: Resource[] = [];
    for (let at: Resource | undefined = resource; at && !placed.has(at.key) && !chain.includes(at); ) {
      chain.push(at);
      at = at.uses.map((key) => byKey.get(key)).find((used) => used !== undefined);
    }
    for (const each of chain.reverse()) placed.set(each.key, each);
  };
  for (const resource of objects) place(resource);
  return [...placed.values()];
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
