import type { FactsOf } from '../../../report/rules/index.ts';
import { groupBy } from '../../../text/groups.ts';
import type { Context } from '../../context.ts';
import { writtenIn } from '../../workloads/reference-issues.ts';
import { deployedCounterpart, stackOf } from '../../workloads/stack-users.ts';
import type { Check } from '../../workloads/template-checks.ts';
import { always, type Found, rule } from '../rule.ts';
import { nameTakenRemedy } from './name-taken.ts';
import { REFUSED } from './refusals.ts';
import { aboutLaunch, ERRORS, place, subject } from './shared.ts';

/** What CloudFormation refuses of a template, before it creates anything or while it does. */
function* aboutStack(item: object | null, context: Context): Generator<Found<FactsOf<'workload/refused'>>> {
  const asked = item && stackOf(item, context);
  if (!asked) return;
  // A stack that is deployed on the target has been created there.
  const stack = deployedCounterpart(asked, context) ?? asked;
  const base = { judged: stack === asked ? 'source' : 'target', limit: null } as const;
  for (const refusal of stack.refusals) {
    const { because, what, resource, path } = refusal;
    yield {
      facts: { ...base, ...writtenIn(stack, refusal), at: `${resource} ${path}`, because, what },
      discriminator: [because, resource, what],
      content: null,
      origin: { references: [refusal] },
    };
  }
  const imports = groupBy(stack.checks, ({ issue }) => (issue?.is === 'no-export' ? issue.text : null));
  const zones = groupBy(stack.checks, ({ issue }) => (issue?.is === 'no-zone' ? issue.text : null));
  for (const [what, checks] of [...imports, ...zones]) {
    const [{ reference, issue }] = checks as [Check];
    const because = issue?.is === 'no-zone' ? 'no-such-zone' : 'no-such-export';
    const open = checks.every(({ outcome }) => outcome.when.length > 0);
    yield {
      facts: {
        ...base,
        ...writtenIn(stack, reference),
        at: `${reference.resource} ${reference.path}`,
        because,
        what,
        limit: issue?.is === 'no-zone' ? issue.count : null,
      },
      discriminator: [because, what],
      content: null,
      origin: { references: checks },
      ...(open ? { severity: 'medium' as const } : {}),
    };
  }
}

export const launchRefused = rule({
  id: 'workload/refused',
  title: 'EC2 refuses the parameters',
  short: 'launch refused',
  severity: always('critical'),
  severityNote:
    'high where another launch of the same group can still be used; medium where a condition of a template leaves open whether it counts',
  compares:
    'The parameters of a launch with one another, and with what the account and region of the target are set to refuse; what it enables with what the instance type supports; of a template, its Rules, the names that it creates and the exports that it imports.',
  why: 'EC2 refuses the launch: "InvalidParameterCombination: Network interfaces and an instance-level security groups may not be specified on the same request", "InvalidParameterValue: Value (…) for parameter availabilityZone is invalid", "UnsupportedOperation", "SecurityGroupsPerInterfaceLimitExceeded", "AttachmentLimitExceeded", "InvalidNetworkInterfaceID.NotFound", "InvalidSnapshot.NotFound"; Auto Scaling: "One or more target groups not found. Validating load balancer configuration failed".',
  remedy: 'Change the parameters so that EC2 takes them.',
  links: [ERRORS],
  *find(pair, context) {
    yield* aboutLaunch('workload/refused', pair, context);
    yield* aboutStack(pair.source, context);
  },
  message: (facts, { name, onTarget, target }) =>
    `${subject(facts, { name, onTarget, target })} ${REFUSED[facts.because].says(facts, target)}${place(facts)}.`,
  remedyFor: (facts) =>
    facts.because === 'name-taken' ? nameTakenRemedy(facts) : REFUSED[facts.because].fix,
});
