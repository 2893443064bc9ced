import type { Finding } from '../../src/report/model.ts';
import type { Facts } from '../../src/report/rules/shared.ts';
import type { Kind } from '../../src/report/vocabulary.ts';

/** A finding as a report read from a file may hold it: any rule, any facts. */
export type LooseFinding = Partial<Omit<Finding, 'rule' | 'kind' | 'facts'>> & {
  readonly rule: string;
  readonly kind?: Kind;
  readonly facts?: Facts;
};

type Optional =
  | 'bar'
  | 'insteadOf'
  | 'changed'
  | 'usually'
  | 'commands'
  | 'blocks'
  | 'was'
  | 'came'
  | 'since';

/** What the types do not allow and a file may hold. */
export function asRead(
  finding: Required<Omit<LooseFinding, 'content' | 'moved' | Optional>> & Pick<LooseFinding, Optional>,
): Finding {
  return { content: '', moved: null, ...finding } as Finding;
}
