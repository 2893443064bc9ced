import type { Image } from '../../inventory/image.ts';
import type { Context } from '../context.ts';
import { bothEnds, type Counterpart, extra, missing } from '../counterpart.ts';
import { copiedFrom } from '../image-lineage.ts';
import { copyOfAnother } from '../image-namesake.ts';
import { sourceHas, standingOf } from '../image-standing.ts';
import { copyCommand, takenName } from './copy-command.ts';
import { imageStaleCopy } from './image-staleness.ts';
import { always, rule } from './rule.ts';

const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';
const STATES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html';
export const imageMissingCopy = rule({
  id: 'image/missing-copy',
  kind: 'image',
  title: 'Image has no copy',
  severity: always('medium'),
  weighs: 'info where the source itself could not be launched (failed, pending, disabled)',
  compares:
    'The images of the source account with those of the target: by copy record, description and name.',
  why: 'An image exists only in its region: what launches from it fails over there.',
  remedy:
    'Copy the image to the target (aws ec2 copy-image --copy-image-tags); launch permissions must be set again.',
  links: [COPY],
  *find(pair, context) {
    const image = missing(pair);
    if (!image) return;
    const facts = { imageId: image.id, state: image.state, ...copyCommand(image, context) };
    yield { facts, ...(image.state === 'available' ? {} : { severity: 'info' as const }) };
  },
  say: ({ imageId, state }, { name, target }) =>
    `Image "${name}" (${imageId}) has no copy in ${target}.${state === 'available' ? '' : ` On the source it is ${state}, so it could not be launched there either.`}`,
  mend: ({ state, ...copy }) =>
    state === 'available'
      ? `${takenName(copy)}Copy it and set its launch permissions on the copy:  ${copy.command}`
      : 'Nothing to copy while the source is not available.',
});

export const imageNotACopy = rule({
  id: 'image/not-a-copy',
  kind: 'image',
  title: 'Same name, but not a copy',
  severity: always('high'),
  compares:
    "The target's record of where its image comes from, and the dates, with the source image of the same name.",
  why: 'What launches from this name over there runs other content than on the source.',
  remedy:
    'Copy the source image; give it this name after deregistering the other, or another name and point the launch templates at it.',
  links: [COPY],
  *find(pair, context) {
    const ends = bothEnds(pair);
    const standing = ends && standingOf(pair, ends.source, ends.target, context);
    if (standing?.is === 'no-copy') yield { facts: { because: standing.because } };
    const taken = copyOfAnother(pair, context);
    if (taken) {
      const { original, copy } = taken;
      yield {
        facts: {
          because: `it (${copy.id}) is the copy of "${original.name ?? original.id}" (${original.id}), by AWS's record of the copy (SourceImageId)`,
        },
      };
    }
  },
  say: ({ because }, { name, target }) =>
    `The image "${name}" in ${target} is not a copy of the source's: ${because}.`,
});

export const imageUnusableCopy = rule({
  id: 'image/unusable-copy',
  kind: 'image',
  title: 'The copy cannot be used',
  severity: always('high'),
  compares:
    "The state of the copy and its deprecation date, at the time the target was read, with the source's.",
  why: 'A copy that is pending, failed or disabled cannot be launched; a deprecated one is hidden from searches and on its way out.',
  remedy:
    'Wait for a pending copy; copy a failed one anew (a KMS key that does not exist on the target is the usual cause); enable a disabled one; renew a deprecated one.',
  links: [STATES, COPY],
  *find(pair, { source, target }) {
    const ends = bothEnds(pair);
    if (!ends) return;
    const { state, stateReason, deprecatedAt } = ends.target;
    const past = (image: Image, takenAt: string) =>
      image.deprecatedAt !== null && image.deprecatedAt <= takenAt;
    // Where the source is in the same state, the two are alike: nothing got lost on the way.
    const unusable = state !== 'available' && state !== ends.source.state;
    const deprecated = past(ends.target, target.takenAt) && !past(ends.source, source.takenAt);
    if (!unusable && !deprecated) return;
    const found = unusable ? state : 'deprecated';
    yield {
      facts: {
        state: found,
        reason: unusable ? stateReason : null,
        deprecatedAt: unusable ? null : deprecatedAt,
      },
      apart: found,
    };
  },
  say: ({ state, reason, deprecatedAt }, { name, target }) =>
    `The copy of "${name}" in ${target} is ${state}${deprecatedAt ? ` since ${deprecatedAt}` : ''}${reason ? ` (${reason})` : ''}.`,
});

/** What an extra image is a copy of, where that stood in the source's region and is not there any more. */
function lostSource(pair: Counterpart<Image>, context: Context): string | null {
  const image = extra(pair);
  const origin = image && copiedFrom(image);
  return origin && origin.region === context.source.region && !sourceHas(origin.id, context)
    ? origin.id
    : null;
}

export const imageSourceGone = rule({
  id: 'image/source-gone',
  kind: 'image',
  title: "The copy's source no longer exists",
  severity: always('low'),
  compares: "The target's record of the copy (SourceImageId) with the images of the source.",
  why: 'The copy cannot be made again, and nothing on the source says what is in it. It may be deregistered, or no longer shared.',
  remedy: 'Keep it knowingly, or deregister it together with its snapshots.',
  links: [COPY],
  *find(pair, context) {
    const id = lostSource(pair, context);
    if (id) yield { facts: { sourceImageId: id } };
  },
  say: ({ sourceImageId }, { name, source, target }) =>
    `"${name}" in ${target} is a copy of ${sourceImageId}, which ${source} does not have.`,
});

export const imageExtra = rule({
  id: 'image/extra',
  kind: 'image',
  title: 'Image only on the target',
  severity: always('info'),
  compares: 'The images of the target account with those of the source.',
  why: 'It has no part in what was carried over.',
  remedy: 'Nothing to do.',
  links: [COPY],
  *find(pair, context) {
    const image = extra(pair);
    const origin = image && copiedFrom(image);
    if (image && lostSource(pair, context) === null)
      yield {
        facts: { imageId: image.id, copyOf: origin?.id ?? null, copyOfRegion: origin?.region ?? null },
      };
  },
  say: ({ imageId, copyOf, copyOfRegion }, { name, source, target }) => {
    const copy = copyOfRegion === source ? 'one more copy' : 'a copy';
    const of = copyOf && `; it is ${copy} of ${copyOf}${copyOfRegion ? ` in ${copyOfRegion}` : ''}`;
    return `Image "${name}" (${imageId}) exists only in ${target}${of ?? ''}.`;
  },
});

export const imageRenamedCopy = rule({
  id: 'image/renamed-copy',
  kind: 'image',
  title: 'The copy bears another name',
  severity: always('info'),
  compares: 'The names of two images that are one by lineage.',
  why: 'Whatever looks the image up by name will not find it over there.',
  remedy: 'Map the name in the config (names.images) if it is meant.',
  links: [COPY],
  *find(pair, { names }) {
    const ends = bothEnds(pair);
    if (!ends || ends.source.name === null || ends.target.name === names.images(ends.source.name)) return;
    yield { facts: { targetName: ends.target.name ?? ends.target.id }, apart: ends.target.name ?? '' };
  },
  say: ({ targetName }, { name, target }) => `The copy of "${name}" is called "${targetName}" in ${target}.`,
});

export const imageCopyRules = [
  imageMissingCopy,
  imageStaleCopy,
  imageNotACopy,
  imageUnusableCopy,
  imageSourceGone,
  imageRenamedCopy,
];
