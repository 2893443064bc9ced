import type { Image } from '../../../inventory/image.ts';
import { copyCommand, takenName, thenPermissions } from '../../commands/copy-command.ts';
import type { Context } from '../../context.ts';
import { nameConflictOf } from '../../images/namesake.ts';
import { hiddenBy, provenanceOf, sourceHas } from '../../images/provenance.ts';
import { bothEnds, type Counterpart, extra, missing } from '../../pairing/counterpart.ts';
import { copiedFrom, vendorOf } from '../../pairing/image-lineage.ts';
import { always, rule } from '../rule.ts';
import { recycledOf, restored } from './recycle-bin.ts';
import { imageStaleCopy } from './staleness.ts';
import { imageUnusableCopy } from './unusable.ts';

const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';
export const imageMissingCopy = rule({
  id: 'image/missing-copy',
  title: 'Image has no copy',
  short: 'no copy',
  severity: always('medium'),
  whenUsed: 'critical',
  severityNote: 'info where the source itself could not be launched (failed, pending, disabled)',
  compares:
    'The images of the source account with those of the target: by copy record, description and name.',
  why: 'An image exists only in its region: what launches from it fails over there.',
  remedy:
    'Copy the image to the target (aws ec2 copy-image --copy-image-tags); launch permissions must be set again.',
  links: [COPY],
  *find(pair, context) {
    const image = missing(pair);
    if (!image) return;
    const recycled = recycledOf(image, context);
    const facts = { imageId: image.id, state: image.state, recycled, ...copyCommand(image, context) };
    yield { facts, ...(image.state === 'available' ? {} : { severity: 'info' as const }) };
  },
  message: ({ imageId, state }, { name, target }) =>
    `Image "${name}" (${imageId}) has no copy in ${target}.${state === 'available' ? '' : ` On the source it is ${state}, so it could not be launched there either.`}`,
  remedyFor: ({ state, recycled, ...copy }, { target }) =>
    state === 'available'
      ? `${recycled ? restored(recycled, target) : ''}${takenName(copy)}Copy it:  ${copy.command}${thenPermissions(copy)}`
      : 'Nothing to copy while the source is not available.',
});

const COPY_ANEW =
  'Copy the source image; give it this name after deregistering the other, or another name and point the launch templates at it.';

export const imageNotACopy = rule({
  id: 'image/not-a-copy',
  title: 'Same name, but not a copy',
  short: 'not a copy',
  severity: always('high'),
  compares:
    "The target's record of where its image comes from, and the dates, with the source image of the same name.",
  why: 'What launches from this name over there runs other content than on the source.',
  remedy: COPY_ANEW,
  links: [COPY],
  *find(pair, context) {
    const ends = bothEnds(pair);
    const provenance = ends && provenanceOf(pair, ends.source, ends.target, context);
    if (ends && provenance?.is === 'no-copy') {
      const { because, strength } = provenance;
      yield {
        facts: {
          because,
          strength,
          imageId: ends.target.id,
          bears: null,
          copy: null,
          ...copyCommand(ends.source, context),
        },
      };
    }
    const nameConflict = nameConflictOf(pair, context);
    if (nameConflict && pair.source) {
      const { because, strength, image } = nameConflict;
      yield {
        facts: {
          because,
          strength,
          imageId: image.id,
          bears: image.name,
          copy: pair.target?.name ?? pair.target?.id ?? null,
          ...copyCommand(pair.source, context),
        },
        // Besides what is said of the pair itself.
        discriminator: 'name conflict',
      };
    }
  },
  message: ({ because, copy, bears, imageId }, { name, target }) =>
    `The image "${bears ?? name}" (${imageId}) in ${target} is not a copy of the source's: ${because}.${copy === null ? '' : ` The copy is called "${copy}" there.`}`,
  remedyFor: ({ copy, ...anew }) =>
    copy === null
      ? `${takenName(anew)}Copy the source image and point the launch templates at the copy:  ${anew.command}${thenPermissions(anew)}`
      : `Point what looks the image up by name at "${copy}", or give that image's copy the name after deregistering the other.`,
});

/** What an extra image is a copy of, where that stood in the source's region and is not there any more. */
function lostSource(pair: Counterpart<Image>, context: Context): string | null {
  const image = extra(pair);
  const origin = image && copiedFrom(image);
  return origin &&
    origin.region === context.source.region &&
    !sourceHas(origin.id, context) &&
    vendorOf(image) === null
    ? origin.id
    : null;
}

export const imageSourceGone = rule({
  id: 'image/source-gone',
  title: "The copy's source no longer exists",
  short: 'source is gone',
  severity: always('low'),
  compares: "The target's record of the copy (SourceImageId) with the images of the source.",
  why: 'The copy cannot be made again, and nothing on the source says what is in it. It may be deregistered, or no longer shared.',
  remedy: 'Keep it knowingly, or deregister it together with its snapshots.',
  links: [COPY],
  *find(pair, context) {
    const id = lostSource(pair, context);
    if (id)
      yield {
        facts: {
          sourceImageId: id,
          by: "AWS's record of the copy (SourceImageId)",
          strength: 'strong',
          hidden: hiddenBy(context),
        },
      };
  },
  message: ({ sourceImageId, hidden }, { name, source, target }) =>
    `"${name}" in ${target} is a copy of ${sourceImageId}, which ${source} does not have among the account's images.${hidden ? ` ${hidden}.` : ''}`,
});

export const imageExtra = rule({
  id: 'image/extra',
  title: 'Image only on the target',
  short: 'only on target',
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
        facts: {
          imageId: image.id,
          copyOf: origin?.id ?? null,
          copyOfRegion: origin?.region ?? null,
          copyOfOwner: vendorOf(image),
        },
      };
  },
  message: ({ imageId, copyOf, copyOfRegion, copyOfOwner }, { name, source, target }) => {
    const copy = copyOfRegion === source && copyOfOwner === null ? 'one more copy' : 'a copy';
    const of =
      copyOf &&
      `; it is ${copy} of ${copyOfOwner === null ? '' : `${copyOfOwner}'s `}${copyOf}${copyOfRegion ? ` in ${copyOfRegion}` : ''}`;
    return `Image "${name}" (${imageId}) exists only in ${target}${of ?? ''}.`;
  },
});

export const imageRenamedCopy = rule({
  id: 'image/renamed-copy',
  title: 'The copy bears another name',
  short: 'other image name',
  severity: always('info'),
  compares: 'The names of two images that are one by lineage.',
  why: 'Whatever looks the image up by name will not find it over there.',
  remedy: 'Map the name in the config (names.images) if it is meant.',
  links: [COPY],
  *find(pair, { names }) {
    const ends = bothEnds(pair);
    if (!ends || ends.source.name === null || ends.target.name === names.images(ends.source.name)) return;
    const targetName = ends.target.name ?? ends.target.id;
    const config = `names: { images: { ${JSON.stringify(ends.source.name)}: ${JSON.stringify(targetName)} } }`;
    yield { facts: { targetName, config }, content: ends.target.name ?? null };
  },
  message: ({ targetName }, { name, target }) =>
    `The copy of "${name}" is called "${targetName}" in ${target}.`,
});

export const imageCopyRules = [
  imageMissingCopy,
  imageStaleCopy,
  imageNotACopy,
  imageUnusableCopy,
  imageSourceGone,
  imageRenamedCopy,
];
