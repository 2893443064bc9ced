import { type Collected, itemsOf } from '../inventory/collected.ts';
import type { DetailGap, Snapshot, SnapshotKind } from '../inventory/snapshot.ts';
import { readAutoScalingGroups, readLaunchConfigurations } from './auto-scaling.ts';
import { readInstances } from './instances.ts';
import { readLaunchTemplates } from './launch-templates.ts';
import type { Reader } from './reader.ts';
import { readStacks } from './stacks.ts';

/** A kind that is read where it is requested, and left out where not. */
type ReadKind = <Item>(kind: SnapshotKind, how: () => Promise<Item[]>) => Promise<Collected<Item>>;
type Detailed = <Item>(how: Promise<{ items: Item[]; gaps: DetailGap[] }>) => Promise<Item[]>;

export type Workloads = Pick<
  Snapshot,
  'instances' | 'launchTemplates' | 'launchConfigurations' | 'autoScalingGroups' | 'stacks'
>;

/** Everything that starts instances, read in parallel; only the versions of launch templates wait for those who pin them. */
export async function readWorkloads(
  reader: Reader,
  read: ReadKind,
  detailed: Detailed,
  onOwner: (accountId: string) => void,
): Promise<Workloads> {
  const reading = {
    instances: read('instances', () => readInstances(reader, onOwner)),
    autoScalingGroups: read('autoScalingGroups', () => readAutoScalingGroups(reader)),
  };
  const pins = async () => {
    const [instances, groups] = await Promise.all([reading.instances, reading.autoScalingGroups]);
    return [
      ...itemsOf(instances).flatMap(({ launchTemplate }) => launchTemplate ?? []),
      ...itemsOf(groups).flatMap((group) => [
        ...group.launches.map(({ template }) => template),
        ...group.pinnedByInstances,
      ]),
    ];
  };
  const [instances, autoScalingGroups, launchTemplates, launchConfigurations, stacks] = await Promise.all([
    reading.instances,
    reading.autoScalingGroups,
    read('launchTemplates', () => detailed(readLaunchTemplates(reader, pins))),
    read('launchConfigurations', () => readLaunchConfigurations(reader)),
    read('stacks', () => detailed(readStacks(reader))),
  ]);
  return { instances, launchTemplates, launchConfigurations, autoScalingGroups, stacks };
}
