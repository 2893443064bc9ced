import type { GroupDetails } from '../../inventory/auto-scaling-group.ts';
import type { TemplateChoice } from '../../inventory/launch.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { ignoredOf } from '../ignored.ts';
import { bothEnds, type Counterpart } from '../pairing/counterpart.ts';
import { ONE_OF_SEVERAL } from '../pairing/workloads.ts';
import { detailFields } from './detail-fields.ts';
import { comparedLaunches } from './differences.ts';
import { type Field, joined, notCompared, present, valueField } from './field.ts';
import { hookDifferences } from './hook-differences.ts';
import type { Launcher, LaunchSpec } from './launches.ts';
import { alike, isDangling, type LaunchPair, namesOf, partsOf, sameness } from './likeness.ts';
import type { Reference } from './reference.ts';
import { type Workload, workloadsOf } from './workloads.ts';

/** What a launcher and its counterpart launch with, launch by launch as they are compared, then how the launcher itself is set. */
export function launcherFields(pair: Counterpart<Launcher>, context: Context): Field[] {
  const all = workloadsOf(context);
  const of = (item: Launcher | null) => (item === null ? null : all.of(item));
  const [source, target] = [of(pair.source), of(pair.target)];
  const launches = launchesOf(source, target, context);
  const isIgnored = ignoredOf(context.config, { kind: pair.kind, name: pair.name, scope: null });
  const fields = [
    ...settings(pair, context),
    ...launches.flatMap(({ prefix, launch: [s, t] }) =>
      [...parts(s, t, context), ...detailFields(s?.details ?? null, t?.details ?? null)].map((field) => ({
        ...(isIgnored(field.name) ? notCompared(field) : field),
        name: `${prefix}${field.name}`,
      })),
    ),
    ...hooks(source, target, context),
  ];
  const paired = bothEnds(pair) !== null;
  // Any of several can be the counterpart of any other: then one difference between two of them proves nothing.
  const proves = !paired || pair.matchedBy !== ONE_OF_SEVERAL;
  return fields.map((field) => (proves || field.same ? field : notCompared(field)));
}

/** The lifecycle hooks in which a group and its counterpart differ. */
function hooks(source: Workload | null, target: Workload | null, context: Context): Field[] {
  if (!source || !target) return [];
  return hookDifferences(source, target, context).differing.map(({ part, source: s, target: t }) => ({
    name: part,
    source: s,
    target: t,
    same: false,
  }));
}

interface NamedLaunch {
  /** What distinguishes it from the other launches; empty where there is one. */
  readonly prefix: string;
  readonly launch: LaunchPair;
}

function launchesOf(source: Workload | null, target: Workload | null, context: Context): NamedLaunch[] {
  if (source && target) return named(distinctLaunches(comparedLaunches(source, target, context)));
  const [alone] = [source, target].filter((workload) => workload !== null);
  const launches = (alone?.launchSpecs ?? []).map(
    (spec): LaunchPair => (source ? [spec, undefined] : [undefined, spec]),
  );
  return named(distinctLaunches(launches));
}

/** One version that is both the default and the latest is one launch. */
function distinctLaunches(launches: readonly LaunchPair[]): LaunchPair[] {
  const words = (spec: LaunchSpec | undefined) => (spec ? (spec.step ?? '') : null);
  return [...new Map(launches.map((pair) => [JSON.stringify(pair.map(words)), pair] as const)).values()];
}

function named(launches: readonly LaunchPair[]): NamedLaunch[] {
  return launches.map((launch, i) => {
    const [s, t] = launch;
    const role = s?.role ?? t?.role ?? null;
    const step = s && t ? null : ((s ?? t)?.step ?? null);
    const name = role ?? step ?? `launch ${i + 1}`;
    return { prefix: launches.length > 1 ? `${name}: ` : '', launch };
  });
}

function parts(s: LaunchSpec | undefined, t: LaunchSpec | undefined, context: Context): Field[] {
  return partsOf(s, t).map(([part, ours, theirs]) =>
    referenceField(part, s ? ours : null, t ? theirs : null, context),
  );
}

/** What both sides refer to, by the names of the objects; null where a side does not have the referring object. */
export function referenceField(
  name: string,
  ours: readonly Reference[] | null,
  theirs: readonly Reference[] | null,
  context: Context,
): Field {
  const written = (references: readonly Reference[] | null) =>
    references === null ? null : namesOf(references);
  const field = { name, source: written(ours), target: written(theirs) };
  if (ours === null || theirs === null) return { ...field, same: false };
  const same = sameness(context);
  const tokens = [...ours.map((r) => same('source', r)), ...theirs.map((r) => same('target', r))];
  if (tokens.includes(null)) return notCompared(field);
  if (!alike(ours, theirs, same, context)) return { ...field, same: false };
  // What a reference to nothing was meant to be is not known.
  const open = [...ours, ...theirs].some((r) => isDangling(r) && r.to !== 'key-pair');
  return open ? notCompared(field) : { ...field, same: true };
}

/** How the launcher itself is set: an Auto Scaling group by its template and its bounds, an instance by its state. */
function settings({ source, target }: Counterpart<Launcher>, context: Context): Field[] {
  const [s, t] = [groupOf(source), groupOf(target)];
  if (s || t) return groupSettings(s, t, context);
  const state = (item: Launcher | null) => (item && 'state' in item ? item.state : null);
  // An instance that is stopped is still the counterpart of one that runs.
  return present(notCompared({ name: 'state', source: state(source), target: state(target) }));
}

type Group = Extract<Launcher, { launches: unknown }>;

function groupOf(item: Launcher | null): Group | null {
  return item && 'launches' in item ? item : null;
}

function groupSettings(s: Group | null, t: Group | null, context: Context): Field[] {
  const by = (group: Group | null, side: SideName) => group && launchedBy(group, side, context);
  const of = (group: Group | null, text: (d: GroupDetails) => string | null) =>
    group?.details ? text(group.details) : null;
  const number = (n: number | null) => (n === null ? null : String(n));
  const subnets = ({ subnets: ids, zones }: GroupDetails) => joined(ids.length > 0 ? ids : zones);
  const field = (name: string, source: string | null, target: string | null) =>
    present(valueField(name, source, target));
  // A version number means nothing in another region, and the template of a counterpart may have another name.
  const launches = notCompared({ name: 'launches by', source: by(s, 'source'), target: by(t, 'target') });
  return [
    ...present(launches),
    ...field('desired', number(s?.desired ?? null), number(t?.desired ?? null)),
    ...field(
      'minimum',
      of(s, ({ min }) => number(min)),
      of(t, ({ min }) => number(min)),
    ),
    ...field(
      'maximum',
      of(s, ({ max }) => number(max)),
      of(t, ({ max }) => number(max)),
    ),
    ...present(notCompared({ name: 'subnets or zones', source: of(s, subnets), target: of(t, subnets) })),
  ];
}

function launchedBy(group: Group, side: SideName, context: Context): string | null {
  if (group.launchConfiguration !== null) return `launch configuration ${group.launchConfiguration}`;
  const { index } = workloadsOf(context);
  const word = (choice: TemplateChoice) => {
    const name = index[side].launchTemplate(choice)?.name ?? choice.name ?? choice.id ?? '';
    return `launch template ${name} ${/^\d+$/.test(choice.version) ? 'v' : ''}${choice.version}`;
  };
  return joined(group.launches.map(({ template }) => word(template)));
}
