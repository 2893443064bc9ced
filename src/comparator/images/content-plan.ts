import { assembleSnapshot } from '../../inventory/assemble.ts';
import type { ContentReason, DeviceToVerify, ImageToVerify } from '../../inventory/content.ts';
import type { BlockDevice, Image } from '../../inventory/image.ts';
import { compareText, firstOf } from '../../inventory/order.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Config } from '../config.ts';
import { nameMap } from '../names.ts';
import { bothEnds } from '../pairing/counterpart.ts';
import { imageCounterparts } from '../pairing/images.ts';

/**
 * Which snapshots hold what should be the same: of every pair of images the volumes, by device name. The pairs are those
 * that the comparison itself makes, so that its report can say of each what was verified.
 */
export function contentPlan(source: Snapshot, target: Snapshot, config: Config): ImageToVerify[] {
  const names = nameMap(config.names?.images, 'names.images');
  return imageCounterparts(assembleSnapshot(source), assembleSnapshot(target), names)
    .flatMap((pair) => {
      const ends = bothEnds(pair);
      return ends ? [imageToVerify(pair.name, ends.source, ends.target)] : [];
    })
    .sort((a, b) =>
      firstOf(compareText(a.name, b.name), compareText(a.source, b.source), compareText(a.target, b.target)),
    );
}

function imageToVerify(name: string, source: Image, target: Image): ImageToVerify {
  const devices = devicesToVerify(source, target);
  const usable = source.state === 'available' && target.state === 'available';
  const reason = !usable ? 'not-available' : devices.length > 0 ? null : noVolumes(source, target);
  return { name, source: source.id, target: target.id, reason, devices: usable ? devices : [] };
}

function noVolumes(source: Image, target: Image): ContentReason {
  const some = [source, target].some((image) => volumesOf(image).size > 0);
  return some ? 'no-snapshot' : 'instance-store';
}

/** By device name; the root volumes are compared with each other under any device name. Blank volumes hold nothing to compare. */
function devicesToVerify(source: Image, target: Image): DeviceToVerify[] {
  const [here, there] = [volumesOf(source), volumesOf(target)];
  const [root, otherRoot] = [source.rootDeviceName ?? '', target.rootDeviceName ?? ''];
  const renamed = !there.has(root) && !here.has(otherRoot) && here.has(root) && there.has(otherRoot);
  const counterpart = (device: string) => there.get(renamed && device === root ? otherRoot : device);
  const taken = new Set(renamed ? [otherRoot] : []);
  const pairs = [...here].map(([device, volume]) => deviceToVerify(device, volume, counterpart(device)));
  const extra = [...there]
    .filter(([device]) => !here.has(device) && !taken.has(device))
    .map(([device, volume]) => deviceToVerify(device, undefined, volume));
  const blank = ({ snapshots, reason }: DeviceToVerify) =>
    reason === 'no-snapshot' && snapshots.source === snapshots.target;
  return [...pairs, ...extra].filter((d) => !blank(d)).sort((a, b) => compareText(a.device, b.device));
}

type Volume = NonNullable<BlockDevice['ebs']>;

function volumesOf({ blockDevices }: Image): Map<string, Volume> {
  return new Map(blockDevices.flatMap(({ device, ebs }) => (ebs ? [[device, ebs] as const] : [])));
}

function deviceToVerify(device: string, source?: Volume, target?: Volume): DeviceToVerify {
  const snapshots = { source: source?.snapshotId ?? null, target: target?.snapshotId ?? null };
  const sizeGiB = { source: source?.sizeGiB ?? null, target: target?.sizeGiB ?? null };
  if (!source || !target) return { device, snapshots, sizeGiB, reason: 'one-side-only' };
  const known = snapshots.source !== null && snapshots.target !== null;
  return { device, snapshots, sizeGiB, reason: known ? null : 'no-snapshot' };
}
