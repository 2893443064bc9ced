/** Whether the whole text matches a pattern: `*` matches any characters, `?` one, everything else itself. */
export function matches(pattern: string, text: string): boolean {
  // Two pointers and one place to go back to: time is bounded by the product of the lengths for every pattern.
  const [p, t] = [[...pattern], [...text]];
  let [i, j, star, mark] = [0, 0, -1, 0];
  while (j < t.length) {
    if (p[i] === '*') {
      star = i++;
      mark = j;
    } else if (i < p.length && (p[i] === '?' || p[i] === t[j])) {
      i++;
      j++;
    } else if (star >= 0) {
      i = star + 1;
      j = ++mark;
    } else return false;
  }
  while (p[i] === '*') i++;
  return i === p.length;
}

/** Whether a pattern names exactly one text. */
export function isExact(pattern: string | undefined): boolean {
  return pattern !== undefined && !/[*?]/.test(pattern);
}
