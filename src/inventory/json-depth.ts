/** Far above what any file of this tool nests; readers that call themselves would run out of stack some thousands further. */
export const MOST_LEVELS = 200;

/** Whether a JSON value nests objects and lists deeper than this. A walk with its own stack, so that the depth it looks for cannot be its end. */
export function nestsDeeperThan(value: unknown, levels = MOST_LEVELS): boolean {
  const open = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= levels) return true;
    for (const inner of Object.values(next.value)) {
      if (typeof inner === 'object' && inner !== null) open.push({ value: inner, depth: next.depth + 1 });
    }
  }
  return false;
}
