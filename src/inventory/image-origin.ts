import * as z from 'zod';
import { compareMaybe, compareText, firstOf } from './order.ts';
import { isoTime } from './time.ts';

export const watermarkSchema = z.strictObject({
  key: z.string().describe('"account:name", as it was attached.'),
  sourceImageId: z.string().nullable().describe('The image that it was attached to.'),
  sourceImageRegion: z.string().nullable(),
  sourceCreatedAt: z.string().nullable(),
});
export type Watermark = z.infer<typeof watermarkSchema>;

export const ancestorSchema = z.strictObject({
  imageId: z.string(),
  region: z.string().nullable(),
  createdAt: z.string().nullable(),
  ownerAlias: z
    .string()
    .nullable()
    .default(null)
    .describe('"amazon", "aws-marketplace", …; null for any other owner.'),
});
export type Ancestor = z.infer<typeof ancestorSchema>;

/** A row of an image's `ImageWatermarks`. */
export interface AwsWatermark {
  WatermarkKey?: string | undefined;
  SourceImageId?: string | undefined;
  SourceImageRegion?: string | undefined;
  SourceImageCreationTime?: Date | string | undefined;
}

/** A row of GetImageAncestry's `ImageAncestryEntries`. */
export interface AwsAncestor {
  ImageId?: string | undefined;
  CreationDate?: Date | string | undefined;
  SourceImageId?: string | undefined;
  SourceImageRegion?: string | undefined;
  ImageOwnerAlias?: string | undefined;
}

export function watermarksFrom(rows: readonly AwsWatermark[] | undefined): Watermark[] {
  return (rows ?? [])
    .map((row) => ({
      key: row.WatermarkKey ?? '',
      sourceImageId: row.SourceImageId ?? null,
      sourceImageRegion: row.SourceImageRegion ?? null,
      sourceCreatedAt: isoTime(row.SourceImageCreationTime),
    }))
    .sort((a, b) => firstOf(compareText(a.key, b.key), compareMaybe(a.sourceImageId, b.sourceImageId)));
}

/**
 * The ancestors of an image, nearest first, without the image itself. The rows are put in order by what each names as its
 * source, since AWS promises no order. What the last one names is an ancestor too, though nothing else is known of it.
 */
export function ancestryFrom(imageId: string, rows: readonly AwsAncestor[]): Ancestor[] {
  const byId = new Map(rows.flatMap((row) => (row.ImageId ? [[row.ImageId, row] as const] : [])));
  const ancestors: Ancestor[] = [];
  const seen = new Set([imageId]);
  for (let row = byId.get(imageId); row?.SourceImageId && !seen.has(row.SourceImageId); ) {
    const next = byId.get(row.SourceImageId);
    ancestors.push({
      imageId: row.SourceImageId,
      region: row.SourceImageRegion ?? null,
      createdAt: isoTime(next?.CreationDate),
      ownerAlias: next?.ImageOwnerAlias ?? null,
    });
    seen.add(row.SourceImageId);
    row = next;
  }
  return ancestors;
}
