import type { Image } from '../../inventory/image.ts';
import type { MatchStrength } from '../../report/vocabulary.ts';
import {
  copiedFrom,
  describedAsCopyOf,
  lineOf,
  type Placed,
  placeKey,
  rootOf,
  type Step,
  sameShape,
  snapshotsCopiedFrom,
} from './image-lineage.ts';

/** One kind of evidence that two images are one: those that share a key by it belong together. */
export interface Link {
  readonly matchedBy: string;
  readonly strength: MatchStrength;
  readonly source: (s: Image) => readonly string[];
  readonly target: (t: Image) => readonly string[];
  /** What must hold besides, where a key is no proof. */
  readonly fits?: (s: Image, t: Image) => boolean;
  /**
   * `any` image of the key; `sole`: one of another name only where it is the only one of its key on either side;
   * `namesake`: only one that has the name.
   */
  readonly takes: 'any' | 'sole' | 'namesake';
}

export interface Sides {
  readonly source: string;
  readonly target: string;
  /** Everything that was listed, by region and id. */
  readonly known: ReadonlyMap<string, Placed>;
}

/** Strongest evidence first: AWS's records, what was attached or written when it was copied, what its owner can edit. */
export function imageLinks({ source, target, known }: Sides): Link[] {
  const here = (s: Image) => [placeKey(source, s.id)];
  const there = (t: Image) => [placeKey(target, t.id)];
  const record = (image: Image, region: string) => {
    const from = copiedFrom(image);
    return from ? [placeKey(from.region ?? region, from.id)] : [];
  };
  const lines = new Map<Image, Step[]>();
  const line = (image: Image, region: string) => {
    const steps = lines.get(image) ?? lineOf({ image, region }, known);
    lines.set(image, steps);
    return steps;
  };
  const doubtful = (image: Image, region: string) =>
    line(image, region).flatMap(({ key, certain }) => (certain ? [] : [key]));
  /** Neither a record that names an image of the listings, nor a list of its ancestors: then weaker evidence is used. */
  const untraced = (image: Image, region: string) =>
    image.sourceInstanceId === null &&
    image.ancestry === null &&
    !line(image, region)
      .slice(1)
      .some(({ key }) => known.has(key));
  const marks = (image: Image, region: string) =>
    untraced(image, region)
      ? image.watermarks.flatMap((w) =>
          w.sourceImageId ? [placeKey(w.sourceImageRegion ?? '', w.sourceImageId)] : [],
        )
      : [];
  const allMarks = (image: Image) =>
    image.watermarks.length > 0
      ? [JSON.stringify(image.watermarks.map((w) => [w.key, w.sourceImageId, w.sourceImageRegion]))]
      : [];
  const unrecorded = (image: Image) => image.sourceImageId === null;
  const written = (image: Image) => (unrecorded(image) ? [snapshotsCopiedFrom(image) ?? ''] : []);
  const described = (image: Image) => {
    const from = unrecorded(image) ? describedAsCopyOf(image) : null;
    return from ? [placeKey(from.region, from.id)] : [];
  };
  const ancestry = { matchedBy: 'ancestry', strength: 'strong' } as const;
  const watermark = { matchedBy: 'watermark', strength: 'strong' } as const;
  const copied = (s: Image, t: Image) => inOrder(s, t) && sameShape(s, t);
  const back = (s: Image, t: Image) => inOrder(t, s) && sameShape(s, t);
  return [
    {
      matchedBy: 'lineage',
      strength: 'strong',
      source: here,
      target: (t) => record(t, source),
      takes: 'any',
    },
    {
      matchedBy: 'lineage',
      strength: 'strong',
      source: (s) => record(s, target),
      target: there,
      takes: 'any',
    },
    {
      ...ancestry,
      source: (s) => [rootOf(line(s, source))],
      target: (t) => [rootOf(line(t, target))],
      takes: 'sole',
    },
    // The ancestors do not say whether one in between was built or copied: then the name has to agree.
    { ...ancestry, strength: 'medium', source: here, target: (t) => doubtful(t, target), takes: 'namesake' },
    { ...ancestry, strength: 'medium', source: (s) => doubtful(s, source), target: there, takes: 'namesake' },
    // Watermarks are handed down to what is built from an image too, so the volumes must agree.
    { ...watermark, source: here, target: (t) => marks(t, target), fits: copied, takes: 'any' },
    { ...watermark, source: (s) => marks(s, source), target: there, fits: back, takes: 'any' },
    {
      ...watermark,
      strength: 'medium',
      source: allMarks,
      target: (t) => (untraced(t, target) ? allMarks(t) : []),
      fits: sameShape,
      takes: 'namesake',
    },
    {
      matchedBy: 'snapshot-description',
      strength: 'medium',
      source: (s) => [s.id],
      target: written,
      fits: inOrder,
      takes: 'any',
    },
    {
      matchedBy: 'snapshot-description',
      strength: 'medium',
      source: written,
      target: (t) => [t.id],
      fits: (s, t) => inOrder(t, s),
      takes: 'any',
    },
    {
      matchedBy: 'description',
      strength: 'weak',
      source: here,
      target: described,
      fits: inOrder,
      takes: 'any',
    },
    {
      matchedBy: 'description',
      strength: 'weak',
      source: described,
      target: there,
      fits: (s, t) => inOrder(t, s),
      takes: 'any',
    },
  ];
}

/** No copy is older than what it was copied from. */
function inOrder(original: Image, copy: Image): boolean {
  return !original.createdAt || !copy.createdAt || original.createdAt <= copy.createdAt;
}
