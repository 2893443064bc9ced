import type { Image } from '../../inventory/image.ts';
import { compareText } from '../../inventory/order.ts';
import { type Tags, userTags } from '../../inventory/tags.ts';
import type { Context } from '../context.ts';
import type { Options } from './aws.ts';

/** Who may launch an image besides the owners of the two sides. Null where its permissions were not read. */
export function grantedBy(image: Image, other: Image | null, context: Context): Grants | null {
  const { launchPermissions } = image;
  if (!launchPermissions) return null;
  const owners = new Set([
    context.source.account,
    context.target.account,
    image.ownerId,
    other?.ownerId ?? null,
  ]);
  return {
    everyone: image.public || launchPermissions.everyone,
    accounts: launchPermissions.accounts.filter((account) => !owners.has(account)),
    organizations: launchPermissions.organizations,
  };
}

/** What DescribeImages itself says of permissions. */
export function publicOnly(image: Image): Grants {
  return { everyone: image.public, accounts: [], organizations: [] };
}

export interface Grants {
  readonly everyone: boolean;
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
}

/** As lines: "everyone", "account 111122223333", an ARN. */
export function grantLines({ everyone, accounts, organizations }: Grants): string[] {
  return [...(everyone ? ['everyone'] : []), ...accounts.map((a) => `account ${a}`), ...organizations];
}

/** The grants but those of which the line says so. */
export function grantsWithout(
  { everyone, accounts, organizations }: Grants,
  isOut: (line: string) => boolean,
): Grants {
  return {
    everyone: everyone && !isOut('everyone'),
    accounts: accounts.filter((a) => !isOut(`account ${a}`)),
    organizations: organizations.filter((o) => !isOut(o)),
  };
}

/** What `--launch-permission` takes. As JSON, because commas and brackets mean something in its short form. */
export function permissionRows({ everyone, accounts, organizations }: Grants): Record<string, string>[] {
  return [
    ...(everyone ? [{ Group: 'all' }] : []),
    ...accounts.map((UserId) => ({ UserId })),
    ...organizations.map(
      (arn): Record<string, string> =>
        arn.includes(':ou/') ? { OrganizationalUnitArn: arn } : { OrganizationArn: arn },
    ),
  ];
}

/** The grants of the one that the other lacks. */
export function grantsLost(from: Grants, to: Grants): Grants {
  return {
    everyone: from.everyone && !to.everyone,
    accounts: from.accounts.filter((a) => !to.accounts.includes(a)),
    organizations: from.organizations.filter((o) => !to.organizations.includes(o)),
  };
}

/** Whether the source has tags of the user that the target lacks or has with another value. */
export function lacksTags(source: Tags, target: Tags): boolean {
  const [s, t] = [userTags(source), userTags(target)];
  return Object.entries(s).some(([key, value]) => !Object.hasOwn(t, key) || t[key] !== value);
}

/** The user's tags of an object, for the command that makes one like it. */
export function tagSpecifications(ResourceType: string, tags: Tags): Options {
  const rows = tagRows(userTags(tags));
  return rows.length === 0 ? {} : { '--tag-specifications': { json: [{ ResourceType, Tags: rows }] } };
}

function tagRows(tags: Tags): { readonly Key: string; readonly Value: string }[] {
  return Object.entries(tags)
    .sort(([a], [b]) => compareText(a, b))
    .map(([Key, Value]) => ({ Key, Value }));
}
