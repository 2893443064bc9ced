import { describe, expect, it } from 'vitest';
import { Unable } from '../../src/inventory/unable.ts';
import { accountsFrom } from '../../src/matrix/accounts.ts';
import { folderName, plannedPairs } from '../../src/matrix/pairs.ts';
import { type PairConfig, pairSchema } from '../../src/matrix/pairs-config.ts';

/** As c7n-org's documentation shows it, with keys that mean nothing here. */
const FILE = {
  vars: { owner: 'platform' },
  accounts: [
    {
      account_id: '123123123123',
      name: 'account-1',
      email: 'a@example.com',
      regions: ['us-east-1', 'us-west-2', 'eu-west-1'],
      role: 'arn:aws:iam::123123123123:role/Audit',
      external_id: 'x-1',
      vars: { charge_code: 'xyz' },
      tags: ['type:prod', 'scope:pci'],
    },
    { account_id: '000000000042', name: 'account-2', profile: 'two', tags: ['type:prod'] },
    { account_id: '444455556666', role: ['arn:aws:iam::444455556666:role/Audit'], regions: ['all'] },
  ],
};
const ACCOUNTS = accountsFrom(FILE, 'accounts.yml');

const planned = (...pairs: object[]) =>
  plannedPairs(
    pairs.map((pair): PairConfig => pairSchema.parse(pair)),
    ACCOUNTS,
  );
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Unable) return `${error.message} ${error.hint}`;
    throw error;
  }
  return 'not refused';
};

describe('an accounts file in the format of c7n-org', () => {
  it('is read with roles, profiles, external ids, regions and tags', () => {
    expect(ACCOUNTS).toEqual([
      {
        id: '123123123123',
        name: 'account-1',
        roleArn: 'arn:aws:iam::123123123123:role/Audit',
        profile: null,
        externalId: 'x-1',
        regions: ['us-east-1', 'us-west-2', 'eu-west-1'],
        tags: ['type:prod', 'scope:pci'],
      },
      {
        id: '000000000042',
        name: 'account-2',
        roleArn: null,
        profile: 'two',
        externalId: null,
        regions: [],
        tags: ['type:prod'],
      },
      expect.objectContaining({ id: '444455556666', name: '444455556666', regions: [] }),
    ]);
  });

  it('may have an id that YAML reads as a number', () => {
    const [only] = accountsFrom({ accounts: [{ account_id: 42, profile: 'p' }] }, 'a');
    expect(only?.id).toBe('000000000042');
  });

  it.each([
    ['of another cloud', { subscriptions: [] }, /a\.yml: there is no list "accounts"/],
    ['that is a list', [], /a\.yml/],
    ['without an id', { accounts: [{ name: 'x', role: 'r' }] }, /accounts\[0\]: account_id is missing/],
    ['with a wrong id', { accounts: [{ account_id: 'abc', role: 'r' }] }, /accounts\[0\]: .*twelve digits/],
    [
      'without credentials',
      { accounts: [{ account_id: '1', name: 'x' }] },
      /"x" has neither a role nor a profile/,
    ],
    [
      'with a chain of roles',
      { accounts: [{ account_id: '1', name: 'x', role: ['a', 'b'] }] },
      /"x" has a chain of 2 roles.*source_profile/,
    ],
    [
      'with a name twice',
      { accounts: [1, 2].map((id) => ({ account_id: id, name: 'x', role: 'r' })) },
      /two accounts have the name "x"/,
    ],
  ])('is refused %s', (_, value, message) => {
    expect(refusal(() => accountsFrom(value, 'a.yml'))).toMatch(message);
  });
});

describe('the pairs of a config', () => {
  it('are two sides each, by region, profile, file or folder', () => {
    const [pair] = planned({
      name: 'prod',
      source: 'us-east-1@prod',
      target: 'dumps/eu-west-1',
      failOn: 'low',
    });
    expect(pair).toEqual({
      name: 'prod',
      folder: 'prod',
      source: {
        text: 'us-east-1@prod',
        label: 'us-east-1@prod',
        roleArn: null,
        externalId: null,
        region: null,
        account: null,
      },
      target: expect.objectContaining({ text: 'dumps/eu-west-1' }),
      config: null,
      baseline: null,
      phase: null,
      failOn: 'low',
    });
  });

  it('take a role, an external id and a region for a side', () => {
    const role = 'arn:aws:iam::111122223333:role/A';
    const [pair] = planned({
      source: { side: 'us-east-1', roleArn: role, externalId: 'e' },
      target: { side: 'dumps', region: 'eu-west-1' },
    });
    expect(pair?.source).toMatchObject({ text: 'us-east-1', roleArn: role, externalId: 'e' });
    expect(pair?.target).toMatchObject({ text: 'dumps', region: 'eu-west-1' });
    expect(pair?.name).toBe('us-east-1..dumps');
  });

  it('have one source and several targets, each a pair with its own folder', () => {
    const pairs = planned({ name: 'dr', source: 'us-east-1', target: ['eu-west-1', 'ap-south-1'] });
    expect(pairs.map(({ name, folder, target }) => [name, folder, target.text])).toEqual([
      ['dr eu-west-1', 'dr-eu-west-1', 'eu-west-1'],
      ['dr ap-south-1', 'dr-ap-south-1', 'ap-south-1'],
    ]);
  });

  it('name accounts of the accounts file after the @, by name or id; other words are profiles', () => {
    const [pair] = planned({ source: 'us-east-1@account-1', target: 'eu-west-1@000000000042' });
    expect(pair?.source).toMatchObject({
      text: 'us-east-1',
      roleArn: 'arn:aws:iam::123123123123:role/Audit',
      externalId: 'x-1',
      account: '123123123123',
    });
    expect(pair?.target).toMatchObject({ text: 'eu-west-1@two', roleArn: null, account: '000000000042' });
    expect(planned({ source: 'us-east-1@other', target: 'eu-west-1' })[0]?.source).toMatchObject({
      text: 'us-east-1@other',
      account: null,
    });
  });

  it('are one for each account that names and tags select', () => {
    const names = (over: object) =>
      planned({ name: 'dr', source: 'us-east-1', target: 'eu-west-1', ...over }).map(({ name }) => name);
    expect(names({ accounts: ['account-*'] })).toEqual(['dr account-1', 'dr account-2']);
    expect(names({ accounts: ['*'], tags: ['type:prod', 'scope:pci'] })).toEqual(['dr account-1']);
    expect(names({ accounts: ['444455556666', 'account-2'] })).toEqual(['dr account-2', 'dr 444455556666']);
  });

  it('have the other regions of an account as targets where none is given', () => {
    const pairs = planned({ name: 'dr', source: 'us-east-1', accounts: ['account-1'] });
    expect(pairs.map(({ name }) => name)).toEqual(['dr account-1 us-west-2', 'dr account-1 eu-west-1']);
    expect(pairs.every(({ source, target }) => source.account === target.account)).toBe(true);
  });

  it.each([
    [
      'no account of the name',
      { accounts: ['x'], target: 'eu-west-1' },
      /no account "x".*account-1, account-2/,
    ],
    ['no account with the tags', { accounts: ['*'], tags: ['a:b'], target: 'eu-west-1' }, /has the tags a:b/],
    ['no other region', { accounts: ['account-2'] }, /no other region of the account "account-2"/],
    [
      'a file in an account',
      { accounts: ['account-2'], target: 'a.json' },
      /"a\.json" cannot be of the account/,
    ],
  ])('are refused where there is %s', (_, over, message) => {
    expect(refusal(() => planned({ source: 'us-east-1', ...over }))).toMatch(message);
  });

  it('are refused where two would share a folder, also on a file system without case', () => {
    const two = (a: string, b: string) =>
      refusal(() => planned({ name: a, source: 'a', target: 'b' }, { name: b, source: 'a', target: 'b' }));
    expect(two('prod', 'Prod')).toMatch(/"prod" and "Prod" would be written to one folder/);
    expect(two('a b', 'a/b')).toMatch(/one folder, a-b/);
    expect(two('a', 'b')).toBe('not refused');
  });

  it('have a baseline only where the entry is one pair', () => {
    const one = { source: 'us-east-1', target: 'eu-west-1', baseline: 'b.json' };
    expect(planned(one)[0]?.baseline).toBe('b.json');
    const several = [
      { ...one, target: ['eu-west-1', 'eu-west-2'] },
      { ...one, accounts: ['account-1'] },
    ];
    for (const entry of several)
      expect(refusal(() => planned(entry))).toMatch(/has one baseline, b\.json.*--baseline DIR/);
  });

  it('need a target or accounts, and tags need accounts', () => {
    const faults = (pair: object) => pairSchema.safeParse(pair).error?.issues.map(({ message }) => message);
    expect(faults({ source: 'us-east-1' })?.[0]).toMatch(/needs a target/);
    expect(faults({ source: 'us-east-1', target: 'eu-west-1', tags: ['a'] })?.[0]).toMatch(/no "accounts"/);
    expect(faults({ source: 1, target: 'eu-west-1' })?.[0]).toMatch(/a side is a text/);
  });

  it.each(['../..', '..', '/etc/passwd', 'a\\..\\b', '\u202e', '', 'a'.repeat(400), 'C:\\x'])(
    'never lead out of the output folder: %j',
    (name) => {
      expect(folderName(name)).toMatch(/^[A-Za-z0-9_@][A-Za-z0-9._@-]{0,99}$/);
    },
  );
});
