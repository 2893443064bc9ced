import { itemsOf } from '../../inventory/collected.ts';
import type { Context } from '../context.ts';
import { factsOf, knownOf } from './facts.ts';
import { arnOf, provenForeign } from './foreign.ts';
import { all, type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { Start } from './starts.ts';

type NamedBy = 'launch' | 'image' | 'default';

/** Whether the KMS keys that the volumes of a launch are encrypted with can be used on the target. */
export function keyChecks(start: Start, context: Context): Checked {
  const { devices } = start.details;
  const volumes = volumesOf(start, context);
  return all([
    ...devices.map(({ device, kmsKeyId }) =>
      kmsKeyId === null ? NOTHING_FOUND : keyOfLaunch(kmsKeyId, device, start, context),
    ),
    ...volumes.map(({ device, key }) =>
      key === null ? defaultKey(device, start, context) : keyState(key, device, 'image', start, context),
    ),
  ]);
}

/** Of an object that is yet to be made the key is replaced; one that spans regions keeps its id. */
function keyOfLaunch(key: string, device: string, start: Start, context: Context): Checked {
  if (start.mode === 'source' || provenForeign(key, context) !== null) return NOTHING_FOUND;
  const arn = arnOf(key);
  if (arn && arn.region !== context.target.region) return NOTHING_FOUND;
  return keyState(key, device, 'launch', start, context);
}

interface Volume {
  readonly device: string;
  /** Null: the default key. */
  readonly key: string | null;
}

/**
 * Volumes that are encrypted without a key of the launch: with the key of the snapshot in the image, or with the default
 * key of EBS (`key` null), where the launch or the region wants what is not encrypted yet to be encrypted.
 */
function volumesOf({ details, image }: Start, { target }: Context): Volume[] {
  const byDefault = target.imageSettings.encryptionByDefault === true;
  const own = new Map(details.devices.map((d) => [d.device, d]));
  const ofTarget = image !== null && itemsOf(target.images).includes(image) ? image : null;
  const ofImage = (ofTarget?.blockDevices ?? []).flatMap(({ device, ebs }): Volume[] => {
    const mine = own.get(device);
    if (!ebs || mine?.snapshotId) return [];
    // EBS reads an encrypted snapshot by its key, independent of the key of the volume.
    if (ebs.encrypted === true) return ebs.kmsKeyId === null ? [] : [{ device, key: ebs.kmsKeyId }];
    if (ebs.encrypted === null || mine?.kmsKeyId) return [];
    return byDefault || mine?.encrypted === true ? [{ device, key: null }] : [];
  });
  const empty = details.devices.filter(
    (d) =>
      d.kmsKeyId === null &&
      d.snapshotId === null &&
      (byDefault || d.encrypted === true) &&
      !image?.blockDevices.some((b) => b.device === d.device),
  );
  return [...ofImage, ...empty.map(({ device }) => ({ device, key: null }))];
}

function defaultKey(device: string, start: Start, context: Context): Checked {
  const facts = factsOf(context).target;
  const why = facts.unread('ebsDefaultKey');
  if (why) return notKnown(why, 'ebsDefaultKey', facts, `volume ${device}`);
  const [key] = facts.all('ebsDefaultKey') ?? [];
  return key ? keyState(key.id, device, 'default', start, context) : NOTHING_FOUND;
}

/** A key is usable while it is enabled, and while AWS changes its rotation or region settings. */
const USABLE: ReadonlySet<string> = new Set(['Enabled', 'Updating']);

function keyState(key: string, device: string, by: NamedBy, start: Start, context: Context): Checked {
  const facts = factsOf(context).target;
  const arn = arnOf(key);
  const id = arn ? arn.resource.replace(/^key\//, '') : key;
  // EBS makes its own key when it is first used.
  if (id === 'alias/aws/ebs') return passed('storage');
  const byName = (facts.all('kmsKeys') ?? []).find((k) => k.arn === key || k.askedAs.includes(key));
  const known = byName ? knownOf(byName) : facts.find('kmsKeys', id);
  if (known.is === 'not-asked' || known.is === 'failed')
    return notKnown(known, 'kmsKeys', facts, `KMS key ${key}`);
  const exists = known.is === 'item' && known.item.exists;
  const state = exists ? known.item.state : null;
  if (exists && (state === null || USABLE.has(state))) return passed('storage');
  return found({
    rule: 'workload/missing-kms-key',
    facts: { at: start.at, judged: start.mode, device, key, state, namedBy: by },
    verdict: 'blocked',
    steps: [
      `KMS key ${key} of ${device}`,
      state === null ? `does not exist in ${facts.place}` : `is in state ${state}`,
    ],
    place: [start.at, device],
  });
}
