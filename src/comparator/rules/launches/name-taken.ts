import type { FactsOf } from '../../../report/rules/index.ts';

export const OTHER_NAME =
  'Give it another name, or none so that CloudFormation makes one; or delete the other one if nothing uses it.';

const KEY_PAIR_AT_RISK =
  'Beware: when the creation of a key pair fails for its name, the rollback has been seen to delete the existing key pair.';

const EXPORT =
  'Export it under another name, such as one that holds the name of the stack; or remove the other export if no stack imports it.';

const IN_TERRAFORM =
  'Give it another name, such as one with the region in it, or a name_prefix; or import the existing object into the state.';

/** What to do about a name that a template creates and the target has already. */
export function nameTakenRemedy({ what, language }: FactsOf<'workload/refused'>): string {
  if (language === 'terraform') return IN_TERRAFORM;
  if (what?.startsWith('export ')) return EXPORT;
  return what?.startsWith('key pair ') ? `${OTHER_NAME} ${KEY_PAIR_AT_RISK}` : OTHER_NAME;
}
