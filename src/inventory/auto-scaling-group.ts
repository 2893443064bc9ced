import * as z from 'zod';
import { type AwsRequirements, requirementsFrom, requirementsSchema } from './instance-requirements.ts';
import {
  type AwsTemplateChoice,
  compareTemplateChoices,
  type TemplateChoice,
  templateChoiceFrom,
  templateChoiceSchema,
} from './launch.ts';
import { compareMaybe, compareText, distinctTexts, firstOf } from './order.ts';
import { type AwsTags, tagsFrom, tagsSchema } from './tags.ts';

const launchChoiceSchema = z.strictObject({
  template: templateChoiceSchema,
  imageId: z
    .string()
    .nullable()
    .describe('The image that an override puts in place of the one of the template.'),
});
export type LaunchChoice = z.infer<typeof launchChoiceSchema>;

const overrideSchema = z.strictObject({
  template: templateChoiceSchema.nullable().describe('Null: the template of the policy.'),
  imageId: z.string().nullable(),
  instanceType: z.string().nullable(),
  requirements: requirementsSchema.nullable(),
  weight: z
    .number()
    .nullable()
    .default(null)
    .describe('How many units of the desired capacity one such instance is; null: one.'),
});

/** Where and how many it launches. Ids and ARNs are as written. */
const groupDetailsSchema = z.strictObject({
  subnets: z.array(z.string()),
  zones: z.array(z.string()),
  min: z.number().nullable(),
  max: z.number().nullable(),
  overrides: z.array(overrideSchema).describe('Of its mixed instances policy, in the order of the policy.'),
  template: templateChoiceSchema
    .nullable()
    .default(null)
    .describe('The template that overrides without a separate template launch by.'),
  capacityUnit: z
    .string()
    .nullable()
    .default(null)
    .describe(
      'What the desired capacity counts: "units", "vcpu" or "memory-mib"; null: instances or weights.',
    ),
  onDemandBase: z.number().nullable(),
  onDemandPercent: z.number().nullable().describe('Of what exceeds the base; null: 100, as EC2 takes it.'),
  targetGroups: z.array(z.string()).describe('ARNs.'),
  loadBalancers: z.array(z.string()).describe('Names of Classic Load Balancers.'),
  placementGroup: z.string().nullable(),
  reservations: z
    .strictObject({
      preference: z.string().nullable().describe('"default" leaves it to the launch template.'),
      ids: z.array(z.string()),
      groups: z.array(z.string()).describe('ARNs of resource groups of capacity reservations.'),
    })
    .nullable()
    .default(null)
    .describe('The capacity reservations that it starts instances in; null: what its launch template says.'),
  serviceLinkedRole: z.string().nullable(),
  warmPool: z.boolean().default(false).describe('Whether it has a warm pool.'),
  launchSuspended: z.boolean().default(false).describe('Whether its process Launch is suspended.'),
  instances: z
    .number()
    .nullable()
    .default(null)
    .describe('How many instances it has; null where that was not read.'),
});
export type GroupDetails = z.infer<typeof groupDetailsSchema>;

export const autoScalingGroupSchema = z.strictObject({
  id: z.string().describe('The ARN; the name where a dump has none.'),
  name: z.string(),
  launchConfiguration: z.string().nullable().describe('Its name.'),
  launches: z
    .array(launchChoiceSchema)
    .describe('What it launches by: its template, or that of its mixed instances policy and each override.'),
  pinnedByInstances: z
    .array(templateChoiceSchema)
    .describe('The template versions that its instances were launched from.'),
  desired: z.number().nullable(),
  details: groupDetailsSchema
    .nullable()
    .default(null)
    .describe('Null in a snapshot of a version that did not read it.'),
  tags: tagsSchema,
});
export type AutoScalingGroup = z.infer<typeof autoScalingGroupSchema>;

/** A row of DescribeAutoScalingGroups. */
export interface AwsAutoScalingGroup {
  AutoScalingGroupName?: string | undefined;
  AutoScalingGroupARN?: string | undefined;
  LaunchConfigurationName?: string | undefined;
  LaunchTemplate?: AwsTemplateChoice | undefined;
  MixedInstancesPolicy?:
    | {
        LaunchTemplate?:
          | {
              LaunchTemplateSpecification?: AwsTemplateChoice | undefined;
              Overrides?:
                | {
                    LaunchTemplateSpecification?: AwsTemplateChoice | undefined;
                    ImageId?: string | undefined;
                    InstanceType?: string | undefined;
                    WeightedCapacity?: string | undefined;
                    InstanceRequirements?: AwsRequirements | undefined;
                  }[]
                | undefined;
            }
          | undefined;
        InstancesDistribution?:
          | {
              OnDemandBaseCapacity?: number | undefined;
              OnDemandPercentageAboveBaseCapacity?: number | undefined;
            }
          | undefined;
      }
    | undefined;
  Instances?: { LaunchTemplate?: AwsTemplateChoice | undefined }[] | undefined;
  DesiredCapacity?: number | undefined;
  DesiredCapacityType?: string | undefined;
  MinSize?: number | undefined;
  MaxSize?: number | undefined;
  VPCZoneIdentifier?: string | undefined;
  AvailabilityZones?: string[] | undefined;
  TargetGroupARNs?: string[] | undefined;
  TrafficSources?: { Identifier?: string | undefined; Type?: string | undefined }[] | undefined;
  LoadBalancerNames?: string[] | undefined;
  PlacementGroup?: string | undefined;
  CapacityReservationSpecification?:
    | {
        CapacityReservationPreference?: string | undefined;
        CapacityReservationTarget?:
          | {
              CapacityReservationIds?: string[] | undefined;
              CapacityReservationResourceGroupArns?: string[] | undefined;
            }
          | undefined;
      }
    | undefined;
  ServiceLinkedRoleARN?: string | undefined;
  WarmPoolConfiguration?: { PoolState?: string | undefined } | undefined;
  SuspendedProcesses?: readonly { ProcessName?: string | undefined }[] | undefined;
  Tags?: AwsTags;
}

export function autoScalingGroupFrom(raw: AwsAutoScalingGroup): AutoScalingGroup {
  const name = raw.AutoScalingGroupName ?? '';
  return {
    id: raw.AutoScalingGroupARN || name,
    name,
    launchConfiguration: raw.LaunchConfigurationName || null,
    launches: launchesOf(raw),
    pinnedByInstances: sortedChoices(
      (raw.Instances ?? []).flatMap((i) => (i.LaunchTemplate ? [templateChoiceFrom(i.LaunchTemplate)] : [])),
    ),
    desired: raw.DesiredCapacity ?? null,
    details: groupDetailsFrom(raw),
    tags: tagsFrom(raw.Tags),
  };
}

function groupDetailsFrom(raw: AwsAutoScalingGroup): GroupDetails {
  const { LaunchTemplate: policy, InstancesDistribution: distribution } = raw.MixedInstancesPolicy ?? {};
  const sources = raw.TrafficSources ?? [];
  return {
    subnets: distinctTexts((raw.VPCZoneIdentifier ?? '').split(',').map((id) => id.trim())),
    zones: distinctTexts(raw.AvailabilityZones ?? []),
    min: raw.MinSize ?? null,
    max: raw.MaxSize ?? null,
    overrides: (policy?.Overrides ?? []).map((o) => ({
      template: o.LaunchTemplateSpecification ? templateChoiceFrom(o.LaunchTemplateSpecification) : null,
      imageId: o.ImageId || null,
      instanceType: o.InstanceType || null,
      requirements: o.InstanceRequirements ? requirementsFrom(o.InstanceRequirements) : null,
      weight: o.WeightedCapacity ? Number(o.WeightedCapacity) : null,
    })),
    template: policy?.LaunchTemplateSpecification
      ? templateChoiceFrom(policy.LaunchTemplateSpecification)
      : null,
    capacityUnit: raw.DesiredCapacityType || null,
    onDemandBase: distribution?.OnDemandBaseCapacity ?? null,
    onDemandPercent: distribution?.OnDemandPercentageAboveBaseCapacity ?? null,
    targetGroups: distinctTexts([
      ...(raw.TargetGroupARNs ?? []),
      ...sources.map((s) => s.Identifier).filter((id) => id?.includes(':targetgroup/')),
    ]),
    loadBalancers: distinctTexts([
      ...(raw.LoadBalancerNames ?? []),
      ...sources.filter((s) => s.Type === 'elb').map((s) => s.Identifier),
    ]),
    placementGroup: raw.PlacementGroup || null,
    reservations: reservationsFrom(raw.CapacityReservationSpecification),
    serviceLinkedRole: raw.ServiceLinkedRoleARN || null,
    warmPool: raw.WarmPoolConfiguration !== undefined,
    launchSuspended: (raw.SuspendedProcesses ?? []).some((p) => p.ProcessName === 'Launch'),
    instances: raw.Instances?.length ?? null,
  };
}

function reservationsFrom(
  raw: AwsAutoScalingGroup['CapacityReservationSpecification'],
): GroupDetails['reservations'] {
  const { CapacityReservationPreference: preference, CapacityReservationTarget: target } = raw ?? {};
  const ids = distinctTexts(target?.CapacityReservationIds ?? []);
  const groups = distinctTexts(target?.CapacityReservationResourceGroupArns ?? []);
  if (!preference && ids.length + groups.length === 0) return null;
  return { preference: preference || null, ids, groups };
}

/** The same with every list in its one order; that of the overrides means something and is kept. */
export function sortedGroupDetails(details: GroupDetails): GroupDetails {
  return {
    ...details,
    subnets: distinctTexts(details.subnets),
    zones: distinctTexts(details.zones),
    targetGroups: distinctTexts(details.targetGroups),
    loadBalancers: distinctTexts(details.loadBalancers),
    reservations: details.reservations && {
      ...details.reservations,
      ids: distinctTexts(details.reservations.ids),
      groups: distinctTexts(details.reservations.groups),
    },
  };
}

/** An override is an alternative to the template of the policy: which of them a launch uses is decided by instance type. */
function launchesOf({ LaunchTemplate, MixedInstancesPolicy }: AwsAutoScalingGroup): LaunchChoice[] {
  const policy = MixedInstancesPolicy?.LaunchTemplate;
  const base = policy?.LaunchTemplateSpecification ?? LaunchTemplate;
  const choice = (template: AwsTemplateChoice, imageId: string | undefined): LaunchChoice => ({
    template: templateChoiceFrom(template),
    imageId: imageId || null,
  });
  const overrides = (policy?.Overrides ?? []).flatMap((o) => {
    const template = o.LaunchTemplateSpecification ?? base;
    return template ? [choice(template, o.ImageId)] : [];
  });
  return sortedLaunches([...(base ? [choice(base, undefined)] : []), ...overrides]);
}

/** Each once, in one order. */
export function sortedLaunches(launches: readonly LaunchChoice[]): LaunchChoice[] {
  return distinct(launches, (a, b) =>
    firstOf(compareTemplateChoices(a.template, b.template), compareMaybe(a.imageId, b.imageId)),
  );
}

export function sortedChoices(choices: readonly TemplateChoice[]): TemplateChoice[] {
  return distinct(choices, compareTemplateChoices);
}

function distinct<Item extends LaunchChoice | TemplateChoice>(
  items: readonly Item[],
  order: (a: Item, b: Item) => number,
): Item[] {
  const known = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...known.values()].sort((a, b) => order(a, b) || compareText(JSON.stringify(a), JSON.stringify(b)));
}
