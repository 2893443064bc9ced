export {
  boundOfOption,
  OPTION_FIELDS,
  OPTION_REFERENCES,
  SSH_SOURCE,
  sshSourceGroup,
} from './beanstalk.ts';
export { evaluate } from './evaluate.ts';
export { kindOfId } from './ids.ts';
export { type NestedCall, type WholeTemplate, withNested } from './nested.ts';
export { stacksFrom } from './nested-stacks.ts';
export type { Outcome, Place } from './outcome.ts';
export type { StackValue } from './parameters.ts';
export { readTemplate, readWhole } from './read.ts';
export { type AwsStack, isGoneStack, stackFrom } from './stack.ts';
export { UnreadableTemplate } from './unreadable.ts';
