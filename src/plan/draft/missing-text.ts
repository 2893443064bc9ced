import type { Finding } from '../../report/model.ts';
import type { FactsOf } from '../../report/rules/index.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import { missingGroups } from './missing-groups.ts';
import { listObstacle } from './missing-lists.ts';

/** Why a missing group is not created. */
export function missingGroupText(
  { name, sourceId }: Finding['subject'],
  facts: FactsOf<'security-group/missing'>,
  planning: Planning,
): Reason {
  const known = missingGroups(planning).get(sourceId ?? '');
  if (known?.obstacle) return known.obstacle;
  const [candidate] = facts.candidates;
  if (name.toLowerCase() === 'default') return { type: 'default-group' };
  if (!facts.vpcHasCounterpart) return { type: 'no-vpc' };
  if (facts.stack)
    return { type: 'stack-creates', stack: facts.stack.name, logicalId: facts.stack.logicalId };
  if (facts.madeBy !== null) return { type: 'service-creates', service: facts.madeBy };
  if (candidate?.confidence === 'high') return { type: 'renamed', kind: 'group', candidate: candidate.name };
  if (facts.nameStem !== null) return { type: 'tool-named', kind: 'group' };
  if (facts.beyondQuota !== null) return { type: 'group-beyond-quota', rules: facts.beyondQuota };
  return { type: 'account-creates' };
}

/** Why a missing prefix list is not created. */
export function missingListText(
  { sourceId }: Finding['subject'],
  { managedBy, entries, stack, madeBy }: FactsOf<'prefix-list/missing'>,
  planning: Planning,
): Reason {
  if (managedBy === 'aws') return { type: 'list-of-aws' };
  if (entries === null) return { type: 'entries-unread' };
  if (stack) return { type: 'stack-creates', stack: stack.name, logicalId: stack.logicalId };
  if (madeBy !== null) return { type: 'service-creates', service: madeBy };
  return listObstacle(sourceId ?? '', planning) ?? { type: 'account-creates' };
}
