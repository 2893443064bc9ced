import { itemsOf } from '../../inventory/collected.ts';
import type { BoundTo } from '../../report/rules/launches.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import { factsOf } from './facts.ts';

/**
 * Whether an id that the target's own objects name belongs to the source region. An id of one of these kinds exists in one
 * region only, so it is enough that it exists in the source; it need not be known what the target has.
 * `shared`: a launch of the source region names the same, and the target is not known to have it.
 */
export function provenForeign(id: string, context: Context): 'exists' | 'shared' | null {
  if (context.source.region === context.target.region) return null;
  const { existing, named } = sourceIds(context);
  if (existing.has(id)) return 'exists';
  return named.has(id) ? 'shared' : null;
}

const sourceIds = perAudit((context) => {
  const { source } = context;
  const facts = factsOf(context).source;
  const launches = [
    ...itemsOf(source.launchTemplates).flatMap(({ versions }) => (versions ?? []).map((v) => v.launch)),
    ...itemsOf(source.launchConfigurations).map(({ launch }) => launch),
  ];
  const instances = itemsOf(source.instances).map(({ launch }) => launch);
  const named = launches.flatMap(({ details }) =>
    details
      ? [
          ...details.interfaces.flatMap((n) => [n.id, n.subnetId]),
          ...details.devices.flatMap((d) => [d.snapshotId, keyIdOf(d.kmsKeyId)]),
          details.hostId,
          details.reservation,
          details.placementGroup?.startsWith('pg-') ? details.placementGroup : null,
        ]
      : [],
  );
  const groups = itemsOf(source.autoScalingGroups).flatMap(({ details }) => details?.subnets ?? []);
  const existing = [
    ...(facts.all('subnets') ?? []).flatMap(({ id, zoneId }) => [id, zoneId]),
    ...(facts.all('networkInterfaces') ?? []).map(({ id }) => id),
    ...(facts.all('volumeSnapshots') ?? []).flatMap((s) => (s.exists ? [s.id] : [])),
    ...(facts.all('capacityReservations') ?? []).map(({ id }) => id),
    ...(facts.all('placementGroups') ?? []).map(({ groupId }) => groupId),
    ...(facts.all('kmsKeys') ?? []).flatMap((k) => (k.exists && k.unread === null ? [keyIdOf(k.id)] : [])),
    // An instance runs in its subnet, and the image contains its snapshots: these exist.
    ...instances.flatMap(({ details }) => (details?.interfaces ?? []).map((n) => n.subnetId)),
    ...itemsOf(source.images).flatMap((i) => i.blockDevices.map((d) => d.ebs?.snapshotId)),
    ...[source.images, source.securityGroups, source.vpcs, source.launchTemplates].flatMap((kind) =>
      itemsOf<{ readonly id: string }>(kind).map(({ id }) => id),
    ),
  ];
  return { existing: texts(existing), named: texts([...named, ...groups]) };
});

/** Reported as a reference to another region, or replaced by the maker of the object. */
export function isReplaced(id: string, mode: SideName, context: Context): boolean {
  return mode === 'source' || provenForeign(id, context) !== null;
}

function texts(ids: readonly (string | null | undefined)[]): ReadonlySet<string> {
  return new Set(ids.flatMap((id) => (id ? [id] : [])));
}

/** The id of a key that means one region: a multi-Region key ("mrk-…") keeps its id, and an alias is no id. */
function keyIdOf(key: string | null): string | null {
  return key !== null && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(key) ? key : null;
}

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

export function arnOf(text: string): Arn | null {
  const [, partition, service, region, account, resource] =
    /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):(.+)$/s.exec(text) ?? [];
  if (partition === undefined || service === undefined || resource === undefined) return null;
  return { partition, service, region: region ?? '', account: account ?? '', resource };
}

/** The region that a zone name says: "us-east-1a", "us-west-2-lax-1a". Null for a zone id or what is no zone name. */
export function regionOfZone(zone: string): string | null {
  return (
    /^([a-z]{2}(?:-[a-z]+)+-\d)(?:[a-z]|-[a-z]{3}-\d[a-z]|-wl\d-[a-z]{3}-wlz-\d)$/.exec(zone)?.[1] ?? null
  );
}

/** How each kind of object is called in a sentence, by the beginning of its ids. */
export const BOUND_WORDS = {
  subnet: 'subnet',
  'network-interface': 'network interface',
  snapshot: 'snapshot',
  zone: 'Availability Zone',
  'kms-key': 'KMS key',
  'target-group': 'target group',
  'capacity-reservation': 'capacity reservation',
  host: 'dedicated host',
  'host-resource-group': 'host resource group',
  licence: 'licence configuration',
  'placement-group': 'placement group',
  'instance-profile': 'instance profile',
  'service-linked-role': 'service-linked role',
  'notification-target': 'notification target',
  'notification-role': 'notification role',
  vpc: 'VPC',
  'route-table': 'route table',
  gateway: 'gateway',
  'network-acl': 'network ACL',
  'elastic-ip': 'Elastic IP address',
  volume: 'volume',
  instance: 'instance',
  resource: 'resource',
} as const satisfies Record<BoundTo, string>;
