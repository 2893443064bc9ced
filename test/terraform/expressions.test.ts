import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/cloudformation/index.ts';
import { readTerraform } from '../../src/terraform/index.ts';
import { said } from '../cloudformation/kit.ts';
import { plan, ref } from './kit.ts';

type Resources = Parameters<typeof plan>[0]['resources'];
type More = Omit<Parameters<typeof plan>[0], 'resources'>;

/** What the key pair of an instance is in us-east-1, the region of the plan, and in eu-west-1. */
function keys(resource: Omit<Resources[number], 'type'>, more: More = {}, data: Resources = []) {
  const [part] = readTerraform(
    plan({ resources: [{ type: 'aws_instance', ...resource }, ...data], ...more }) as never,
  );
  const of = (region: string) =>
    (part?.template.references ?? []).flatMap(({ value }) =>
      part ? evaluate(value, part.template, { region, account: '444455556666' }).map(said) : [],
    );
  return [of('us-east-1').join(), of('eu-west-1').join()];
}
const key = (key_name: string, ...references: string[]) => ({
  values: { key_name },
  written: { key_name: ref(...references) },
});
const REGION: Resources = [
  { type: 'aws_region', name: 'now', mode: 'data', values: { name: 'us-east-1', id: 'us-east-1' } },
];
const ACCOUNT: Resources = [
  { type: 'aws_caller_identity', name: 'me', mode: 'data', values: { account_id: '111122223333' } },
];
const later = (what: string) =>
  `unknown ${what}, which Terraform works out when the configuration is applied there`;

describe('a text that holds the region or the account', () => {
  it.each([
    [
      'of a variable',
      'web-us-east-1',
      ['var.region'],
      { variables: { region: 'us-east-1' } },
      'web-eu-west-1',
    ],
    [
      'of a variable and another',
      'web-us-east-1',
      ['var.region', 'var.app'],
      { variables: { region: 'us-east-1', app: 'web' } },
      'web-eu-west-1',
    ],
    [
      'of the default of a variable',
      'us-east-1/us-east-1',
      ['var.region'],
      { declared: { region: { default: 'us-east-1' } } },
      'eu-west-1/eu-west-1',
    ],
    [
      'of no variable',
      'web-us-east-1',
      ['var.name'],
      { variables: { name: 'web-us-east-1' } },
      'web-us-east-1',
    ],
  ])('%s', (_, value, references, more, there) => {
    expect(keys(key(value, ...references), more)).toEqual([value, there]);
  });

  it('of the data sources of both', () => {
    const written = key(
      'k-us-east-1-111122223333',
      'data.aws_region.now.name',
      'data.aws_caller_identity.me.account_id',
    );
    expect(keys(written, {}, [...REGION, ...ACCOUNT])).toEqual([
      'k-us-east-1-444455556666',
      'k-eu-west-1-444455556666',
    ]);
  });

  it('of a data source of a region that is named is of that region', () => {
    const [data] = REGION;
    const named = [{ ...data, written: { name: 'us-east-1' } }] as Resources;
    expect(keys(key('k-us-east-1', 'data.aws_region.now.name'), {}, named)[1]).toBe(
      later('data.aws_region.now'),
    );
  });

  it('with what a local computes is not known elsewhere', () => {
    expect(keys(key('k-us-east-1', 'local.app', 'data.aws_region.now.name'), {}, REGION)[1]).toBe(
      later('local.app, data.aws_region.now'),
    );
  });

  it('of a variable that a module is given', () => {
    const modules = { web: { expressions: { place: ref('var.region') }, variables: { place: {} } } };
    const resource = { ...key('k-us-east-1', 'var.place'), modules: ['web'] };
    expect(keys(resource, { modules, variables: { region: 'us-east-1' } })).toEqual([
      'k-us-east-1',
      'k-eu-west-1',
    ]);
  });
});

describe('each', () => {
  const servers = { a: { key: 'one' }, b: { key: 'two' } };
  it.each([
    ['each.value.key', 'two'],
    ['each.key', 'b'],
  ])('%s is of the variable that for_each goes over', (reference, value) => {
    const resource = { ...key(value, reference), index: 'b', forEach: ref('var.servers') };
    expect(keys(resource, { variables: { servers } })).toEqual([value, value]);
  });

  it('is written out where for_each is', () => {
    const resource = { ...key('one', 'each.value'), index: 'one', forEach: {} };
    expect(keys(resource)).toEqual(['one', 'one']);
  });

  it('is a resource of the plan where for_each goes over these', () => {
    const made: Resources = [
      { type: 'aws_key_pair', values: { key_name: 'one' }, written: { key_name: 'one' } },
    ];
    const resource = {
      ...key('one', 'each.value'),
      index: 'one',
      forEach: ref('aws_key_pair.this.key_name'),
    };
    expect(keys(resource, {}, made)).toEqual([
      'own aws_key_pair.this.key_name',
      'own aws_key_pair.this.key_name',
    ]);
  });

  it('of what a local computes is not known elsewhere', () => {
    const resource = { ...key('one', 'each.value'), index: 'one', forEach: ref('local.servers') };
    expect(keys(resource)).toEqual(['one', later('local.servers')]);
  });

  it('of a module is what its caller goes over', () => {
    const modules = {
      web: {
        expressions: { name: ref('each.value.key') },
        variables: { name: {} },
        forEach: ref('var.servers'),
      },
    };
    const resource = { ...key('two', 'var.name'), modules: ['web["b"]'] };
    expect(keys(resource, { modules, variables: { servers } })).toEqual(['two', 'two']);
  });
});

describe('a variable of several values', () => {
  it.each([
    ['an item', 'one', { list: ['zero', 'one'] }, 'one'],
    ['a value at depth', 'one', { list: [{ keys: { web: 'one' } }] }, 'one'],
    ['a row per region', 'one', { map: { 'us-east-1': 'one', 'eu-west-1': 'two' } }, 'two'],
    [
      'a row per region with parts',
      'one',
      { map: { 'us-east-1': { key: 'one' }, 'eu-west-1': { key: 'two' } } },
      'two',
    ],
    [
      'a row per region below a part',
      'one',
      { map: { keys: { 'us-east-1': 'one', 'eu-west-1': 'two' } } },
      'two',
    ],
    [
      'no row for the region',
      'one',
      { map: { 'us-east-1': { key: 'one' } } },
      'no row var.map[region]["key"].eu-west-1.',
    ],
  ])('%s', (_, value, variables, there) => {
    const [name = ''] = Object.keys(variables);
    expect(keys(key(value, `var.${name}`), { variables })).toEqual([value, there]);
  });

  it('with two parts of a row that are used', () => {
    const map = { 'us-east-1': { a: 'one', b: 'two' }, 'eu-west-1': { a: 'three', b: 'four' } };
    const first = keys(key('one', 'var.map'), { variables: { map } });
    expect([first, keys(key('two', 'var.map'), { variables: { map } })]).toEqual([
      ['one', 'three'],
      ['two', 'four'],
    ]);
  });
});

describe('a data source that finds by name', () => {
  it.each([
    ['aws_key_pair', 'key_name', 'data.aws_key_pair.found.key_name'],
    ['aws_iam_instance_profile', 'name', 'data.aws_iam_instance_profile.found.name'],
    ['aws_launch_template', 'name', 'data.aws_launch_template.found.id'],
  ])('%s gives the same name everywhere', (type, attribute, reference) => {
    const data: Resources = [
      {
        type,
        name: 'found',
        mode: 'data',
        values: { [attribute]: 'web', id: 'x-1' },
        written: { [attribute]: 'web' },
      },
    ];
    const value = reference.endsWith('id') ? 'x-1' : 'web';
    expect(keys(key(value, reference), {}, data)[1]).toBe('web');
  });

  it('takes the region in the name', () => {
    const data: Resources = [
      {
        type: 'aws_key_pair',
        name: 'found',
        mode: 'data',
        values: { key_name: 'k-us-east-1' },
        written: { key_name: ref('var.region') },
      },
    ];
    const more = { variables: { region: 'us-east-1' } };
    expect(keys(key('k-us-east-1', 'data.aws_key_pair.found.key_name'), more, data)[1]).toBe('k-eu-west-1');
  });

  it('of zones gives some zone of the region', () => {
    const data: Resources = [
      {
        type: 'aws_availability_zones',
        name: 'all',
        mode: 'data',
        values: { names: ['us-east-1a', 'us-east-1b'] },
      },
    ];
    const zone = key('us-east-1a', 'data.aws_availability_zones.all.names[0]');
    expect(keys(zone, {}, data)).toEqual(['us-east-1a', 'unknown Fn::GetAZs']);
  });
});

it('what only a launch names comes through its variable too', () => {
  const [part] = readTerraform(
    plan({
      resources: [
        {
          type: 'aws_instance',
          values: { iam_instance_profile: 'web' },
          written: { iam_instance_profile: ref('var.profile') },
        },
      ],
      variables: { profile: 'web' },
    }) as never,
  );
  expect(part?.template.parameters.map(({ name }) => name)).toEqual(['var.profile']);
});
