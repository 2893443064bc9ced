import { isObject, type JsonObject } from '../../inventory/json-text.ts';
import type { AnswerKey } from './answer-keys.ts';
import { FACT_SHAPES } from './fact-shapes.ts';
import type { Shape } from './shape.ts';

/** Null: the key itself is enough, or what has to be present with it. */
const SHAPES = {
  KeyPairs: {
    id: 'KeyName',
    own: ['KeyPairId', 'KeyFingerprint', 'KeyType'],
    // What create-key-pair and import-key-pair answer has no CreateTime: it is one key, not the list.
    bare: ['KeyPairId', 'KeyFingerprint', 'KeyType', 'CreateTime'],
  },
  SecurityGroups: {
    id: 'GroupId',
    own: ['GroupName', 'IpPermissions', 'IpPermissionsEgress'],
    bare: ['IpPermissions', 'GroupName'],
  },
  Vpcs: {
    id: 'VpcId',
    own: ['CidrBlock', 'CidrBlockAssociationSet', 'IsDefault'],
    bare: ['DhcpOptionsId', 'CidrBlock'],
  },
  PrefixLists: { id: 'PrefixListId', own: ['PrefixListName', 'Cidrs'], bare: ['PrefixListName'] },
  Images: {
    id: 'ImageId',
    pattern: /^(?:ami|aki|ari)-/,
    own: ['ImageLocation', 'BlockDeviceMappings', 'RootDeviceName', 'VirtualizationType'],
    bare: ['State', 'Architecture', 'OwnerId'],
  },
  ImagesInRecycleBin: {
    id: 'ImageId',
    pattern: /^ami-/,
    own: ['RecycleBinEnterTime'],
    bare: ['RecycleBinEnterTime'],
  },
  Reservations: { id: 'ReservationId', pattern: /^r-/, own: ['Instances'], bare: ['Instances', 'OwnerId'] },
  LaunchTemplates: {
    id: 'LaunchTemplateId',
    own: ['LaunchTemplateName', 'LatestVersionNumber'],
    bare: ['LaunchTemplateName', 'LatestVersionNumber', 'DefaultVersionNumber'],
  },
  LaunchTemplateVersions: {
    id: 'LaunchTemplateId',
    own: ['VersionNumber', 'LaunchTemplateData'],
    bare: ['VersionNumber', 'LaunchTemplateData'],
  },
  LaunchConfigurations: {
    id: 'LaunchConfigurationName',
    own: ['LaunchConfigurationARN', 'ImageId', 'InstanceType'],
    bare: ['LaunchConfigurationARN', 'ImageId'],
  },
  AutoScalingGroups: {
    id: 'AutoScalingGroupName',
    own: ['AutoScalingGroupARN', 'MinSize', 'MaxSize'],
    bare: ['AutoScalingGroupARN', 'MinSize', 'MaxSize'],
  },
  Stacks: {
    id: 'StackName',
    own: ['StackStatus', 'RollbackConfiguration'],
    bare: ['StackId', 'StackStatus', 'DisableRollback'],
  },
  Parameters: { id: 'Name', own: ['Value', 'Type', 'Selector'], bare: ['Type', 'Value', 'ARN'] },
  Snapshots: {
    id: 'SnapshotId',
    pattern: /^snap-/,
    own: ['VolumeId', 'VolumeSize'],
    bare: ['VolumeId', 'VolumeSize', 'OwnerId'],
  },
  StaleSecurityGroupSet: {
    id: 'GroupId',
    own: ['StaleIpPermissions', 'StaleIpPermissionsEgress'],
    bare: ['StaleIpPermissions', 'StaleIpPermissionsEgress'],
  },
  SecurityGroupRules: { id: 'SecurityGroupRuleId', own: ['GroupId', 'IsEgress'], bare: null },
  Entries: { id: 'Cidr', own: [], bare: null },
  ImageAncestryEntries: {
    id: 'ImageId',
    own: ['SourceImageId', 'CreationDate', 'ImageOwnerAlias'],
    bare: null,
  },
  LaunchPermissions: null,
  State: null,
  EbsEncryptionByDefault: null,
  TemplateBody: null,
  Regions: null,
  UserId: null,
  ...FACT_SHAPES,
} as const satisfies Record<AnswerKey, Shape | null>;

type Isa = 'ours' | 'foreign';

/** Whether a row may be ours. One that has nothing of another service about it is, and will be said to be broken. */
function isRow(shape: Shape, row: unknown): Isa {
  // EFS answers `SecurityGroups` with ids alone.
  if (typeof row === 'string') return 'foreign';
  if (!isObject(row) || Object.keys(row).length === 0) return 'ours';
  if (shape.others?.some((field) => Object.hasOwn(row, field))) return 'foreign';
  const id = row[shape.id];
  if (typeof id === 'string') return (shape.pattern?.test(id) ?? true) ? 'ours' : 'foreign';
  return id !== undefined || shape.own.some((field) => Object.hasOwn(row, field)) ? 'ours' : 'foreign';
}

/** Keys under which several rows have the name: versions of one template, zones of one instance type. */
const SEVERAL_ROWS: ReadonlySet<AnswerKey> = new Set([
  'LaunchTemplateVersions',
  'InstanceTypeOfferings',
  'SecurityGroupVpcAssociations',
  'ImageAncestryEntries',
]);

/** What distinguishes one row of an answer from another; the row itself where its name does not. */
export function rowName(key: AnswerKey, row: unknown): string {
  const shape: Shape | null = SHAPES[key];
  const name = isObject(row) && shape ? row[shape.id] : undefined;
  return typeof name === 'string' && !SEVERAL_ROWS.has(key) ? name : JSON.stringify(row);
}

/** Whether a list under one of our keys holds rows of another service, and none of ours. */
export function isForeign(key: AnswerKey, value: unknown): boolean {
  const shape = SHAPES[key];
  if (shape === null || !Array.isArray(value) || value.length === 0) return false;
  return value.every((row) => isRow(shape, row) === 'foreign');
}

/** What is wrong with a row that cannot be of this answer, although other rows of the list are; null where nothing is. */
export function strangerFault(key: AnswerKey, row: unknown): string | null {
  const shape: Shape | null = SHAPES[key];
  if ((key === 'Images' || key === 'Snapshots') && isRecycled([row]))
    return 'it is in the Recycle Bin: save that answer as a separate file';
  // The rows of reservations are read as the instances in them.
  if (key === 'Reservations') return null;
  return shape && isObject(row) && isRow(shape, row) === 'foreign' ? 'it is a row of another service' : null;
}

/** Whether the rows are of objects in the Recycle Bin, whose answers have the keys of describe-images and describe-snapshots. */
export function isRecycled(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((row) => isObject(row) && Object.hasOwn(row, 'RecycleBinEnterTime'))
  );
}

/** The answer that rows without their top-level key are cut out of; null where their shape shows none, or several. */
export function answerOfRows(rows: readonly unknown[]): JsonObject | null {
  // `--query 'Reservations[*].Instances[*]'` keeps a list for each reservation.
  const flat = rows.every(Array.isArray) ? rows.flat() : rows;
  if (flat.length === 0) return null;
  if (flat.every(isInstance)) return { Reservations: [{ Instances: flat }] };
  const keys = (Object.keys(SHAPES) as AnswerKey[]).filter((key) => {
    const shape: Shape | null = SHAPES[key];
    return shape !== null && flat.every((row) => isBareRow(shape, row));
  });
  // A row of the Recycle Bin has less than one of describe-images, so that the two never fit together.
  const [key, ...more] = keys;
  if (key === undefined || more.length > 0) return null;
  return key === 'ImagesInRecycleBin' ? { Images: flat } : { [key]: flat };
}

function isBareRow({ id, pattern, bare }: Shape, row: unknown): boolean {
  if (bare === null || !isObject(row)) return false;
  const name = row[id];
  return (
    typeof name === 'string' &&
    (pattern?.test(name) ?? true) &&
    bare.every((field) => Object.hasOwn(row, field))
  );
}

function isInstance(row: unknown): boolean {
  return (
    isObject(row) &&
    typeof row.InstanceId === 'string' &&
    row.InstanceId.startsWith('i-') &&
    ['ImageId', 'State', 'InstanceType', 'SecurityGroups'].every((field) => Object.hasOwn(row, field))
  );
}
