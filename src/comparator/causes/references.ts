import type { Finding } from '../../report/model.ts';
import type { Kind } from '../../report/vocabulary.ts';
import { count } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import { hasCause, type RuleOfCause } from '../rules/effects.ts';
import type { Judged } from '../verdicts/judgements.ts';
import { absentIn, type TakenFrom } from '../workloads/reference.ts';
import { imageWords } from '../workloads/unsuitable-image.ts';
import { type Root, remediesOf, wordFor } from './root.ts';

/** One parameter, mapping or lost object that several refer to. */
export function referenceRoots(judged: readonly Judged[], context: Context): Root[] {
  const faults = judged.flatMap(({ counterpart, findings }) =>
    findings.flatMap((f) => (hasCause(f, 'reference') ? [{ f, counterpart }] : [])),
  );
  const numbers = new Map(judged.map(({ counterpart }, i) => [counterpart, i]));
  const groups = groupBy(faults, ({ f, counterpart }) =>
    JSON.stringify([
      f.rule,
      f.facts.side,
      f.facts.reference,
      // A key pair and a group of one name are two objects.
      f.rule === 'reference/dangling' ? f.facts.to : null,
      // A mapping belongs to its template.
      f.rule === 'reference/no-region-mapping' ? (numbers.get(counterpart) ?? null) : null,
    ]),
  );
  return [...groups.values()].flatMap((members): Root[] => {
    const all = members.map(({ f }) => f);
    const [first] = all;
    if (!first) return [];
    const { reference } = first.facts;
    const named = /^(ami|sg|lt|pl)-[0-9a-f]/.test(reference) ? all.map((f) => f.subject.name) : [reference];
    return [
      {
        key: ['reference', first.rule, first.facts.side, ...named],
        title: titleOf(first, all.length, context),
        remedy: remediesOf(all),
        findings: all.map((f) => f.fingerprint),
      },
    ];
  });
}

/** A parameter that exists and gives something else is a fault only of images; of others the target has none. */
const GIVES_NO = {
  image: 'does not give an image',
  'key-pair': 'does not exist',
  'security-group': 'does not exist',
  'prefix-list': 'does not exist',
  'launch-template': 'does not exist',
  'launch-configuration': 'does not exist',
  value: 'does not exist',
} as const satisfies Readonly<Record<TakenFrom, string>>;

function titleOf(
  finding: Finding<RuleOfCause<'reference'>>,
  places: number,
  { places: sides, target }: Context,
): string {
  const { subject, facts } = finding;
  const many = `: ${count(places, 'place')} ${places === 1 ? 'refers' : 'refer'} to it.`;
  const { reference } = facts;
  switch (finding.rule) {
    case 'reference/missing-parameter':
      return `The SSM parameter "${reference}" ${GIVES_NO[finding.facts.holds as TakenFrom] ?? GIVES_NO.image} in ${sides.target}${many}`;
    case 'reference/unsuitable-image': {
      const { parameter, image, state } = finding.facts;
      if (parameter === null) return `The ${imageWords(image)} is ${state} in ${sides.target}${many}`;
      return `The SSM parameter "${parameter}" gives ${state === null ? 'another image' : `an image that is ${state}`} in ${sides.target}${many}`;
    }
    case 'reference/no-region-mapping':
      return `The mapping "${reference}" of "${subject.name}" has no value for ${target.region}${many}`;
    case 'reference/dangling':
      if (finding.facts.notSharedBy !== undefined)
        return `The image "${reference}" of ${finding.facts.notSharedBy} may not be launched in ${sides[facts.side]}${many}`;
      if (finding.facts.parameter !== undefined)
        return `The SSM parameter "${finding.facts.parameter}" does not give an image in ${sides[facts.side]}${many}`;
      if (finding.facts.absent === 'not-shown')
        return `The image "${reference}" is not returned by EC2 in ${sides[facts.side]}${many}`;
      return `The ${wordFor(finding.facts.to as Kind)} "${reference}" ${absentIn(finding.facts.to as TakenFrom, sides[facts.side])}${many}`;
    case 'reference/hard-coded-image':
    case 'reference/hard-coded-group': {
      const called = finding.facts.called === null ? '' : ` ("${finding.facts.called}")`;
      const { region = sides.source, unread } = finding.facts;
      if (region === null)
        return `${reference}${called} ${unread ? `is written out, and whether ${sides.target} has it was not read` : `was not found in ${sides.target}`}${many}`;
      return `${reference}${called} is an id of ${region} and does not exist in ${sides.target}${many}`;
    }
  }
}
