import { describe, expect, it } from 'vitest';
import { cloudFormationFiles } from '../../src/plan/cloudformation/index.ts';
import type { Operation, Plan, PlannedRule } from '../../src/plan/model.ts';
import { deployTemplates } from './deploy/cloudformation.ts';
import { Memory } from './deploy/memory.ts';
import { TARGET } from './plan-arbitrary.ts';
import { planOf } from './plan-of.ts';

const to = (peer: PlannedRule['peer']): PlannedRule => ({
  protocol: 'tcp',
  from: 443,
  to: 443,
  peer,
  description: null,
});
const cidr = (text: string) => to({ type: 'cidr', cidr: text });
const group = (madeBy: string) => to({ type: 'group', group: { madeBy }, ownerId: null });
const everywhere: PlannedRule = { ...cidr('0.0.0.0/0'), protocol: '-1', from: null, to: null };

/** A group that is made, its rules of egress, and whether it keeps the egress of a new group. */
function made(name: string, egress: readonly PlannedRule[], keeps = false): Record<string, Operation> {
  const of = { group: { madeBy: name }, name, direction: 'egress' } as const;
  return {
    [name]: {
      type: 'create-security-group',
      vpcId: 'vpc-1',
      name,
      description: name,
      tags: {},
      defaultEgress: [everywhere],
    },
    ...(egress.length > 0 ? { [`out ${name}`]: { type: 'authorize-rules', rules: egress, ...of } } : {}),
    ...(keeps ? {} : { [`gone ${name}`]: { type: 'revoke-rules', rules: [everywhere], ...of } }),
  };
}
const resourcesOf = (plan: Plan) => JSON.parse(cloudFormationFiles(plan, TARGET).files[0].text).Resources;
async function deployed(plan: Plan): Promise<string[]> {
  const memory = new Memory(() => ['0.0.0.0/0']);
  await deployTemplates(cloudFormationFiles(plan, TARGET).files, memory);
  return memory.done();
}
const inside = (resources: Record<string, { Properties: { SecurityGroupEgress?: object[] } }>) =>
  Object.entries(resources).flatMap(([id, r]) =>
    r.Properties.SecurityGroupEgress ? [[id, r.Properties.SecurityGroupEgress]] : [],
  );

describe('the egress that CloudFormation gives to a new group', () => {
  it('is kept where the group is to have it: no rule is inside the group', () => {
    const resources = resourcesOf(planOf(made('web', [cidr('10.0.0.0/8')], true)));
    expect(inside(resources)).toEqual([]);
    expect(Object.keys(resources)).toEqual(['GroupWeb', 'RuleWebTo100008Tcp443']);
  });

  it('is kept away by one of the rules of the group inside it', () => {
    const resources = resourcesOf(planOf(made('web', [group('web'), cidr('10.0.0.0/8')])));
    expect(inside(resources)).toEqual([
      ['GroupWeb', [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' }]],
    ]);
  });

  it('is kept away by rules to other groups, in no circle', async () => {
    const plan = planOf({
      ...made('a', [group('b')]),
      ...made('b', [group('c')]),
      ...made('c', [group('a')]),
    });
    // The rule of one of the three has to be outside, so that one to 127.0.0.1 is inside.
    expect(inside(resourcesOf(plan))).toHaveLength(3);
    expect(cloudFormationFiles(plan, TARGET).left.map((l) => l.step.id)).toEqual(['c']);
    const rules = (await deployed(plan)).filter((line) => line.includes('egress'));
    expect(rules).toEqual([
      'group vpc-1/a: egress tcp 443-443 group group vpc-1/b (null)',
      'group vpc-1/b: egress tcp 443-443 group group vpc-1/c (null)',
      'group vpc-1/c: egress -1 null-null cidr 127.0.0.1/32 (null)',
      'group vpc-1/c: egress tcp 443-443 group group vpc-1/a (null)',
    ]);
  });

  it('is replaced by a rule to 127.0.0.1 where the group has no egress, and the file says so', () => {
    const { files, left } = cloudFormationFiles(planOf(made('web', [])), TARGET);
    const { Resources, Metadata } = JSON.parse(files[0].text);
    expect(inside(Resources)).toEqual([['GroupWeb', [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }]]]);
    expect(left).toHaveLength(1);
    expect(Metadata['ec2-parity'].LeftToTheScript).toEqual([
      {
        Step: 'Do web',
        Because: expect.stringContaining('Remove it with aws ec2 revoke-security-group-egress'),
      },
    ]);
  });
});

it('a text that CloudFormation would replace by a secret is left to the script, with all that needs it', () => {
  const hostile = {
    ...cidr('10.0.0.0/8'),
    description: '{{resolve:secretsmanager:prod:SecretString:password}}',
  };
  const plan = planOf({ ...made('web', [hostile], true), ...made('db', [group('web')], true) });
  const [web, ...others] = plan.steps;
  if (web?.operation.type !== 'create-security-group') throw new Error('no group');
  const tagged = { ...web, operation: { ...web.operation, tags: { x: '{{resolve:ssm:/prod/password}}' } } };
  for (const steps of [
    [web, ...others],
    [tagged, ...others],
  ]) {
    const { files, left } = cloudFormationFiles({ ...plan, steps }, TARGET);
    expect(JSON.stringify(JSON.parse(files[0].text).Resources)).not.toContain('resolve:');
    expect(left.map((l) => l.step.id)).toEqual(steps[0] === web ? ['out web'] : ['web', 'out web', 'out db']);
  }
});

it('a group with a tag that CloudFormation does not accept is left to the script, and its tag stays whole', () => {
  const plan = planOf({ ...made('web', [], true), ...made('db', [], true) });
  const steps = plan.steps.map((step) =>
    step.operation.type === 'create-security-group' && step.operation.name === 'web'
      ? { ...step, operation: { ...step.operation, tags: { 'a\nb': 'x' } } }
      : step,
  );
  const { files, left } = cloudFormationFiles({ ...plan, steps }, TARGET);
  expect(Object.keys(JSON.parse(files[0].text).Resources)).toEqual(['GroupDb']);
  expect(left.map((l) => l.because)).toContain('CloudFormation accepts no tag whose key has a line break.');
});

it('more than 500 resources are in several templates, which are deployed one after another', async () => {
  const names = Array.from({ length: 230 }, (_, n) => `g${n}`);
  const plan = planOf({
    list: { type: 'create-prefix-list', name: 'l', family: 'IPv4', maxEntries: 1, entries: [], tags: {} },
    ...Object.assign(
      {},
      ...names.map((name, n) =>
        made(name, [
          group(`g${(n + 1) % 230}`),
          to({ type: 'prefix-list', list: { madeBy: 'list' } }),
          cidr('10.0.0.0/8'),
        ]),
      ),
    ),
  });
  const { files, left } = cloudFormationFiles(plan, TARGET);
  expect(files.map((f) => f.name)).toEqual([
    'cloudformation.json',
    'cloudformation-2.json',
    'cloudformation-3.json',
  ]);
  for (const { text } of files) {
    const { Resources, Outputs = {}, Parameters = {} } = JSON.parse(text);
    expect(Object.keys(Resources).length).toBeLessThanOrEqual(500);
    expect(Object.keys(Outputs).length).toBeLessThanOrEqual(200);
    expect(Object.keys(Parameters).length).toBeLessThanOrEqual(200);
    expect(text.length).toBeLessThan(1_000_000);
  }
  expect(left).toEqual([]);
  expect((await deployed(plan)).filter((line) => line.includes(': egress'))).toHaveLength(3 * 230);
});

it('logical ids are letters and digits, and do not depend on the order of the plan', () => {
  const one = planOf(made('Wéb tier!', [], true));
  expect(Object.keys(resourcesOf(one))).toEqual(['GroupWebTier']);
  const two = planOf({ ...made('a-b', [], true), ...made('a b', [], true), ...made('c', [], true) });
  const three = planOf({ ...made('x', [], true), ...made('a b', [], true), ...made('a-b', [], true) });
  const ids = (plan: Plan) => Object.keys(resourcesOf(plan)).filter((id) => id.startsWith('GroupAB'));
  expect(ids(two).sort()).toEqual(ids(three).sort());
  expect(Object.keys(resourcesOf(two))).toContain('GroupC');
  for (const id of [...ids(two)]) expect(id).toMatch(/^[A-Za-z0-9]{1,255}$/);
});
