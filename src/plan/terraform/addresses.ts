import { refKey } from '../group-changes.ts';
import type { Ref } from '../model.ts';
import { uniqueNames, type Wanted } from '../names.ts';
import { type HclBlock, HclCode, type HclValue } from './hcl.ts';

/** A resource before it has its name: blocks refer to others by key, and a key that is not declared is an id. */
export interface Resource extends Wanted {
  readonly type: string;
  /** The id to import, of something that exists on the target. */
  readonly importId?: string | undefined;
  readonly comment?: readonly string[] | undefined;
  readonly block: (address: (ref: Ref) => HclValue) => Pick<HclBlock, 'attributes' | 'blocks'>;
  /** Keys of resources that have to exist before, besides those that it refers to. */
  readonly after?: readonly string[] | undefined;
}

/** The key of the resource that is the object itself. */
export const keyOf = refKey;

/** Blocks of the resources, in their order, an `import` block before each that exists. */
export function resourceBlocks(resources: readonly Resource[]): HclBlock[] {
  const names = new Map<string, string>();
  for (const type of new Set(resources.map((r) => r.type))) {
    const own = resources.filter((r) => r.type === type);
    for (const [key, name] of uniqueNames(own, '_')) names.set(key, `${type}.${name}`);
  }
  const address = (ref: Ref): HclValue => {
    const known = names.get(keyOf(ref));
    if (known !== undefined) return new HclCode(`${known}.id`);

    if ('id' in ref) return ref.id;
    throw new Error(`no resource of the file makes what the step ${ref.madeBy} makes`);
  };
  return resources.flatMap((resource): HclBlock[] => {
    const { type, key, importId, comment, after = [] } = resource;
    const own = names.get(key) ?? '';
    const { attributes, blocks } = resource.block(address);
    const before = after.flatMap((k) => names.get(k) ?? []).map((code) => new HclCode(code));
    const declared: HclBlock = {
      type: 'resource',
      labels: [type, own.slice(type.length + 1)],
      ...(comment ? { comment } : {}),
      attributes: { ...attributes, depends_on: before.length > 0 ? before : undefined },
      ...(blocks ? { blocks } : {}),
    };
    if (importId === undefined) return [declared];
    return [{ type: 'import', attributes: { to: new HclCode(own), id: importId } }, declared];
  });
}
