import type { Step } from './model.ts';

/** Whether a step of the target reads something of the source when the script runs. */
export function readsSource({ operation: { type } }: Step): boolean {
  return type === 'create-launch-template' || type === 'copy-template-version';
}
