import { jsonSchema } from '../../src/audit/schemas.ts';

/** What is used here of a JSON Schema. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Of more words than this, the page names the first ones: `ec2-parity schema config` lists all. */
const MOST_WORDS = 12;

/** The reference of the config, from its JSON Schema. */
export async function configPage(): Promise<string> {
  const { properties = {} } = (await jsonSchema('config')) as Schema;
  const sections = Object.entries(properties)
    .filter(([name]) => name !== '$schema')
    .flatMap(([name, schema]) => {
      const rows = rowsOf(name, schema);
      return [
        `## ${name}`,
        '',
        schema.description ?? '',
        '',
        '| setting | value | default | what it does |',
        '|---|---|---|---|',
        ...rows,
        '',
      ];
    });
  return [
    '# The config',
    '',
    'Every setting of `ec2-parity.config.yaml` (or `.json`), written by `npm run generate` from the JSON Schema that checks it',
    '(`ec2-parity schema config`, or [schemas/config.schema.json](../schemas/config.schema.json)). `ec2-parity init` writes a config to start from. An',
    'option on the command line comes before a variable, a variable before the config.',
    '',
    ...sections,
  ].join('\n');
}

/** The setting itself, and those within it: `waivers[].rule`, `names.keyPairs`. */
function rowsOf(path: string, schema: Schema, required = false): string[] {
  const own = `| \`${path}\` | ${cell(valueText(schema))} | ${required ? 'required' : defaultText(schema)} | ${cell(schema.description ?? '')} |`;
  return [own, ...formsOf(schema).flatMap((form) => within(path, form))];
}

function within(path: string, schema: Schema): string[] {
  const { properties, items, required = [] } = schema;
  if (properties)
    return Object.entries(properties).flatMap(([key, inner]) =>
      rowsOf(`${path}.${key}`, inner, required.includes(key)),
    );
  if (items) return formsOf(items).flatMap((form) => within(`${path}[]`, form));
  return [];
}

function formsOf(schema: Schema): readonly Schema[] {
  return schema.anyOf ?? schema.oneOf ?? [schema];
}

function valueText(schema: Schema): string {
  const forms = formsOf(schema);
  if (forms.length > 1) return [...new Set(forms.map(valueText))].join(' or ');
  const { type, enum: words, const: only, items, additionalProperties } = schema;
  if (only !== undefined) return `\`${String(only)}\``;
  if (words) {
    const shown = words
      .slice(0, MOST_WORDS)
      .map((word) => `\`${String(word)}\``)
      .join(', ');
    return words.length > MOST_WORDS ? `${shown} and ${words.length - MOST_WORDS} more` : shown;
  }
  if (type === 'array') return `list of ${items ? valueText(items) : 'values'}`;
  if (type === 'object')
    return typeof additionalProperties === 'object' ? `map to ${valueText(additionalProperties)}` : 'map';
  return type === 'string' ? 'text' : (type ?? 'any value');
}

function defaultText({ default: value }: Schema): string {
  return value === undefined ? '' : cell(`\`${JSON.stringify(value)}\``);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
