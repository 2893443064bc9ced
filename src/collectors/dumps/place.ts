import { basename, resolve } from 'node:path';
import { regionsIn } from '../../inventory/regions.ts';
import { Unable } from '../../inventory/unable.ts';
import { printable } from '../../text/printable.ts';
import { type Account, accountFrom } from '../account.ts';
import type { Answer } from './answers.ts';
import { isObject, type JsonObject } from './folder.ts';
import type { AnswerKey } from './kinds.ts';

const IN_ARN = /^arn:aws[\w-]*:(?:ec2|autoscaling|cloudformation|ssm):([a-z]+(?:-[a-z]+)+-\d+):/;
const IN_LIST_NAME = /^com\.amazonaws\.([a-z]+(?:-[a-z]+)+-\d+)\.(?:s3|dynamodb|vpc-lattice)$/;
/** Not local zones ("us-west-2-lax-1a") and wavelength zones, which end in another way. */
const IN_ZONE = /^([a-z]+(?:-[a-z]+)+-\d)[a-f]$/;

/**
 * The region of a dump: what the caller says, else the folder's name, else what the answers themselves show.
 * What the answers show also guards the other two: a dump read as another region's makes a report of nonsense.
 * @throws Unable when nothing shows the region, or when two sources show different regions.
 */
export function regionOf(
  dir: string,
  said: string | undefined,
  flag: string,
  answers: readonly Answer[],
): string {
  const inside = regionsInside(answers);
  if (inside.length > 1) {
    throw new Unable(
      `The answers in ${printable(dir, 400)} are of several regions: ${inside.join(', ')}.`,
      'Put the answers of each region into a separate folder.',
    );
  }
  const names = regionsIn(basename(resolve(dir)));
  const named = said ?? (names.length === 1 ? names[0] : undefined);
  const [shown] = inside;
  if (named && shown && named !== shown) {
    throw new Unable(
      `The answers in ${printable(dir, 400)} are from ${shown}, but ${said ? flag : "the folder's name"} says ${printable(named)}.`,
      said
        ? `Give ${flag} ${shown}, or the folder of ${printable(said)}.`
        : `Rename the folder, or give ${flag} ${shown}.`,
    );
  }
  const region = named ?? shown;
  if (region) return region;
  throw new Unable(
    `The region of ${printable(dir, 400)} is not known: neither the folder's name nor an ARN in its files contains it.`,
    `Give ${flag}, for example ${flag} us-east-1.`,
  );
}

function regionsInside(answers: readonly Answer[]): string[] {
  const rows = answers.flatMap(({ key, value }) =>
    Array.isArray(value) ? value.filter(isObject).map((row) => ({ key, row })) : [],
  );
  const certain = rows.flatMap(({ key, row }) => [
    ...Object.entries(row).flatMap(([field, value]) =>
      /arn$|^StackId$/i.test(field) ? matched(IN_ARN, value) : [],
    ),
    ...(key === 'PrefixLists' ? matched(IN_LIST_NAME, row.PrefixListName) : []),
  ]);
  const found =
    certain.length > 0
      ? certain
      : rows.flatMap(({ row }) => zonesOf(row).flatMap((zone) => matched(IN_ZONE, zone)));
  return [...new Set(found)].sort();
}

function zonesOf(row: JsonObject): unknown[] {
  const instances = Array.isArray(row.Instances) ? row.Instances.filter(isObject) : [];
  const placements = instances.map((instance) => instance.Placement).filter(isObject);
  return [
    ...placements.map((placement) => placement.AvailabilityZone),
    ...(Array.isArray(row.AvailabilityZones) ? row.AvailabilityZones : []),
  ];
}

function matched(pattern: RegExp, value: unknown): string[] {
  const region = typeof value === 'string' ? pattern.exec(value)?.[1] : undefined;
  return region ? [region] : [];
}

/**
 * The account of a folder, by the rule for all sides.
 * @throws Unable when two callers saved their answers into one folder.
 */
export function accountOf(dir: string, answers: readonly Answer[]): Account {
  const callers = [
    ...new Set(answers.flatMap(({ key, whole }) => (key === 'UserId' ? accountId(whole.Account) : []))),
  ].sort();
  if (callers.length > 1) {
    throw new Unable(
      `The answers in ${printable(dir, 400)} are of several accounts: ${callers.join(', ')}.`,
      'Put the answers of each account into a separate folder.',
    );
  }
  const rows = (wanted: AnswerKey) =>
    answers.flatMap(({ key, value }) =>
      key === wanted && Array.isArray(value) ? value.filter(isObject) : [],
    );
  const owner = (row: JsonObject) => accountId(row.OwnerId)[0] ?? null;
  return accountFrom({
    caller: callers[0] ?? null,
    reservations: rows('Reservations').flatMap((row) => accountId(row.OwnerId)),
    groups: rows('SecurityGroups').map((row) => ({
      ownerId: owner(row),
      name: typeof row.GroupName === 'string' ? row.GroupName : null,
    })),
    vpcs: rows('Vpcs').map((row) => ({ ownerId: owner(row), isDefault: row.IsDefault === true })),
    images: rows('Images').flatMap((row) =>
      row.Public === true || row.ImageOwnerAlias ? [] : accountId(row.OwnerId),
    ),
  });
}

function accountId(value: unknown): string[] {
  return typeof value === 'string' && /^\d{12}$/.test(value) ? [value] : [];
}
