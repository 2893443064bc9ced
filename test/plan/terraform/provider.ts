import schema from './provider-schema.json' with { type: 'json' };
import { readBack } from './read-back.ts';

/*
 * provider-schema.json holds the arguments that `terraform providers schema -json` prints for version 5.100.0 of
 * hashicorp/aws, the earliest one that main.tf admits: of the types that main.tf has, and without what is only computed.
 */

interface Block {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly blocks?: Readonly<Record<string, Block & { readonly least?: number; readonly most?: number }>>;
}

const META = ['depends_on', 'provider', 'lifecycle'];

/** What the provider does not take in a file. @param json As `hcl2json` gives it. */
export function mistakes(json: object): string[] {
  return (['resource', 'data'] as const).flatMap((kind) => {
    const types = (json as Record<string, Record<string, Record<string, unknown[]>>>)[kind] ?? {};
    return Object.entries(types).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, [block]]) => {
        const known = (schema[kind] as Record<string, Block>)[type];
        const at = `${kind} ${type}.${name}`;
        return known ? inBlock(block as Record<string, unknown>, known, at) : [`${at}: no such type`];
      }),
    );
  });
}

function inBlock(
  block: Record<string, unknown>,
  { attributes = {}, blocks = {} }: Block,
  at: string,
): string[] {
  const given = Object.entries(block).filter(([name]) => at.includes('/') || !META.includes(name));
  return [
    ...given.flatMap(([name, value]) => {
      const type = attributes[name];
      if (type !== undefined) return fits(value, type.split(' ')) ? [] : [`${at}/${name} is no ${type}`];
      const inner = blocks[name];
      if (!inner) return [`${at}/${name} is no argument`];
      const all = value as Record<string, unknown>[];
      return [
        ...(all.length > (inner.most ?? Number.POSITIVE_INFINITY)
          ? [`${at}/${name} is there too often`]
          : []),
        ...all.flatMap((one) => inBlock(one, inner, `${at}/${name}`)),
      ];
    }),
    ...Object.entries(attributes)
      .filter(([name, type]) => type.endsWith(' required') && !(name in block))
      .map(([name]) => `${at}/${name} is required`),
    ...Object.entries(blocks)
      .filter(([name, { least = 0 }]) => least > 0 && !(name in block))
      .map(([name]) => `${at}/${name} is required`),
  ];
}

function fits(value: unknown, [type = '', of, item = '']: readonly string[]): boolean {
  // An expression: its type is that of what it refers to.
  if (typeof value === 'string' && value.startsWith('${') && readBack(value) === value) return true;
  if (type === 'set' || type === 'list')
    return Array.isArray(value) && value.every((one) => of !== 'of' || fits(one, [item]));
  if (type === 'map')
    return (
      typeof value === 'object' && value !== null && Object.values(value).every((one) => fits(one, [item]))
    );
  // Terraform turns a number or a truth value into text where text is wanted.
  if (type === 'string') return ['string', 'number', 'boolean'].includes(typeof value);
  return typeof value === (type === 'bool' ? 'boolean' : type);
}
