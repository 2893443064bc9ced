import { z } from 'zod';

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

export const Tags = list(z.object({ Key: z.string(), Value: text }));
