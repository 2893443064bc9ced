/** Each after those that it needs. @throws where they need one another in a circle. */
export function inOrder(keys: readonly string[], needs: (key: string) => readonly string[]): string[] {
  const done: string[] = [];
  const under = new Set<string>();
  const visit = (key: string): void => {
    if (done.includes(key)) return;
    if (under.has(key)) throw new Error(`circular dependency: ${[...under, key].join(' -> ')}`);
    under.add(key);
    for (const need of needs(key)) visit(need);
    under.delete(key);
    done.push(key);
  };
  for (const key of keys) visit(key);
  return done;
}
