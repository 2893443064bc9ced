import { itemsOf } from '../inventory/collected.ts';
import {
  INVENTORY,
  isLauncher,
  isLookUp,
  LAUNCHERS,
  neededFor,
  SNAPSHOT_KINDS,
  type SnapshotKind,
} from '../inventory/kinds.ts';
import { tellsOfNoLauncher } from '../inventory/launchers.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import { gapOf } from '../report/gap.ts';
import type { Gap } from '../report/model.ts';
import type { Scope, SideName } from '../report/vocabulary.ts';
import type { Context } from './context.ts';
import { couldMatter } from './images/unread.ts';

/** Every gap of one side within the requested kinds, in a total order. */
export function gapsOf(
  side: SideName,
  snapshot: Snapshot,
  other: Snapshot,
  scopes: readonly Scope[],
  context: Context,
): Gap[] {
  const needed = new Set(scopes.flatMap(neededFor));
  const asked = SNAPSHOT_KINDS.filter((key) => needed.has(key));
  const noLaunchers = tellsOfNoLauncher(snapshot) && (tellsOfNoLauncher(other) || hasNoLauncher(other));
  const whole = asked.flatMap((name): Gap[] => {
    const { kind } = INVENTORY[name];
    const collected = snapshot[name];
    if (collected.status === 'failed' && collected.failure.code === 'not-in-dump') {
      // Look-ups are needed where something needs them, which is said there.
      if (isLookUp(name)) return [];
      if (noLaunchers && isLauncher(name)) return [];
      if (name === 'stacks') return [gapOf(side, kind, collected.failure, false)];
    }
    // Requested now, but left out when the snapshot was made: that is missing, for any reason.
    return collected.status === 'failed' ? [gapOf(side, kind, collected.failure, true)] : [];
  });
  // What only weighs the findings is no gap where it is known to be left out.
  const weighing = weighingKinds(scopes)
    .filter((key) => !needed.has(key))
    .flatMap((key): Gap[] => {
      const collected = snapshot[key];
      if (collected.status === 'complete' || LEFT_OUT.has(collected.failure.code)) return [];
      return [gapOf(side, INVENTORY[key].kind, collected.failure, true)];
    });
  const kinds = new Set<string>(asked.map((key) => INVENTORY[key].kind));
  const all = new Set<string>(SNAPSHOT_KINDS.map((key) => INVENTORY[key].kind));
  const parts = snapshot.gaps
    .filter(({ kind }) => kinds.has(kind) || !all.has(kind))
    .flatMap(({ explains, ...gap }): Gap[] => {
      const chosen = gap.code === 'not-read';
      // Without `explains`, a gap of images is about launch permissions.
      const isAccess = gap.kind === 'image' && (grants(other) || couldMatter('permissions', side, context));
      if (!explains) return [gapOf(side, gap.kind, gap, !chosen || isAccess)];
      // Only of images with a counterpart the launch permissions are compared.
      if (explains === 'permissions')
        return hasOpenPair(side, snapshot, context) || couldMatter(explains, side, context)
          ? [gapOf(side, gap.kind, gap, isAccess)]
          : [];
      // What only explains is stated where an answer depends on it, or where the user could correct it.
      // Only a missing copy on the target could be restored.
      if (explains === 'recycle-bin')
        return side === 'target' && !chosen ? [gapOf(side, gap.kind, gap, false)] : [];
      const limit = chosen || gap.code === 'unsupported';
      const matters = couldMatter(explains, side, context);
      return limit && !matters ? [] : [gapOf(side, gap.kind, gap, matters)];
    });
  return once([
    ...whole,
    ...weighing,
    ...(noLaunchers && scopes.includes('workloads') ? [notJudged(side, snapshot)] : []),
    ...parts,
  ]);
}

const LEFT_OUT: ReadonlySet<string> = new Set(['not-in-dump', 'not-read']);

/**
 * What decides how much the findings of these scopes matter: what launches them, and for images (and key pairs, which
 * Windows does not take all of) the parameters and the images of other owners that launches go through.
 */
function weighingKinds(scopes: readonly Scope[]): readonly SnapshotKind[] {
  const throughImages = scopes.some((scope) => scope === 'images' || scope === 'key-pairs');
  return throughImages ? [...LAUNCHERS, ...SNAPSHOT_KINDS.filter(isLookUp)] : LAUNCHERS;
}

/** One broken file can fail two kinds; it is corrected once. */
function once(gaps: readonly Gap[]): Gap[] {
  return [...new Map(gaps.map((gap) => [JSON.stringify(gap), gap])).values()];
}

function hasNoLauncher(snapshot: Snapshot): boolean {
  return LAUNCHERS.every((kind) => {
    const collected = snapshot[kind];
    return collected.status === 'complete' && collected.items.length === 0;
  });
}

/** Where neither side has workloads, nothing requested is missing; that nothing was judged is stated. */
function notJudged(side: SideName, { origin, region }: Snapshot): Gap {
  const holder = origin === 'listing' ? 'The listing' : 'The folder';
  return {
    side,
    kind: 'workload',
    code: 'not-in-dump',
    message: `${holder} of ${region} contains no Reservations, LaunchTemplates, LaunchConfigurations, AutoScalingGroups or Stacks: whether workloads would launch is not judged.`,
    hint: 'Save the answers with these keys there, or exclude workloads with --only.',
    blocking: false,
  };
}

/** Whether an image of the side that has a counterpart lacks its launch permissions. */
function hasOpenPair(side: SideName, snapshot: Snapshot, context: Context): boolean {
  const own = new Set(itemsOf(snapshot.images).map(({ id }) => id));
  return context.counterparts.image.some((pair) => {
    const image = pair.source && pair.target && pair[side];
    return (
      image !== null && image.state === 'available' && image.launchPermissions === null && own.has(image.id)
    );
  });
}

/**
 * Whether others may launch images of a side. Then permissions left unread on the other side are no mere limit: that they
 * got lost, as CopyImage loses them, is what the audit is asked about.
 */
function grants(snapshot: Snapshot): boolean {
  return itemsOf(snapshot.images).some(
    ({ launchPermissions: p }) =>
      p !== null && (p.everyone || p.accounts.length + p.organizations.length > 0),
  );
}
