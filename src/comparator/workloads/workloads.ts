import { itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import { compareText, firstOf } from '../../inventory/order.ts';
import { KINDS, type SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { SHARED } from '../pairing/images.ts';
import { perAudit } from '../per-audit.ts';
import { foreignIds } from './ids-of-region.ts';
import {
  configurationLaunchSpecs,
  groupLaunchSpecs,
  instanceLaunchSpecs,
  type Launcher,
  type LaunchSpecs,
  templateLaunchSpecs,
} from './launches.ts';
import { type SideIndex, sideIndex } from './side-index.ts';

export type LauncherKind = 'instance' | 'launch-template' | 'launch-configuration' | 'auto-scaling-group';

/** Something that starts instances, with what it launches. */
export interface Workload extends LaunchSpecs {
  readonly kind: LauncherKind;
  readonly side: SideName;
  readonly id: string;
  readonly name: string;
  readonly item: Launcher;
}

export interface Workloads {
  /** By kind, name and id. */
  readonly on: { readonly [S in SideName]: readonly Workload[] };
  readonly index: { readonly [S in SideName]: SideIndex };
  of(item: Launcher): Workload | null;
}

/** Everything that starts instances, on both sides: rules, dependents and verdicts ask here. */
export const workloadsOf = perAudit((context): Workloads => {
  const index = {
    source: sideIndex('source', context.source, context.places.source),
    target: sideIndex(
      'target',
      context.target,
      context.places.target,
      sharedImages(context),
      foreignIds(context.target, context.source),
    ),
  };
  const on = {
    source: workloadsOn(index.source),
    target: workloadsOn(index.target),
  };
  const byItem = new Map<Launcher, Workload>(
    [...on.source, ...on.target].map((workload) => [workload.item, workload]),
  );
  return { on, index, of: (item) => byItem.get(item) ?? null };
});

function workloadsOn(index: SideIndex): Workload[] {
  const { snapshot, side } = index;
  const workload = (kind: LauncherKind, item: Launcher, launchSpecs: LaunchSpecs): Workload => ({
    kind,
    side,
    id: item.id,
    name: item.name ?? item.id,
    item,
    ...launchSpecs,
  });
  return [
    ...itemsOf(snapshot.instances).map((i) => workload('instance', i, instanceLaunchSpecs(i, index))),
    ...itemsOf(snapshot.launchTemplates).map((t) =>
      workload('launch-template', t, templateLaunchSpecs(t, index)),
    ),
    ...itemsOf(snapshot.launchConfigurations).map((c) =>
      workload('launch-configuration', c, configurationLaunchSpecs(c, index)),
    ),
    ...itemsOf(snapshot.autoScalingGroups).map((g) =>
      workload('auto-scaling-group', g, groupLaunchSpecs(g, index)),
    ),
  ].sort((a, b) =>
    firstOf(
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
      compareText(a.name, b.name),
      compareText(a.id, b.id),
    ),
  );
}

/** The images of the source that the target's account launches as they are. */
function sharedImages({ counterparts }: Context): ReadonlyMap<string, Image> {
  return new Map(
    counterparts.image.flatMap(({ target, matchedBy }) =>
      target && matchedBy === SHARED ? [[target.id, target] as const] : [],
    ),
  );
}
