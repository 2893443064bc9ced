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

/** Whether some text matches both patterns. */
export function overlap(first: string, second: string): boolean {
  const [a, b] = [[...first], [...second]];
  // reach[j]: whether what is before a[i] and what is before b[j] can match one text.
  let reach = b.map(() => false);
  for (let i = 0; i <= a.length; i++) {
    const row = Array.from({ length: b.length + 1 }, () => false);
    for (let j = 0; j <= b.length; j++) {
      const [x, y] = [a[i - 1], b[j - 1]];
      const both = x === '?' || y === '?' || x === y;
      row[j] =
        (i === 0 && j === 0) ||
        (x === '*' && ((reach[j] ?? false) || (j > 0 && (row[j - 1] ?? false)))) ||
        (y === '*' && ((row[j - 1] ?? false) || (i > 0 && (reach[j] ?? false)))) ||
        (i > 0 && j > 0 && x !== '*' && y !== '*' && both && (reach[j - 1] ?? false));
    }
    reach = row;
  }
  return reach[b.length] ?? false;
}

/** Whether a pattern names exactly one text. */
export function isExact(pattern: string | undefined): boolean {
  return pattern !== undefined && !/[*?]/.test(pattern);
}
