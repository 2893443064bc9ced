import type { Image } from '../inventory/image.ts';

/** An image and the region it stands in: an image id means something only there. */
export interface Placed {
  readonly image: Image;
  readonly region: string;
}

/**
 * What an image was copied from, by AWS's own record. `SourceImageId` alone does not say "copied": for CreateImage it
 * is the base image of the instance, and then `SourceInstanceId` is set (EC2 API, Image).
 */
export function copiedFrom(image: Image): { id: string; region: string | null } | null {
  return image.sourceImageId && !image.sourceInstanceId
    ? { id: image.sourceImageId, region: image.sourceImageRegion }
    : null;
}

const COPIED = /^\[Copied (ami-[0-9a-f]{8,17})(?: \(.*?\))? from ([a-z0-9-]+)\]/;

/** What the description says it was copied from. The console writes it, anybody can edit it. */
export function describedAsCopyOf(image: Image): { id: string; region: string } | null {
  const [, id, region] = COPIED.exec(image.description ?? '') ?? [];
  return id && region ? { id, region } : null;
}

/** Whether the record names that very image. Without a region (older records) the id alone decides: ids do not repeat. */
export function isCopyOf(copy: Image, original: Placed): boolean {
  const from = copiedFrom(copy);
  return (
    from !== null &&
    from.id === original.image.id &&
    (from.region === null || from.region === original.region)
  );
}

/**
 * The chain of copies up to the oldest record, as `region/id`, the image itself first. Stops at what is not known here;
 * that last name is still in the chain, so two copies of one lost original are seen to be kin.
 */
export function ancestry(image: Placed, known: ReadonlyMap<string, Placed>): string[] {
  const chain = [placeKey(image.region, image.image.id)];
  for (let current: Placed | undefined = image; current; ) {
    const from = copiedFrom(current.image);
    if (!from) break;
    const key = placeKey(from.region ?? current.region, from.id);
    if (chain.includes(key)) break;
    chain.push(key);
    current = known.get(key);
  }
  return chain;
}

export function placeKey(region: string, imageId: string): string {
  return `${region}/${imageId}`;
}
