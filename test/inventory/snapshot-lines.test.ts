import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsOf } from '../../src/inventory/collected.ts';
import { nestsDeeperThan } from '../../src/inventory/json-depth.ts';
import { repeatedKey } from '../../src/inventory/json-duplicates.ts';
import { SharedRules } from '../../src/inventory/shared-rules.ts';
import { checkSnapshot } from '../../src/inventory/snapshot-check.ts';
import { SnapshotLines } from '../../src/inventory/snapshot-lines.ts';
import { snapshotText } from '../../src/inventory/snapshot-text.ts';
import { anySnapshot } from './snapshot-arbitrary.ts';
import { small } from './store-kit.ts';

/** The value by lines; null where they are left to the reader of whole texts. */
function byLines(text: string, shared = new SharedRules()): unknown {
  try {
    const lines = new SnapshotLines(shared);
    for (const line of text.split('\n')) lines.push(line);
    return lines.end();
  } catch {
    return null;
  }
}

/** What the reader of whole texts accepts: JSON without a key given twice in an item, and not nested too deeply. */
function whole(text: string): unknown {
  const value = JSON.parse(text);
  if (repeatedKey(text, 4) || nestsDeeperThan(value)) throw new Error('refused');
  return value;
}

const group = (rules: string, more = '') =>
  `{\n"securityGroups":{"status":"complete","items":[\n{"id":"sg-1"${more},"rules":${rules}}\n]}\n}\n`;

describe('a snapshot that is read line by line', () => {
  it('is what JSON.parse gives, for each file that this tool writes', () => {
    const shared = new SharedRules();
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const text = snapshotText(snapshot);
        const value = byLines(text, shared);
        expect(value).toEqual(JSON.parse(text));
        expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
        expect(checkSnapshot(value, shared)).toEqual(snapshot);
      }),
      { numRuns: 200 },
    );
  });

  it('is what the whole text is, or is left to the reader of that, after any change of the text', () => {
    const part = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"', '\\', '\n', '\n]', '[\n', '},', '{"a":1}', '{"a":1},\n', ' '],
      ...[
        ',"rules":[',
        ',"rules":[{}]',
        '"rules"',
        '\\u0072',
        '[0]',
        '[1]',
        '0',
        '{"id":"x"}\n',
        '"items":[\n',
      ],
    );
    const change = fc.record({ at: fc.nat(), length: fc.nat({ max: 3 }), put: part });
    fc.assert(
      fc.property(anySnapshot, fc.array(change, { minLength: 1, maxLength: 3 }), (snapshot, changes) => {
        const text = changes.reduce((made, { at, length, put }) => {
          const place = at % made.length;
          return made.slice(0, place) + put + made.slice(place + length);
        }, snapshotText(snapshot));
        const value = byLines(text);
        if (value !== null) expect(value).toEqual(whole(text));
      }),
      { numRuns: 400 },
    );
  });

  it('holds a row once that several groups of either side have', () => {
    const shared = new SharedRules();
    const [one, two] = [1, 2].map(() => checkSnapshot(byLines(snapshotText(small), shared), shared));
    const rules = [one, two].map((side) => side && itemsOf(side.securityGroups)[0]?.rules[0]);
    expect(rules[0]).toBeDefined();
    expect(rules[0]).toBe(rules[1]);
  });

  it.each([
    ['no rules', '[]', []],
    ['objects that are no rules', '[{"a":"}]{"},{"b":{"c":[{}]}}]', [{ a: '}]{' }, { b: { c: [{}] } }]],
    ['escaped quotes', '[{"a":"\\\\"},{"a":"\\"}]"}]', [{ a: '\\' }, { a: '"}]' }]],
    ['values that are no objects', '[1,{}]', [1, {}]],
    ['spaces between them', '[ {"a":1} , {"a":2} ]', [{ a: 1 }, { a: 2 }]],
  ])('has the rules of a group that are %s', (_, written, rules) => {
    expect(byLines(group(written))).toEqual({
      securityGroups: { status: 'complete', items: [{ id: 'sg-1', rules }] },
    });
  });

  it.each([
    ['in another object', ',"tags":{"a":"","rules":[{"a":1}]}'],
    ['in a list', ',"tags":[{"a":"","rules":[{"a":1}]}]'],
    ['as a text', ',"name":",\\"rules\\":[{}]"'],
  ])('does not take for the rules of a group what is called so %s', (_, more) => {
    const text = group('[{"b":2}]', more);
    expect(byLines(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['a key twice in an item', group('[]', ',"id":"sg-2"')],
    ['rules twice', group('[{"a":1}]', ',"rules":[{"a":1}]')],
    ['a key twice, once escaped', group('[{"a":1}]', ',"\\u0072ules":[{"a":1}]')],
    ['a key twice around the items', '{\n"a":1,\n"a":[\n{}\n]\n}'],
    ['two values', `${snapshotText(small)}{}`],
    ['no comma between items', '{\n"a":[\n{}\n{}\n]\n}'],
    ['a comma after the last item', '{\n"a":[\n{},\n]\n}'],
    ['items that do not end', '{\n"a":[\n{}'],
    ['a row that does not end', group('[{"a":1]')],
    ['a row without its comma', group('[{"a":1}{"a":1}]')],
    ['a comma and no row', group('[{"a":1},]')],
    ['a text across lines', '{\n"a":"[\n{}\n]"\n}'],
    ['an item that is nested too deeply', `{\n"a":[\n{"b":${'['.repeat(200)}${']'.repeat(200)}}\n]\n}`],
    ['a row that is nested too deeply', group(`[{"b":${'['.repeat(200)}${']'.repeat(200)}}]`)],
    ['nothing', ''],
  ])('is left to the reader of whole texts: %s', (_, text) => {
    expect(byLines(text)).toBeNull();
  });

  it('has a number in a list where the file has it', () => {
    const text = '{\n"a":[\n{}\n],\n"b":[7],\n"c":[-1],\n"d":[0.5]\n}';
    expect(byLines(text)).toEqual(JSON.parse(text));
    expect(byLines('{\n"a":[\n{}\n],\n"b":[0]\n}')).toBeNull();
  });
});
