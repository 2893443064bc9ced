import { type RecycledImage, recycledImageFrom } from '../../inventory/recycled-image.ts';
import { BadDump, type Dump, rowsOf } from './answers.ts';
import { recycledImageRow } from './rows.ts';

/**
 * The images that list-images-in-recycle-bin answers hold; null without such an answer. It is only evidence for a remedy:
 * one that is broken or a part is said in a note, and counts as not read.
 */
export function collectRecycledImages(dump: Dump): RecycledImage[] | null {
  const answers = dump.answers.filter(({ key }) => key === 'ImagesInRecycleBin');
  if (answers.length === 0) return null;
  try {
    const images = answers.flatMap((answer) => rowsOf(answer, recycledImageRow)).map(({ row }) => row);
    return [...new Map(images.map((row) => [row.ImageId, recycledImageFrom(row)])).values()];
  } catch (error) {
    if (!(error instanceof BadDump)) throw error;
    dump.notes.push(`${error.message}; images in the Recycle Bin are not used`);
    return null;
  }
}
