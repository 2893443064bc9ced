import { wordsOf } from '../../../inventory/kinds.ts';
import type { FactsOf } from '../../../report/rules/index.ts';
import type { ReferenceFacts } from '../../../report/rules/workloads.ts';
import type { Context } from '../../context.ts';
import { always, rule } from '../rule.ts';
import { found, place } from './found.ts';
import { MAPPINGS, PARAMETERS } from './links.ts';

const HARD_CODED_REMEDY = {
  image:
    'Take the image from an SSM parameter that each region has, from a mapping with a row per region, or from a parameter without a default.',
  'security-group':
    'Refer to a group of the same template, import it, or take it from a parameter without a default.',
} as const;

const HARD_CODED_IN_TERRAFORM = {
  image:
    'Take the image from a data source (aws_ami, aws_ssm_parameter) that each region answers for itself, or from a variable with a value per region.',
  'security-group':
    'Refer to a group of the same configuration, take it from a data source (aws_security_group), or from a variable with a value per region.',
} as const;

const HARD_CODED_IN_LAUNCH = {
  image: (target: string) =>
    `Refer in ${target} to an image that it has, or to an SSM parameter that each region has (resolve:ssm:NAME).`,
  'security-group': (target: string) => `Refer in ${target} to the counterpart of the group.`,
} as const;

const hardCoded = (to: 'image' | 'security-group') =>
  rule<'reference/hard-coded-image' | 'reference/hard-coded-group'>({
    id: to === 'image' ? 'reference/hard-coded-image' : 'reference/hard-coded-group',
    title: to === 'image' ? 'Image id of one region' : 'Group id of one region',
    short: to === 'image' ? 'hard-coded image' : 'hard-coded group',
    severity: always('high'),
    severityNote:
      'medium where it depends on a condition of a template that cannot be decided, or where it was not read whether the target has the id',
    compares:
      to === 'image'
        ? 'The image ids in CloudFormation templates, in their defaults and mappings, with the region where the template is to be used; and images of other owners that a launch names by id, with what their owner offers in the target region.'
        : 'The group ids in CloudFormation templates, in their defaults and mappings, with the region where the template is to be used.',
    why:
      to === 'image'
        ? 'An id exists in one region only. In another region EC2 refuses the launch: "InvalidAMIID.NotFound: The image id \'[ami-…]\' does not exist".'
        : 'An id exists in one region only. In another region EC2 refuses the launch: "InvalidGroup.NotFound: The security group \'sg-…\' does not exist".',
    remedy: HARD_CODED_REMEDY[to],
    links: to === 'image' ? [PARAMETERS, MAPPINGS] : [MAPPINGS],
    *find(pair, context) {
      yield* found(['hard-coded'], pair, context, (issue) =>
        issue.to === to
          ? {
              called: issue.name,
              ...(issue.region === context.source.region ? {} : { region: issue.region }),
              ...(issue.unread ? { unread: true as const } : {}),
              ...(to === 'image' ? notShared(issue.within, context) : {}),
            }
          : null,
      );
    },
    message: (facts, { name, source, target }) =>
      notSharedBy(facts) !== null
        ? `"${name}" launches image ${facts.reference}${facts.called === null ? '' : ` ("${facts.called}")`} of ${notSharedBy(facts)}, which may not be launched in ${target}${place(facts)}.`
        : `"${name}" names ${wordsOf(to)?.one ?? to} ${facts.reference}${facts.called === null ? '' : ` ("${facts.called}")`}${whoseId(to, facts, source, target)}${place(facts)}.`,
    remedyFor: (facts, { target }) =>
      notSharedBy(facts) !== null
        ? `Ask ${notSharedBy(facts)} to share the image with the account of the target, or refer to an image that this account may launch.`
        : inTemplate(facts)
          ? (facts.language === 'terraform' ? HARD_CODED_IN_TERRAFORM : HARD_CODED_REMEDY)[to]
          : HARD_CODED_IN_LAUNCH[to](target),
  });

/** What is known of the region that the id is of. */
function whoseId(
  to: 'image' | 'security-group',
  { region, unread }: FactsOf<'reference/hard-coded-image' | 'reference/hard-coded-group'>,
  source: string,
  target: string,
): string {
  if (region !== null) return `, an id of ${region ?? source} that ${target} does not have`;
  const one = to === 'image' ? 'an image id' : 'a group id';
  return unread
    ? ` by its id: ${one} is of one region, and whether it is one of ${target} was not read`
    : ` by its id, which was not found in ${target}: ${one} is of one region`;
}

/** Within one region an id means the same image to every account, so the owner decides who launches it. */
function notShared([owner]: readonly string[], { source, target }: Context): { notSharedBy?: string } {
  if (source.region !== target.region || owner === undefined) return {};
  return { notSharedBy: /^\d{12}$/.test(owner) ? `account ${owner}` : owner };
}

function notSharedBy(
  facts: FactsOf<'reference/hard-coded-image' | 'reference/hard-coded-group'>,
): string | null {
  return 'notSharedBy' in facts ? (facts.notSharedBy ?? null) : null;
}

/** A launch template has a version, other launches nothing; a template of CloudFormation has the property. */
function inTemplate({ file, at }: ReferenceFacts): boolean {
  return file !== null || (at !== '' && !/^v\d/.test(at));
}

export const referenceHardCodedImage = hardCoded('image');
export const referenceHardCodedGroup = hardCoded('security-group');
