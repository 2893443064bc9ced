import { itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import type { OtherImage } from '../../inventory/other-image.ts';
import { resolveParameter } from '../../inventory/parameter.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { bothEnds, type Counterpart } from '../pairing/counterpart.ts';
import { copiedFrom, isCopyOf } from '../pairing/image-lineage.ts';
import { perAudit } from '../per-audit.ts';
import type { Found, IssueOf, Reference } from './reference.ts';
import { workloadsOf } from './workloads.ts';

type AnyImage = Image | OtherImage;

/** The image that a parameter of the target gives, held against the one that the parameter of this name gives on the source. */
export type GivenImage =
  /** Nothing is wrong, or nothing can be said: what was not read is stated elsewhere. */
  | { readonly is: 'fine' }
  | { readonly is: 'not-available'; readonly given: AnyImage; readonly state: string }
  /** It is the counterpart: the findings of the pair are about it. */
  | { readonly is: 'counterpart' }
  | { readonly is: 'unknown'; readonly given: AnyImage }
  /** `copyOf`: the image of the source that it is a copy of, where that is another; else null, and nothing shows what it is. */
  | {
      readonly is: 'other';
      readonly given: AnyImage;
      readonly wanted: AnyImage;
      readonly copyOf: string | null;
    };

/**
 * Parameters of AWS are meant to differ; of others the image of the target has to be the counterpart of the source's, or what
 * launches through it is something else.
 * @param found What the parameter gives on the source.
 */
export function givenImage(parameter: string, found: Found, context: Context): GivenImage {
  if (isPublished(parameter)) return { is: 'fine' };
  const over = workloadsOf(context).index.target.image(resolveParameter(parameter)).found;
  if (over.is !== 'image' && over.is !== 'other-image') return { is: 'fine' };
  const { state } = over.item;
  if (isUnusable(state)) return { is: 'not-available', given: over.item, state };
  if (found.is !== 'image' && found.is !== 'other-image') return { is: 'fine' };
  const { source, target } = context;
  if (source.region === target.region && found.item.id === over.item.id) return { is: 'fine' };
  const there = imageOf(over);
  if (found.is === 'image') {
    const pair = pairOf(context).get(found.item);
    if (pair && there && pair.target === there) return { is: 'counterpart' };
    if (there && isCopyOf(there, { image: found.item, region: source.region })) return { is: 'fine' };
    if (pair?.pairingStatus === 'unread') return { is: 'unknown', given: over.item };
  } else {
    const original = found.item.details;
    if (there && original && isCopyOf(there, { image: original, region: source.region }))
      return { is: 'fine' };
    if (isOneRelease(found.item, over)) return { is: 'fine' };
  }
  return { is: 'other', given: over.item, wanted: found.item, copyOf: there && originalOf(there, context) };
}

/**
 * An image that cannot be launched on the target, where no finding about a pair of images says so: nothing of the source is
 * its counterpart, or the counterpart is in the same state. Or a parameter that gives something else than on the source.
 */
export function unsuitableImage(
  { to, text, parameter, found }: Reference,
  side: SideName,
  context: Context,
): IssueOf<'unsuitable-image'> | null {
  if (to !== 'image') return null;
  const issue = (given: AnyImage, more: Pick<IssueOf<'unsuitable-image'>, 'state' | 'copyOf' | 'wanted'>) =>
    ({
      is: 'unsuitable-image',
      text: parameter ?? given.name ?? given.id,
      parameter,
      image: calledIn(given),
      ...more,
    }) as const;
  if (parameter !== null) {
    const ours = side === 'source' ? found : workloadsOf(context).index.source.image(text).found;
    const given = givenImage(parameter, ours, context);
    switch (given.is) {
      case 'not-available':
        return isReported(given.given, context)
          ? null
          : issue(given.given, { state: given.state, copyOf: null, wanted: null });
      case 'other':
        return issue(given.given, { state: null, copyOf: given.copyOf, wanted: calledIn(given.wanted) });
      case 'fine':
      case 'counterpart':
      case 'unknown':
        return null;
    }
  }
  const there =
    side === 'target' ? launched(found) : found.is === 'image' ? counterpart(found.item, context) : null;
  return there && isUnusable(there.state) && !isReported(there, context)
    ? issue(there, { state: there.state, copyOf: null, wanted: null })
    : null;
}

function launched(found: Found): AnyImage | null {
  return found.is === 'image' || found.is === 'other-image' ? found.item : null;
}

function counterpart(image: Image, context: Context): Image | null {
  return pairOf(context).get(image)?.target ?? null;
}

function isUnusable(state: string | null): state is string {
  return state !== null && state !== 'available';
}

/** Whether a finding about the pair says that it cannot be used (image/unusable-copy). */
function isReported(image: AnyImage, context: Context): boolean {
  const own = 'details' in image ? image.details : image;
  const pair = own && pairOf(context).get(own);
  const ends = pair && bothEnds(pair);
  return ends ? ends.source.state !== ends.target.state : false;
}

/** The name of what the image is a copy of: of the source image that it is paired with, else of the one that AWS records. */
function originalOf(image: Image, context: Context): string | null {
  const { source } = context;
  const paired = pairOf(context).get(image);
  if (paired?.source && paired.matchStrength === 'strong') return paired.source.name ?? paired.source.id;
  const from = copiedFrom(image);
  const original = from && itemsOf(source.images).find(({ id }) => id === from.id);
  return original && isCopyOf(image, { image: original, region: source.region })
    ? (original.name ?? original.id)
    : null;
}

const pairOf = perAudit((context): ReadonlyMap<Image, Counterpart<Image>> => {
  const ends = context.counterparts.image.flatMap((pair) =>
    [pair.source, pair.target].flatMap((image) => (image ? [[image, pair] as const] : [])),
  );
  return new Map(ends);
});

/** Of AWS, which publishes one release of an image under the same name in each region; or of a vendor, likewise. */
function isOneRelease(ours: OtherImage, over: Found): boolean {
  if (over.is !== 'other-image') return false;
  const { ownerId, ownerAlias, name: called } = over.item;
  // What was not read of them cannot show that they differ.
  if (ours.name === null || called === null) return true;
  const owner =
    ours.ownerId !== null && ownerId !== null ? ours.ownerId === ownerId : ours.ownerAlias === ownerAlias;
  return owner && ours.name === called;
}

function isPublished(parameter: string): boolean {
  return /^(arn:[^:]*:ssm:[^:]*:[^:]*:parameter)?\/aws\/service\//.test(parameter);
}

function imageOf(found: Found): Image | null {
  if (found.is === 'image') return found.item;
  return found.is === 'other-image' ? found.item.details : null;
}

function calledIn({ id, name }: AnyImage): { readonly id: string; readonly name: string | null } {
  return { id, name };
}

/** `image "web" (ami-1)`. */
export function imageWords({ id, name }: { readonly id: string; readonly name: string | null }): string {
  return name === null ? `image ${id}` : `image "${name}" (${id})`;
}
