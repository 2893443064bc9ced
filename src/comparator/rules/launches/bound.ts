import type { FactsOf } from '../../../report/rules/index.ts';
import type { BoundTo } from '../../../report/rules/launches.ts';
import { BOUND_WORDS } from '../../launches/foreign.ts';
import { always, rule, targetObject } from '../rule.ts';
import { aboutLaunch, ERRORS, place } from './shared.ts';

const PROVEN: Readonly<
  Record<FactsOf<'reference/of-another-region'>['provenBy'], (region: string) => string>
> = {
  named: (region) => `which is of ${region}`,
  exists: (region) => `which exists in ${region}`,
  shared: (region) => `which a launch of ${region} names too: such an id exists in one region only`,
};

export const ofAnotherRegion = rule({
  id: 'reference/of-another-region',
  title: 'Names something of another region',
  short: 'of another region',
  severity: always('high'),
  compares:
    'The subnets, network interfaces, snapshots, zones, KMS keys, target groups, reservations, placement groups and hosts that an object of the target names, and what its lifecycle hooks notify, with the region that their ARN or zone name says and with what exists in the source region.',
  why: 'EC2 refuses the launch: "InvalidSubnetID.NotFound", "InvalidNetworkInterfaceID.NotFound", "InvalidSnapshot.NotFound", "InvalidParameterValue: Invalid availability zone", "Client.InvalidKMSKey.InvalidState". Auto Scaling refuses a lifecycle hook that notifies a topic or queue of another region: "Unable to publish test message to notification target"; nothing of the target completes such a hook.',
  remedy: 'Refer to the counterpart in the target region.',
  links: [ERRORS],
  *find(pair, context) {
    yield* aboutLaunch('reference/of-another-region', pair, context);
  },
  message: (facts, { name, onTarget, target }) =>
    `In ${target} ${targetObject({ name, onTarget })} names ${word(facts.to)} ${facts.text}${place(facts)}, ${PROVEN[facts.provenBy](facts.region)}.`,
  remedyFor: ({ to, file, language }, { target }) => {
    const refer = `Refer to ${/^[aeiou]/i.test(word(to)) ? 'an' : 'a'} ${word(to)} of ${target}`;
    // Only of a template it is known that it is to serve several regions.
    if (file === undefined) return `${refer}.`;
    return language === 'terraform'
      ? `${refer}: take it from a data source, or from a variable with a value per region.`
      : `${refer}: take it from a parameter without a default, from a mapping with a row per region, or from a resource of the template.`;
  },
});

export const ofAnotherAccount = rule({
  id: 'reference/of-another-account',
  title: 'Names something of another account',
  short: 'of another account',
  severity: always('high'),
  compares:
    "The ARNs of instance profiles, target groups and service-linked roles that an object of the target names, and of the roles that its lifecycle hooks notify with, with the target's account.",
  why: 'EC2 refuses the launch: "InvalidParameterValue: Value (arn:aws:iam::…) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN".',
  remedy: "Refer to the one of the target's own account.",
  links: [ERRORS],
  *find(pair, context) {
    yield* aboutLaunch('reference/of-another-account', pair, context);
  },
  message: (facts, { name, onTarget, target }) =>
    `In ${target} ${targetObject({ name, onTarget })} names ${word(facts.to)} ${facts.text}${place(facts)} of account ${facts.account}; the target's account is ${facts.targetAccount}.`,
  remedyFor: ({ to }) => `Refer to the ${word(to)} of the target's own account.`,
});

function word(to: BoundTo): string {
  return BOUND_WORDS[to];
}
