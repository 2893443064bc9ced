import { itemsOf } from '../../inventory/collected.ts';
import type { LaunchDevice } from '../../inventory/launch-details.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { arnOf, provenForeign } from './foreign.ts';
import { all, type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { JudgedWorkload, Start } from './starts.ts';

/** Whether the instance profile, placement group, reservation, KMS keys and snapshots exist on the target. */
export function resourceChecks(start: Start, workload: JudgedWorkload, context: Context): Checked {
  return all([
    profileChecks(start, context),
    placementChecks(start, workload, context),
    ...start.details.devices.map((device) => deviceChecks(device, start, context)),
  ]);
}

/** IAM is global: what the source says of an account that is the target's as well counts. */
function profileChecks(start: Start, context: Context): Checked {
  const { profile } = start.details;
  if (profile === null) return NOTHING_FOUND;
  const arn = arnOf(profile);
  const name = (arn ? arn.resource.split('/').at(-1) : profile) ?? profile;
  const facts = factsOf(context);
  const there = facts.target.find('instanceProfiles', name);
  if (there.is === 'item') return passed('profile');
  const oneAccount = facts.source.account !== null && facts.source.account === facts.target.account;
  const here = oneAccount ? facts.source.find('instanceProfiles', name) : null;
  if (here?.is === 'item') return passed('profile');
  if (there.is === 'none' || (there.is === 'not-asked' && here?.is === 'none')) {
    const account = facts.target.account;
    return found({
      rule: 'workload/missing-profile',
      facts: { at: start.at, judged: start.mode, profile: name, account },
      verdict: 'blocked',
      steps: [
        `instance profile ${name}`,
        `does not exist${account === null ? '' : ` in account ${account}`}`,
      ],
      place: [start.at],
    });
  }
  return notKnown(there, 'instanceProfiles', facts.target, `instance profile ${name}`);
}

function placementChecks(start: Start, workload: JudgedWorkload, context: Context): Checked {
  const { placementGroup, reservation } = start.details;
  const groupName = placementGroup ?? workload.group?.placementGroup ?? null;
  const facts = factsOf(context).target;
  const lacks = (what: 'placement group' | 'capacity reservation', name: string, state: string | null) =>
    found({
      rule: 'workload/missing-placement',
      facts: { at: start.at, judged: start.mode, what, name, state },
      verdict: 'blocked',
      steps: [`${what} ${name}`, state === null ? `does not exist in ${facts.place}` : `is ${state}`],
      place: [start.at, what],
    });
  const checks: Checked[] = [];
  // An id is replaced with the object that is made; a name is what a copy keeps.
  if (groupName !== null && !groupName.startsWith('pg-')) {
    const known = facts.find('placementGroups', groupName);
    const gone = known.is === 'item' && known.item.state !== null && known.item.state !== 'available';
    if (known.is === 'none') checks.push(lacks('placement group', groupName, null));
    else if (gone) checks.push(lacks('placement group', groupName, known.item.state));
    else if (known.is !== 'item')
      checks.push(notKnown(known, 'placementGroups', facts, `placement group ${groupName}`));
    else checks.push(passed('network'));
  }
  if (
    reservation?.startsWith('cr-') &&
    start.mode === 'target' &&
    provenForeign(reservation, context) === null
  ) {
    const known = facts.find('capacityReservations', reservation);
    const ended =
      known.is === 'item' &&
      known.item.state !== null &&
      !['active', 'pending', 'scheduled'].includes(known.item.state);
    if (known.is === 'none') checks.push(lacks('capacity reservation', reservation, null));
    else if (ended) checks.push(lacks('capacity reservation', reservation, known.item.state));
    else if (known.is !== 'item')
      checks.push(notKnown(known, 'capacityReservations', facts, `capacity reservation ${reservation}`));
    else checks.push(passed('network'));
  }
  return all(checks);
}

function deviceChecks(device: LaunchDevice, start: Start, context: Context): Checked {
  return all([keyChecks(device, start, context), snapshotChecks(device, start, context)]);
}

/** Of an object that is yet to be made the key is replaced; one that spans regions keeps its id. */
function keyChecks({ device, kmsKeyId }: LaunchDevice, start: Start, context: Context): Checked {
  if (kmsKeyId === null || start.mode === 'source') return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const arn = arnOf(kmsKeyId);
  if ((arn && arn.region !== facts.region) || provenForeign(kmsKeyId, context) !== null) return NOTHING_FOUND;
  const id = arn ? arn.resource.replace(/^key\//, '') : kmsKeyId;
  const byName = (facts.all('kmsKeys') ?? []).find((k) => k.arn === kmsKeyId || k.askedAs.includes(kmsKeyId));
  const known = byName ? { is: 'item' as const, item: byName } : facts.find('kmsKeys', id);
  const lacks = (state: string | null) =>
    found({
      rule: 'workload/missing-kms-key',
      facts: { at: start.at, judged: start.mode, device, key: kmsKeyId, state },
      verdict: 'blocked',
      steps: [
        `KMS key ${kmsKeyId} of ${device}`,
        state === null ? `does not exist in ${facts.place}` : `is ${state}`,
      ],
      place: [start.at, device],
    });
  if (known.is === 'none' || (known.is === 'item' && !known.item.exists)) return lacks(null);
  if (known.is === 'item')
    return known.item.state === null || known.item.state === 'Enabled'
      ? passed('storage')
      : lacks(known.item.state);
  return notKnown(known, 'kmsKeys', facts, `KMS key ${kmsKeyId}`);
}

/** The snapshot that the device is made from: its own, or the one of the image's device that it resizes. */
function snapshotChecks(
  { device, snapshotId, sizeGiB }: LaunchDevice,
  start: Start,
  context: Context,
): Checked {
  const ofImage = start.image?.blockDevices.find((d) => d.device === device)?.ebs?.snapshotId ?? null;
  const id = snapshotId ?? ofImage;
  if (id === null) return NOTHING_FOUND;
  const facts = factsOf(context);
  const there = facts.target.find('volumeSnapshots', id);
  const here = facts.source.find('volumeSnapshots', id);
  // A copy of a snapshot is as large as its original.
  const known = there.is === 'item' ? there : start.mode === 'source' || sameRegion(context) ? here : there;
  if (known.is === 'item') {
    const snapshotGiB = known.item.sizeGiB;
    if (sizeGiB === null || snapshotGiB === null || sizeGiB >= snapshotGiB) return passed('storage');
    return found({
      rule: 'workload/volume-too-small',
      facts: { at: start.at, judged: start.mode, device, sizeGiB, snapshot: id, snapshotGiB },
      verdict: 'blocked',
      steps: [`volume ${device} of ${sizeGiB} GiB`, `is smaller than its snapshot of ${snapshotGiB} GiB`],
      place: [start.at, device],
    });
  }
  if (
    start.mode === 'source' ||
    snapshotId === null ||
    provenForeign(id, context) !== null ||
    ofTargetImage(id, context)
  )
    return sizeGiB === null || known.is === 'none'
      ? NOTHING_FOUND
      : notKnown(known, 'volumeSnapshots', facts.target, `volume ${device}`);
  return known.is === 'none'
    ? NOTHING_FOUND
    : notKnown(known, 'volumeSnapshots', facts.target, `snapshot ${id}`);
}

function sameRegion({ source, target }: Context): boolean {
  return source.region === target.region;
}

function ofTargetImage(id: string, { target }: Context): boolean {
  return itemsOf(target.images).some((i) => i.blockDevices.some((d) => d.ebs?.snapshotId === id));
}
