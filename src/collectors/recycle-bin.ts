import { type RecycledImage, recycledImageFrom } from '../inventory/recycled-image.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { CallFailed } from './failures.ts';
import { optionalFailure } from './optional.ts';
import { allPages } from './paging.ts';
import type { Reader } from './reader.ts';

/**
 * The images in the Recycle Bin, which no other call lists. They only change a remedy: a missing copy that is there can
 * be restored. So a denied read is a stated limit; where the call does not exist there is nothing to state.
 */
export async function readRecycleBin(
  reader: Reader,
): Promise<{ items: RecycledImage[] | null; gaps: DetailGap[] }> {
  try {
    const rows = await allPages(reader, {
      action: 'ListImagesInRecycleBin',
      what: 'images in the Recycle Bin',
      ask: async (position) => {
        const { Images, NextToken } = await reader.call('ListImagesInRecycleBin', position);
        return { rows: Images, next: NextToken };
      },
      idOf: (image) => image.ImageId,
    });
    return { items: rows.map(recycledImageFrom), gaps: [] };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    const failure = optionalFailure(reader, 'ListImagesInRecycleBin', error);
    const gaps: DetailGap[] =
      failure.code === 'unsupported' ? [] : [{ kind: 'image', ...failure, explains: 'recycle-bin' }];
    return { items: null, gaps };
  }
}
