import type { Image } from '../../inventory/image.ts';
import type { OtherImage } from '../../inventory/other-image.ts';
import type { Chain } from '../../report/model.ts';
import type { Context } from '../context.ts';
import type { IssueOf, Reference } from '../workloads/reference.ts';
import { givenImage, imageWords } from '../workloads/unsuitable-image.ts';
import type { Judgements } from './judgements.ts';
import { type MakeChain, pairReasons } from './pair-reasons.ts';

/** An image that is pending, failed or disabled cannot be launched by any account. */
export function stateReasons(
  { state }: Pick<OtherImage, 'state'>,
  region: string,
  chain: MakeChain,
): Chain[] {
  return state === null || state === 'available' ? [] : chain('blocked', `it is ${state} in ${region}`);
}

/** Of an image of another account that something on the target launches: how it compares, where it is a counterpart. */
export function sharedImageReasons(
  reference: Reference,
  judgements: Judgements,
  context: Context,
  chain: MakeChain,
): Chain[] {
  const { found } = reference;
  if (found.is !== 'other-image') return [];
  const { details } = found.item;
  if (details === null || judgements.of(details) === null)
    return stateReasons(found.item, context.places.target, (verdict, why) =>
      chain(verdict, why, judgements.about(reference, 'reference/unsuitable-image')),
    );
  const asImage: Reference = { ...reference, found: { is: 'image', item: details } };
  return pairReasons(asImage, 'target', judgements, context, null, chain);
}

/**
 * A parameter of one name gives a different image in each region.
 * @param findings Those about the parameter.
 */
export function otherContentReasons(
  reference: Reference,
  judgements: Judgements,
  context: Context,
  findings: readonly string[],
  chain: MakeChain,
): Chain[] {
  const { parameter, found } = reference;
  if (parameter === null) return [];
  const place = context.places.target;
  const given = givenImage(parameter, found, context);
  switch (given.is) {
    case 'fine':
      return [];
    case 'not-available':
      return stateReasons(given.given, place, (verdict, why) =>
        chain(verdict, why, [...findings, ...unusable(given.given, judgements)]),
      );
    case 'counterpart':
      return pairReasons(reference, 'source', judgements, context, null, chain);
    case 'unknown':
      return chain(
        'unknown',
        `whether ${imageWords(given.given)}, which it gives in ${place}, is its copy is not known`,
      );
    case 'other': {
      const what = `in ${place} it gives ${imageWords(given.given)}`;
      const why = contentText(given.copyOf, imageWords(given.wanted));
      return chain('degraded', `${what}, ${why}`, [...findings]);
    }
  }
}

/** Of what a template names, or takes from a parameter. */
export function unsuitableReasons(
  { image, parameter, state, copyOf, wanted }: IssueOf<'unsuitable-image'>,
  chain: MakeChain,
  findings: string[],
  { places }: Context,
): Chain[] {
  const gives = `in ${places.target} it gives ${imageWords(image)}`;
  if (state !== null)
    return chain(
      'blocked',
      parameter === null ? `it is ${state} in ${places.target}` : `${gives}, which is ${state}`,
      findings,
    );
  const original = wanted === null ? 'the image of the source' : imageWords(wanted);
  return chain('degraded', `${gives}, ${contentText(copyOf, original)}`, findings);
}

function contentText(copyOf: string | null, wanted: string): string {
  return copyOf === null
    ? `and nothing shows that this is a copy of ${wanted}`
    : `which is a copy of "${copyOf}" and not of ${wanted}`;
}

/** The findings of a pair of images that say so. */
function unusable(image: Image | OtherImage, judgements: Judgements): string[] {
  const own = 'details' in image ? image.details : image;
  const findings = (own && judgements.of(own)?.findings) ?? [];
  return findings.filter((f) => f.rule === 'image/unusable-copy').map((f) => f.fingerprint);
}
