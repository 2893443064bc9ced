import { refKey } from '../group-changes.ts';
import type { Ref } from '../model.ts';
import { uniqueNames, type Wanted } from '../names.ts';
import { type HclBlock, HclCode, type HclValue } from './hcl.ts';

/** A resource before it has its name: blocks refer to others by key, and a key that is not declared is an id. */
export interface Resource extends Wanted {
  /** A data source is only read. */
  readonly kind?: 'data' | undefined;
  readonly type: string;
  /** The id to import, of something that exists on the target. */
  readonly importId?: string | undefined;
  readonly comment?: readonly string[] | undefined;
  readonly block: (address: Address) => Pick<HclBlock, 'attributes' | 'blocks'>;
  /** Keys of resources that have to exist before, besides those that it refers to. */
  readonly after?: readonly string[] | undefined;
}

/** What a block refers to another object with: its id, or of a declared one by its key an attribute. */
export interface Address {
  (ref: Ref): HclValue;
  readonly attribute: (key: string, name: string) => string;
}

/** The key of the resource that is the object itself. */
export const keyOf = refKey;

/** Blocks of the resources, in their order, an `import` block before each that exists. */
export function resourceBlocks(resources: readonly Resource[]): HclBlock[] {
  const names = new Map<string, string>();
  for (const kind of new Set(resources.map(typeOf))) {
    const own = resources.filter((r) => typeOf(r) === kind);
    for (const [key, name] of uniqueNames(own, '_')) names.set(key, `${kind}.${name}`);
  }
  const idOf = (ref: Ref): HclValue => {
    const known = names.get(keyOf(ref));
    if (known !== undefined) return new HclCode(`${known}.id`);

    if ('id' in ref) return ref.id;
    throw new Error(`no resource of the file makes what the step ${ref.madeBy} makes`);
  };
  const address: Address = Object.assign(idOf, {
    attribute: (key: string, name: string) => `${names.get(key)}.${name}`,
  });
  return resources.flatMap((resource): HclBlock[] => {
    const { kind = 'resource', type, key, importId, comment, after = [] } = resource;
    const own = names.get(key) ?? '';
    const { attributes, blocks } = resource.block(address);
    const before = after.flatMap((k) => names.get(k) ?? []).map((code) => new HclCode(code));
    const declared: HclBlock = {
      type: kind,
      labels: [type, own.slice(typeOf(resource).length + 1)],
      ...(comment ? { comment } : {}),
      attributes: { ...attributes, depends_on: before.length > 0 ? before : undefined },
      ...(blocks ? { blocks } : {}),
    };
    if (importId === undefined) return [declared];
    return [{ type: 'import', attributes: { to: new HclCode(own), id: importId } }, declared];
  });
}

function typeOf({ kind, type }: Resource): string {
  return kind === 'data' ? `data.${type}` : type;
}
