import type { Stack } from '../../inventory/stack.ts';
import type { Tags } from '../../inventory/tags.ts';
import type { OriginFacts } from '../../report/rules/shared.ts';
import type { Kind } from '../../report/vocabulary.ts';
import { serviceOf } from '../makers/makers.ts';
import { STACK_SET } from '../makers/stacks.ts';
import { generatedName } from '../makers/suffix.ts';
import type { Counterpart } from './counterpart.ts';
import type { BothStacks } from './made.ts';

export type Origin = OriginFacts;

/** What of an audit says which stack made an object, and which stack of the target corresponds to it. */
interface Stacks {
  readonly stacks: BothStacks;
  readonly counterparts: { readonly stack: readonly Counterpart<Stack>[] };
}

/** What made an object of one side. A service is known by the names it gives, a stack by its tags. */
export function originOf(
  kind: Kind,
  item: { readonly name: string; readonly tags: Tags },
  side: 'source' | 'target',
  { stacks, counterparts }: Stacks,
): Origin {
  const service = serviceOf(kind, item);
  const resource = stacks[side].resourceOf(item);
  const generated = generatedName(item.name);
  const nameStem = generated?.stem ?? null;
  if (service) return { madeBy: service.maker, madeWith: service.with, stack: null, nameStem };
  if (resource) {
    const pair = counterparts.stack.find((c) => c[side]?.name === resource.stack);
    const stack = {
      name: resource.stack,
      logicalId: resource.logicalId,
      onTarget: pair?.target?.name ?? null,
    };
    return { madeBy: `the CloudFormation stack "${resource.stack}"`, madeWith: null, stack, nameStem };
  }
  const madeBy = generated && generated.maker !== 'a generator' ? generated.maker : null;
  return { madeBy, madeWith: null, stack: null, nameStem };
}

/** A sentence about the origin, with a blank before it; empty where there is none to name. */
export function originText({ madeBy, madeWith, stack, nameStem }: Origin): string {
  if (madeWith !== null) return ` Its name shows that ${madeBy} created it, with ${madeWith}.`;
  if (stack) return ` The CloudFormation stack "${stack.name}" created it (logical id ${stack.logicalId}).`;
  if (madeBy !== null) return ` Its name shows that ${madeBy} created it.`;
  return nameStem === null ? '' : ' Its name ends with a part that looks generated.';
}

/**
 * How the object is created on the target where a person does not create it under this very name; null for what people
 * name. `word`: "group", "launch template".
 */
export function remedyByOrigin(
  { madeBy, madeWith, stack, nameStem }: Origin,
  word: string,
  target: string,
): string | null {
  if (madeWith !== null)
    return `Create ${madeWith} in ${target}: ${madeBy} creates the ${word} with it. Do not copy this one manually.`;
  if (stack) {
    return `${deployed(stack, target)} the ${word} (logical id ${stack.logicalId}).`;
  }
  if (madeBy === 'Terraform')
    return `Apply the Terraform configuration that created it in ${target}. Do not create ${article(word)} ${word} with this name: the end of the name is generated.`;
  if (madeBy !== null)
    return `Deploy the stack that created it in ${target}. Do not create ${article(word)} ${word} with this name: the end of the name is generated.`;
  if (nameStem === null) return null;
  return `Create the ${word} in ${target} with the tool that created this one. The end of the name is generated, and differs there.`;
}

/** Neither StackSets nor nested stacks are deployed under their own names: their ends are generated. */
function deployed({ name, onTarget }: NonNullable<Origin['stack']>, target: string): string {
  if (onTarget !== null) return `Update the stack "${onTarget}" in ${target} so that it creates`;
  const set = STACK_SET.exec(name)?.[1];
  if (set !== undefined) return `Add ${target} to the StackSet "${set}": its stack there creates`;
  if (generatedName(name) !== null)
    return `Deploy the stack that contains the nested stack "${name}" in ${target}: the nested stack creates`;
  return `Deploy the template of the stack "${name}" in ${target}: the stack creates`;
}

function article(word: string): string {
  return /^[aeiou]/i.test(word) ? 'an' : 'a';
}
