import { jsonWord, ShellVariable } from '../../comparator/commands/shell.ts';
import type { Command } from '../../report/command.ts';
import { shellWord } from '../../text/shell.ts';
import type { Draft, PlanSide } from '../model.ts';
import { type Call, callOf, makesId, type VariableOf } from './calls.ts';

/** The shell variable of each step that makes something, by the place of the step. */
export function variables(steps: readonly Pick<Draft, 'id' | 'operation'>[]): VariableOf {
  const names = new Map(steps.map(({ id }, i) => [id, new ShellVariable(`made_${i + 1}`)]));
  return (step) => names.get(step) ?? new ShellVariable('made_by_no_step');
}

/**
 * What a call is given, as words of a shell. The whole input is JSON: in it a text is nothing but text, even if it begins
 * with a hyphen or like a file (`file://…`), which the AWS CLI would otherwise read.
 */
export function callWords({ operation, input, query, publicKey }: Call): string {
  return [
    operation,
    ...(publicKey === undefined ? [] : ['--public-key-material fileb:///dev/stdin']),
    `--cli-input-json ${jsonWord(input)}`,
    ...(query === undefined ? [] : [`--query ${shellWord(query)}`]),
  ].join(' ');
}

/** What feeds the standard input of a call, with the pipe. */
export function pipeInto({ publicKey }: Call): string {
  return publicKey === undefined ? '' : `printf %s ${shellWord(publicKey)} | `;
}

/** The step as complete lines for a shell, without the checks of the script: for people who paste. */
export function commandsOf(
  step: Pick<Draft, 'id' | 'does' | 'side' | 'operation'>,
  sides: { readonly source: PlanSide; readonly target: PlanSide },
  variableOf: VariableOf,
): Command[] {
  const { operation, side, does } = step;
  const call = callOf(operation, variableOf);
  if (!call) return [];
  const line = `${pipeInto(call)}aws --region ${shellWord(sides[side].region)} ${callWords(call)}${call.query === undefined ? '' : ' --output text'}`;
  const shell = makesId(operation) ? `${variableOf(step.id).name}=$(${line})` : line;
  return [{ shell, side, does }];
}
