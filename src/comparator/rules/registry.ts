import type { RuleText } from '../../report/model.ts';
import type { RuleId } from '../../report/rules/index.ts';
import type { ComparedKind } from '../context.ts';
import { imageRules } from './images/index.ts';
import { keyPairRules } from './key-pairs/index.ts';
import { launchRules, ofConfigurations, ofGroups } from './launches/index.ts';
import { prefixListRules } from './prefix-lists.ts';
import { referenceRules } from './references/index.ts';
import { type AnyRule, ruleText } from './rule.ts';
import { securityGroupRules } from './security-groups/index.ts';
import { workloadAmbiguous, workloadDiffers, workloadMissing } from './workloads.ts';

/** Every rule, by the kind it looks at. A new kind that forgets its rules does not compile. */
export const RULES = {
  'key-pair': keyPairRules,
  'security-group': securityGroupRules,
  'prefix-list': prefixListRules,
  image: imageRules,
  'launch-template': [workloadMissing, workloadAmbiguous, workloadDiffers, ...referenceRules, ...launchRules],
  'launch-configuration': [
    workloadMissing,
    workloadAmbiguous,
    ...ofConfigurations,
    workloadDiffers,
    ...referenceRules,
    ...launchRules,
  ],
  'auto-scaling-group': [
    workloadMissing,
    workloadAmbiguous,
    workloadDiffers,
    ...referenceRules,
    ...launchRules,
    ...ofGroups,
  ],
  instance: [workloadDiffers, ...referenceRules, ...launchRules],
  stack: [...referenceRules, ...launchRules],
} satisfies { [K in ComparedKind]: readonly AnyRule<K>[] };

/** Ids that have facts and no rule: there are none, or `ruleTexts` does not compile. */
type Undeclared = Exclude<RuleId, (typeof RULES)[ComparedKind][number]['id']>;

type Texts = [Undeclared] extends [never] ? readonly RuleText[] : never;
let texts: Texts | undefined;

/** In the order of the catalogue. */
export function ruleTexts(): Texts {
  texts ??= allTexts();
  return texts;
}

function allTexts(): Texts {
  const rules = Object.values(RULES).flatMap((all) => all.map((r) => ruleText(r)));
  // A rule that looks at several kinds is one rule.
  return [...new Map(rules.map((r) => [r.id, r])).values()];
}
