import { Unable } from '../inventory/unable.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { eitherOf } from '../text/lists.ts';
import { usage } from './errors.ts';

/** A value and who gave it, so that a message can name the flag, the variable or the file to correct. */
export interface Given<T> {
  readonly value: T;
  readonly by: string;
  readonly from: 'flag' | 'environment' | 'config';
}

const PREFIX = 'EC2_PARITY_';
const variableOf = (option: string): string => PREFIX + option.toUpperCase().replaceAll('-', '_');

const TRUE = ['1', 'true', 'yes', 'on'];
const FALSE = ['0', 'false', 'no', 'off'];

/** The parsed command line of one command, with the environment behind it. */
export class Arguments {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #env: NodeJS.ProcessEnv;
  readonly #command: string;

  constructor(command: string, values: Readonly<Record<string, unknown>>, env: NodeJS.ProcessEnv) {
    this.#command = command;
    this.#values = values;
    this.#env = env;
  }

  /** A positional argument. */
  positional(name: string): string {
    return String(this.#values[name] ?? '');
  }

  /** A positional argument that may be repeated. */
  positionals(name: string): string[] {
    return [this.#values[name] ?? []].flat().map(String);
  }

  /** An option with one value: the flag, else the variable. Given twice it is an error: neither is silently dropped. */
  text(name: string): Given<string> | undefined {
    const given = this.#values[name];
    if (Array.isArray(given))
      throw usage(`--${name} is given ${given.length} times, but takes one value.`, this.#command);
    return given === undefined ? this.#variable(name) : this.#checked(name, String(given));
  }

  /** An option that may be repeated. Its variable holds the values separated by commas. */
  list(name: string): Given<string>[] {
    const given = this.#values[name];
    if (given !== undefined) return [given].flat().map((value) => this.#checked(name, String(value)));
    const variable = this.#variable(name);
    return variable ? variable.value.split(',').map((value) => ({ ...variable, value: value.trim() })) : [];
  }

  /** An option without a value. */
  flag(name: string): boolean {
    if (this.#values[name] !== undefined) return [this.#values[name]].flat().at(-1) === true;
    const variable = this.#variable(name);
    if (!variable) return false;
    const word = variable.value.toLowerCase();
    if (TRUE.includes(word)) return true;
    if (FALSE.includes(word)) return false;
    throw new Unable(
      `${variable.by} cannot be "${variable.value}".`,
      `It takes ${eitherOf(['1', '0', 'true', 'false'])}.`,
    );
  }

  #checked(name: string, value: string): Given<string> {
    if (value === '') throw usage(`--${name} is given without a value.`, this.#command);
    return { value, by: `--${name}`, from: 'flag' };
  }

  /** An empty variable counts as unset: CI systems pass a value that is not set as an empty variable. */
  #variable(name: string): Given<string> | undefined {
    const by = variableOf(name);
    const value = this.#env[by];
    return value ? { value, by, from: 'environment' } : undefined;
  }
}

/** One of a closed set of words; the hint offers some of them. */
export function oneOf<T extends string>(given: Given<string>, words: readonly T[], offered = words): T {
  const found = words.find((word) => word === given.value);
  if (found !== undefined) return found;
  throw new Unable(
    `${given.by} cannot be "${given.value}".`,
    `${didYouMean(given.value, offered)}It takes ${eitherOf(offered)}.`,
  );
}

/**
 * A variable of ours that no option answers to is a typing error, and a setting that silently does nothing.
 * @throws Unable
 */
export function refuseUnknownVariables(env: NodeJS.ProcessEnv, options: readonly string[]): void {
  const known = options.map(variableOf);
  for (const name of Object.keys(env).sort()) {
    if (name.startsWith(PREFIX) && !known.includes(name)) {
      throw new Unable(
        `There is no environment variable ${name} of ec2-parity.`,
        `${didYouMean(name, known)}Unset it, or see \`ec2-parity audit --help\`: every option has a variable.`,
      );
    }
  }
}
