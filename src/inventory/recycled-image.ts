import * as z from 'zod';
import { isoTime } from './time.ts';

/** An image in the Recycle Bin. It cannot be launched or copied until it is restored, so it is no image of the region. */
export const recycledImageSchema = z.strictObject({
  id: z.string(),
  name: z.string().nullable(),
  enteredAt: z.string().nullable(),
  exitsAt: z.string().nullable().describe('When it is deleted permanently.'),
});
export type RecycledImage = z.infer<typeof recycledImageSchema>;

/** A row of ListImagesInRecycleBin. */
export interface AwsRecycledImage {
  ImageId?: string | undefined;
  Name?: string | undefined;
  RecycleBinEnterTime?: Date | string | undefined;
  RecycleBinExitTime?: Date | string | undefined;
}

export function recycledImageFrom(raw: AwsRecycledImage): RecycledImage {
  return {
    id: raw.ImageId ?? '',
    name: raw.Name || null,
    enteredAt: isoTime(raw.RecycleBinEnterTime),
    exitsAt: isoTime(raw.RecycleBinExitTime),
  };
}
