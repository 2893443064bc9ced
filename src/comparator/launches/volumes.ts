import { itemsOf } from '../../inventory/collected.ts';
import type { LaunchDevice } from '../../inventory/launch-details.ts';
import { isTwoAccountsOfOneRegion } from '../../report/places.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { provenForeign } from './foreign.ts';
import { all, type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { Start } from './starts.ts';

/** Whether the snapshots that volumes are made from exist on the target, and are no larger than the volumes. */
export function snapshotChecks(start: Start, context: Context): Checked {
  // Terraform's root_block_device names no device: it is the root device of the image.
  const root = start.image?.rootDeviceName ?? '';
  return all(
    start.details.devices.map((d) => ofDevice(d.device === '' ? { ...d, device: root } : d, start, context)),
  );
}

/** Its own snapshot, or the one of the image's device that it resizes. */
function ofDevice({ device, snapshotId, sizeGiB }: LaunchDevice, start: Start, context: Context): Checked {
  const ofImage = start.image?.blockDevices.find((d) => d.device === device)?.ebs?.snapshotId ?? null;
  const id = snapshotId ?? ofImage;
  if (id === null) return NOTHING_FOUND;
  const facts = factsOf(context);
  const there = facts.target.find('volumeSnapshots', id);
  const here = facts.source.find('volumeSnapshots', id);
  const own = start.mode === 'target' && snapshotId !== null;
  // A copy of a snapshot is as large as its original. An account sees the private ones of another only where they are shared.
  const isOne = start.mode === 'source' || (sameRegion(context) && !(own && isOfTwoAccounts(context)));
  const known = there.is === 'item' ? there : isOne ? here : there;
  if (known.is === 'item') {
    const { state, sizeGiB: snapshotGiB } = known.item;
    if (own && state !== null && state !== 'completed')
      return refused('snapshot-not-completed', id, `is ${state}`, start, device);
    if (sizeGiB === null || snapshotGiB === null || sizeGiB >= snapshotGiB) return passed('storage');
    return found({
      rule: 'workload/volume-too-small',
      facts: { at: start.at, judged: start.mode, device, sizeGiB, snapshot: id, snapshotGiB },
      verdict: 'blocked',
      steps: [`volume ${device} of ${sizeGiB} GiB`, `is smaller than its snapshot of ${snapshotGiB} GiB`],
      place: [start.at, device],
    });
  }
  // Said as a reference to another region; and the snapshots of an image exist.
  const elsewhere = !own || provenForeign(id, context) !== null || ofTargetImage(id, context);
  if (known.is === 'none')
    return elsewhere
      ? NOTHING_FOUND
      : refused('no-such-snapshot', id, `was not found in ${facts.target.place}`, start, device);
  if (elsewhere && sizeGiB === null) return NOTHING_FOUND;
  if (!elsewhere && known.is === 'not-asked' && known.unlisted) return notListed(id, facts.target.place);
  const what = elsewhere ? `volume ${device}` : `snapshot ${id}`;
  return notKnown(known, 'volumeSnapshots', facts.target, what);
}

/** A listing of the account's own snapshots does not contain those that other accounts share. */
function notListed(id: string, place: string): Checked {
  const why = `is not among the snapshots that were read of ${place}: it was deleted, or another account shares it`;
  return {
    ...NOTHING_FOUND,
    unread: [{ steps: [`snapshot ${id}`, why], kind: 'volumeSnapshots', part: 'storage', side: 'target' }],
  };
}

function refused(
  because: 'no-such-snapshot' | 'snapshot-not-completed',
  id: string,
  why: string,
  { at, mode }: Start,
  device: string,
): Checked {
  return found({
    rule: 'workload/refused',
    facts: { at, judged: mode, because, what: id, limit: null },
    verdict: 'blocked',
    steps: [`snapshot ${id} of volume ${device}`, why],
    place: [at, because, device],
  });
}

function sameRegion({ source, target }: Context): boolean {
  return source.region === target.region;
}

function isOfTwoAccounts({ source, target }: Context): boolean {
  return isTwoAccountsOfOneRegion(source, target);
}

function ofTargetImage(id: string, { target }: Context): boolean {
  return itemsOf(target.images).some((i) => i.blockDevices.some((d) => d.ebs?.snapshotId === id));
}
