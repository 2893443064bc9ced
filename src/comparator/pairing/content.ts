import type { ContentEvidence, ContentImage } from '../../inventory/content.ts';
import type { Image } from '../../inventory/image.ts';

/** Finds what comparing the blocks of two images brought; null for a pair that was not compared. */
export type ContentFinder = (source: Image, target: Image) => ContentImage | null;

export function contentFinder(content: ContentEvidence | undefined): ContentFinder {
  const key = (source: string, target: string) => `${source} ${target}`;
  const known = new Map(content?.images.map((image) => [key(image.source, image.target), image]));
  return (source, target) => known.get(key(source.id, target.id)) ?? null;
}
