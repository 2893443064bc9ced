import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapshotJsonSchema } from '../../src/inventory/json-schema.ts';
import { anySnapshot } from './snapshot-arbitrary.ts';

describe('the JSON Schema of a snapshot', () => {
  const schema = snapshotJsonSchema();
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

  it('says what it is', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:ec2-parity:schema:snapshot:1',
      title: 'ec2-parity snapshot',
    });
  });

  it('holds of every snapshot', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(validate(JSON.parse(JSON.stringify(snapshot))), JSON.stringify(validate.errors)).toBe(true);
      }),
    );
  });

  it('does not hold of what is none', () => {
    expect(validate({})).toBe(false);
    expect(validate({ KeyPairs: [] })).toBe(false);
  });
});
