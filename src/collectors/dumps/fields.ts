import * as z from 'zod';

/**
 * The fields of the rows as a file may hold them. The SDK checks what it reads from the wire; a file can hold
 * anything. Unknown fields pass (AWS adds some every month); null passes for absent, as other tools than the CLI write it.
 */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
export const number = z
  .number()
  .nullish()
  .transform((value) => value ?? undefined);
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? undefined);
export const id = z.string().min(1, 'is blank');

/**
 * A shape of AWS's with every field present, if only as undefined, at every depth. All fields of those shapes are
 * optional, so a schema that forgets one still fits them, and the content of the field is lost silently. A row schema is
 * therefore typed by this: one that forgets a field does not compile.
 */
export type Whole<T> = { readonly [K in keyof T]-?: WholeValue<NonNullable<T[K]>> | undefined };
type WholeValue<T> = T extends readonly (infer Item)[]
  ? WholeValue<Item>[]
  : // Where AWS gives a Date, a file holds text.
    T extends string | number | boolean | Date
    ? Exclude<T, Date>
    : Whole<T>;
/** The schema of one row: it reads every field of AWS's shape, and refuses a row without those named here. */
export type RowOf<Aws, Needed extends object = object> = z.ZodType<Whole<Omit<Aws, keyof Needed>> & Needed>;

export function list<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform((value) => value ?? undefined);
}

export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .object(shape)
    .nullish()
    .transform((value) => value ?? undefined);
}

/** As `object`, and what the shape does not name is kept: of data that is made again somewhere else. */
export function whole<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .looseObject(shape)
    .nullish()
    .transform((value) => value ?? undefined);
}

export const Tags = list(z.object({ Key: z.string(), Value: text }));
