import type { ChangedByFacts } from '../../report/rules/shared.ts';

/** Why a plan does not change an object that a stack or another account changes. */
export function otherOwnerText(by: ChangedByFacts): string {
  switch (by.is) {
    case 'stack':
      return `The CloudFormation stack "${by.stack}" manages it (logical id ${by.logicalId}): change it there, or the next update of the stack undoes the change.`;
    case 'account':
      return `Account ${by.account} owns it, and only that account can change it.`;
  }
}
