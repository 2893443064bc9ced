import { describe, expect, it } from 'vitest';
import { readTerraform } from '../../src/terraform/index.ts';
import { plan, state } from './kit.ts';

const [ONE, TWO] = ['111122223333', '444455556666'];
const server = (more: object = {}) => ({
  type: 'aws_instance',
  written: { key_name: 'k' },
  values: { key_name: 'k' },
  ...more,
});
const places = (json: object) => readTerraform(json as never).map(({ region, account }) => [region, account]);
const provider = (expressions: object) => ({ aws: { name: 'aws', expressions } });
const constant = (constant_value: unknown) => ({ constant_value });
const role = (account: string) => `arn:aws:iam::${account}:role/deploy`;

describe('where the resources of a plan are', () => {
  it.each([
    ['the role that the provider assumes', { assume_role: [{ role_arn: constant(role(TWO)) }] }, TWO],
    ['a role of web identity', { assume_role_with_web_identity: [{ role_arn: constant(role(TWO)) }] }, TWO],
    ['the one account that it admits', { allowed_account_ids: constant([TWO]) }, TWO],
    ['several accounts that it admits', { allowed_account_ids: constant([ONE, TWO]) }, null],
    ['a role by a variable', { assume_role: [{ role_arn: { references: ['var.role'] } }] }, TWO],
    ['accounts by a variable', { allowed_account_ids: { references: ['var.accounts'] } }, TWO],
    ['a role that a local makes', { assume_role: [{ role_arn: { references: ['local.role'] } }] }, null],
    ['nothing of it', {}, null],
    ['a role that is no ARN', { assume_role: [{ role_arn: constant('deploy') }] }, null],
  ])('is of the account by %s', (_, expressions, account) => {
    const json = plan({
      resources: [server()],
      providers: provider({ region: constant('us-east-1'), ...expressions }),
      variables: { role: role(TWO), accounts: [TWO] },
    });
    expect(places(json)).toEqual([['us-east-1', account]]);
  });

  it('is what data sources found through the provider', () => {
    const found = [
      { type: 'aws_caller_identity', mode: 'data' as const, values: { account_id: TWO } },
      { type: 'aws_region', mode: 'data' as const, values: { name: 'eu-west-1' } },
    ];
    expect(places(plan({ resources: [server(), ...found], region: null }))).toEqual([['eu-west-1', TWO]]);
    const named = found.map((one) => ({ ...one, written: { name: 'eu-west-1' } }));
    expect(places(plan({ resources: [server(), ...named], region: null }))).toEqual([[null, TWO]]);
  });

  it('is in parts by region and account, alias by alias', () => {
    const alias = (region: string, account: string) => ({
      name: 'aws',
      expressions: {
        region: constant(region),
        assume_role: [{ role_arn: constant(role(account)) }],
      },
    });
    const json = plan({
      resources: [
        server(),
        server({ name: 'b', provider: 'aws.b' }),
        server({ name: 'c', provider: 'module.web:aws.c', modules: ['web'] }),
        server({ name: 'd', provider: 'aws.b' }),
      ],
      providers: {
        aws: alias('us-east-1', ONE),
        'aws.b': alias('us-east-1', TWO),
        'module.web:aws.c': alias('eu-west-1', TWO),
      },
      modules: { web: {} },
    });
    expect(places(json)).toEqual([
      ['us-east-1', ONE],
      ['us-east-1', TWO],
      ['eu-west-1', TWO],
    ]);
    expect(readTerraform(json as never)[1]?.template.references.map((r) => r.resource)).toEqual([
      'aws_instance.b',
      'aws_instance.d',
    ]);
  });
});

describe('where the resources of a state are', () => {
  const arn = (account: string, id: string) => `arn:aws:ec2:us-east-1:${account}:instance/${id}`;
  const own = (name: string, values: object) => ({ type: 'aws_instance', name, values });

  it('is by their ARNs and owners, with what is beside them', () => {
    const group = { type: 'aws_security_group', values: { region: 'us-east-1', owner_id: ONE } };
    const bare = own('bare', { region: 'us-east-1' });
    expect(places(state([own('a', { arn: arn(ONE, 'i-1') }), group, bare]))).toEqual([['us-east-1', ONE]]);
  });

  it('is not known of what is beside resources of two accounts', () => {
    const json = state([
      own('a', { arn: arn(ONE, 'i-1') }),
      own('b', { arn: arn(TWO, 'i-2') }),
      own('c', { region: 'us-east-1' }),
    ]);
    expect(places(json)).toEqual([
      ['us-east-1', ONE],
      ['us-east-1', TWO],
      ['us-east-1', null],
    ]);
  });
});
