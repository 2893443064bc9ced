import type { Tags } from '../../inventory/tags.ts';
import type { ChangedByFacts } from '../../report/rules/shared.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';

interface Owned {
  readonly name: string;
  readonly ownerId: string | null;
  readonly tags: Tags;
}

/** Null for what a person changes in the account that was read. */
export function changedBy(item: Owned, side: SideName, context: Context): ChangedByFacts | null {
  const { account } = context[side];
  if (item.ownerId !== null && account !== null && item.ownerId !== account)
    return { is: 'account', account: item.ownerId };
  const resource = context.stacks[side].resourceOf(item);
  // What a deleted stack left behind belongs to no stack.
  return resource?.live ? { is: 'stack', stack: resource.stack, logicalId: resource.logicalId } : null;
}

/** Before what is to be done: where. Which account does it, every remedy about a shared object says. */
export function changeText(by: ChangedByFacts | null, region: string): string {
  return by?.is === 'stack'
    ? `Change it in the CloudFormation stack "${by.stack}" of ${region} (logical id ${by.logicalId}), not manually. `
    : '';
}
