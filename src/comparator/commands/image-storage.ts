import { itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import { compareText } from '../../inventory/order.ts';
import type { TransferFacts } from '../../report/rules/images.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';

/** Where EC2 stores snapshots of the image, if not in the Region: from an Outpost or a Local Zone it copies to no other Region (CopyImage). */
export function storedOutside({ blockDevices }: Image): TransferFacts['storedIn'] {
  for (const { ebs } of blockDevices) {
    if (ebs?.outpostArn) return { kind: 'outpost', place: ebs.outpostArn };
    if (ebs?.localZone) return { kind: 'local-zone', place: ebs.localZone };
  }
  return null;
}

/** CreateStoreImageTask takes images that EBS backs, and no paravirtual ones. */
export function canBeStored({ rootDeviceType, virtualization }: Image): boolean {
  return rootDeviceType !== 'instance-store' && virtualization !== 'paravirtual';
}

/** The KMS keys of the encrypted snapshots of an image; null where one was not read. */
export function keysOf({ blockDevices }: Image): readonly string[] | null {
  const encrypted = blockDevices.flatMap(({ ebs }) => (ebs?.encrypted ? [ebs.kmsKeyId] : []));
  const known = encrypted.flatMap((key) => key ?? []);
  return known.length < encrypted.length ? null : [...new Set(known)].sort(compareText);
}

export function isEncrypted({ blockDevices }: Image): boolean {
  return blockDevices.some(({ ebs }) => ebs?.encrypted === true);
}

/** Who manages the keys of an image of that side; null for an unencrypted one, and where a key was not read. */
export function keyManagerOf(image: Image, side: SideName, context: Context): TransferFacts['keyManager'] {
  const keys = keysOf(image);
  if (keys === null || keys.length === 0) return null;
  const read = itemsOf(context[side].launchFacts.kmsKeys);
  const managers = keys.map((key) => read.find((k) => k.arn === key || k.id === key)?.manager ?? null);
  if (managers.includes('AWS')) return 'aws';
  return managers.every((manager) => manager === 'CUSTOMER') ? 'customer' : null;
}
