import * as sdk from '@aws-sdk/client-ec2';
import { AwsError, type Fault, type RegionModel } from './model.ts';
import type { Operation } from './wire.ts';

// biome-ignore lint/suspicious/noExplicitAny: inputs come off the wire, shaped by the operation's schema
type Input = Record<string, any>;

export interface Asked {
  /** In the shape of the SDK. */
  readonly input: Input;
  readonly here: RegionModel;
  readonly account: string;
  readonly all: Readonly<Record<string, RegionModel>>;
  readonly fault: Fault;
}

export interface KnownOperation {
  readonly schema: Operation;
  readonly answer: (asked: Asked) => object;
}

/** What the double answers; an operation is its schema, and its answer in the SDK's shape. */
export const OPERATIONS: Readonly<Record<string, KnownOperation>> = {
  DescribeRegions: {
    schema: sdk.DescribeRegions$ as unknown as Operation,
    answer: ({ input, all }) => ({
      Regions: Object.entries(all)
        .filter(([, r]) => r.listed !== false && (input.AllRegions || r.optIn !== 'not-opted-in'))
        .map(([RegionName, r]) => ({
          RegionName,
          Endpoint: `ec2.${RegionName}.amazonaws.com`,
          OptInStatus: r.optIn ?? 'opt-in-not-required',
        })),
    }),
  },
  DescribeVpcs: {
    schema: sdk.DescribeVpcs$ as unknown as Operation,
    answer: (asked) => {
      const rows = chosen(asked.here.vpcs ?? [], asked.input.VpcIds, 'VpcId', 'InvalidVpcID.NotFound');
      return paged(asked, 'Vpcs', rows, { min: 5, max: 1000 }, asked.input.VpcIds);
    },
  },
  DescribeKeyPairs: {
    schema: sdk.DescribeKeyPairs$ as unknown as Operation,
    answer: ({ here, input }) => {
      const named = chosen(here.keyPairs ?? [], input.KeyNames, 'KeyName', 'InvalidKeyPair.NotFound');
      const rows = chosen(named, input.KeyPairIds, 'KeyPairId', 'InvalidKeyPair.NotFound');
      return {
        KeyPairs: rows.map((row) => (input.IncludePublicKey ? row : { ...row, PublicKey: undefined })),
      };
    },
  },
  DescribeManagedPrefixLists: {
    schema: sdk.DescribeManagedPrefixLists$ as unknown as Operation,
    answer: (asked) => {
      const ids = asked.input.PrefixListIds;
      const rows = chosen(asked.here.prefixLists ?? [], ids, 'PrefixListId', 'InvalidPrefixListID.NotFound');
      return paged(asked, 'PrefixLists', rows, { min: 1, max: 100 });
    },
  },
  GetManagedPrefixListEntries: {
    schema: sdk.GetManagedPrefixListEntries$ as unknown as Operation,
    answer: (asked) => {
      const { PrefixListId } = asked.input;
      if (!PrefixListId) throw missing('PrefixListId');
      const ids = [PrefixListId];
      const [list] = chosen(
        asked.here.prefixLists ?? [],
        ids,
        'PrefixListId',
        'InvalidPrefixListID.NotFound',
      );
      return paged(asked, 'Entries', list?.Entries ?? [], { min: 1, max: 100 });
    },
  },
  DescribeSecurityGroups: {
    schema: sdk.DescribeSecurityGroups$ as unknown as Operation,
    answer: (asked) => {
      const ids = asked.input.GroupIds;
      const found = chosen(asked.here.securityGroups ?? [], ids, 'GroupId', 'InvalidGroup.NotFound');
      // AWS sends an empty list of rules where there are none.
      const rows = found.map((group) => ({ IpPermissions: [], IpPermissionsEgress: [], ...group }));
      return paged(asked, 'SecurityGroups', rows, { min: 5, max: 1000 }, ids);
    },
  },
  DescribeStaleSecurityGroups: {
    schema: sdk.DescribeStaleSecurityGroups$ as unknown as Operation,
    answer: (asked) => {
      const rows = (asked.here.staleGroups ?? []).filter(({ VpcId }) => VpcId === asked.input.VpcId);
      return paged(asked, 'StaleSecurityGroupSet', rows, { min: 5, max: 255 });
    },
  },
  DescribeImages: {
    schema: sdk.DescribeImages$ as unknown as Operation,
    answer: (asked) => {
      const { input, account } = asked;
      const named = chosen(asked.here.images ?? [], input.ImageIds, 'ImageId', 'InvalidAMIID.NotFound');
      const found = named.filter((image) => passes(image, input.Filters));
      const owners = (input.Owners as string[] | undefined)?.map((owner) =>
        owner === 'self' ? account : owner,
      );
      // Owners see their deprecated images whether they ask for them or not; disabled ones nobody does (C1).
      const rows = found.filter((image) => {
        const owner = image.OwnerId ?? account;
        if (owners && !owners.includes(owner) && !owners.includes(image.ImageOwnerAlias ?? '')) return false;
        if (image.State === 'disabled' && !input.IncludeDisabled) return false;
        const deprecated =
          image.DeprecationTime !== undefined && Date.parse(image.DeprecationTime) < Date.now();
        return !deprecated || owner === account || Boolean(input.IncludeDeprecated);
      });
      const shown = rows.map(({ LaunchPermissions: _, ...image }) => ({ OwnerId: account, ...image }));
      return paged(asked, 'Images', shown, { min: 1, max: 1000 }, input.ImageIds);
    },
  },
  DescribeImageAttribute: {
    schema: sdk.DescribeImageAttribute$ as unknown as Operation,
    answer: ({ here, input, account }) => {
      if (!input.ImageId) throw missing('ImageId');
      if (!input.Attribute) throw missing('Attribute');
      const [image] = chosen(here.images ?? [], [input.ImageId], 'ImageId', 'InvalidAMIID.NotFound');
      if ((image?.OwnerId ?? account) !== account || input.Attribute === 'blockDeviceMapping') {
        throw new AwsError(401, 'AuthFailure', `Not authorized for image:${input.ImageId}`);
      }
      return { ImageId: input.ImageId, LaunchPermissions: image?.LaunchPermissions ?? [] };
    },
  },
  GetImageAncestry: {
    schema: sdk.GetImageAncestry$ as unknown as Operation,
    answer: ({ here, input }) => {
      const { ImageId } = input;
      if (!ImageId) throw missing('ImageId');
      chosen(here.images ?? [], [ImageId], 'ImageId', 'InvalidAMIID.NotFound');
      return { ImageAncestryEntries: here.ancestries?.[ImageId] ?? [{ ImageId }] };
    },
  },
  DescribeSnapshots: {
    schema: sdk.DescribeSnapshots$ as unknown as Operation,
    answer: (asked) => {
      const { Filters = [], SnapshotIds } = asked.input;
      let rows = chosen(asked.here.snapshots ?? [], SnapshotIds, 'SnapshotId', 'InvalidSnapshot.NotFound');
      for (const { Name, Values = [] } of Filters) {
        if (Values.length > 200)
          throw new AwsError(400, 'FilterLimitExceeded', 'More than 200 filter values.');
        if (Name !== 'snapshot-id')
          throw new AwsError(400, 'InvalidParameterValue', `The filter '${Name}' is invalid`);
        rows = rows.filter(({ SnapshotId }) => Values.includes(SnapshotId));
      }
      return paged(asked, 'Snapshots', rows, { min: 5, max: 1000 }, SnapshotIds);
    },
  },
  ListImagesInRecycleBin: {
    schema: sdk.ListImagesInRecycleBin$ as unknown as Operation,
    answer: (asked) => paged(asked, 'Images', asked.here.recycleBin ?? [], { min: 1, max: 1000 }),
  },
  GetAllowedImagesSettings: {
    schema: sdk.GetAllowedImagesSettings$ as unknown as Operation,
    answer: ({ here }) => ({ State: 'disabled', ManagedBy: 'account', ...here.allowedImages }),
  },
  GetEbsEncryptionByDefault: {
    schema: sdk.GetEbsEncryptionByDefault$ as unknown as Operation,
    answer: ({ here }) => ({ EbsEncryptionByDefault: here.encryptionByDefault ?? false }),
  },
};

/** The filters that the tool uses, with the wildcards that EC2 takes in their values. */
function passes(image: sdk.Image, filters: sdk.Filter[] = []): boolean {
  return filters.every(({ Name, Values = [] }) => {
    if (Values.length > 200) throw new AwsError(400, 'FilterLimitExceeded', 'Too many values');
    const value = { 'image-id': image.ImageId, name: image.Name }[Name ?? ''];
    return Values.some((pattern) => value !== undefined && wildcard(pattern).test(value));
  });
}

function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/\\([\\*?])|([*?])|([.+^${}()|[\]\\])/g, (_, literal, any, special) => {
    if (any) return any === '*' ? '.*' : '.';
    return `\\${literal ?? special}`;
  });
  return new RegExp(`^${source}$`, 's');
}

/** Rows with the ids asked for; an unknown id fails the whole call, as in EC2. */
function chosen<Row extends object>(
  rows: readonly Row[],
  ids: string[] | undefined,
  key: keyof Row,
  code: string,
): readonly Row[] {
  if (!ids) return rows;
  return ids.map((id) => {
    const row = rows.find((one) => one[key] === id);
    if (!row) throw new AwsError(400, code, `The ${String(key)} '${id}' does not exist`);
    return row;
  });
}

function missing(parameter: string): AwsError {
  return new AwsError(400, 'MissingParameter', `The request must contain the parameter ${parameter}`);
}

/** One page. EC2 refuses page sizes out of range, ids together with a page size, and tokens it did not make (E5). */
export function paged<Row>(
  { input, fault }: Asked,
  member: string,
  rows: readonly Row[],
  range: { min: number; max: number },
  ids?: string[],
): object {
  const { MaxResults, NextToken } = input as { MaxResults?: number; NextToken?: string };
  if (MaxResults !== undefined && (MaxResults < range.min || MaxResults > range.max)) {
    const said = `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value between ${range.min} and ${range.max}.`;
    throw new AwsError(400, 'InvalidParameterValue', said);
  }
  if (ids && MaxResults !== undefined) {
    const said = `The parameter ${member}IdsSet cannot be used with the parameter maxResults`;
    throw new AwsError(400, 'InvalidParameterCombination', said);
  }
  const from = positionOf(NextToken, member);
  const size = Math.min(MaxResults ?? rows.length, fault.pageCap ?? Number.POSITIVE_INFINITY);
  if (from.empties < (fault.emptyPages ?? 0)) {
    return { [member]: [], NextToken: tokenOf(member, from.row, from.empties + 1) };
  }
  const page = rows.slice(from.row, from.row + size);
  const more = from.row + size < rows.length;
  if (fault.newTokens) return { [member]: rows.slice(0, size), NextToken: tokenOf(member, from.row + 1, 0) };
  if (fault.tokenLoop) return { [member]: page, NextToken: tokenOf(member, size, fault.emptyPages ?? 0) };
  return { [member]: page, ...(more ? { NextToken: tokenOf(member, from.row + size, 0) } : {}) };
}

function tokenOf(member: string, row: number, empties: number): string {
  return Buffer.from(JSON.stringify([member, row, empties])).toString('base64');
}

function positionOf(token: string | undefined, member: string): { row: number; empties: number } {
  if (token === undefined) return { row: 0, empties: 0 };
  try {
    const [of, row, empties] = JSON.parse(Buffer.from(token, 'base64').toString());
    if (of === member) return { row, empties };
  } catch {}
  throw new AwsError(400, 'InvalidNextToken', 'The specified NextToken is not valid.');
}
