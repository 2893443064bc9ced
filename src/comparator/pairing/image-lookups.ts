import { itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import type { Lookups } from '../../inventory/lookups.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { isTwoAccountsOfOneRegion } from '../../report/places.ts';
import type { Counterpart } from './counterpart.ts';
import { imageAccess } from './image-access.ts';
import { copiedFrom } from './image-lineage.ts';
import { imageCounterparts } from './images.ts';

type ImageLookups = Pick<Lookups, 'imageIds' | 'copiesOf' | 'namesakes' | 'permissionsOf'>;
type DetailLookups = Pick<Lookups, 'permissionsOf' | 'ancestryOf'>;

const NOTHING: ImageLookups = { imageIds: [], copiesOf: [], namesakes: [], permissionsOf: [] };

/** Of the source that is the key: with which target, and what was paired. */
const known = new WeakMap<Snapshot, { readonly target: Snapshot; readonly pairs: Counterpart<Image>[] }>();

/** Images paired by their own names, once for what is looked up on both sides. */
function counterparts(source: Snapshot, target: Snapshot): readonly Counterpart<Image>[] {
  const before = known.get(source);
  if (before?.target === target) return before.pairs;
  const pairs = imageCounterparts(source, target, (name) => name);
  known.set(source, { target, pairs });
  return pairs;
}

/**
 * What shows whether the target's account may launch the source's images, or copies of them, that other accounts own.
 * Asked only where the two sides are two accounts, and only about images that have no counterpart among the target's own:
 * within one region by their ids, across regions by what was copied from them and by owner and name.
 */
export function imageLookups(source: Snapshot, target: Snapshot, asked: Snapshot): ImageLookups {
  if (source.account === null || target.account === null || source.account === target.account) return NOTHING;
  const unpaired = counterparts(source, target).flatMap((pair) =>
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

/**
 * The details that take one call per image, where the listing had too many images for all: launch permissions of images
 * that have a counterpart or that something launches, and the ancestry of copies whose original neither side lists.
 * @param launched Images that launches and templates of either side name, by id.
 */
export function detailLookups(
  both: readonly Snapshot[],
  asked: Snapshot,
  launched: ReadonlySet<string>,
): DetailLookups {
  const isLeft = (detail: 'permissions' | 'ancestry') =>
    asked.gaps.some(({ explains, code }) => explains === detail && code === 'not-read');
  const [permissions, ancestry] = [isLeft('permissions'), isLeft('ancestry')];
  if (!permissions && !ancestry) return { permissionsOf: [], ancestryOf: [] };
  const [source, target] = both;
  const paired = new Set(launched);
  if (permissions && source && target)
    for (const pair of counterparts(source, target)) {
      const own = asked === source ? pair.source : pair.target;
      if (own && pair.source && pair.target) paired.add(own.id);
    }
  const listed = new Set(both.flatMap((snapshot) => itemsOf(snapshot.images).map(({ id }) => id)));
  const images = itemsOf(asked.images);
  const isOpen = (image: Image) => image.launchPermissions === null && image.state === 'available';
  const isFromElsewhere = (image: Image) => {
    const from = copiedFrom(image);
    return from !== null && image.ancestry === null && !listed.has(from.id);
  };
  const ids = (wanted: readonly Image[]) => wanted.map(({ id }) => id).sort();
  return {
    permissionsOf: permissions ? ids(images.filter((i) => isOpen(i) && paired.has(i.id))) : [],
    ancestryOf: ancestry ? ids(images.filter(isFromElsewhere)) : [],
  };
}
