import {
  awsCommand,
  type Options,
  optionWords,
  type Required,
  type Value,
} from '../../comparator/commands/aws.ts';
import { isExpanded, ShellVariable, Substitution } from '../../comparator/commands/shell.ts';
import type { Command } from '../../report/command.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { shellWord } from '../../text/shell.ts';
import type { Draft, PlanSide, TemplateCopy } from '../model.ts';
import { type Call, callOf, type IdOf, refValue, type VariableOf } from './calls.ts';
import { currentVersion, listState, lookUpOf } from './look-ups.ts';
import { dataQuery, readData } from './template-data.ts';

/** The shell variable of each step that makes something, by the place of the step. */
export function variables(steps: readonly Pick<Draft, 'id' | 'operation'>[]): VariableOf {
  const names = new Map(steps.map(({ id }, i) => [id, new ShellVariable(`made_${i + 1}`)]));
  return (step) => names.get(step) ?? new ShellVariable('made_by_no_step');
}

/** What a call is given, as words of a shell after `aws`: the script and the commands that people paste are the same. */
export function callWords(call: Call): string {
  return [call.operation, optionWords(callOptions(call))].filter((words) => words !== '').join(' ');
}

/** The members of a request as options: `VpcId` is `--vpc-id`. Lists of texts are words, all else is JSON. */
function callOptions({ input, query, publicKey, templateData }: Call): Options {
  return {
    ...Object.fromEntries(
      Object.entries(input).map(([member, value]) => [optionName(member), optionValue(value)]),
    ),
    ...(templateData === undefined ? {} : { '--launch-template-data': 'file:///dev/stdin' }),
    ...(publicKey === undefined ? {} : { '--public-key-material': 'fileb:///dev/stdin' }),
    ...(query === undefined ? {} : { '--query': query }),
  };
}

function optionName(member: string): `--${string}` {
  return `--${member.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase()}`;
}

function optionValue(value: unknown): Value {
  if (value === true) return null;
  if (typeof value === 'string' || isExpanded(value)) return value;
  if (typeof value === 'number') return String(value);
  if (isRequired(value)) return value;
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === 'string' || isExpanded(one))
  )
    return value;
  return { json: value };
}

function isRequired(value: unknown): value is Required {
  return typeof value === 'object' && value !== null && 'required' in value && 'meaning' in value;
}

/** What feeds the standard input of a call, with the pipe; the script has read the data of a launch template into a variable. */
export function pipeInto({ publicKey, templateData }: Call): string {
  if (templateData !== undefined) return 'printf %s "$template_data" | ';
  return publicKey === undefined ? '' : `printf %s ${shellWord(publicKey)} | `;
}

/** The call that prints the data of a launch template of the source, as JSON. */
export function dataWords(copy: TemplateCopy, idOf: IdOf): string {
  return `${callWords(readData(copy))} ${asJson(copy, idOf)}`;
}

function asJson(copy: TemplateCopy, idOf: IdOf): string {
  return `--query ${dataQuery(copy, (ref) => refValue(ref, idOf))} --output json`;
}

/** `kmsKey`: what the config chooses for copies that other accounts launch. */
type Sides = { readonly source: PlanSide; readonly target: PlanSide; readonly kmsKey?: string | undefined };

/**
 * Writes a step as complete lines for a shell, without the checks of the script: for people who paste. Each line can be run
 * alone, in any shell: the id of what another step makes is looked up by its name.
 * @param steps Those whose results the step may name.
 */
export function commandWriter(
  steps: readonly Pick<Draft, 'id' | 'operation' | 'needs'>[],
  sides: Sides,
): (step: Pick<Draft, 'id' | 'does' | 'side' | 'operation'>) => Command[] {
  const operations = new Map(steps.map(({ id, operation }) => [id, operation]));
  const idOf: IdOf = (step) => {
    const operation = operations.get(step);
    const call = operation ? lookUpOf(operation, idOf) : null;
    return call === null ? '' : new Substitution(line(call, 'target', sides));
  };
  const needed = new Set(steps.flatMap((step) => step.needs));
  return (step) => commandsOf(step, sides, idOf, needed.has(step.id));
}

function commandsOf(
  { id, does, side, operation }: Pick<Draft, 'id' | 'does' | 'side' | 'operation'>,
  sides: Sides,
  idOf: IdOf,
  isNeeded: boolean,
): Command[] {
  const { region } = sides[side];
  if (operation.type === 'wait-for-image') {
    // No other step needs the copy to be available.
    if (!isNeeded) return [];
    const image = refValue(operation.image, idOf);
    return [{ shell: awsCommand('ec2 wait image-available', region, { '--image-ids': image }), side, does }];
  }
  const call = callOf(operation, idOf);
  if (!call) return [];
  if (call.templateData !== undefined)
    return fromTemplate(call, call.templateData, { side, does, sides, idOf });
  const isOfList =
    operation.type === 'create-prefix-list' ||
    operation.type === 'resize-prefix-list' ||
    operation.type === 'change-prefix-list';
  if (!isOfList) return [{ shell: line(withChosenKey(call, sides), side, sides), side, does }];
  const list = refValue('list' in operation ? operation.list : { madeBy: id }, idOf);
  const version = new Substitution(line(currentVersion(list), side, sides));
  const changed =
    operation.type === 'change-prefix-list'
      ? { ...call, input: { ...call.input, CurrentVersion: version } }
      : call;
  const state = line(listState(list), side, sides);
  const own = { shell: line(changed, side, sides), side, does };
  if (!isNeeded) return [own];
  return [
    own,
    {
      shell: `for try in 1 2 3 4 5 6 7 8 9 10; do case "$(${state})" in *-in-progress) sleep 3;; *) break;; esac; done`,
      side,
      does: `Wait until the prefix list "${operation.name}" is ready`,
    },
  ];
}

/** The credentials of two accounts are not those of one pipe: the data is read in a separate line then. */
function fromTemplate(
  call: Call,
  copy: TemplateCopy,
  {
    side,
    does,
    sides,
    idOf,
  }: Pick<Command, 'side' | 'does'> & { readonly sides: Sides; readonly idOf: IdOf },
): Command[] {
  const { operation, input } = readData(copy);
  const read = `${line({ operation, input }, 'source', sides)} ${asJson(copy, idOf)}`;
  if (sides.source.account === sides.target.account)
    return [{ shell: `${read} | ${command(call, side, sides)}`, side, does }];
  return [
    {
      shell: `template_data=$(${read})`,
      side: 'source',
      does: 'Read the data of the launch template, with the ids of the target in it',
    },
    { shell: `printf %s "$template_data" | ${command(call, side, sides)}`, side, does },
  ];
}

/** Where the script checks its variable, the shell refuses a line without it, and says what it is. */
function withChosenKey(call: Call, { target, kmsKey }: Sides): Call {
  if (!(call.input.KmsKeyId instanceof ShellVariable)) return call;
  if (kmsKey !== undefined) return { ...call, input: { ...call.input, KmsKeyId: kmsKey } };
  const meaning = `a customer managed KMS key of ${target.region} that the accounts that launch the copy may use`;
  return { ...call, input: { ...call.input, KmsKeyId: { required: call.input.KmsKeyId.name, meaning } } };
}

function line(call: Call, side: SideName, sides: Sides): string {
  return `${pipeInto(call)}${command(call, side, sides)}`;
}

function command(call: Call, side: SideName, sides: Sides): string {
  const { operation, query } = call;
  const options = { ...callOptions(call), ...(query === undefined ? {} : { '--output': 'text' }) };
  return awsCommand(operation, sides[side].region, options);
}
