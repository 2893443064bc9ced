import { GROUPS_PER_INTERFACE } from '../../inventory/launch-needs.ts';
import { compareText } from '../../inventory/order.ts';
import type { Context } from '../context.ts';
import { interfaceOf } from './bound.ts';
import { factsOf } from './facts.ts';
import { interfaceChecks, interfaceCountChecks, isIn, isReserved, severalVpcsChecks } from './interfaces.ts';
import {
  all,
  type Checked,
  type Draft,
  found,
  NOTHING_FOUND,
  notKnown,
  passed,
  type RefuseLaunch,
} from './judging.ts';
import { metadataChecks } from './metadata.ts';
import { optionChecks } from './options.ts';
import type { Places } from './place.ts';
import type { Start } from './starts.ts';
import { volumeLimitChecks } from './volume-limits.ts';

interface Refusing {
  readonly judged: { readonly kind: string };
  /** Whether the subnets of its launch are alternatives, and not those of the network interfaces of one instance. */
  readonly subnetsToChooseFrom?: boolean;
}

/** Parameters that EC2 refuses together, or that a setting of the target's account refuses. */
export function refusedChecks(
  start: Start,
  { subnets }: Places,
  workload: Refusing,
  context: Context,
): Checked {
  const { details, mode } = start;
  const refuse = refusalOf(start);
  const checks: Checked[] = [];
  if (details.interfaces.length > 0 && details.groupsBesideInterfaces && workload.judged.kind !== 'instance')
    checks.push(
      refuse('groups-beside-interfaces', [
        'its network interfaces',
        'security groups are named beside network interfaces, which EC2 refuses together',
      ]),
    );
  // A launch template by itself starts nothing; a group that launches it has no other image. A configuration always has one.
  if (
    start.imageStatus === 'unnamed' &&
    workload.judged.kind === 'auto-scaling-group' &&
    'latestVersion' in (start.template ?? start.owner)
  )
    checks.push(refuse('no-image', ['its image', 'no image is named, which EC2 refuses in every region']));
  checks.push(optionChecks(start, context, refuse), volumeLimitChecks(start, refuse));
  checks.push(imdsChecks(start, workload.judged.kind, context));
  checks.push(
    groupCountChecks(start, context, (steps, count, limit) =>
      refuse('groups-per-interface', steps, `${count}`, limit, ''),
    ),
  );
  checks.push(
    ...start.groupsOfInterfaces.map((groups) =>
      severalVpcsChecks(groups, context, (steps, what) =>
        refuse('groups-of-several-vpcs', steps, what, null, ''),
      ),
    ),
    interfaceCountChecks(start, context, (steps, n, limit) =>
      refuse('too-many-interfaces', steps, `${n}`, limit, ''),
    ),
  );
  for (const { device, kmsKeyId, encrypted } of details.devices) {
    if (kmsKeyId !== null && encrypted === false)
      checks.push(
        refuse(
          'key-without-encryption',
          [`volume ${device}`, 'names a KMS key and is not to be encrypted, which EC2 refuses together'],
          device,
        ),
      );
  }
  const isNew = details.interfaces.every(({ id }) => id === null);
  if (
    workload.judged.kind !== 'instance' &&
    workload.subnetsToChooseFrom !== true &&
    details.interfaces.length > 1 &&
    isNew &&
    details.interfaces.some(({ publicAddress }) => publicAddress === true)
  )
    checks.push(
      refuse('public-address-of-several', [
        'its network interfaces',
        'a public address is requested beside several network interfaces, which EC2 refuses together',
      ]),
    );
  if (mode === 'target') {
    const [primary] = details.interfaces;
    const subnet = subnets?.find((s) => s.id === primary?.subnetId);
    if (details.ipv6Address === true && subnet && subnet.cidrs.every((cidr) => !cidr.includes(':')))
      checks.push(
        refuse(
          'no-ipv6-range',
          ['an IPv6 address', `is requested in subnet ${subnet.id}, which has no IPv6 range`],
          subnet.id,
          null,
          '',
        ),
      );
    checks.push(interfaceChecks(start, context, (steps, id) => refuse('no-such-interface', steps, id)));
    const zones = workload.subnetsToChooseFrom === true ? [] : zonesOfInterfaces(start, subnets, context);
    if (zones.length > 1)
      checks.push(
        refuse(
          'interfaces-in-several-zones',
          [
            'its network interfaces',
            `are in ${zones.join(' and ')}, and those of one instance have to be in one zone`,
          ],
          zones.join(' and '),
          null,
          '',
        ),
      );
    for (const n of details.interfaces) {
      const subnet = subnets?.find((s) => s.id === n.subnetId);
      if (!subnet) continue;
      const outside = n.privateAddresses.filter((a) => !subnet.cidrs.some((cidr) => isIn(a, cidr)));
      if (subnet.cidrs.length > 0 && outside.length > 0)
        checks.push(
          refuse(
            'address-outside-subnet',
            [
              `private address ${outside.join(', ')}`,
              `is not in subnet ${subnet.id} (${subnet.cidrs.join(', ')})`,
            ],
            outside.join(', '),
            null,
            interfaceOf(n) ?? '',
          ),
        );
      const reserved = n.privateAddresses.filter((a) => subnet.cidrs.some((cidr) => isReserved(a, cidr)));
      if (reserved.length > 0)
        checks.push(
          refuse(
            'address-reserved',
            [`private address ${reserved.join(', ')}`, `is one that AWS reserves in subnet ${subnet.id}`],
            reserved.join(', '),
            null,
            interfaceOf(n) ?? '',
          ),
        );
      if (details.zone !== null && subnet.zone !== null && details.zone !== subnet.zone)
        checks.push(
          refuse(
            'zone-of-another-subnet',
            [`zone ${details.zone}`, `subnet ${subnet.id} is in ${subnet.zone}`],
            details.zone,
            null,
            interfaceOf(n) ?? '',
          ),
        );
    }
  }
  return all(checks);
}

function refusalOf({ at, mode }: Start): RefuseLaunch {
  return (because, steps, what = null, limit = null, which = what ?? '') =>
    found({
      rule: 'workload/refused',
      facts: { at, judged: mode, because, what, limit },
      verdict: 'blocked',
      steps,
      place: [at, because, which],
    } as Draft);
}

/** @param kind Of the workload that it is a launch of. */
export function imdsChecks(start: Start, kind: string, context: Context): Checked {
  return metadataChecks(start, kind, context, (steps, from) =>
    refusalOf(start)('imds-v1', steps, from, null, ''),
  );
}

/** The Availability Zones of the network interfaces, existing ones included, as far as these are known. */
function zonesOfInterfaces({ details }: Start, subnets: Places['subnets'], context: Context): string[] {
  const facts = factsOf(context).target;
  const zones = details.interfaces.flatMap(({ id, subnetId }) => {
    const existing = id === null ? null : facts.find('networkInterfaces', id);
    const inSubnet = subnetId ?? (existing?.is === 'item' ? existing.item.subnetId : null);
    const known = inSubnet === null ? null : facts.find('subnets', inSubnet);
    return (
      (subnets?.find((s) => s.id === inSubnet) ?? (known?.is === 'item' ? known.item : null))?.zone ?? []
    );
  });
  return [...new Set(zones)].sort(compareText);
}

function groupCountChecks(
  { groupsPerInterface: count }: Start,
  context: Context,
  refuse: (steps: string[], count: number, limit: number) => Checked,
): Checked {
  if (count <= GROUPS_PER_INTERFACE.standard) return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const known = facts.find('quotas', GROUPS_PER_INTERFACE.code);
  const value = known.is === 'item' ? known.item.value : null;
  const limit = value ?? GROUPS_PER_INTERFACE.most;
  if (count > limit)
    return refuse(
      ['its security groups', `${count} on one network interface, and ${facts.place} takes ${limit}`],
      count,
      limit,
    );
  if (known.is === 'not-asked' || known.is === 'failed')
    return notKnown(known, 'quotas', facts, `${count} security groups on one network interface`);
  return passed('quota');
}
