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
