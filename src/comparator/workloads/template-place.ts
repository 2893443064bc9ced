import type { Place } from '../../cloudformation/index.ts';
import type { Stack } from '../../inventory/stack.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { attributeOn } from './attributes.ts';
import { defaultZones, exportedOn } from './stack-facts.ts';
import { workloadsOf } from './workloads.ts';

/** A side as the place where a stack is deployed. */
export function placeIn(side: SideName, stack: Stack, context: Context): Place {
  const { region, account } = context[side];
  const file = context.fileOf(stack);
  // The value of a SecureString is not kept.
  const parameter = (name: string) => workloadsOf(context).index[side].parameter(name)?.value || null;
  return {
    region,
    account,
    // A file is deployed under a name that is given then.
    stackName: file ? file.stackName : stack.name,
    exports: exportedOn(side, context),
    parameter,
    attribute: attributeOn(side, context),
    zones: defaultZones(context),
  };
}
