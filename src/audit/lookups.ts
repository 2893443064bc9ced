import type { OpenSide } from '../collectors/live.ts';
import type { Pace } from '../collectors/side.ts';
import type { FactWanted } from '../inventory/launch-needs.ts';
import type { ImageName, Lookups } from '../inventory/lookups.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import type { Template } from '../inventory/template.ts';

/** What is to be read of a live side, by its index and by what was read of all sides so far. */
export type Wanted = (index: number, taken: readonly Snapshot[]) => Promise<Lookups>;

/** First ids and parameters; then the names of the objects that these gave, which are looked up on the other side. */
const ROUNDS = 2;

/** The second look at each side, for as long as the first one brought up something new. */
export async function lookUpAll(
  sides: readonly OpenSide[],
  taken: readonly Snapshot[],
  wanted: Wanted,
  paceOf: (index: number) => Pace,
): Promise<Snapshot[]> {
  let known = [...taken];
  const asked = sides.map(() => new Set<string>());
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = known;
    known = await Promise.all(
      sides.map(async (side, i) => {
        const snapshot = before[i] as Snapshot;
        const news = notYetAsked(await wanted(i, before), asked[i] as Set<string>);
        return isNothing(news) ? snapshot : side.lookUp(snapshot, news, paceOf(i));
      }),
    );
  }
  return known;
}

/** Of one side alone: what it refers to itself. */
export const ownLookups: Wanted = (index, taken) => {
  const own = taken[index] as Snapshot;
  return lookupsOf(own, [own], []);
};

/** What is to be read of a side because both sides and some templates refer to it. */
export async function lookupsOf(
  asked: Snapshot,
  both: readonly Snapshot[],
  templates: readonly Template[],
): Promise<Lookups> {
  const { lookupsFor } = await import('../comparator/workloads/lookups.ts');
  return lookupsFor(asked, both, templates);
}

/** What is not among `asked`, which then knows it. */
function notYetAsked(lookups: Lookups, asked: Set<string>): Lookups {
  const isNew = (kind: keyof Lookups) => (what: string | ImageName | FactWanted) => {
    const key = JSON.stringify([kind, what]);
    if (asked.has(key)) return false;
    asked.add(key);
    return true;
  };
  return {
    imageIds: lookups.imageIds.filter(isNew('imageIds')),
    parameterNames: lookups.parameterNames.filter(isNew('parameterNames')),
    namesakes: lookups.namesakes.filter(isNew('namesakes')),
    copiesOf: lookups.copiesOf.filter(isNew('copiesOf')),
    permissionsOf: lookups.permissionsOf.filter(isNew('permissionsOf')),
    ancestryOf: lookups.ancestryOf.filter(isNew('ancestryOf')),
    facts: lookups.facts.filter(isNew('facts')),
  };
}

function isNothing(lookups: Lookups): boolean {
  return Object.values(lookups).every((wanted) => wanted.length === 0);
}
