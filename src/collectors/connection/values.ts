import { Unable } from '../../inventory/unable.ts';

/** A value, and the variable or the setting that it comes from, for messages. */
export interface Configured<Value> {
  readonly value: Value;
  readonly by: string;
}

/** @throws Unable for anything but true and false: a misspelt "use FIPS" must not become "do not use FIPS". */
export function booleanFrom(given: Configured<string> | null): Configured<boolean> | null {
  if (given === null) return null;
  const word = given.value.toLowerCase();
  if (word === 'true' || word === 'false') return { value: word === 'true', by: given.by };
  throw new Unable(`${given.by} is "${given.value}".`, 'It takes true or false.');
}

/** @throws Unable for what is not a whole number of at least 1. */
export function fromAttempts(given: Configured<string> | null): number | null {
  if (given === null) return null;
  if (/^[1-9]\d{0,3}$/.test(given.value)) return Number(given.value);
  throw new Unable(
    `${given.by} is "${given.value}", which is not a number of attempts.`,
    'Set it to a whole number of at least 1, or unset it.',
  );
}
