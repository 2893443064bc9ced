import { itemsOf } from '../../../src/inventory/collected.ts';
import type { Image } from '../../../src/inventory/image.ts';
import type { ReasonType } from '../../../src/plan/reasons/reason.ts';
import { type Case, type Checks, imagesOf, ofRule } from './case.ts';

const isEncrypted = (image: Image | undefined) =>
  image?.blockDevices.some(({ ebs }) => ebs?.encrypted === true) === true;
const isPublic = (image: Image | undefined) =>
  image !== undefined && (image.public || image.launchPermissions?.everyone === true);
const isProtected = (image: Image | undefined) =>
  image?.deregistrationProtection?.startsWith('enabled') === true;
const apart = ({ source, target }: Case) => source.account !== target.account;

/** Whether the two regions are of different partitions. */
const isAcross = ({ source, target }: Case) =>
  ['cn-', 'us-gov-'].some((p) => source.region.startsWith(p) !== target.region.startsWith(p));

/** Who manages the keys that encrypt the snapshots of an image. */
function managersOf(image: Image | undefined, { source }: Case): (string | null)[] {
  const keys = itemsOf(source.launchFacts.kmsKeys);
  return (image?.blockDevices ?? []).flatMap(({ ebs }) => {
    if (!ebs?.encrypted) return [];
    const id = (ebs as { kmsKeyId?: string | null }).kmsKeyId ?? null;
    return [keys.find((k) => id !== null && (k.arn === id || k.id === id))?.manager ?? null];
  });
}

export const IMAGE_CHECKS = {
  recycled: ({ imageId }, of) =>
    of.target.recycledImages?.some((i) => i.id === imageId && i.name === imagesOf(of).source?.name) === true,
  'image-undetermined': (_, of) => of.finding.rule === 'image/undetermined',
  'image-of-other-account': (_, of) => {
    const { imageId } = of.finding.facts as { imageId: string };
    const known = [...itemsOf(of.target.images), ...itemsOf(of.target.otherImages)].find(
      (i) => i.id === imageId,
    );
    return known !== undefined && 'ownerId' in known && known.ownerId !== of.target.account;
  },
  'content-stays': ofRule('image/stale-copy', 'image/not-a-copy', 'image/content-differs'),
  'unusable-copy': (_, of) => {
    const { target } = imagesOf(of);
    return target !== undefined && (target.state !== 'available' || target.deprecatedAt !== null);
  },
  'image-source-gone': (_, of) => {
    const { target } = imagesOf(of);
    return target !== undefined && imagesOf(of).source === undefined;
  },
  'image-name-stays': (_, of) => {
    const { source, target } = imagesOf(of);
    return source !== undefined && target !== undefined && source.name !== target.name;
  },
  'image-attributes-stay': ofRule('image/attributes-differ'),
  'encryption-stays': (_, of) => {
    const { source, target } = imagesOf(of);
    return (
      isEncrypted(source) || of.target.imageSettings.encryptionByDefault !== true || !isEncrypted(target)
    );
  },
  'encrypted-by-default': (_, of) => {
    const { target } = imagesOf(of);
    return of.target.imageSettings.encryptionByDefault === true && isEncrypted(target);
  },
  'sizes-are-a-hint': ofRule('image/written-size-differs'),
  'image-not-available': ({ state }, of) => state !== 'available' && imagesOf(of).source?.state === state,
  'source-image-of-other-account': ({ account }, of) =>
    imagesOf(of).source?.ownerId === account && account !== of.source.account,
  'product-codes': ({ codes }, of) =>
    apart(of) && codes.length > 0 && codes.join() === imagesOf(of).source?.productCodes.join(),
  'instance-store': (_, of) => imagesOf(of).source?.rootDeviceType === 'instance-store',
  'other-partition': (_, of) => isAcross(of),
  'image-cannot-be-copied': (_, of) => isAcross(of),
  'snapshots-stored-elsewhere': ({ place }, of) => JSON.stringify(imagesOf(of).source).includes(place),
  'billed-image': ({ usageOperation }, of) =>
    apart(of) && imagesOf(of).source?.usageOperation === usageOperation && usageOperation !== 'RunInstances',
  'key-of-aws': (_, of) => apart(of) && managersOf(imagesOf(of).source, of).includes('AWS'),
  'key-manager-unread': (_, of) => apart(of) && managersOf(imagesOf(of).source, of).includes(null),
  'public-image': (_, of) =>
    !of.options.allowWorldOpen && isPublic(imagesOf(of).source) && !isPublic(imagesOf(of).target),
  'public-image-becomes-encrypted': (_, of) =>
    isPublic(imagesOf(of).source) &&
    (of.target.imageSettings.encryptionByDefault === true || isEncrypted(imagesOf(of).source)),
  'encrypted-copy-not-shared': (_, of) => isEncrypted(imagesOf(of).target),
  'only-copy-permits': (_, of) => {
    const { source, target } = imagesOf(of);
    const here = source?.launchPermissions;
    const there = target?.launchPermissions;
    return (
      (isPublic(target) && !isPublic(source)) ||
      there?.accounts.some((a) => !here?.accounts.includes(a)) === true ||
      there?.organizations.some((o) => !here?.organizations.includes(o)) === true
    );
  },
  'only-copy-deprecated': (_, of) =>
    imagesOf(of).source?.deprecatedAt === null && (imagesOf(of).target?.deprecatedAt ?? null) !== null,
  'deprecation-past': (_, of) => (imagesOf(of).source?.deprecatedAt ?? '~') <= of.target.takenAt,
  'only-copy-protected': (_, of) => isProtected(imagesOf(of).target) && !isProtected(imagesOf(of).source),
} as const satisfies Partial<Checks<ReasonType>>;
