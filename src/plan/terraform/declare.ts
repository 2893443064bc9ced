import { type Declarers, declareSteps } from '../declare.ts';
import type { LeftToScript } from '../declared.ts';
import type { Plan } from '../model.ts';
import { tagsToSet } from '../tags.ts';
import { type Resource, resourceBlocks } from './addresses.ts';
import { dropsTagsOf } from './dropped-tags.ts';
import { groupDeclarers } from './groups.ts';
import type { HclBlock } from './hcl.ts';
import { imageDeclarers } from './images.ts';
import { listDeclarers } from './lists.ts';
import { otherDeclarers } from './others.ts';
import { type Sides, templateDeclarers } from './templates.ts';

/** The resources of the steps that Terraform can do. */
export function declare(
  plan: Plan,
  sides: Sides,
): { readonly blocks: readonly HclBlock[]; readonly left: readonly LeftToScript[] } {
  const { target } = sides;
  // Of a step that is left to the script, the file has no tag.
  const tags = tagsToSet({ steps: plan.steps.filter((step) => dropsTagsOf(step) === null) });
  const groups = groupDeclarers(plan, target, tags);
  const lists = listDeclarers(plan, target, tags);
  const declarers: Declarers<Resource> = {
    ...groups,
    ...lists,
    ...imageDeclarers(tags),
    ...templateDeclarers(plan, sides),
    ...otherDeclarers(target, tags, (step) => groups.takesTags(step) ?? lists.takesTags(step)),
  };
  const { out, left } = declareSteps(plan, 'Terraform', declarers, dropsTagsOf);
  return { blocks: resourceBlocks(out), left };
}
