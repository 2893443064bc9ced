import type { Image } from '../../inventory/image.ts';
import { compareText } from '../../inventory/order.ts';
import { type Tags, userTags } from '../../inventory/tags.ts';
import { count } from '../../text/counts.ts';
import type { Context } from '../context.ts';
import { awsCommand, type Options } from './aws.ts';
import type { Offer } from './offer.ts';

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

/** Gives an object of the target the tags that the source's has and it lacks; nothing where it lacks none. */
export function createTags(
  id: string | null,
  name: string,
  source: Tags,
  target: Tags,
  region: string,
): Offer[] {
  const [s, t] = [userTags(source), userTags(target)];
  const lost = tagRows(
    Object.fromEntries(
      Object.entries(s).filter(([key, value]) => !Object.hasOwn(t, key) || t[key] !== value),
    ),
  );
  if (id === null || lost.length === 0) return [];
  return [
    {
      shell: awsCommand('ec2 create-tags', region, { '--resources': [id], '--tags': { json: lost } }),
      side: 'target',
      does: `Set ${count(lost.length, 'tag')} of "${name}"`,
    },
  ];
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
