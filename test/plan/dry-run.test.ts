import { afterEach, describe, expect, it } from 'vitest';
import { planOfEveryStep } from './every-step.ts';
import { PlanFolder } from './run-plan.ts';

let made: PlanFolder | undefined;
const folder = (aws: string) => {
  made = new PlanFolder(planOfEveryStep(), aws);
  return made;
};
afterEach(() => made?.remove());

/** What changes something: all that neither describes, gets nor lists. */
const changing = (plan: PlanFolder) =>
  plan
    .calls()
    .map((call) => call.match(/^--profile (\S+) .*? (?:ec2|ssm|kms|sts) ([a-z-]+)/)?.slice(1) ?? [call, ''])
    .filter(([, operation = '']) => !/^(?:describe|get|list)-/.test(operation))
    .map(([profile, operation]) => `${profile} ${operation}`);

/** Answers as a target that has nothing of the plan, except that the lists and groups that exist have their state. */
const EMPTY = `case $* in
  *get-caller-identity*) echo 111122223333 ;;
  *"PrefixLists[0].State"*) echo create-complete ;;
  *"PrefixLists[0].MaxEntries"*) echo 1 ;;
  *"PrefixLists[0].Version"*) echo 4 ;;
  *get-managed-prefix-list-entries*) echo 198.51.100.0/24 ;;
  *"Images[].[State]"*) echo available ;;
  *SecurityGroupRuleId*) echo 'sgr-1 egress|tcp|443-443|sg-made' ;;
  *describe-security-group-rules*Description*) ;;
  *describe-security-group-rules*) echo 'egress|tcp|443-443|sg-made' ;;
  *create-managed-prefix-list*) echo pl-made ;;
  *create-security-group*) echo sg-made ;;
  *copy-image*) echo ami-made ;;
  *create-launch-template-version*) echo 7 ;;
  *create-launch-template*) echo lt-made ;;
  *describe-launch-template-versions*LaunchTemplateData*) echo '{}' ;;
esac`;

const EVERY_CHANGE = [
  'dr create-managed-prefix-list',
  'dr modify-managed-prefix-list',
  'dr modify-managed-prefix-list',
  'dr create-security-group',
  'dr authorize-security-group-ingress',
  'dr update-security-group-rule-descriptions-ingress',
  'dr revoke-security-group-egress',
  'dr import-key-pair',
  'dr create-tags',
  'prod create-grant',
  'prod modify-image-attribute',
  'prod modify-snapshot-attribute',
  'dr copy-image',
  'dr modify-image-attribute',
  'dr enable-image-deprecation',
  'dr enable-image-deregistration-protection',
  'dr put-parameter',
  'dr create-launch-template',
  'dr create-launch-template-version',
  'dr create-launch-template-version',
  'dr modify-launch-template',
];
const env = { TARGET_KMS_KEY: 'alias/images' };

describe.each(['dash', 'bash'] as const)('a plan with a step of each type, under %s', (shell) => {
  it('calls nothing in a dry run, and prints each change that it would make', async () => {
    const plan = folder(EMPTY);
    const { code, stdout, stderr } = await plan.run(shell, { args: ['--dry-run'], env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(plan.calls()).toEqual([]);
    const printed = [...stdout.matchAll(/^ {4}aws \((source|target)\) '(?:ec2|ssm|kms)' '([a-z-]+)'/gm)];
    const profiles = { source: 'prod', target: 'dr' } as const;
    expect(
      printed.map(([, side, operation]) => `${profiles[side as 'source' | 'target']} ${operation}`),
    ).toEqual(EVERY_CHANGE);
  });

  it('makes each change once, with the credentials of its side', async () => {
    const plan = folder(EMPTY);
    expect(await plan.run(shell, { env })).toMatchObject({ code: 0, stderr: '' });
    expect(changing(plan)).toEqual(EVERY_CHANGE);
  });
});
