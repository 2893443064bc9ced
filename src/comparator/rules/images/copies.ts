import type { Image } from '../../../inventory/image.ts';
import { count } from '../../../text/counts.ts';
import { copyAdvice } from '../../commands/copy-advice.ts';
import { copyImage } from '../../commands/copy-image.ts';
import type { Context } from '../../context.ts';
import { familyByName } from '../../families/by-name.ts';
import { nameConflictOf } from '../../images/name-conflict.ts';
import { hiddenBy, provenanceOf, sourceHas } from '../../images/provenance.ts';
import { bothEnds, type Counterpart, extra, missing } from '../../pairing/counterpart.ts';
import { otherImagesFailed, sharedCopiesUnasked } from '../../pairing/image-access.ts';
import { copiedFrom, vendorOf } from '../../pairing/image-lineage.ts';
import { SHARED } from '../../pairing/images.ts';
import { usersOf } from '../../workloads/users.ts';
import { always, rule } from '../rule.ts';
import { imageOwnedByAnother } from './other-owner.ts';
import { recycledOf, restore, restored } from './recycle-bin.ts';
import { imageStaleCopy } from './staleness.ts';
import { missingInFamily } from './superseded.ts';
import { imageUndetermined } from './undetermined.ts';
import { imageUnusableCopy } from './unusable.ts';

const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';
export const imageMissingCopy = rule({
  id: 'image/missing-copy',
  title: 'Image has no copy',
  short: 'no copy',
  severity: always('medium'),
  whenUsed: 'critical',
  severityNote:
    'info where nothing uses it, and it could not be launched on the source itself (failed, pending, disabled) or a newer build of its family has a copy',
  compares:
    'The images of the source account with those that the target owns or may launch: by copy record, ancestry, description and name. Of the builds of one family that nothing uses, only the newest is reported.',
  why: 'An image exists only in its region: a launch from it fails on the target.',
  remedy: 'Copy the image to the target with its tags; launch permissions must be set again.',
  links: [COPY],
  *find(pair, context) {
    const image = missing(pair);
    if (!image) return;
    const inFamily = missingInFamily(image, context);
    if (inFamily?.is === 'with another build') return;
    const newer = inFamily?.newerCopied ?? null;
    const recycled = recycledOf(image, context);
    const { facts: transfer, commands } = copyImage(image, context);
    const facts = {
      imageId: image.id,
      state: image.state,
      recycled,
      family: inFamily?.family ?? null,
      older: (inFamily?.older ?? []).map((i) => i.name ?? i.id),
      newerCopied: newer && (newer.name ?? newer.id),
      ...(sharedCopiesUnasked(image, context.source, context.target)
        ? { among: context.target.account ?? '' }
        : {}),
      transfer,
    };
    const used = usersOf(image, context).length > 0;
    // Where something launches it, the launch is blocked on the target too.
    const minor = !used && (image.state !== 'available' || newer !== null);
    // The one command or the others: whether it is the copy is for the person to say.
    const own = recycled ? [restore(recycled, context.target.region)] : commands;
    yield {
      facts,
      content: null,
      ...(image.state === 'available' ? { commands: own } : {}),
      ...(minor ? { severity: 'info' as const } : {}),
    };
  },
  message: ({ imageId, state, family, older, newerCopied, among }, { name, target }) =>
    `Image "${name}" (${imageId}) has no copy ${among === undefined ? `in ${target}` : `among the images of account ${among} in ${target}; whether another account shares a copy with it was not looked up`}.${olderToo(older, family)}${newerCopied === null ? '' : ` A newer build, "${newerCopied}", has one.`}${state === 'available' ? '' : ` On the source it is ${state}, so it could not be launched there either.`}`,
  remedyFor: ({ state, recycled, transfer }, { target }) =>
    state === 'available'
      ? `${recycled ? restored(recycled, target) : ''}${copyAdvice(`Copy it to ${target}.`, transfer)}`
      : 'Nothing to copy while the source is not available.',
});

const COPY_ANEW =
  'Copy the source image. Either deregister the other image first and give the copy this name, or give it another name and refer to it in the launch templates.';

function olderToo({ length }: readonly string[], family: string | null): string {
  if (length === 0) return '';
  return ` ${count(length, 'older build')} of its family "${family}" ${length === 1 ? 'has' : 'have'} no copy either.`;
}

export const imageNotACopy = rule({
  id: 'image/not-a-copy',
  title: 'Same name, but not a copy',
  short: 'not a copy',
  severity: always('high'),
  compares:
    "The target's record of where its image comes from, and the dates, with the source image of the same name.",
  why: 'Instances that launch from the image of this name on the target run other content than on the source.',
  remedy: COPY_ANEW,
  links: [COPY],
  *find(pair, context) {
    const ends = bothEnds(pair);
    const provenance = ends && provenanceOf(pair, ends.source, ends.target, context);
    if (ends && provenance?.is === 'no-copy') {
      const { because, strength } = provenance;
      const { facts: transfer, commands } = copyImage(ends.source, context);
      const facts = { because, strength, imageId: ends.target.id, bears: null, copy: null, transfer };
      yield { facts, commands, content: null };
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
          transfer: copyImage(pair.source, context).facts,
        },
        // Besides what is said of the pair itself.
        discriminator: 'name conflict',
        content: null,
      };
    }
  },
  message: ({ because, copy, bears, imageId }, { name, target }) =>
    `The image "${bears ?? name}" (${imageId}) in ${target} is not a copy of the source's: ${because}.${copy === null ? '' : ` The copy is called "${copy}" there.`}`,
  remedyFor: ({ copy, transfer }) =>
    copy === null
      ? copyAdvice('Copy the source image and refer to the copy in the launch templates.', transfer)
      : `Use "${copy}" where the image is looked up by name. Or deregister the other image, and copy the image again under this name.`,
});

/**
 * What an extra image is a copy of, where that is of the source's region and the source does not have it. `unread`: it may be an image
 * of another owner, whose look-up failed on the source.
 */
function lostSource(pair: Counterpart<Image>, context: Context): { id: string } | 'unread' | null {
  const image = extra(pair);
  const origin = image && copiedFrom(image);
  return origin &&
    origin.region === context.source.region &&
    !sourceHas(origin.id, context) &&
    vendorOf(image) === null
    ? otherImagesFailed(context.source)
      ? 'unread'
      : { id: origin.id }
    : null;
}

export const imageSourceGone = rule({
  id: 'image/source-gone',
  title: 'The source does not have the image that this is a copy of',
  short: 'source missing',
  severity: always('low'),
  compares: "The target's record of the copy (SourceImageId) with the images of the source.",
  why: 'If that image was deregistered or is no longer shared, the copy cannot be made again, and its content cannot be compared. It may also be an image of another account.',
  remedy: 'Keep it if it is still needed. Otherwise deregister it and delete its snapshots.',
  links: [COPY],
  *find(pair, context) {
    const lost = lostSource(pair, context);
    if (lost !== null && lost !== 'unread')
      yield {
        facts: {
          sourceImageId: lost.id,
          by: "AWS's record of the copy (SourceImageId)",
          strength: 'strong',
          hidden: hiddenBy(context),
        },
        content: null,
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
  why: 'No image of the source has it as its counterpart.',
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
        content: null,
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
  title: 'The copy has another name',
  short: 'other image name',
  severity: always('info'),
  compares: 'The names of a source image and its copy.',
  why: 'A look-up of the image by name does not find it on the target.',
  remedy: 'Map the name in the config (names.images) if it is intended.',
  links: [COPY],
  *find(pair, { names }) {
    const ends = bothEnds(pair);
    if (!ends || pair.matchedBy === SHARED || sameButForHash(ends.source, ends.target)) return;
    if (ends.source.name === null || ends.target.name === names.images(ends.source.name)) return;
    const targetName = ends.target.name ?? ends.target.id;
    const config = `names: { images: { ${JSON.stringify(ends.source.name)}: ${JSON.stringify(targetName)} } }`;
    yield { facts: { targetName, config }, content: ends.target.name ?? null };
  },
  message: ({ targetName }, { name, target }) =>
    `The copy of "${name}" is called "${targetName}" in ${target}.`,
});

/** Names with a random part, as AWS Backup gives to the image and to its copy: they are not looked up by name. */
function sameButForHash(source: Image, target: Image): boolean {
  const [s, t] = [source, target].map(({ name }) => (name === null ? null : familyByName(name)));
  return Boolean(
    s &&
      t &&
      s.family === t.family &&
      s.tokens.every(({ kind }) => kind === 'hash') &&
      source.name !== target.name,
  );
}

export const imageCopyRules = [
  imageMissingCopy,
  imageUndetermined,
  imageOwnedByAnother,
  imageStaleCopy,
  imageNotACopy,
  imageUnusableCopy,
  imageSourceGone,
  imageRenamedCopy,
];
