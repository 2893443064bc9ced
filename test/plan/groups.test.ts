import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, audit, type Estate, group, VPC } from '../kit/estate.ts';
import { becauseOf, complaints, doing, dryRuns, operations, planned, resolvedRules } from './kit.ts';

const OWN = '10.0.0.0/8';

function groups(...securityGroups: NonNullable<Estate['securityGroups']>): Estate {
  return { vpcs: [VPC], securityGroups };
}

describe('a plan for missing security groups', () => {
  it('makes the groups first and then their rules, so that groups that name one another can be made', () => {
    const made = planned(
      groups(
        group('app', [allow('tcp', 80, 80, 'sg-db')]),
        group('db', [allow('tcp', 5432, 5432, 'sg-app', 'sg-db')]),
      ),
      groups(),
    );
    expect(doing(made)).toEqual([
      'Create the security group "app" in vpc-1',
      'Create the security group "db" in vpc-1',
      'Authorize 1 rule of ingress on "app"',
      'Authorize 2 rules of ingress on "db"',
      'Revoke from "app" the egress that EC2 gives to a new group and the source does not have',
      'Revoke from "db" the egress that EC2 gives to a new group and the source does not have',
    ]);
    expect(resolvedRules(made)).toEqual(['security-group/missing', 'security-group/missing']);
    expect(made.plan.simulated).toMatchObject({ resolved: 2, new: 0, notes: [] });
  });

  it('says of each step which steps come before it and which findings it resolves', () => {
    const made = planned(groups(group('app', [allow('tcp', 80, 80, OWN)])), groups());
    const [finding] = made.report.findings;
    expect(made.plan.steps.map(({ id, needs, resolves }) => ({ id, needs, resolves }))).toEqual([
      { id: 'create-security-group:sg-app', needs: [], resolves: [] },
      { id: 'authorize-ingress:sg-app', needs: ['create-security-group:sg-app'], resolves: [] },
      {
        id: 'revoke-egress:sg-app',
        needs: ['create-security-group:sg-app'],
        resolves: [finding?.fingerprint],
      },
    ]);
  });

  it('leaves the egress that EC2 gives to a new group, where the source has it', () => {
    const everything = { IpPermissionsEgress: [allow('-1', undefined, undefined, '0.0.0.0/0')] };
    const made = planned(groups(group('app', [allow('tcp', 80, 80, OWN)], everything)), groups());
    expect(operations(made).map((o) => o.type)).toEqual(['create-security-group', 'authorize-rules']);
  });

  it('opens no group to any address unless that is allowed, and makes no group that would lack the rule', () => {
    const source = groups(
      group('web', [allow('tcp', 443, 443, '0.0.0.0/0')]),
      group('app', [allow('tcp', 80, 80, 'sg-web')]),
    );
    const byDefault = planned(source, groups());
    expect(doing(byDefault)).toEqual([]);
    expect(becauseOf(byDefault, 'security-group/missing')).toEqual([
      expect.stringContaining('It names the security group "web", which the plan does not create.'),
      'The rule "ingress tcp 443 from 0.0.0.0/0" opens the group to any address, which a plan does only with --allow-world-open.',
    ]);
    expect(planned(source, groups(), { allowWorldOpen: true }).plan.simulated.resolved).toBe(2);
  });

  it('makes no group whose name another group of the VPC has', () => {
    const made = planned(groups(group('a', []), group('Web', [])), groups(group('web', [])), {
      config: { names: { securityGroups: { a: 'web' } } },
    });
    expect(doing(made)).toEqual([]);
    expect(becauseOf(made, 'security-group/missing')).toEqual([
      expect.stringContaining('another group named "web"'),
    ]);
  });

  it('two halves of the address space are any address', () => {
    const made = planned(
      groups(group('web', [allow('tcp', 443, 443, '0.0.0.0/1', '128.0.0.0/1')])),
      groups(),
    );
    expect(becauseOf(made, 'security-group/missing')).toEqual([
      expect.stringContaining('--allow-world-open'),
    ]);
  });

  it('is closed under what its steps need: findings that were not selected are not resolved for themselves', () => {
    const source = groups(group('app', [allow('tcp', 80, 80, 'sg-db')]), group('db', []), group('other', []));
    const all = audit(source, groups(), {});
    const app = all.findings.find((f) => f.subject.name === 'app')?.fingerprint ?? '';
    const made = planned(source, groups(), { findings: new Set([app]) });
    expect(doing(made).filter((line) => line.startsWith('Create'))).toEqual([
      'Create the security group "app" in vpc-1',
      'Create the security group "db" in vpc-1',
    ]);
    expect(becauseOf(made, 'security-group/missing')).toEqual([
      'It is not among the findings that were selected (--findings).',
    ]);
  });
});

describe('a plan for groups that differ', () => {
  const wide = groups(group('web', [allow('tcp', 1, 65535, '0.0.0.0/0')]));
  const narrow = groups(group('web', [allow('tcp', 22, 22, OWN)]));

  it('authorizes what is missing', () => {
    const made = planned(narrow, groups(group('web', [])));
    expect(doing(made)).toEqual(['Authorize 1 rule of ingress on "web"']);
    expect(resolvedRules(made)).toEqual(['security-group/allows-less']);
  });

  it('revokes nothing unless that is allowed, and then authorizes first', () => {
    expect(doing(planned(narrow, wide))).toEqual([]);
    expect(becauseOf(planned(narrow, wide), 'security-group/allows-more')).toEqual([
      expect.stringContaining('--allow-revoke'),
    ]);
    expect(doing(planned(narrow, wide, { allowRevoke: true }))).toEqual([
      'Authorize 1 rule of ingress on "web"',
      'Revoke 1 rule of ingress from "web"',
    ]);
  });

  it('says which rule has to stay, because a rule of the source that is not written admits a part of it', () => {
    const made = planned(
      groups(group('web', [allow('tcp', 80, 80, OWN), allow('tcp', 22, 22, '0.0.0.0/0')])),
      groups(group('web', [allow('tcp', 0, 65535, OWN)])),
      { allowRevoke: true },
    );
    expect(becauseOf(made, 'security-group/allows-more')).toEqual([
      'The rule "ingress tcp all from 10.0.0.0/8" of the target admits more than the source, and has to stay: it admits what the source admits by a rule that the plan does not write. The rule "ingress tcp 22 from 0.0.0.0/0" opens the group to any address, which a plan does only with --allow-world-open.',
    ]);
  });

  it('says of which group or list it is that something is not done', () => {
    const named = planned(
      groups(
        group('web', [allow('tcp', 80, 80, 'sg-open')]),
        group('open', [allow('tcp', 22, 22, '0.0.0.0/0')]),
      ),
      groups(group('web', [])),
    );
    expect(becauseOf(named, 'security-group/allows-less')).toEqual([
      'It names the security group "open", which the plan does not create. About "open": The rule "ingress tcp 22 from 0.0.0.0/0" opens the group to any address, which a plan does only with --allow-world-open.',
    ]);
    const list = (...Entries: string[]) => [
      {
        PrefixListId: 'pl-1',
        PrefixListName: 'office',
        AddressFamily: 'IPv4',
        MaxEntries: 3,
        OwnerId: ACCOUNT,
        Entries,
      },
    ];
    const web = [group('web', [allow('tcp', 443, 443, 'pl-1')])];
    const listed = planned(
      { vpcs: [VPC], securityGroups: web, prefixLists: list('192.0.2.0/28') },
      { vpcs: [VPC], securityGroups: web, prefixLists: list('198.51.100.0/28') },
    );
    expect(becauseOf(listed, 'security-group/allows-less')).toEqual([
      'It names the prefix list "office", which the plan does not change. About "office": 1 entry of the prefix list of the target would have to be removed, which a plan does only with --allow-revoke.',
    ]);
  });

  it('leaves alone what is equal', () => {
    const made = planned(wide, wide);
    expect(made.plan.steps).toEqual([]);
    expect(made.plan.simulated).toMatchObject({ resolved: 0, new: 0, notes: [] });
  });
});

describe('the script', () => {
  it('prints in a dry run each step with its command, and calls nothing', () => {
    const made = planned(
      groups(group("it's", [allow('tcp', 80, 80, OWN)]), group('web', [allow('tcp', 22, 22, "sg-it's")])),
      groups(group('web', [])),
    );
    const [dash, bash] = dryRuns(made);
    expect(bash).toBe(dash);
    const lines = dash?.split('\n') ?? [];
    const titles = made.plan.steps.map((s, i) => `[${i + 1}/${made.plan.steps.length}] target: ${s.does}`);
    expect(lines.filter((line) => line.startsWith('['))).toEqual(titles);
    expect(lines.filter((line) => line.startsWith('    aws (target)')).length).toBe(made.plan.steps.length);
    expect(dash).not.toContain('exists already');
  });

  it('is clean for shellcheck, dash and bash, with any names', () => {
    const name = `'"$(touch /tmp/x)\`id\`\\ * ? file:///etc/passwd -- é`;
    const made = planned(
      groups(group(name, [allow('tcp', 80, 80, OWN, '2001:db8::/32')], { Description: name })),
      groups(),
    );
    expect(made.plan.steps.length).toBe(3);
    expect(complaints(made)).toEqual([]);
  });
});
