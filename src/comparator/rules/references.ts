import { wordsOf } from '../../inventory/kinds.ts';
import { parameterNameIn } from '../../inventory/parameter.ts';
import type { FactsOf } from '../../report/rules/index.ts';
import type { Json } from '../../report/rules/shared.ts';
import type { ReferenceFacts } from '../../report/rules/workloads.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { publishedBeside, putParameter } from '../commands/parameter.ts';
import type { Context, ItemOf } from '../context.ts';
import { type Counterpart, missing } from '../pairing/counterpart.ts';
import { perAudit } from '../per-audit.ts';
import { NOT_SHOWN, type NoImage, noImageBehind } from '../workloads/hidden-image.ts';
import { foreignIds, regionOfForeign } from '../workloads/ids-of-region.ts';
import { absentIn, leadingTo, type TakenFrom } from '../workloads/reference.ts';
import { type FoundIssue, issuesOfPair, type ReferrerKind } from '../workloads/reference-issues.ts';
import { workloadsOf } from '../workloads/workloads.ts';
import { always, rule } from './rule.ts';

const PARAMETERS =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-systems-manager-parameter-to-find-AMI.html';
const MAPPINGS =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html';
const TEMPLATES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html';

function* found<Is extends FoundIssue['is'], F extends object>(
  is: readonly Is[],
  pair: Counterpart<ItemOf[ReferrerKind]>,
  context: Context,
  more: (issue: Extract<FoundIssue, { is: Is }>, side: SideName) => F | null,
) {
  for (const { issue, side, written, place: at, of } of issuesOfPair(pair, context)) {
    const facts = isOneOf(issue, is) ? more(issue, side) : null;
    if (facts === null) continue;
    yield {
      facts: { reference: issue.text, side, ...written, ...facts },
      discriminator: [side, at, ...identityOf(issue)],
      content: contentOf(issue),
      origin: { references: of },
      // Whether it counts at all depends on a condition that could not be decided, or on what was not read.
      ...(written.when !== '' || (issue.is === 'hard-coded' && issue.unread)
        ? { severity: 'medium' as const }
        : {}),
    };
  }
}

function isOneOf<Is extends FoundIssue['is']>(
  issue: FoundIssue,
  is: readonly Is[],
): issue is Extract<FoundIssue, { is: Is }> {
  return (is as readonly string[]).includes(issue.is);
}

/** Which reference it is, by a name that means the same in every region where there is one. */
function identityOf(issue: FoundIssue): Json[] {
  switch (issue.is) {
    case 'dangling':
    case 'not-on-target':
      return [issue.to, issue.text];
    case 'hard-coded':
      return issue.name === null ? [issue.text] : [issue.name, ...issue.within];
    case 'no-mapping-row':
      return [issue.text, issue.first, issue.second];
    case 'missing-parameter':
      return [issue.text];
  }
}

/** What may change about it while it stays the same reference. */
function contentOf(issue: FoundIssue): Json {
  return issue.is === 'missing-parameter' ? { exists: issue.leadsTo !== null } : null;
}

function place({ file, line, at, when }: ReferenceFacts): string {
  const where = [file === null ? '' : `${file}${line === null ? '' : `:${line}`}`, at].filter(
    (t) => t !== '',
  );
  if (file === null && line !== null) where.push(`line ${line}`);
  const under = when === '' ? '' : ` (where ${when})`;
  return where.length === 0 ? under : ` (${where.join(', ')})${under}`;
}

const DANGLING_REMEDY =
  'Point it at something that exists, or delete it if nothing uses it any more. An instance keeps the names it was launched with: launch its successor with others.';

/** Whether an object of the target names an id of the source region. */
function isForeign(to: string, text: string, side: SideName, context: Context): boolean {
  if (side === 'source' || (to !== 'image' && to !== 'security-group')) return false;
  const { images, groups } = foreignIds(context.target, context.source);
  return (to === 'image' ? images : groups).has(text);
}

/** By id of the source: the id of the counterpart. A match of images by name alone does not show that one is a copy. */
const counterpartIds = perAudit(
  ({ counterparts }): ReadonlyMap<string, string> =>
    new Map(
      [
        ...counterparts['security-group'],
        ...counterparts.image.filter(({ matchStrength }) => matchStrength !== 'weak'),
      ].flatMap(({ source, target }) => (source && target ? [[source.id, target.id] as const] : [])),
    ),
);

/** What corresponds on the target to the object of the source whose id an object of the target names. */
function correspondingOf(
  to: string,
  text: string,
  side: SideName,
  context: Context,
): { corresponds?: string } {
  if (!isForeign(to, text, side, context)) return {};
  const known = counterpartIds(context).get(text);
  if (known !== undefined) return { corresponds: known };
  const { index } = workloadsOf(context);
  const seen = index.source.imageById(text);
  const offered = seen.is === 'other-image' ? index.target.offers(seen.item, context.source.region) : null;
  return offered?.exists && offered.state === 'available' ? { corresponds: offered.id } : {};
}

/** The names on the target of the key pairs that it lacks. */
const missingKeys = perAudit(
  ({ counterparts, names }): ReadonlySet<string> =>
    new Set(counterparts['key-pair'].flatMap((c) => missing(c)?.name ?? []).map(names.keyPairs)),
);

export const referenceDangling = rule({
  id: 'reference/dangling',
  title: 'Refers to something that the account does not have',
  short: 'refers to nothing',
  severity: always('high'),
  severityNote: 'medium where it depends on a condition of a template that cannot be decided',
  compares:
    'The key pairs, groups, images and templates that something refers to with what exists on its own side; of a template, the ids that it names for the target with what exists there.',
  why: 'It cannot launch, independent of what exists on the other side.',
  remedy: DANGLING_REMEDY,
  links: [TEMPLATES],
  *find(pair, context) {
    for (const one of found(['dangling', 'not-on-target'], pair, context, danglingFacts(context))) {
      const { parameter, absent, side, corresponds } = one.facts;
      const put =
        parameter === undefined || side === 'source'
          ? []
          : putParameter(parameter, absent !== 'no-parameter', context, corresponds);
      yield { ...one, commands: put };
    }
  },
  message: (facts, { name, ...places }) =>
    facts.notSharedBy !== undefined
      ? `"${name}" refers to image ${facts.leadsTo ?? facts.reference} of ${facts.notSharedBy}, which may not be launched in ${places[facts.side]}${place(facts)}.`
      : facts.parameter !== undefined
        ? `"${name}" takes its image from the SSM parameter "${facts.parameter}"${place(facts)}${whatParameterGives(facts, places[facts.side])}.`
        : facts.absent === 'not-shown'
          ? `"${name}" refers to image "${facts.reference}", which EC2 does not return to the account in ${places[facts.side]}${place(facts)}: ${NOT_SHOWN}.`
          : facts.absent === 'no-id'
            ? `"${name}" refers to image "${facts.reference}", which is not the id of an image${place(facts)}.`
            : `"${name}" refers to ${wordsOf(facts.to)?.one ?? facts.to} "${facts.reference}", which ${facts.ofRegion === null ? absentIn(facts.to as TakenFrom, places[facts.side]) : `does not exist in ${places[facts.side]}: it is an id of ${facts.ofRegion}`}${place(facts)}.`,
  remedyFor: (
    { to, ofRegion, side, reference, onSource, notSharedBy, corresponds, parameter, absent },
    { target, ...places },
  ) =>
    notSharedBy !== undefined
      ? `Ask ${notSharedBy} to share the image with the account of the ${side}, or refer to an image that this account may launch. Where the image is already shared, check whether Allowed AMIs of this account excludes it.`
      : onSource
        ? `Import the key pair "${reference}" of the source into ${target} (key-pair/missing), or refer to another key pair.`
        : parameter !== undefined
          ? parameterRemedy(parameter, absent !== 'no-parameter', side === 'target' ? target : places.source)
          : ofRegion !== null && side === 'target'
            ? `Refer to the ${wordsOf(to)?.one ?? to} of ${target} that corresponds to it${corresponds === undefined ? '' : `: ${corresponds}`}.`
            : absent === 'not-shown'
              ? `Refer to an image that the account can launch. If another account owns this one, ask it to share the image, and check whether Allowed AMIs excludes it.`
              : DANGLING_REMEDY,
});

type DanglingFacts = FactsOf<'reference/dangling'>;

/** What of a dangling reference is beside the reference itself and the place where it is written. */
function danglingFacts(context: Context) {
  return (
    { to, text }: Extract<FoundIssue, { is: 'dangling' | 'not-on-target' }>,
    side: SideName,
  ): Omit<DanglingFacts, keyof ReferenceFacts> => {
    const none = to === 'image' ? noImageBehind(text, side, context) : null;
    const id = none && 'id' in none ? none.id : text;
    const parameter = to === 'image' ? parameterNameIn(text) : null;
    return {
      to,
      region: context[side].region,
      ofRegion: isForeign(to, id, side, context) ? context.source.region : null,
      onSource: side === 'target' && to === 'key-pair' && missingKeys(context).has(text),
      ...correspondingOf(to, id, side, context),
      ...(none ? absenceFacts(none) : {}),
      ...(parameter === null ? {} : { parameter, ...(id === text ? {} : { leadsTo: id }) }),
    };
  };
}

function absenceFacts(none: NoImage): Pick<DanglingFacts, 'notSharedBy' | 'absent'> {
  switch (none.is) {
    case 'not-shared':
      return { notSharedBy: none.owner };
    case 'of-other-region':
      return {};
    case 'not-shown':
    case 'no-id':
    case 'no-parameter':
      return { absent: none.is };
  }
}

function whatParameterGives({ absent, leadsTo, ofRegion }: DanglingFacts, region: string): string {
  if (absent === 'no-parameter') return `, which ${region} does not have`;
  if (absent === 'no-id' || leadsTo === undefined)
    return `; in ${region} its value is not the id of an image`;
  return absent === 'not-shown'
    ? `; in ${region} it names ${leadsTo}, which EC2 does not return to the account: ${NOT_SHOWN}`
    : `; in ${region} it names ${leadsTo}${ofRegion === null ? '' : `, an id of ${ofRegion}`}`;
}

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

const NO_ROW_REMEDY =
  'Add the row for the target region to the mapping, or take the value from an SSM parameter.';
const NO_ELEMENT_REMEDY =
  'Add the element for the target region to the variable, or take the value from a data source such as aws_ssm_parameter.';

export const referenceNoRegionMapping = rule({
  id: 'reference/no-region-mapping',
  title: 'No row for the target region',
  short: 'no mapping row',
  severity: always('high'),
  severityNote: 'medium where it depends on a condition of a template that cannot be decided',
  compares: "The rows of a template's Mappings that its references look up with the target region.",
  why: 'CloudFormation refuses to create the stack: Fn::FindInMap finds nothing. Terraform fails: the map has no element for the key.',
  remedy: NO_ROW_REMEDY,
  links: [MAPPINGS],
  *find(pair, context) {
    yield* found(['no-mapping-row'], pair, context, ({ text, first, second }) => ({
      map: text,
      first,
      second,
    }));
  },
  message: (facts, { name }) =>
    facts.language === 'terraform'
      ? `The map "${facts.map}" of "${name}" has no element "${facts.first}"${place(facts)}.`
      : `Mapping "${facts.map}" of "${name}" has no row "${facts.first}"${facts.second === null ? '' : ` with a value "${facts.second}"`}${place(facts)}.`,
  remedyFor: ({ language }) => (language === 'terraform' ? NO_ELEMENT_REMEDY : NO_ROW_REMEDY),
});

export const referenceMissingParameter = rule({
  id: 'reference/missing-parameter',
  title: 'The target lacks the parameter',
  short: 'parameter missing',
  severity: always('high'),
  severityNote: 'medium where it depends on a condition of a template that cannot be decided',
  compares:
    'The SSM parameters that image references go through, and those of any type that a template needs, with those of the target. That they name another image there is right, and is no difference.',
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

function parameterRemedy(reference: string, exists: boolean, target: string): string {
  // One that another account shares, with its region in its name.
  if (reference.startsWith('arn:')) return `Refer in ${target} to a parameter that can be read there.`;
  const [, name = reference, selector] = /^(.+):([^:/]+)$/.exec(reference) ?? [];
  if (name.startsWith('/aws/')) return `AWS publishes it. Refer to one that AWS publishes in ${target}.`;
  const version =
    selector === undefined ? '' : ` The reference to it requires its version or label "${selector}".`;
  return `${exists ? `Put the id of the image of ${target} into it` : `Create it in ${target} with the id of the image there`}.${version}`;
}

export const referenceRules = [
  referenceDangling,
  referenceHardCodedImage,
  referenceHardCodedGroup,
  referenceNoRegionMapping,
  referenceMissingParameter,
];
