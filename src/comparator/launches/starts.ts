import type { AutoScalingGroup, GroupDetails } from '../../inventory/auto-scaling-group.ts';
import type { Image } from '../../inventory/image.ts';
import type { LaunchDetails } from '../../inventory/launch-details.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Stack } from '../../inventory/stack.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { perAudit } from '../per-audit.ts';
import { type Launcher, type LaunchSpec, versionOf } from '../workloads/launches.ts';
import type { Reference } from '../workloads/reference.ts';
import type { MetadataSource } from '../workloads/stack-metadata.ts';
import { type Workload, workloadsOf } from '../workloads/workloads.ts';

/** One launch whose values are judged against the target. */
export interface Start {
  /** For chains: "launch template web v1"; null where it is the workload's own. */
  readonly step: string | null;
  /** For findings: alike in every region and on every day. */
  readonly at: string;
  /** What the launch is written in: the template of a group, the workload itself otherwise. */
  readonly owner: Launcher | Stack;
  /** The template that an override launches by: what is wrong with it is said of it. */
  readonly template: Launcher | null;
  readonly details: LaunchDetails;
  /** Whose values these are: `target`, or `source` where they are the portable ones of an object that is to be made. */
  readonly mode: SideName;
  /** Null where the launch names an override by attributes, or no type at all. */
  readonly type: string | null;
  readonly byAttributes: boolean;
  /** The image that would start on the target; null where there is none, or none of which enough is known. */
  readonly image: Image | null;
  /** Why there is no image: `unnamed`: the launch names none; `unread`: it exists, and its attributes were not read. */
  readonly imageStatus: 'known' | 'unnamed' | 'unread' | 'absent';
  /** What decides its metadata options. */
  readonly metadata: MetadataSource;
  /** The most security groups that it names for one network interface. */
  readonly groupsPerInterface: number;
  /** How many network interfaces it names. */
  readonly interfaceCount: number;
  /** How many security groups it names, and how many of them by id. Names are those of the default VPC. */
  readonly groupsNamed: number;
  readonly groupsById: number;
  /** How many units of the desired capacity of its group one instance is. */
  readonly weight: number;
  /** The groups on the target that it would start with; those that are not known are left out. */
  readonly groups: readonly SecurityGroup[];
  /** The same per network interface; empty where that is not known. */
  readonly groupsOfInterfaces: readonly (readonly SecurityGroup[])[];
}

/** A workload of the side that is asked about, with whose values are judged. */
export interface JudgedWorkload {
  /** The one that the report lists. */
  readonly asked: Workload;
  /** The one whose values are judged: its counterpart on the target, where there is one. */
  readonly judged: Workload;
  /** `target`: the values of an object of the target. `source`: the portable ones of an object that is to be made. */
  readonly mode: SideName;
  readonly starts: readonly Start[];
  /** Of an Auto Scaling group: where and how many. */
  readonly group: GroupDetails | null;
  /** How many instances it is to run: a standby group is judged by the desired capacity of the source. */
  readonly desired: number | null;
  readonly running: number;
  /** Whether something is not known because a snapshot of an earlier version does not hold it. */
  readonly lacksDetails: boolean;
}

/** The workloads whose launches are judged, by the item of the side that is asked about. */
export const judgedWorkloads = perAudit((context): ReadonlyMap<object, JudgedWorkload> => {
  const side: SideName = context.phase === 'verification' ? 'target' : 'source';
  const { on, of } = workloadsOf(context);
  const pairs = new Map<object, Counterpart<Launcher>>();
  for (const kind of ['instance', 'launch-template', 'launch-configuration', 'auto-scaling-group'] as const) {
    for (const c of context.counterparts[kind] as readonly Counterpart<Launcher>[]) {
      const item = c[side];
      if (item) pairs.set(item, c);
    }
  }
  return new Map(
    on[side].flatMap((asked): [object, JudgedWorkload][] => {
      const pair = pairs.get(asked.item);
      const there = pair?.target ? of(pair.target) : null;
      // An instance that exists on the target runs there already, even if EC2 would refuse it today.
      if (asked.kind === 'instance' && there) return [];
      const judged = there ?? asked;
      const mode: SideName = there ? 'target' : 'source';
      return [[asked.item, judgedWorkload(asked, judged, mode, pair?.source ?? null, context)]];
    }),
  );
});

function judgedWorkload(
  asked: Workload,
  judged: Workload,
  mode: SideName,
  source: Launcher | null,
  context: Context,
): JudgedWorkload {
  const group = judged.kind === 'auto-scaling-group' ? (judged.item as AutoScalingGroup) : null;
  const starts = group ? groupStarts(judged, group, mode, context) : ownStarts(judged, mode, context);
  const desiredOf = (item: Launcher | null) => (item && 'desired' in item ? item.desired : null);
  const wishes = [desiredOf(judged.item), desiredOf(source)].filter((n) => n !== null);
  return {
    asked,
    judged,
    mode,
    starts,
    group: group?.details ?? null,
    desired: wishes.length > 0 ? Math.max(...wishes) : null,
    // Without the list of its instances, a group of the target is taken to have what it wants.
    running: mode === 'target' ? (group?.details?.instances ?? desiredOf(judged.item) ?? 0) : 0,
    lacksDetails:
      (group !== null && group.details === null) ||
      judged.launchSpecs.some(({ details }) => details === null),
  };
}

/** Of a template every version in use; a version that is the default and the latest is one launch. */
function ownStarts(judged: Workload, mode: SideName, context: Context): Start[] {
  const seen = new Map<string, { spec: LaunchSpec; roles: string[] }>();
  for (const spec of judged.launchSpecs) {
    const known = seen.get(spec.step ?? '') ?? { spec, roles: [] };
    if (spec.role !== null) known.roles.push(spec.role);
    seen.set(spec.step ?? '', known);
  }
  return [...seen.values()].flatMap(({ spec, roles }) => {
    // A number means nothing in another region; the part that the version has does.
    const at = roles.length > 0 ? roles.join(', ') : (spec.step ?? '');
    return startOf(spec, spec.details, { step: spec.step, at, owner: spec.owner }, mode, context);
  });
}

/** Each override of the mixed instances policy; without overrides, what the template or configuration says. */
function groupStarts(judged: Workload, group: AutoScalingGroup, mode: SideName, context: Context): Start[] {
  const overrides = group.details?.overrides ?? [];
  if (overrides.length === 0) {
    return judged.launchSpecs
      .slice(0, 1)
      .flatMap((spec) =>
        startOf(spec, spec.details, { step: spec.step, at: '', owner: spec.owner }, mode, context),
      );
  }
  const index = workloadsOf(context).index[judged.side];
  const base =
    group.details?.template ??
    group.launches.find((l) => l.imageId === null)?.template ??
    group.launches[0]?.template;
  return overrides.flatMap((override): Start[] => {
    const choice = override.template ?? base;
    const template = choice && index.launchTemplate(choice);
    const version =
      choice && template ? template.versions?.find((v) => v.number === versionOf(choice, template)) : null;
    if (!template || !version) return [];
    const { details, ...launch } = version.launch;
    const image = override.imageId ?? launch.imageId;
    const spec = {
      image: image === null ? null : index.image(image),
      interfaces: launch.interfaces.map((groups) => groups.map(index.group)),
    };
    const own = override.instanceType !== null || override.requirements !== null;
    const overridden =
      details && own
        ? { ...details, instanceType: override.instanceType, requirements: override.requirements }
        : details;
    const name = override.instanceType ?? (override.requirements ? 'by attributes' : template.name);
    const step = `override ${name} of launch template ${template.name}`;
    const more = { step, at: `override ${name}`, owner: group, template, weight: override.weight ?? 1 };
    return startOf(spec, overridden, more, mode, context);
  });
}

function startOf(
  spec: Pick<LaunchSpec, 'image' | 'interfaces'>,
  details: LaunchDetails | null,
  more: Pick<Start, 'step' | 'at' | 'owner'> & Partial<Pick<Start, 'weight' | 'template'>>,
  mode: SideName,
  context: Context,
): Start[] {
  if (details === null) return [];
  const named = spec.interfaces.flat();
  const groupsOfInterfaces = spec.interfaces.map((groups) =>
    groups.flatMap((g) => groupOf(g, mode, context)),
  );
  const image = imageOf(spec.image, mode, context);
  return [
    {
      weight: 1,
      template: null,
      ...more,
      details,
      mode,
      type: details.instanceType,
      byAttributes: details.requirements !== null,
      image,
      imageStatus: image !== null ? 'known' : imageStatusOf(spec.image),
      metadata: 'judged',
      groupsPerInterface: Math.max(0, ...spec.interfaces.map((groups) => groups.length)),
      interfaceCount: details.interfaces.length,
      groupsNamed: named.length,
      groupsById: named.filter(({ text }) => text.startsWith('sg-')).length,
      groups: groupsOfInterfaces.flat(),
      groupsOfInterfaces,
    },
  ];
}

function imageStatusOf(reference: Reference | null): Exclude<Start['imageStatus'], 'known'> {
  if (reference === null) return 'unnamed';
  return reference.found.is === 'other-image' && reference.found.item.exists ? 'unread' : 'absent';
}

function imageOf(written: Reference | null, mode: SideName, context: Context): Image | null {
  // What a parameter gives on the target is what starts there.
  const there =
    written !== null && written.parameter !== null && mode === 'source'
      ? workloadsOf(context).index.target.image(written.text)
      : null;
  const isThere = there?.found.is === 'image' || there?.found.is === 'other-image';
  if (isThere) return imageOf({ ...there, parameter: null }, 'target', context);
  const reference = written;
  // An image of another owner has the same attributes in each region.
  if (reference?.found.is === 'other-image') return reference.found.item.details;
  if (reference?.found.is !== 'image') return null;
  const { item } = reference.found;
  return mode === 'target' ? item : ((counterpartsIn(context).get(item) as Image | null | undefined) ?? item);
}

function groupOf({ found }: Reference, mode: SideName, context: Context): SecurityGroup[] {
  if (found.is !== 'security-group') return [];
  if (mode === 'target') return [found.item];
  const there = counterpartsIn(context).get(found.item) as SecurityGroup | null | undefined;
  return there ? [there] : [];
}

const counterpartsIn = perAudit(({ counterparts }): ReadonlyMap<object, object | null> => {
  const all = [...counterparts.image, ...counterparts['security-group']] as readonly Counterpart<object>[];
  return new Map(all.flatMap((c) => (c.source ? [[c.source, c.target] as const] : [])));
});
