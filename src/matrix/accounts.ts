import * as z from 'zod';
import { Unable } from '../inventory/unable.ts';

/** The file has more keys than these (`vars`, `email`, `org_id`); they are for policies and mean nothing here. */
const accountSchema = z.looseObject({
  account_id: z
    .union([z.string(), z.number()], { error: 'account_id is missing' })
    .transform((id) => String(id).padStart(12, '0'))
    .refine((id) => /^\d{12}$/.test(id), 'account_id is not twelve digits'),
  name: z.string().min(1).optional(),
  profile: z.string().min(1).optional(),
  role: z.union([z.string(), z.array(z.string())]).optional(),
  external_id: z.string().min(1).optional(),
  regions: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
});

const fileSchema = z.looseObject({ accounts: z.array(accountSchema) });

/** An account as `c7n-org` describes it: how to get its credentials, and the words that select it. */
export interface Account {
  readonly id: string;
  readonly name: string;
  /** At least one of the two: a role that is assumed, or a profile of the AWS config files. */
  readonly roleArn: string | null;
  readonly profile: string | null;
  readonly externalId: string | null;
  readonly regions: readonly string[];
  readonly tags: readonly string[];
}

const HINT =
  'It is a file as c7n-org reads it: accounts: [{ account_id, name, role or profile, external_id, regions, tags }].';

/**
 * The accounts of a file in the format of `c7n-org`.
 * @param file What messages call it.
 * @throws Unable naming the account that cannot be used.
 */
export function accountsFrom(value: unknown, file: string): Account[] {
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const [, at] = issue?.path ?? [];
    const where = typeof at === 'number' ? `accounts[${at}]: ` : '';
    const what = issue?.path.length === 1 || !issue ? 'there is no list "accounts"' : issue.message;
    throw new Unable(`${file}: ${where}${what}.`, HINT);
  }
  const accounts = parsed.data.accounts.map((row) => accountFrom(row, file));
  refuseTwice(accounts, file);
  return accounts;
}

function accountFrom(row: z.output<typeof accountSchema>, file: string): Account {
  const name = row.name ?? row.account_id;
  const roles = [row.role ?? []].flat();
  if (roles.length > 1)
    throw new Unable(
      `${file}: the account "${name}" has a chain of ${roles.length} roles.`,
      'Write a profile with role_arn and source_profile for it in the AWS config file, and name that profile.',
    );
  const [roleArn = null] = roles;
  if (roleArn === null && row.profile === undefined)
    throw new Unable(`${file}: the account "${name}" has neither a role nor a profile.`, HINT);
  return {
    id: row.account_id,
    name,
    roleArn,
    profile: row.profile ?? null,
    externalId: row.external_id ?? null,
    regions: row.regions.filter((region) => region !== 'all'),
    tags: row.tags,
  };
}

function refuseTwice(accounts: readonly Account[], file: string): void {
  const seen = new Set<string>();
  for (const { name } of accounts) {
    if (seen.has(name))
      throw new Unable(`${file}: two accounts have the name "${name}".`, 'Give each another name.');
    seen.add(name);
  }
}

/** An account by its name, else by its id. */
export function accountNamed(accounts: readonly Account[], text: string): Account | undefined {
  return accounts.find(({ name }) => name === text) ?? accounts.find(({ id }) => id === text);
}
