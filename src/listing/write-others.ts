import type { BlockDevice, Image } from '../inventory/image.ts';
import type { KeyPair } from '../inventory/key-pair.ts';
import { printable } from '../text/printable.ts';
import { countUnlessNone, isUnfit, line, tagLines } from './columns.ts';

export function keyPairLine({ name, fingerprint }: KeyPair): string {
  return line('KEYPAIR', name, fingerprint ?? '');
}

export function keyPairLosses(keyPairs: readonly KeyPair[]): string[] {
  const lost = [
    ...countUnlessNone(keyPairs.filter(({ publicKey }) => publicKey).length, 'public key'),
    ...countUnlessNone(
      keyPairs.filter(({ tags }) => Object.keys(tags).length > 0).length,
      'set of tags',
      'sets of tags',
    ),
    ...countUnlessNone(
      keyPairs.filter(({ name }) => isUnfit(name)).length,
      'name with control characters',
      'names with control characters',
    ).map((what) => `${what} (written as spaces)`),
  ];
  return keyPairs.length === 0
    ? []
    : [
        `key pairs: the listing cannot contain ids, types and dates${lost.map((what) => `, ${what}`).join('')}`,
      ];
}

/**
 * What the listing calls the name is the image's location, which for every image on EBS is owner/name. A snapshot
 * holds neither kernel nor RAM disk; "machine" and "xen" are what EC2 says of every image that is neither of the two.
 */
export function imageLines(image: Image): string[] {
  const devices = image.blockDevices.flatMap(deviceLine);
  return [
    line(
      'IMAGE',
      image.id,
      `${image.ownerId ?? ''}/${image.name ?? ''}`,
      image.ownerId ?? '',
      image.state,
      image.public ? 'public' : 'private',
      '',
      image.architecture ?? '',
      'machine',
      '',
      '',
      image.platform ?? '',
      image.rootDeviceType ?? '',
      image.virtualization ?? '',
      'xen',
    ),
    ...devices,
    ...tagLines('image', image.id, image.tags),
  ];
}

function deviceLine({ device, virtualName, ebs }: BlockDevice): string[] {
  const said = (value: string | number | boolean | null) => (value === null ? '' : String(value));
  if (!ebs) return virtualName === null ? [] : [line('BLOCKDEVICEMAPPING', 'EPHEMERAL', device, virtualName)];
  const { snapshotId, sizeGiB, deleteOnTermination, volumeType, iops } = ebs;
  const about = [snapshotId, sizeGiB, deleteOnTermination, volumeType, iops].map(said);
  return [line('BLOCKDEVICEMAPPING', 'EBS', device, virtualName ?? '', ...about)];
}

const NEVER =
  'images: the listing cannot contain descriptions, dates, boot mode, ENA, IMDS, TPM, root device names, launch permissions, what an image is a copy of, nor encryption and throughput of volumes';

/** What no image line can hold once, and what is missing from single images one line each. */
export function imageLosses(images: readonly Image[]): string[] {
  return images.length === 0 ? [] : [NEVER, ...images.flatMap(imageLoss)];
}

function imageLoss(image: Image): string[] {
  const isStored = image.rootDeviceType === 'instance-store';
  const texts = [image.name ?? '', ...Object.entries(image.tags).flat()];
  const lost = [
    // The tool writes "[marketplace: code]", and a snapshot does not contain the kind of a code.
    ...countUnlessNone(image.productCodes.length, 'product code'),
    ...(isStored ? ['the location in S3 (owner/name is written)'] : []),
    ...(image.virtualization === 'paravirtual' ? ['kernel and RAM disk'] : []),
    ...countUnlessNone(
      image.blockDevices.filter((d) => !d.ebs && d.virtualName === null).length,
      'device without volume',
      'devices without volume',
    ),
    ...countUnlessNone(
      texts.filter(isUnfit).length,
      'text with control characters',
      'texts with control characters',
    ).map((what) => `${what} (written as spaces)`),
  ];
  const named = image.name === null ? '' : ` ("${printable(image.name)}")`;
  return lost.length === 0
    ? []
    : [`${printable(image.id)}${named}: the listing cannot contain ${lost.join(', ')}`];
}
