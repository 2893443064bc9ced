import { wordsOf } from '../../../inventory/kinds.ts';
import { parameterNameIn } from '../../../inventory/parameter.ts';
import type { FactsOf } from '../../../report/rules/index.ts';
import type { ReferenceFacts } from '../../../report/rules/workloads.ts';
import type { SideName } from '../../../report/vocabulary.ts';
import { putParameter } from '../../commands/parameter.ts';
import type { Context } from '../../context.ts';
import { missing } from '../../pairing/counterpart.ts';
import { perAudit } from '../../per-audit.ts';
import { NOT_SHOWN, type NoImage, noImageBehind } from '../../workloads/hidden-image.ts';
import { foreignIds } from '../../workloads/ids-of-region.ts';
import { absentIn, type TakenFrom } from '../../workloads/reference.ts';
import type { FoundIssue } from '../../workloads/reference-issues.ts';
import { workloadsOf } from '../../workloads/workloads.ts';
import { always, rule } from '../rule.ts';
import { found, place } from './found.ts';
import { TEMPLATES } from './links.ts';
import { parameterRemedy } from './missing-parameter.ts';

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
