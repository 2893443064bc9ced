import { expect, test } from 'vitest';
import {
  INVENTORY,
  KINDS,
  kindsOfScope,
  LAUNCHERS,
  NAMED_KINDS,
  neededFor,
  SCOPES,
  SNAPSHOT_KINDS,
  wordsOf,
} from '../../src/inventory/kinds.ts';
import { snapshotSchema } from '../../src/inventory/snapshot.ts';

test('a report lists the kinds in the order that its readers know', () => {
  expect(KINDS).toEqual([
    'key-pair',
    'security-group',
    'prefix-list',
    'image',
    'instance',
    'launch-template',
    'launch-configuration',
    'auto-scaling-group',
    'stack',
  ]);
  const orders = SNAPSHOT_KINDS.flatMap((key) => INVENTORY[key].order ?? []);
  expect(new Set(orders).size).toBe(orders.length);
});

test('every kind that a report lists belongs to one word of --only, and that word reads it', () => {
  expect(SCOPES.flatMap(kindsOfScope).sort()).toEqual([...KINDS].sort());
  for (const scope of SCOPES) {
    const read = neededFor(scope).map((key) => INVENTORY[key].kind);
    for (const kind of kindsOfScope(scope)) expect(read).toContain(kind);
  }
  expect(neededFor('workloads')).toEqual(SNAPSHOT_KINDS);
});

test('a kind is paired or evidence, never half of both', () => {
  for (const key of SNAPSHOT_KINDS) {
    const { order, scope, launches, named } = INVENTORY[key];
    expect([key, scope === null]).toEqual([key, order === null]);
    if (scope === null) expect([key, launches, named]).toEqual([key, false, false]);
    if (launches) expect([key, scope]).toEqual([key, 'workloads']);
  }
});

test('the words are those of the AWS documentation', () => {
  expect(wordsOf('auto-scaling-group')).toMatchObject({
    one: 'Auto Scaling group',
    many: 'Auto Scaling groups',
  });
  expect(wordsOf('key-pair')).toMatchObject({ one: 'key pair', many: 'key pairs', short: 'key' });
  expect(wordsOf('vpc'), 'evidence is no kind of a report').toBeNull();
  expect(wordsOf('constructor')).toBeNull();
});

test('a snapshot file has a field for every kind, in the order of the table', () => {
  const fields = Object.keys(snapshotSchema.shape);
  expect(fields.filter((field) => Object.hasOwn(INVENTORY, field))).toEqual(SNAPSHOT_KINDS);
  expect(LAUNCHERS.every((key) => SNAPSHOT_KINDS.includes(key))).toBe(true);
  expect(NAMED_KINDS).toHaveLength(KINDS.length);
});
