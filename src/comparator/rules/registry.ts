import type { RuleText } from '../../report/model.ts';
import type { ComparedKind } from '../context.ts';
import { imageRules } from './images.ts';
import { keyPairRules } from './key-pairs.ts';
import { prefixListRules } from './prefix-lists.ts';
import { type AnyRule, ruleText } from './rule.ts';
import { securityGroupRules } from './security-groups.ts';

/** Every rule, by the kind it looks at. A new kind that forgets its rules does not compile. */
export const RULES = {
  'key-pair': keyPairRules,
  'security-group': securityGroupRules,
  'prefix-list': prefixListRules,
  image: imageRules,
} satisfies { [K in ComparedKind]: readonly AnyRule<K>[] };

/** In the order of the catalogue. */
export function ruleTexts(): readonly RuleText[] {
  return Object.values(RULES).flatMap((rules) => rules.map((r) => ruleText(r)));
}
