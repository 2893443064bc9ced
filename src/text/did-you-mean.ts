import { typingErrors } from './distance.ts';

/** The candidate that `word` was probably meant to be, if any is near enough to say so. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const allowed = Math.max(1, Math.floor(typed.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, far: typingErrors(typed, candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  if (best && best.far <= allowed) return best.candidate;
  const longer =
    typed.length >= 2 ? candidates.filter((candidate) => candidate.toLowerCase().startsWith(typed)) : [];
  return longer.length === 1 ? longer[0] : undefined;
}

/** `Did you mean "x"? ` or nothing, to begin a hint with. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const best = nearest(word, candidates);
  return best === undefined ? '' : `Did you mean "${best}"? `;
}
