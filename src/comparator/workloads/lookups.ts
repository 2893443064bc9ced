import { evaluate } from '../../cloudformation/evaluate.ts';
import { within } from '../../cloudformation/reach.ts';
import { itemsOf } from '../../inventory/collected.ts';
import {
  factsOfLaunches,
  factsWanted,
  metadataWanted,
  targetGroupsWanted,
} from '../../inventory/launch-needs.ts';
import { allLookups, type Lookups } from '../../inventory/lookups.ts';
import { compareText } from '../../inventory/order.ts';
import { parameterNameIn } from '../../inventory/parameter.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { CreatedKind, Template } from '../../inventory/template.ts';
import { keysOf } from '../commands/image-storage.ts';
import { detailLookups, imageLookups } from '../pairing/image-lookups.ts';
import { stackLaunches } from './stack-launches.ts';

/**
 * What has to be read of a side, so that what both sides and some templates refer to can be followed there.
 * @param both The source and the target, or the one side that is asked alone.
 */
export function lookupsFor(
  asked: Snapshot,
  both: readonly Snapshot[],
  templates: readonly Template[],
): Lookups {
  const [source, target] = both;
  const stacks = both.flatMap((snapshot) => itemsOf(snapshot.stacks).flatMap((s) => s.template ?? []));
  const references = both.map((snapshot) => referred(snapshot, asked, templates));
  const launched = new Set(references.flatMap(({ launched }) => launched));
  return allLookups([
    ...references.map(({ lookups }) => lookups),
    ...[...stacks, ...templates].map((template) => ofTemplate(template, asked, asked === both.at(-1))),
    { facts: factsWanted(both, asked) },
    detailLookups(both, asked, launched),
    ...(source && target
      ? [imageLookups(source, target, asked), imageKeyLookups(source, target, asked)]
      : []),
  ]);
}

/** What a template needs to be known of the target besides what it refers to. */
function ofTemplate(
  template: Template,
  { region, account }: Snapshot,
  isTarget: boolean,
): Pick<Lookups, 'facts' | 'parameterNames'> {
  const { lookUps, creates } = template;
  const created = (kind: CreatedKind) =>
    isTarget
      ? creates.flatMap(({ to, name }) =>
          to === kind
            ? evaluate(name, template, { region, account }).flatMap((o) =>
                o.is === 'value' ? [o.value] : [],
              )
            : [],
        )
      : [];
  const { launches } = stackLaunches(template, { region, account }, isTarget ? 'none' : 'given');
  const imports = lookUps.some(({ value }) => [...within(value)].some((part) => part.is === 'import'));
  const profiles = creates.flatMap(({ to, name }) =>
    to === 'instance-profile' && name.is === 'text' ? [name.text] : [],
  );
  const exports = creates.some(({ to }) => to === 'export');
  return {
    parameterNames: created('parameter'),
    facts: [
      ...(imports || exports ? [{ kind: 'exports', name: null } as const] : []),
      ...factsOfLaunches(
        launches.map(({ details }) => details),
        region,
      ),
      ...metadataWanted(launches.flatMap(({ starts, details }) => (starts ? [details] : []))),
      ...targetGroupsWanted(
        launches.flatMap(({ targetGroups }) => targetGroups),
        { region, account },
      ),
      // A name is the same in each region: only whether the target has them matters.
      ...(isTarget ? launches : []).flatMap(({ loadBalancers }) =>
        loadBalancers.map((name) => ({ kind: 'classicLoadBalancers', name }) as const),
      ),
      ...created('classic-load-balancer').map((name) => ({ kind: 'classicLoadBalancers', name }) as const),
      ...profiles.map((name) => ({ kind: 'instanceProfiles', name }) as const),
    ],
  };
}

/**
 * For one side. Of the region of the side: every image that it does not own and every parameter. Of another: the
 * parameters of the same names, the images that templates name for that region, and the namesakes of images of other
 * owners, as far as these were found on the side itself. Within one region, an id means the same image to every account.
 */
function referred(
  snapshot: Snapshot,
  asked: Snapshot,
  templates: readonly Template[],
): {
  readonly lookups: Pick<Lookups, 'imageIds' | 'parameterNames' | 'namesakes'>;
  /** Images by id, those of the side itself among them. */
  readonly launched: readonly string[];
} {
  const { region } = asked;
  const [own, oneRegion] = [snapshot === asked, snapshot.region === asked.region];
  const wanted = { images: new Set<string>(), parameters: new Set<string>() };
  const refer = (text: string, literal: boolean) => {
    const parameter = parameterNameIn(text);
    if (parameter !== null) wanted.parameters.add(parameter);
    else if (literal && text.startsWith('ami-')) wanted.images.add(text);
  };
  for (const text of launchedImages(snapshot)) refer(text, oneRegion);
  const stacks = itemsOf(snapshot.stacks).flatMap((s) => (s.template ? [s.template] : []));
  for (const template of [...stacks, ...templates]) {
    for (const { value } of template.lookUps)
      for (const outcome of evaluate(value, template, { region, account: snapshot.account }))
        if (outcome.is === 'ssm') wanted.parameters.add(outcome.name);
    for (const { to, value } of template.references) {
      if (to !== 'image') continue;
      for (const outcome of evaluate(value, template, { region, account: snapshot.account })) {
        if (outcome.is === 'ssm') wanted.parameters.add(outcome.name);
        if (outcome.is === 'value') refer(outcome.value, true);
      }
    }
  }
  const owned = new Set(itemsOf(snapshot.images).map((i) => i.id));
  const sorted = (texts: Iterable<string>) => [...texts].sort(compareText);
  return {
    lookups: {
      imageIds: sorted(wanted.images).filter((id) => !own || !owned.has(id)),
      parameterNames: sorted(wanted.parameters),
      namesakes: oneRegion ? [] : namesakes(snapshot),
    },
    launched: [...wanted.images],
  };
}

/** "ami-…" and "resolve:ssm:…" as launches write them. */
function launchedImages(snapshot: Snapshot): string[] {
  return [
    ...itemsOf(snapshot.instances).map((i) => i.launch.imageId),
    ...itemsOf(snapshot.launchTemplates).flatMap((t) => (t.versions ?? []).map((v) => v.launch.imageId)),
    ...itemsOf(snapshot.launchConfigurations).map((c) => c.launch.imageId),
    ...itemsOf(snapshot.autoScalingGroups).flatMap((g) => g.launches.map((l) => l.imageId)),
  ].filter((text) => text !== null);
}

function namesakes(snapshot: Snapshot): Lookups['namesakes'] {
  const known = new Map<string, Lookups['namesakes'][number]>();
  for (const { exists, name, ownerId, ownerAlias } of itemsOf(snapshot.otherImages)) {
    const owner = ownerId ?? ownerAlias;
    if (exists && name !== null && owner !== null) known.set(`${owner}/${name}`, { owner, name });
  }
  return [...known].sort(([a], [b]) => compareText(a, b)).map(([, namesake]) => namesake);
}

/**
 * The KMS keys of images that other accounts are to copy or to launch, since a key that AWS manages cannot be shared: those
 * of the source for another account to copy, and those of the target where the source shares images.
 */
function imageKeyLookups(source: Snapshot, target: Snapshot, asked: Snapshot): Pick<Lookups, 'facts'> {
  const apart = source.account !== null && target.account !== null && source.account !== target.account;
  const shares = itemsOf(source.images).some(
    ({ launchPermissions: p }) => p !== null && p.accounts.length + p.organizations.length > 0,
  );
  if (asked === source ? !apart : !shares) return { facts: [] };
  const keys = new Set(itemsOf(asked.images).flatMap((image) => keysOf(image) ?? []));
  return { facts: [...keys].sort(compareText).map((name) => ({ kind: 'kmsKeys', name })) };
}
