import { jsonWord, ShellVariable } from '../../comparator/commands/shell.ts';
import type { Command } from '../../report/command.ts';
import { shellWord } from '../../text/shell.ts';
import type { Draft, PlanSide, TemplateCopy } from '../model.ts';
import { type Call, callOf, makesId, refValue, type VariableOf } from './calls.ts';
import { dataQuery, readData } from './template-data.ts';

/** The shell variable of each step that makes something, by the place of the step. */
export function variables(steps: readonly Pick<Draft, 'id' | 'operation'>[]): VariableOf {
  const names = new Map(steps.map(({ id }, i) => [id, new ShellVariable(`made_${i + 1}`)]));
  return (step) => names.get(step) ?? new ShellVariable('made_by_no_step');
}

/**
 * What a call is given, as words of a shell. The whole input is JSON: in it a text is nothing but text, even if it begins
 * with a hyphen or like a file (`file://…`), which the AWS CLI would otherwise read.
 */
export function callWords({ operation, input, query, publicKey, templateData }: Call): string {
  return [
    operation,
    ...(templateData === undefined ? [] : ['--launch-template-data file:///dev/stdin']),
    ...(publicKey === undefined ? [] : ['--public-key-material fileb:///dev/stdin']),
    `--cli-input-json ${jsonWord(input)}`,
    ...(query === undefined ? [] : [`--query ${shellWord(query)}`]),
  ].join(' ');
}

/** What feeds the standard input of a call, with the pipe; the script has read the data of a launch template into a variable. */
export function pipeInto({ publicKey, templateData }: Call): string {
  if (templateData !== undefined) return 'printf %s "$template_data" | ';
  return publicKey === undefined ? '' : `printf %s ${shellWord(publicKey)} | `;
}

/** The call that prints the data of a launch template of the source, as JSON. */
export function dataWords(copy: TemplateCopy, variableOf: VariableOf): string {
  const query = dataQuery(copy, (ref) => refValue(ref, variableOf));
  return `${callWords(readData(copy))} --query ${query} --output json`;
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
  const { templateData } = call;
  const input =
    templateData === undefined
      ? pipeInto(call)
      : `aws --region ${shellWord(sides.source.region)} ${dataWords(templateData, variableOf)} | `;
  const line = `${input}aws --region ${shellWord(sides[side].region)} ${callWords(call)}${call.query === undefined ? '' : ' --output text'}`;
  const shell = makesId(operation) ? `${variableOf(step.id).name}=$(${line})` : line;
  return [{ shell, side, does }];
}
