import * as z from 'zod';

/** An SSM parameter that an image reference goes through, read by name: other parameters are not in the list. */
export const parameterSchema = z.strictObject({
  id: z.string().describe('The name as asked, with ":version" or ":label" where one was given.'),
  name: z.string().describe('The same.'),
  type: z.string().nullable(),
  value: z.string().nullable().describe('Null: requested, and there is no such parameter.'),
});
export type Parameter = z.infer<typeof parameterSchema>;

/** A row of GetParameters. `Selector` is the ":version" or ":label" that was requested. */
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

/**
 * The parameter of "resolve:ssm:NAME", which launch templates and Auto Scaling groups take in place of an image id (EC2 API,
 * RequestLaunchTemplateData): NAME as written, with its ":version" or ":label". Null for any other text.
 */
export function parameterNameIn(imageId: string | null): string | null {
  return (imageId === null ? null : /^resolve:ssm:(.+)$/s.exec(imageId)?.[1]) ?? null;
}

/** The text that `parameterNameIn` takes apart. */
export function resolveParameter(name: string): string {
  return `resolve:ssm:${name}`;
}

export function missingParameter(name: string): Parameter {
  return { id: name, name, type: null, value: null };
}
