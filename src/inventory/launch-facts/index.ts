import * as z from 'zod';
import { type Collected, collectedSchema, type Failure, failed } from '../collected.ts';
import { compareText } from '../order.ts';
import {
  activitySchema,
  ebsDefaultKeySchema,
  exportSchema,
  instanceProfileSchema,
  kmsKeySchema,
  metadataDefaultsSchema,
  quotaSchema,
} from './account.ts';
import { classicLoadBalancerSchema, lifecycleHooksSchema, targetGroupSchema } from './attachments.ts';
import {
  capacityReservationSchema,
  offeringSchema,
  placementGroupSchema,
  volumeSnapshotSchema,
} from './compute.ts';
import { instanceTypeSchema } from './instance-type.ts';
import { FACT_KINDS, type FactKind } from './kinds.ts';
import {
  groupVpcSchema,
  internetGatewaySchema,
  natGatewaySchema,
  networkAclSchema,
  networkInterfaceSchema,
  routeTableSchema,
  subnetSchema,
} from './network.ts';

/** Not read, and why: of a snapshot of before, of a listing, of a region that was not read yet. */
export function notRead(why: Failure): LaunchFacts {
  const none = failed(why);
  return Object.fromEntries(FACT_KINDS.map((kind) => [kind, none])) as unknown as LaunchFacts;
}

/** A kind that the launches of the sides that were read together do not need. */
export const NOT_NAMED = {
  code: 'not-read',
  message: 'Not read: no launch names an object of this kind.',
  hint: 'Nothing to do.',
} as const satisfies Failure;

const BEFORE = failed({
  code: 'not-read',
  message: 'The snapshot was made by a version of ec2-parity that did not read it.',
  hint: 'Take the snapshot again.',
});

/** A file of before a fact was read is still a snapshot; that it lacks it is stated. */
function since<Item extends z.ZodType>(item: Item) {
  return collectedSchema(item).default(() => BEFORE);
}

export const launchFactsSchema = z
  .strictObject({
    subnets: since(subnetSchema),
    instanceTypeOfferings: since(offeringSchema),
    instanceTypes: since(instanceTypeSchema),
    routeTables: since(routeTableSchema),
    networkAcls: since(networkAclSchema),
    internetGateways: since(internetGatewaySchema),
    natGateways: since(natGatewaySchema),
    networkInterfaces: since(networkInterfaceSchema),
    volumeSnapshots: since(volumeSnapshotSchema),
    instanceProfiles: since(instanceProfileSchema),
    placementGroups: since(placementGroupSchema),
    capacityReservations: since(capacityReservationSchema),
    quotas: since(quotaSchema),
    groupVpcs: since(groupVpcSchema),
    metadataDefaults: since(metadataDefaultsSchema),
    ebsDefaultKey: since(ebsDefaultKeySchema),
    kmsKeys: since(kmsKeySchema),
    targetGroups: since(targetGroupSchema),
    classicLoadBalancers: since(classicLoadBalancerSchema),
    lifecycleHooks: since(lifecycleHooksSchema),
    activities: since(activitySchema),
    exports: since(exportSchema),
  } satisfies Record<FactKind, z.ZodType>)
  .describe('What the region and account offer to launches: facts, of which no pair is made.');
export type LaunchFacts = z.infer<typeof launchFactsSchema>;
/** What the items of each kind of fact are. */
export type FactOf = {
  [K in FactKind]: Extract<LaunchFacts[K], { status: 'complete' }>['items'][number];
};

export const UNREAD_FACTS: LaunchFacts = notRead(BEFORE.failure);

/** The facts in their one order of kinds and items. */
export function sortedFacts(facts: LaunchFacts): LaunchFacts {
  const sorted = FACT_KINDS.map((name) => {
    const collected: Collected<{ id: string }> = facts[name];
    if (collected.status === 'failed') return [name, collected] as const;
    return [
      name,
      { ...collected, items: [...collected.items].sort((a, b) => compareText(a.id, b.id)) },
    ] as const;
  });
  return Object.fromEntries(sorted) as unknown as LaunchFacts;
}
