import type { Image } from '../../inventory/image.ts';

/** An image and its region: an image id exists in one region only. */
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

/** AWS or a vendor, where AWS says that the image this was copied from is theirs: it is in no account's own list. */
export function vendorOf(image: Image): string | null {
  const alias = (copiedFrom(image) && image.ancestry?.[0]?.ownerAlias) ?? null;
  // Emulators write "self", which DescribeImages takes as an owner, for the account's own images.
  return alias === 'self' ? null : alias;
}

const COPIED = /^\[Copied (ami-[0-9a-f]{8,17})(?: \(.*?\))? from ([a-z0-9-]+)\]/;

/** What the description says it was copied from. The console writes it, and the owner can edit it. */
export function describedAsCopyOf(image: Image): { id: string; region: string } | null {
  const [, id, region] = COPIED.exec(image.description ?? '') ?? [];
  return id && region ? { id, region } : null;
}

const COPIED_FOR = /\bfor DestinationAmi (ami-[0-9a-f]+) from SourceAmi (ami-[0-9a-f]+)\b/;

/**
 * What the descriptions of its snapshots say the image was copied from. EC2 writes them when it copies, though it does
 * not document how. A snapshot that was made for another image (and registered again) says nothing of this one.
 */
export function snapshotsCopiedFrom(image: Image): string | null {
  const origins = image.blockDevices.flatMap(({ ebs }) => {
    const [, made, from] = COPIED_FOR.exec(ebs?.description ?? '') ?? [];
    return made === image.id && from ? [from] : [];
  });
  const [first] = origins;
  return first && origins.every((id) => id === first) ? first : null;
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

/** An image in a line of descent, as `region/id`. */
export interface Step {
  readonly key: string;
  /** Whether everything on the way to it is known to be a copy; else something may have been built in between. */
  readonly certain: boolean;
}

/**
 * From the image up to the oldest that is known of, the image itself first. Where the listings end, AWS's own account of
 * the ancestry continues. The last name is in the line even if that image is not listed, so two copies of one lost
 * original are seen to be kin.
 */
export function lineOf(placed: Placed, known: ReadonlyMap<string, Placed>): Step[] {
  const line: Step[] = [{ key: placeKey(placed.region, placed.image.id), certain: true }];
  const seen = new Set(line.map(({ key }) => key));
  let certain = true;
  const step = (region: string, id: string): string | null => {
    const key = placeKey(region, id);
    if (seen.has(key)) return null;
    seen.add(key);
    line.push({ key, certain });
    return key;
  };
  for (let current: Placed | undefined = placed; current; ) {
    const from = copiedFrom(current.image);
    if (!from) break;
    let region = from.region ?? current.region;
    let key = step(region, from.id);
    let next = key === null ? undefined : known.get(key);
    const [, ...older] = current.image.ancestry ?? [];
    for (const ancestor of next || key === null ? [] : older) {
      // A copy may come from another region, a build never does: its instance runs in the region of its image.
      certain &&= ancestor.region !== null && ancestor.region !== region;
      region = ancestor.region ?? region;
      key = step(region, ancestor.imageId);
      next = key === null ? undefined : known.get(key);
      if (next || key === null) break;
    }
    current = next;
  }
  return line;
}

/** The oldest image of the line that is reached by copies alone. */
export function rootOf(line: readonly Step[]): string {
  return line.findLast(({ certain }) => certain)?.key ?? '';
}

export function placeKey(region: string, imageId: string): string {
  return `${region}/${imageId}`;
}

/** Architecture and volumes, which an image and its copy have in common. */
export function shapeOf(image: Image): string {
  return JSON.stringify([
    image.architecture,
    image.blockDevices.map((d) => [d.device, d.virtualName, d.ebs?.sizeGiB ?? null]),
  ]);
}

export function sameShape(s: Image, t: Image): boolean {
  return shapeOf(s) === shapeOf(t);
}
