import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Config } from '../config.ts';
import { stackNames } from '../makers/stacks.ts';
import { nameMap } from '../names.ts';
import type { Suggestion } from './suggestion.ts';

/** Two stacks without a counterpart that made resources of the same logical ids. */
export function stackSuggestions(source: Snapshot, target: Snapshot, config: Config): Suggestion[] {
  const rename = nameMap(config.names?.stacks, 'names.stacks');
  const sides = [stackNames(source, rename).resources, stackNames(target, (name) => name).resources] as const;
  const [ours, theirs] = sides;
  const open = (own: typeof ours, other: typeof ours) => [...own].filter(([stack]) => !other.has(stack));
  const scored = open(ours, theirs).flatMap(([stable, a]) =>
    open(theirs, ours).map(([, b]) => {
      const shared = [...a.logicalIds].filter((id) => b.logicalIds.has(id)).length;
      const apart = a.logicalIds.size + b.logicalIds.size - 2 * shared;
      return { stable, from: a.name, to: b.name, shared, apart };
    }),
  );
  const rivals = (s: (typeof scored)[number]) =>
    scored.some(
      (o) => o !== s && (o.from === s.from || o.to === s.to) && o.shared >= s.shared && o.apart <= s.apart,
    );
  return scored
    .filter((s) => s.shared > 1 && !rivals(s))
    .map(({ from, to, shared, apart }) => ({
      section: 'names.stacks' as const,
      from,
      to,
      supports: shared,
      contradicts: apart,
      because: `${shared} resources of the same logical ids, ${apart} in one of the two stacks only`,
    }));
}
