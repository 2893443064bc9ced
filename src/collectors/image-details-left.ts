import type { DetailGap } from '../inventory/snapshot.ts';
import { count as counted } from '../text/counts.ts';

/** Details of images that take one call per image, which the listing of many images leaves to the second look. */
type Detail = 'permissions' | 'ancestry';

const TEXTS: Readonly<Record<Detail, (count: number) => Pick<DetailGap, 'message' | 'hint'>>> = {
  permissions: (count) => ({
    message: `The launch permissions of ${counted(count, 'image')} were not read: they take one call per image, and are read of the images that have a counterpart or that something launches.`,
    hint: 'Check the images that other accounts launch manually with describe-image-attribute --attribute launchPermission.',
  }),
  ancestry: (count) => ({
    message: `The ancestry of ${counted(count, 'copy', 'copies')} was not read: it takes one call per image, and is read of the copies whose original is in neither list of images.`,
    hint: 'If a copy of a copy is not recognised, check it manually with get-image-ancestry.',
  }),
};

/** The note of what the listing left to the second look; none where that is nothing. */
export function detailsLeft(detail: Detail, count: number): DetailGap[] {
  return count === 0 ? [] : [{ kind: 'image', code: 'not-read', ...TEXTS[detail](count), explains: detail }];
}

/** The gaps with the note about a detail in its new form, after some of what it counts was read. */
export function withDetailsLeft(gaps: readonly DetailGap[], detail: Detail, count: number): DetailGap[] {
  const isNote = (gap: DetailGap) =>
    gap.kind === 'image' && gap.code === 'not-read' && gap.explains === detail;
  return [...gaps.filter((gap) => !isNote(gap)), ...(gaps.some(isNote) ? detailsLeft(detail, count) : [])];
}
