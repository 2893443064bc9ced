import { z } from 'zod';

/** An SSM parameter that an image reference goes through, asked for by name: what nobody asked for is not in the list. */
export const parameterSchema = z.strictObject({
  id: z.string().describe('The name as asked, with ":version" or ":label" where one was given.'),
  name: z.string().describe('The same.'),
  type: z.string().nullable(),
  value: z.string().nullable().describe('Null: asked for, and there is no such parameter.'),
});
export type Parameter = z.infer<typeof parameterSchema>;

/** A row of GetParameters. `Selector` is the ":version" or ":label" that was asked for. */
export interface AwsParameter {
  Name?: string | undefined;
  Selector?: string | undefined;
  Type?: string | undefined;
  Value?: string | undefined;
}

/** The value of a SecureString is never kept: no launch takes its image from one. */
export function parameterFrom(raw: AwsParameter): Parameter {
  const name = `${raw.Name ?? ''}${raw.Selector ?? ''}`;
  const secret = raw.Type === 'SecureString';
  return { id: name, name, type: raw.Type ?? null, value: secret ? '' : (raw.Value ?? '') };
}

export function missingParameter(name: string): Parameter {
  return { id: name, name, type: null, value: null };
}
