import { INVENTORY, LAUNCHERS } from '../../inventory/kinds.ts';
import type { Context } from '../context.ts';
import { serviceOf } from '../makers/makers.ts';
import { regionalNames, tokenChanges } from '../makers/region-tokens.ts';
import { generatedName } from '../makers/suffix.ts';
import { type Counterpart, extra, missing } from '../pairing/counterpart.ts';
import { bestCandidates, type Likeness, type RenameCandidate } from '../pairing/rename-candidate.ts';
import { perAudit } from '../per-audit.ts';
import { launchesAlike } from './differences.ts';
import type { Launcher } from './launches.ts';
import { type Workload, workloadsOf } from './workloads.ts';

/** Enough for every estate where a person reads the answer; a bound, so that two unlike sides of thousands are quick. */
const MOST_EXTRAS = 200;

/** Launch templates and the like that exist only on the target and look like the missing one. Best first. */
export function launcherCandidates(item: Launcher, context: Context): readonly RenameCandidate[] {
  return candidatesOf(context).get(item) ?? [];
}

const candidatesOf = perAudit((context): ReadonlyMap<Launcher, readonly RenameCandidate[]> => {
  const all = workloadsOf(context);
  const workloads = (items: readonly (Launcher | null)[]) =>
    items.flatMap((item) => (item && all.of(item)) ?? []);
  const made = new Map<Launcher, readonly RenameCandidate[]>();
  for (const section of LAUNCHERS) {
    const { kind } = INVENTORY[section];
    if (kind === 'instance') continue;
    const pairs = context.counterparts[kind] as readonly Counterpart<Launcher>[];
    const wanted = workloads(pairs.map(missing));
    const extras = workloads(pairs.map(extra)).slice(0, MOST_EXTRAS);
    const likeness = new Map(
      wanted.map((w) => [
        w,
        extras.flatMap((e) => {
          const found = alike(w, e, context);
          return found ? [{ ...found, extra: e }] : [];
        }),
      ]),
    );
    const rivals = new Map<Workload, number>();
    for (const { extra: e, confidence } of [...likeness.values()].flat())
      if (confidence === 'high') rivals.set(e, (rivals.get(e) ?? 0) + 1);
    for (const [w, found] of likeness) {
      made.set(
        w.item,
        bestCandidates(
          found.map(({ extra: e, ...rest }) => ({
            ...rest,
            name: e.name,
            rivals: rivals.get(e) ?? 0,
            config: `names: { ${section}: { ${JSON.stringify(w.name)}: ${JSON.stringify(e.name)} } }`,
          })),
        ),
      );
    }
  }
  return made;
});

function alike(ours: Workload, theirs: Workload, context: Context): Likeness | null {
  const regional = regionalNames(changesOf(context), ours.name).has(theirs.name);
  const [a, b] = [stemOf(ours), stemOf(theirs)];
  const [maker, other] = [service(ours), service(theirs)];
  const sameMaker = maker !== null && maker.maker === other?.maker && maker.with === other.with;
  const [resource, otherResource] = [
    context.stacks.source.resourceOf(ours.item),
    context.stacks.target.resourceOf(theirs.item),
  ];
  const by = [
    ...(regional ? ['the same name but for the region'] : []),
    ...(a !== null && a === b && !sameMaker ? ['the same name but for a generated part'] : []),
    ...(sameMaker ? [`${maker.maker} made both`] : []),
    ...(resource && resource.logicalId === otherResource?.logicalId
      ? ['the same logical id in another stack']
      : []),
  ];
  if (by.length === 0) return null;
  const same = launchesAlike(ours, theirs, context);
  return {
    confidence: regional || same ? 'high' : 'medium',
    because: [...by, ...(same ? ['it launches the same key pair, groups and image'] : [])],
  };
}

function service({ kind, name, item: { tags } }: Workload) {
  return serviceOf(kind, { name, tags });
}

const changesOf = perAudit(({ source, target }) => tokenChanges(source.region, target.region));

/** What a person chose of the name. */
function stemOf({ name }: Workload): string | null {
  return (generatedName(name)?.stem ?? name).toLowerCase() || null;
}
