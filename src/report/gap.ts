import type { Failure } from '../inventory/collected.ts';
import type { DeepReadonly } from '../inventory/deep-readonly.ts';
import type { Gap } from './model.ts';
import type { SideName } from './vocabulary.ts';

/** What could not be read of one side, as the report states it: the commands of the failure are for that side. */
export function gapOf(side: SideName, kind: string, failure: DeepReadonly<Failure>, blocking: boolean): Gap {
  const { code, message, hint, commands } = failure;
  return {
    side,
    kind,
    code,
    message,
    hint,
    ...(commands ? { commands: commands.map((command) => ({ ...command, side })) } : {}),
    blocking,
  };
}
