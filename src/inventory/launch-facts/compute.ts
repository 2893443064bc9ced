import * as z from 'zod';
import { groupBy } from '../../text/groups.ts';
import { distinctTexts as texts } from '../order.ts';

export const offeringSchema = z.strictObject({
  id: z.string().describe('The instance type.'),
  zones: z.array(z.string()).describe('Zone names or zone ids, as the call was made.'),
  inRegion: z.boolean().describe('False: it was requested and is not offered.'),
});
export type Offering = z.infer<typeof offeringSchema>;

export interface AwsOffering {
  InstanceType?: string | undefined;
  LocationType?: string | undefined;
  Location?: string | undefined;
}

/** One item per type; a call for regions instead of zones gives the region only. */
export function offeringsFrom(rows: readonly AwsOffering[]): Offering[] {
  const zoneOf = ({ LocationType, Location }: AwsOffering) =>
    LocationType === 'region' || !Location ? [] : [Location];
  return [...groupBy(rows, ({ InstanceType = '' }) => InstanceType)].map(([id, own]) => ({
    id,
    zones: texts(own.flatMap(zoneOf)),
    inRegion: true,
  }));
}

export const volumeSnapshotSchema = z.strictObject({
  id: z.string(),
  sizeGiB: z.number().nullable(),
  state: z.string().nullable(),
  exists: z.boolean().default(true).describe('False: it was requested, and the account cannot see it.'),
});
export interface AwsVolumeSnapshot {
  SnapshotId?: string | undefined;
  VolumeSize?: number | undefined;
  State?: string | undefined;
}
export function volumeSnapshotFrom(raw: AwsVolumeSnapshot): z.infer<typeof volumeSnapshotSchema> {
  return {
    id: raw.SnapshotId ?? '',
    sizeGiB: raw.VolumeSize ?? null,
    state: raw.State || null,
    exists: true,
  };
}

export const placementGroupSchema = z.strictObject({
  id: z.string().describe('Its name; its id where it has none.'),
  groupId: z.string().nullable(),
  strategy: z.string().nullable(),
  state: z.string().nullable(),
});
export interface AwsPlacementGroup {
  GroupName?: string | undefined;
  GroupId?: string | undefined;
  Strategy?: string | undefined;
  State?: string | undefined;
}
export function placementGroupFrom(raw: AwsPlacementGroup): z.infer<typeof placementGroupSchema> {
  return {
    id: raw.GroupName || raw.GroupId || '',
    groupId: raw.GroupId || null,
    strategy: raw.Strategy || null,
    state: raw.State || null,
  };
}

export const capacityReservationSchema = z.strictObject({
  id: z.string(),
  instanceType: z.string().nullable(),
  zone: z.string().nullable(),
  state: z.string().nullable(),
  available: z.number().nullable().describe('How many more instances can be started in it.'),
  zoneId: z.string().nullable().default(null),
  platform: z.string().nullable().default(null).describe('"Linux/UNIX", "Windows", …'),
  tenancy: z.string().nullable().default(null),
  match: z
    .string()
    .nullable()
    .default(null)
    .describe('"open", or "targeted" for launches that name it only.'),
});
export interface AwsCapacityReservation {
  CapacityReservationId?: string | undefined;
  InstanceType?: string | undefined;
  AvailabilityZone?: string | undefined;
  State?: string | undefined;
  AvailableInstanceCount?: number | undefined;
  AvailabilityZoneId?: string | undefined;
  InstancePlatform?: string | undefined;
  Tenancy?: string | undefined;
  InstanceMatchCriteria?: string | undefined;
}
export function capacityReservationFrom(
  raw: AwsCapacityReservation,
): z.infer<typeof capacityReservationSchema> {
  return {
    id: raw.CapacityReservationId ?? '',
    instanceType: raw.InstanceType || null,
    zone: raw.AvailabilityZone || null,
    state: raw.State || null,
    available: raw.AvailableInstanceCount ?? null,
    zoneId: raw.AvailabilityZoneId || null,
    platform: raw.InstancePlatform || null,
    tenancy: raw.Tenancy || null,
    match: raw.InstanceMatchCriteria || null,
  };
}
