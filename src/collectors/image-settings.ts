import { allowedImagesFrom, type ImageSettings } from '../inventory/image-settings.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import type { OutputOf } from './calls.ts';
import { CallFailed } from './failures.ts';
import { optionalFailure } from './optional.ts';
import type { Reader } from './reader.ts';

type Setting = 'GetAllowedImagesSettings' | 'GetEbsEncryptionByDefault';

/**
 * What the region is set to do with images. It explains findings and makes none, so where it cannot be read that is a
 * stated limit; where the call does not exist there is no such setting, and nothing to state.
 */
export async function readImageSettings(
  reader: Reader,
): Promise<{ settings: ImageSettings; gaps: DetailGap[] }> {
  const gaps: DetailGap[] = [];
  const orNull = async <A extends Setting>(action: A): Promise<OutputOf<A> | null> => {
    try {
      return await reader.call(action, {});
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      const failure = optionalFailure(reader, action, error);
      if (failure.code !== 'unsupported') gaps.push({ kind: 'image', ...failure, explains: 'settings' });
      return null;
    }
  };
  const [allowed, encryption] = await Promise.all([
    orNull('GetAllowedImagesSettings'),
    orNull('GetEbsEncryptionByDefault'),
  ]);
  const settings = {
    allowedImages: allowedImagesFrom(allowed?.State),
    encryptionByDefault: encryption?.EbsEncryptionByDefault ?? null,
  };
  return { settings, gaps };
}
