import fc from 'fast-check';
import { type Collected, FAILURE_CODES } from '../../src/inventory/collected.ts';

/** Text as AWS and attackers write it, lone surrogates and control characters included. */
export const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', '__proto__', 'constructor', '<script>', '\u202e', '\ud800', '"\\\n\u2028'),
);
export const id = (prefix: string) => fc.nat({ max: 99 }).map((n) => `${prefix}-${n}`);
export const tags = fc.array(fc.record({ Key: text, Value: text }), { maxLength: 3 });
export const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const failure = fc.record({ code: fc.constantFrom(...FAILURE_CODES), message: text, hint: text });

/** A kind as it was read, or why it was not. */
export function collected<Item>(
  item: fc.Arbitrary<Item>,
  key: (item: Item) => string,
): fc.Arbitrary<Collected<Item>> {
  return fc.oneof(
    fc
      .uniqueArray(item, { selector: key, maxLength: 5 })
      .map((items): Collected<Item> => ({ status: 'complete', items })),
    failure.map((failed): Collected<Item> => ({ status: 'failed', failure: failed })),
  );
}
