import type { LaunchPart } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { Reference } from '../workloads/reference.ts';
import type { Workload } from '../workloads/workloads.ts';
import { judgedWorkloads } from './starts.ts';

/** What the launches of a workload name, per part, as a person calls it. Of a counterpart where that one is judged. */
export function namedBy(
  workload: Workload,
  context: Context,
): Readonly<Record<LaunchPart, readonly string[]>> {
  const known = judgedWorkloads(context).get(workload.item);
  const specs = (known?.judged ?? workload).launchSpecs;
  const starts = known?.starts ?? [];
  const details = starts.map((start) => start.details);
  const group = known?.group ?? null;
  const { subnets, zones } = {
    subnets: [
      ...(group?.subnets ?? []),
      ...details.flatMap((d) => d.interfaces.flatMap((n) => n.subnetId ?? [])),
    ],
    zones: [...(group?.zones ?? []), ...details.flatMap((d) => d.zone ?? d.zoneId ?? [])],
  };
  return {
    key: distinct(specs.flatMap(({ key }) => (key ? [nameOf(key)] : []))),
    groups: distinct(specs.flatMap(({ interfaces }) => interfaces.flat().map(nameOf))),
    image: distinct(specs.flatMap(({ image }) => (image ? [nameOf(image)] : []))),
    type: distinct(starts.flatMap((s) => s.type ?? (s.byAttributes ? ['by attributes'] : []))),
    network: distinct([
      // A group has its zones from its subnets.
      ...(subnets.length > 0 ? subnets : zones),
      ...details.flatMap((d) => [d.placementGroup, d.reservation, d.hostId].flatMap((name) => name ?? [])),
    ]),
    profile: distinct(details.flatMap((d) => d.profile ?? [])),
    storage: distinct(details.flatMap((d) => d.devices.map(({ device }) => device))),
    quota: [],
  };
}

function nameOf({ text, parameter, found }: Reference): string {
  if (parameter !== null) return parameter;
  switch (found.is) {
    case 'key-pair':
    case 'security-group':
    case 'prefix-list':
      return found.item.name;
    case 'image':
    case 'other-image':
      return found.item.name ?? found.item.id;
    case 'dangling':
    case 'unread':
      return text;
  }
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
