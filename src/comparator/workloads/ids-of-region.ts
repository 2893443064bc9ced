import { itemsOf } from '../../inventory/collected.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';

/** Ids of images and groups that are known to belong to another region. */
export interface ForeignIds {
  readonly images: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

export const NO_FOREIGN_IDS: ForeignIds = { images: new Set(), groups: new Set() };

/**
 * The ids that exist in the region of `other`, and so not in the region of `own`: the id of an image or a group exists in
 * one region only. Listed, found by a look-up, or what an instance was launched from. None within one region.
 */
export function foreignIds(own: Snapshot, other: Snapshot): ForeignIds {
  if (own.region === other.region) return NO_FOREIGN_IDS;
  // What runs in a region belongs to it, independent of the other side.
  const running = new Set(launchedFrom(own));
  const images = [
    ...itemsOf(other.images).map(({ id }) => id),
    ...itemsOf(other.otherImages).flatMap(({ id, exists }) => (exists ? [id] : [])),
    ...launchedFrom(other),
  ];
  return {
    images: new Set(images.filter((id) => !running.has(id))),
    groups: new Set(itemsOf(other.securityGroups).map(({ id }) => id)),
  };
}

function launchedFrom({ instances }: Snapshot): string[] {
  return itemsOf(instances).flatMap(({ launch: { imageId } }) => (imageId === null ? [] : [imageId]));
}

/** The region of the source, where an image id that the target names is known to be of it; else null. */
export function regionOfForeign(id: string, { source, target }: Pick<Context, SideName>): string | null {
  return foreignIds(target, source).images.has(id) ? source.region : null;
}
