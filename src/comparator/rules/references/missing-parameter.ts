import type { FactsOf } from '../../../report/rules/index.ts';
import { publishedBeside } from '../../commands/parameter.ts';
import { regionOfForeign } from '../../workloads/ids-of-region.ts';
import { leadingTo, type TakenFrom } from '../../workloads/reference.ts';
import { always, rule } from '../rule.ts';
import { found, place } from './found.ts';
import { PARAMETERS } from './links.ts';

export const referenceMissingParameter = rule({
  id: 'reference/missing-parameter',
  title: 'The target lacks the parameter',
  short: 'parameter missing',
  severity: always('high'),
  severityNote: 'medium where it depends on a condition of a template that cannot be decided',
  compares:
    'The SSM parameters that image references go through, and those of any type that a template needs, with those of the target. That they name another image there is right; of which image it is a copy, reference/unsuitable-image says.',
  why: 'The launch cannot find its image, and CloudFormation does not create the stack: parameters are regional.',
  remedy: 'Create the parameter on the target, of data type aws:ec2:image, with the image of that region.',
  links: [PARAMETERS],
  *find(pair, context) {
    for (const one of found(['missing-parameter'], pair, context, ({ leadsTo, holds }) => {
      const ofRegion = leadsTo === null ? null : regionOfForeign(leadsTo, context);
      return { leadsTo, holds, ...(ofRegion === null ? {} : { ofRegion }) };
    })) {
      yield { ...one, commands: publishedBeside(one.facts.reference, context) };
    }
  },
  message: (facts, { name, target }) =>
    facts.leadsTo === null
      ? `"${name}" ${TAKES[takenFrom(facts)]} the SSM parameter "${facts.reference}", which ${target} does not have${place(facts)}.`
      : `"${name}" takes its image from the SSM parameter "${facts.reference}"; in ${target} ${leadingTo(facts.leadsTo, facts.ofRegion ?? null)}${place(facts)}.`,
  remedyFor: (facts, { target }) => {
    const { reference, leadsTo } = facts;
    if (takenFrom(facts) === 'image') return parameterRemedy(reference, leadsTo !== null, target);
    if (reference.startsWith('/cdk-bootstrap/'))
      return `Bootstrap the account for the AWS CDK in ${target} (cdk bootstrap).`;
    return reference.startsWith('arn:') || reference.startsWith('/aws/')
      ? parameterRemedy(reference, false, target)
      : `Create it in ${target} with the value of that region.`;
  },
});

const TAKES = {
  image: 'takes its image from',
  'key-pair': 'takes its key pair from',
  'security-group': 'takes a security group from',
  'prefix-list': 'takes a prefix list from',
  'launch-template': 'takes its launch template from',
  'launch-configuration': 'takes its launch configuration from',
  value: 'needs',
} as const satisfies Readonly<Record<TakenFrom, string>>;

function takenFrom({ holds = 'image' }: FactsOf<'reference/missing-parameter'>): TakenFrom {
  return Object.hasOwn(TAKES, holds) ? (holds as TakenFrom) : 'value';
}

/** What to do about a parameter that a launch takes its image from. */
export function parameterRemedy(reference: string, exists: boolean, target: string): string {
  // One that another account shares, with its region in its name.
  if (reference.startsWith('arn:')) return `Refer in ${target} to a parameter that can be read there.`;
  const [, name = reference, selector] = /^(.+):([^:/]+)$/.exec(reference) ?? [];
  if (name.startsWith('/aws/')) return `AWS publishes it. Refer to one that AWS publishes in ${target}.`;
  const version =
    selector === undefined ? '' : ` The reference to it requires its version or label "${selector}".`;
  return `${exists ? `Put the id of the image of ${target} into it` : `Create it in ${target} with the id of the image there`}.${version}`;
}
