import type { FactsOf } from '../../../report/rules/index.ts';
import { capital } from '../../../text/capital.ts';
import { putParameter } from '../../commands/parameter.ts';
import { imageWords } from '../../workloads/unsuitable-image.ts';
import { always, rule } from '../rule.ts';
import { found, place } from './found.ts';
import { PARAMETERS } from './links.ts';

const STATES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html';

export const referenceUnsuitableImage = rule({
  id: 'reference/unsuitable-image',
  title: 'Uses an image that does not fit',
  short: 'unsuitable image',
  severity: always('high'),
  severityNote:
    'medium where nothing shows whether the image that a parameter gives on the target is a copy of the one that it gives on the source, or where it depends on a condition of a template that cannot be decided',
  compares:
    'The state of the images that launches on the target use, where no finding about the image says it; and the image that an SSM parameter gives on the target with the one that it gives on the source, by copy record. Parameters that AWS publishes are meant to differ.',
  why: 'EC2 refuses to launch an image that is pending, failed or disabled: "InvalidAMIID.Unavailable". A parameter that was not changed after a copy launches the former content, without an error.',
  remedy:
    'Refer to an image of the target that is available, and put the copy of the image of the source into the parameter.',
  links: [PARAMETERS, STATES],
  *find(pair, context) {
    for (const one of found(
      ['unsuitable-image'],
      pair,
      context,
      ({ parameter, image, state, copyOf, wanted }) => ({ parameter, image, state, copyOf, wanted }),
    )) {
      const { parameter, state, wanted } = one.facts;
      const fits = parameter !== null && state === null && wanted !== null;
      yield { ...one, commands: fits ? putParameter(parameter, true, context) : [] };
    }
  },
  message: (facts, { name, target }) => {
    const { parameter, image, state, copyOf, wanted } = facts;
    const at = place(facts);
    if (parameter === null)
      return `"${name}" launches ${imageWords(image)} in ${target}, which is ${state}${at}.`;
    const gives = `"${name}" takes its image from the SSM parameter "${parameter}"${at}, which gives ${imageWords(image)} in ${target}`;
    if (state !== null) return `${gives}. That image is ${state}.`;
    const ours = wanted === null ? 'the image of the source' : imageWords(wanted);
    return copyOf === null
      ? `${gives} and ${ours} on the source. Nothing shows that one is a copy of the other.`
      : `${gives} and ${ours} on the source. The image in ${target} is a copy of "${copyOf}".`;
  },
  remedyFor: ({ parameter, state, wanted }, { target }) =>
    state === null ? parameterRemedy(wanted, target) : stateRemedy(state, parameter, target),
});

type Wanted = FactsOf<'reference/unsuitable-image'>['wanted'];

function parameterRemedy(wanted: Wanted, target: string): string {
  const what = wanted === null ? 'the image of the source' : imageWords(wanted);
  return `Put the id of the copy of ${what} in ${target} into the parameter, once there is one; or leave it, where the two images are meant to differ.`;
}

function stateRemedy(state: string, parameter: string | null, target: string): string {
  const other =
    parameter === null
      ? `refer to an image of ${target} that is available`
      : `put the id of an image of ${target} that is available into the parameter`;
  switch (state) {
    case 'pending':
      return `Wait until the image is available, or ${other}.`;
    case 'disabled':
      return `Enable the image, or ${other}.`;
    default:
      return `${capital(other)}.`;
  }
}
