import { itemsOf } from '../../inventory/collected.ts';
import type { Lookups } from '../../inventory/lookups.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { isTwoAccountsOfOneRegion } from '../../report/places.ts';
import { imageAccess } from './image-access.ts';
import { imageCounterparts } from './images.ts';

type ImageLookups = Pick<Lookups, 'imageIds' | 'copiesOf' | 'namesakes' | 'permissionsOf'>;

const NOTHING: ImageLookups = { imageIds: [], copiesOf: [], namesakes: [], permissionsOf: [] };

/**
 * What shows whether the target's account may launch the source's images, or copies of them, that other accounts own.
 * Asked only where the two sides are two accounts, and only about images that have no counterpart among the target's own:
 * within one region by their ids, across regions by what was copied from them and by owner and name.
 */
export function imageLookups(source: Snapshot, target: Snapshot, asked: Snapshot): ImageLookups {
  if (source.account === null || target.account === null || source.account === target.account) return NOTHING;
  const unpaired = imageCounterparts(source, target, (name) => name).flatMap((pair) =>
    pair.source && (pair.target === null || pair.matchStrength === 'weak') ? [pair.source] : [],
  );
  const ids = unpaired.map(({ id }) => id).sort();
  if (!isTwoAccountsOfOneRegion(source, target)) {
    const owner = source.account;
    const namesakes = unpaired.flatMap(({ name }) => (name === null ? [] : [{ owner, name }]));
    return asked === target ? { ...NOTHING, copiesOf: ids, namesakes } : NOTHING;
  }
  if (asked === target) return { ...NOTHING, imageIds: ids };
  // A live target shows it itself; of a stored one the owner's launch permissions are what there is.
  if (target.origin === 'live') return NOTHING;
  const access = imageAccess(source, target);
  const undecided = itemsOf(source.images).filter((image) => {
    const found = access(image);
    return found.is === 'unknown' && found.evidence?.explains === 'permissions';
  });
  const among = new Set(ids);
  return { ...NOTHING, permissionsOf: undecided.map(({ id }) => id).filter((id) => among.has(id)) };
}
