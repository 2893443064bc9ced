import { expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { id, list, object, type RowOf, text, type Whole } from '../../../src/collectors/dumps/fields.ts';

interface AwsThing {
  ThingId?: string | undefined;
  Name?: string | undefined;
  Made?: Date | string | undefined;
  Parts?: { Size?: { Width?: string | undefined } | undefined }[] | undefined;
}

it('reads every field of a shape of AWS, at every depth', () => {
  const row: RowOf<AwsThing, { ThingId: string }> = z.object({
    ThingId: id,
    Name: text,
    Made: text,
    Parts: list(z.object({ Size: object({ Width: text }) })),
  });
  expect(row.parse({ ThingId: 't', Name: null, Parts: [{ Size: { Width: '1' } }], New: 1 })).toEqual({
    ThingId: 't',
    Name: undefined,
    Made: undefined,
    Parts: [{ Size: { Width: '1' } }],
  });
});

it('does not compile without one of them', () => {
  const parts = list(z.object({ Size: object({ Width: text }) }));
  // @ts-expect-error Without Name, whatever a file says of it would be lost.
  const noName: RowOf<AwsThing, { ThingId: string }> = z.object({ ThingId: id, Made: text, Parts: parts });
  // @ts-expect-error The same, two levels down.
  const noWidth: RowOf<AwsThing, { ThingId: string }> = z.object({
    ThingId: id,
    Name: text,
    Made: text,
    Parts: list(z.object({ Size: object({}) })),
  });
  // @ts-expect-error A row without its id is refused, so the schema must demand it.
  const noId: RowOf<AwsThing, { ThingId: string }> = z.object({
    ThingId: text,
    Name: text,
    Made: text,
    Parts: parts,
  });
  expect([noName, noWidth, noId]).toHaveLength(3);
  expectTypeOf<Whole<AwsThing>['Made']>().toEqualTypeOf<string | undefined>();
});
