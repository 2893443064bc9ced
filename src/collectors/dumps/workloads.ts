import { autoScalingGroupFrom } from '../../inventory/auto-scaling-group.ts';
import { type Collected, complete, itemsOf } from '../../inventory/collected.ts';
import { type Instance, instanceFrom, isGone } from '../../inventory/instance.ts';
import { launchConfigurationFrom } from '../../inventory/launch-configuration.ts';
import type { DetailGap, Snapshot } from '../../inventory/snapshot.ts';
import { collect, type Dump } from './answers.ts';
import { isObject } from './folder.ts';
import { collectLaunchTemplates } from './launch-templates.ts';
import { collectParameters } from './parameters.ts';
import { collectStacks } from './stacks.ts';
import { autoScalingGroupRow, instanceRow, launchConfigurationRow } from './workload-rows.ts';

type Workloads = Pick<
  Snapshot,
  | 'instances'
  | 'launchTemplates'
  | 'launchConfigurations'
  | 'autoScalingGroups'
  | 'stacks'
  | 'parameters'
  | 'gaps'
>;

/** Everything that starts instances, and the parameters that their images go through. */
export async function collectWorkloads(dump: Dump, account: string | null): Promise<Workloads> {
  const instances = collectInstances(dump);
  const autoScalingGroups = collect(
    dump,
    'autoScalingGroups',
    autoScalingGroupRow,
    autoScalingGroupFrom,
    ({ name }) => name,
  );
  const launchConfigurations = collect(
    dump,
    'launchConfigurations',
    launchConfigurationRow,
    launchConfigurationFrom,
    ({ name }) => name,
  );
  const pins = [
    ...itemsOf(instances).flatMap(({ launchTemplate }) => launchTemplate ?? []),
    ...itemsOf(autoScalingGroups).flatMap((group) => [
      ...group.launches.map(({ template }) => template),
      ...group.pinnedByInstances,
    ]),
  ];
  const templates = collectLaunchTemplates(dump, pins);
  const stacks = await collectStacks(dump);
  const launchers = {
    instances,
    launchTemplates: templates.templates,
    launchConfigurations,
    autoScalingGroups,
    stacks: stacks.stacks,
  };
  return {
    ...launchers,
    parameters: collectParameters(dump, account, launchers),
    gaps: [...templates.gaps, ...stacks.gaps] satisfies DetailGap[],
  };
}

/** One reservation holds the instances of one launch; whether the newest file shows one as terminated is asked last. */
function collectInstances(dump: Dump): Collected<Instance> {
  const answers = dump.answers.map((answer) =>
    answer.key === 'Reservations' && Array.isArray(answer.value)
      ? { ...answer, value: answer.value.flatMap(instancesIn) }
      : answer,
  );
  const all = collect({ ...dump, answers }, 'instances', instanceRow, instanceFrom, ({ id }) => id);
  if (all.status === 'failed') return all;
  return complete(all.items.filter(({ state }) => !isGone({ State: { Name: state } })));
}

/** What is no reservation, or holds no instances, is handed on as it is, so that it is named as a bad row. */
function instancesIn(reservation: unknown): unknown {
  const instances = isObject(reservation) ? reservation.Instances : undefined;
  return Array.isArray(instances) && instances.length > 0 ? instances : [reservation];
}
