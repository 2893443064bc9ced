import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { TIMEOUT_SECONDS } from '../../src/audit/deadline.ts';
import { parseConfig } from '../../src/audit/parse.ts';
import { jsonSchema, SCHEMAS } from '../../src/audit/schemas.ts';
import { rulesPerGroup } from '../../src/comparator/groups/quota.ts';
import { renderJson } from '../../src/renderers/index.ts';
import { demoReport } from '../kit/demo.ts';
import { reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, sampleReport } from '../kit/report.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const strict = (schema: object) => new Ajv2020({ strict: true, allErrors: true }).compile(schema);
const config = await jsonSchema('config');

interface Property {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
  readonly items?: Property;
  readonly anyOf?: readonly Property[];
  readonly additionalProperties?: Property | boolean;
}

/** Every key that an object of the schema may have, as `waivers[].until`, with its place and whether it must be there. */
function keysOf(schema: Property, at = ''): { key: string; property: Property; required: boolean }[] {
  const { properties = {}, required = [], items, anyOf = [], additionalProperties } = schema;
  return [
    ...Object.entries(properties).flatMap(([name, property]) => {
      const key = at === '' ? name : `${at}.${name}`;
      return [{ key, property, required: required.includes(name) }, ...keysOf(property, key)];
    }),
    ...(items ? keysOf(items, `${at}[]`) : []),
    ...anyOf.flatMap((option) => keysOf(option, at)),
    ...(typeof additionalProperties === 'object' ? keysOf(additionalProperties, `${at}.*`) : []),
  ];
}

describe('a JSON Schema', () => {
  it.each(SCHEMAS)(
    'of a %s compiles in the strict mode of ajv, and is a file of the package',
    async (name) => {
      const schema = await jsonSchema(name);
      expect(() => strict(schema)).not.toThrow();
      expect(JSON.parse(read(`schemas/${name}.schema.json`))).toEqual(schema);
    },
  );

  it('of a report holds of every report that is written, and not of what is none', async () => {
    const valid = strict(await jsonSchema('report'));
    const reports = [sampleReport(), emptyReport(), reportSaying('{"x": 1}'), await demoReport()];
    for (const text of [...reports.map((r) => renderJson(r)), read('reports/sample/report.json')])
      expect(valid(JSON.parse(text)), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true);
    for (const other of [{}, [], { ...emptyReport(), verdict: 'good' }, { ...emptyReport(), pairs: null }])
      expect(valid(other)).toBe(false);
  });
});

describe('the JSON Schema of the config', () => {
  const valid = strict(config);

  it('describes every key and says what holds where it is absent', () => {
    const keys = keysOf(config as Property);
    expect(keys.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['waivers[].until', 'names.images', 'rules.*.severity', 'launch.skip']),
    );
    for (const { key, property, required } of keys) {
      expect(property.description ?? '', key).toMatch(/\S+ \S+/);
      const says =
        'default' in property || / Default: [^.]+(?:\.\.[^.]+)*\.$/.test(property.description ?? '');
      if (!required) expect(says, `${key} says no default`).toBe(true);
    }
  });

  it('gives defaults that it allows and that are those of the tool', () => {
    const defaults = Object.fromEntries(
      Object.entries((config as Property).properties ?? {}).flatMap(([key, property]) =>
        'default' in property ? [[key, property.default]] : [],
      ),
    );
    expect(valid(defaults), JSON.stringify(valid.errors)).toBe(true);
    expect(parseConfig(defaults)).toEqual(defaults);
    expect(defaults).toMatchObject({
      phase: 'readiness',
      failOn: 'high',
      timeout: TIMEOUT_SECONDS,
      waivers: [],
    });
    const { quotas } = (config as Property).properties ?? {};
    expect(quotas?.properties?.rulesPerGroup?.default).toBe(rulesPerGroup({}));
  });

  it.each([
    ['the config of the demo', read('fixtures/demo/ec2-parity.config.yaml')],
    ['ranges of both families', 'cidrs: { 10.0.0.0/16: 10.1.0.0/16, "2001:db8::/56": "2001:db8:1::/56" }'],
    ['one address', 'cidrs: { 192.0.2.1: 192.0.2.2/32 }'],
    ['a waiver without an end', 'waivers: [{ rule: image/*, reason: r, owner: o, until: never }]'],
    ['a rule for some', 'rules: { image/missing-copy: [{ severity: low, subject: "b*" }] }'],
    ['a name map', '{ $schema: x, names: { images: { "web-(.*)": "dr-$1" } } }'],
  ])('and the tool both accept %s', (_, yaml) => {
    expect(valid(parse(yaml)), JSON.stringify(valid.errors)).toBe(true);
    expect(() => parseConfig(parse(yaml))).not.toThrow();
  });

  it.each([
    ['a text for ranges', 'cidrs: nonsense'],
    ['a range that is none', 'cidrs: { nonsense: 10.0.0.0/16 }'],
    ['a range to one that is none', 'cidrs: { 10.0.0.0/16: nonsense }'],
    ['an unknown rule', 'rules: { image/foo: off }'],
    ['an unknown key', 'waiver: []'],
    ['a day that is none', 'waivers: [{ rule: image/*, reason: r, owner: o, until: tomorrow }]'],
    ['a waiver without an owner', 'waivers: [{ rule: image/*, reason: r, until: never }]'],
    ['a timeout of nothing', 'timeout: 0'],
  ])('and the tool both refuse %s', (_, yaml) => {
    expect(valid(parse(yaml))).toBe(false);
    expect(() => parseConfig(parse(yaml))).toThrow();
  });

  it('leaves to the tool what a pattern cannot say: two ranges of one size and family', () => {
    for (const yaml of [
      '{ 10.0.0.0/16: 10.1.0.0/24 }',
      '{ 10.0.0.0/16: "2001:db8::/16" }',
      '{ 300.0.0.0/8: 10.0.0.0/8 }',
    ])
      expect(() => parseConfig({ cidrs: parse(yaml) })).toThrow(/cidrs/);
  });
});
