import type { LaunchTemplate, LaunchTemplateVersion } from '../../inventory/launch-template.ts';
import type { ChangedByFacts } from '../../report/rules/shared.ts';
import type { Reason } from '../reasons/reason.ts';

/** Why a plan does not change an object that a stack or another account changes. */
export function changedElsewhere(by: ChangedByFacts): Reason {
  switch (by.is) {
    case 'stack':
      return { type: 'stack-manages', stack: by.stack, logicalId: by.logicalId };
    case 'account':
      return { type: 'account-changes', account: by.account };
  }
}

/** The service that manages a launch template or what is launched with it; null where none does. */
export function managerOf({ operator, versions }: LaunchTemplate): string | null {
  return operator ?? versions?.map(managerOfVersion).find((by) => by !== null) ?? null;
}

/** The service that manages a version, as EC2 answers; null for one that no service manages. */
function managerOfVersion({ otherData }: LaunchTemplateVersion): string | null {
  const { Operator: operator } = otherData ?? {};
  if (typeof operator !== 'object' || operator === null) return null;
  const { Managed, Principal } = operator as { readonly Managed?: unknown; readonly Principal?: unknown };
  if (typeof Principal === 'string' && Principal !== '') return Principal;
  return Managed === true ? 'An AWS service' : null;
}
