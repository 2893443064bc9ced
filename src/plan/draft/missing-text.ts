import type { Finding } from '../../report/model.ts';
import type { FactsOf } from '../../report/rules/index.ts';
import type { Planning } from '../planning.ts';
import { missingGroups } from './missing-groups.ts';
import { listObstacle } from './missing-lists.ts';

/** Why a missing group is not created. */
export function missingGroupText(
  { name, sourceId }: Finding['subject'],
  facts: FactsOf<'security-group/missing'>,
  planning: Planning,
): string {
  const known = missingGroups(planning).get(sourceId ?? '');
  if (known?.obstacle) return known.obstacle;
  const [candidate] = facts.candidates;
  if (name.toLowerCase() === 'default') return 'Every VPC has its default group: create or map the VPC.';
  if (!facts.vpcHasCounterpart)
    return 'Its VPC has no counterpart on the target that is known. Create the VPC, or map it in the config (vpcs).';
  if (facts.stack)
    return `The CloudFormation stack "${facts.stack.name}" creates it (logical id ${facts.stack.logicalId}): deploy the stack on the target.`;
  if (facts.madeBy !== null)
    return `${facts.madeBy} creates it under a generated name: deploy what creates it on the target.`;
  if (candidate?.confidence === 'high')
    return `The target has "${candidate.name}", which is likely the same group under another name. Say so in the config (names.securityGroups), or rename it.`;
  if (facts.nameStem !== null)
    return 'A tool generated its name: create the group on the target with that tool.';
  if (facts.beyondQuota !== null)
    return `It needs ${facts.beyondQuota} rules of one direction, more than a group can have on the target. Request a higher quota first.`;
  return 'Another account owns it, and only that account can create it.';
}

/** Why a missing prefix list is not created. */
export function missingListText(
  { sourceId }: Finding['subject'],
  { managedBy, entries, stack, madeBy }: FactsOf<'prefix-list/missing'>,
  planning: Planning,
): string {
  if (managedBy === 'aws')
    return 'AWS manages the prefix list, and does not offer it in the region of the target.';
  if (entries === null) return 'Its entries were not read.';
  if (stack)
    return `The CloudFormation stack "${stack.name}" creates it (logical id ${stack.logicalId}): deploy the stack on the target.`;
  if (madeBy !== null)
    return `${madeBy} creates it under a generated name: deploy what creates it on the target.`;
  return (
    listObstacle(sourceId ?? '', planning) ?? 'Another account owns it, and only that account can create it.'
  );
}
