import type { WorkloadVerdict } from '../../src/report/vocabulary.ts';

/** The symbols are in the page, where the parts without scripts use them too. */
export type IconName =
  | WorkloadVerdict
  | 'ok'
  | 'none'
  | 'unseen'
  | 'right'
  | 'down'
  | 'up'
  | 'copy'
  | 'link'
  | 'search';

export function Icon({ name, label }: { readonly name: IconName; readonly label?: string }) {
  return label === undefined ? (
    <svg class="i" viewBox="0 0 16 16" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  ) : (
    <svg class="i" viewBox="0 0 16 16" role="img" aria-label={label}>
      <use href={`#i-${name}`} />
    </svg>
  );
}
