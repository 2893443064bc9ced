import { itemsOf } from '../../inventory/collected.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import { workloadsOf } from '../workloads/workloads.ts';
import { type Checked, found, NOTHING_FOUND } from './judging.ts';
import type { Places } from './place.ts';
import type { JudgedWorkload, Start } from './starts.ts';
import { noSubnet } from './subnets.ts';

/**
 * A launch template that names groups by name launches into the default VPC: EC2 takes no subnet beside names of groups.
 * One that names no groups leaves the subnet, and with it the VPC, to who launches it.
 */
export function loneTemplateChecks(
  start: Start,
  { subnets }: Places,
  { judged }: Pick<JudgedWorkload, 'judged'>,
  context: Context,
): Checked {
  const named = start.details.interfaces.some((n) => n.id !== null || n.subnetId !== null);
  if (subnets !== null || named || judged.kind !== 'launch-template') return NOTHING_FOUND;
  // Of the target's own groups by name it is said that there are none.
  if (start.mode === 'target' || start.groupsNamed === 0 || start.groupsById > 0) return NOTHING_FOUND;
  const hasDefault = ({ vpcs }: Snapshot) => itemsOf(vpcs).some((v) => v.isDefault);
  const { source, target, places } = context;
  if (
    isLaunchedByGroup({ judged }, context) ||
    target.vpcs.status === 'failed' ||
    hasDefault(target) ||
    !hasDefault(source)
  )
    return NOTHING_FOUND;
  const why = `${places.target} has no default VPC, and no subnet is named`;
  return found(noSubnet(start.mode, start.at, 'no-default-vpc', {}, 'its subnet', why));
}

/** Whether an Auto Scaling group of its side launches by the template or configuration. */
export function isLaunchedByGroup({ judged }: Pick<JudgedWorkload, 'judged'>, context: Context): boolean {
  return launchedByGroups(context)[judged.side].has(judged.item);
}

const launchedByGroups = perAudit((context) => {
  const of = (side: SideName) =>
    new Set<object>(
      workloadsOf(context).on[side].flatMap(({ kind, launchSpecs }) =>
        kind === 'auto-scaling-group' ? launchSpecs.map(({ owner }) => owner) : [],
      ),
    );
  return { source: of('source'), target: of('target') };
});
