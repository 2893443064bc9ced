import { itemsOf } from '../../inventory/collected.ts';
import type { NetworkAcl, RouteTable, Subnet } from '../../inventory/launch-facts/network.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { NetworkPath, RouteVia } from '../network/path.ts';
import { icmpRange, type OrderedEntry, type Permit, type PrefixRoute } from '../traffic/index.ts';
import type { FactIndex } from './facts.ts';

/** Whether the launch asks for a public address; null: as its subnet says. */
export type PublicAddress = boolean | null;

/** How what nobody told is taken: of the target as there (`given`), of the source as not there. */
type Unknown = 'given' | 'not-given';

/** All of what a stateless filter may admit. Stands for a network ACL that was not read. */
const ANYTHING: readonly OrderedEntry[] = ['0.0.0.0/0', '::/0'].map((cidr) => ({
  allow: true,
  matches: { protocol: 'all', range: 'all', peer: { type: 'cidr', cidr } },
}));

/** Routes that were not read: of the target they are taken to lead everywhere, of the source nowhere. */
const UNREAD_ROUTES: Readonly<Record<Unknown, readonly PrefixRoute<RouteVia>[]>> = {
  given: ['0.0.0.0/0', '::/0'].map((cidr) => ({ cidr, via: 'not-followed' })),
  'not-given': [],
};

/**
 * What the network around a subnet carries, in the addresses of the target: `moved` takes each range of the side there.
 * What was not read raises no alarm: of the target it carries everything, of the source nothing. A network ACL that was not
 * read counts as the default one on both sides, which admits everything.
 */
export function subnetPath(
  subnet: Subnet,
  asked: PublicAddress,
  unknown: Unknown,
  facts: FactIndex,
  snapshot: Snapshot,
  moved: (cidr: string) => string,
): NetworkPath {
  const acl = aclOf(subnet, facts);
  const table = tableOf(subnet, facts);
  return {
    acl: {
      inbound: acl ? entriesOf(acl, 'ingress', moved) : ANYTHING,
      outbound: acl ? entriesOf(acl, 'egress', moved) : ANYTHING,
    },
    routes: table
      ? routesOf(table, facts, snapshot).map((route) => ({ ...route, cidr: moved(route.cidr) }))
      : UNREAD_ROUTES[unknown],
    subnetCidrs: subnet.cidrs.map(moved),
    publicAddress: {
      ipv4: asked ?? subnet.publicAddresses ?? unknown === 'given',
      ipv6: subnet.ipv6OnLaunch ?? unknown === 'given',
    },
    // DescribeVpcBlockPublicAccessOptions is not asked: the line on what is not followed says so.
    blockPublicAccess: 'off',
  };
}

/** The ranges that the route table of the subnet routes within the VPC, as the side writes them. */
export function localCidrs(subnet: Subnet, facts: FactIndex): string[] {
  const table = tableOf(subnet, facts);
  return (table?.routes ?? [])
    .filter((r) => r.to === 'local' && isCidr(r.destination))
    .map((r) => r.destination);
}

/** The id of the network ACL that filters the subnet; null where it was not read. */
export function aclOf(subnet: Subnet, facts: FactIndex): NetworkAcl | null {
  const all = facts.all('networkAcls') ?? [];
  return (
    all.find((a) => a.subnets.includes(subnet.id)) ??
    all.find((a) => a.isDefault && a.vpcId !== null && a.vpcId === subnet.vpcId) ??
    null
  );
}

/** The route table that serves the subnet: its own, else the main one of its VPC. */
export function tableOf(subnet: Subnet, facts: FactIndex): RouteTable | null {
  const all = facts.all('routeTables') ?? [];
  return (
    all.find((t) => t.subnets.includes(subnet.id)) ??
    all.find((t) => t.main && t.vpcId !== null && t.vpcId === subnet.vpcId) ??
    null
  );
}

function routesOf(table: RouteTable, facts: FactIndex, snapshot: Snapshot): PrefixRoute<RouteVia>[] {
  return table.routes.flatMap(({ destination, to, state }) => {
    const via = state === 'blackhole' ? 'blackhole' : viaOf(to, facts);
    return cidrsOf(destination, snapshot).map((cidr) => ({ cidr, via }));
  });
}

/** By the id of what the route leads to: AWS gives each kind of gateway a prefix of its own. */
function viaOf(to: string, facts: FactIndex): RouteVia {
  if (to === 'local') return 'local';
  if (to.startsWith('igw-')) return 'internet';
  if (to.startsWith('eigw-')) return 'egress-only';
  if (!to.startsWith('nat-')) return 'not-followed';
  // A private NAT gateway leads to other networks, which are not followed.
  const gateway = facts.find('natGateways', to);
  return gateway.is === 'item' && gateway.item.connectivity === 'private' ? 'not-followed' : 'nat';
}

/** The ranges of a destination. The entries of AWS's own prefix lists are not read: their routes are left out. */
function cidrsOf(destination: string, { prefixLists }: Snapshot): readonly string[] {
  if (isCidr(destination)) return [destination];
  const list = itemsOf(prefixLists).find((l) => l.id === destination);
  return list?.entries?.map((e) => e.cidr) ?? [];
}

function isCidr(text: string): boolean {
  return text.includes('/') && !text.startsWith('pl-');
}

function entriesOf(
  { entries }: NetworkAcl,
  direction: 'ingress' | 'egress',
  moved: (cidr: string) => string,
): OrderedEntry[] {
  return entries
    .filter((e) => e.direction === direction)
    .flatMap((entry): OrderedEntry[] => {
      const protocol = entry.protocol === '-1' ? 'all' : Number(entry.protocol);
      if (protocol !== 'all' && !Number.isInteger(protocol)) return [];
      const peer = { type: 'cidr', cidr: moved(entry.cidr) } as const;
      return [{ allow: entry.allows, matches: { protocol, range: rangeOf(protocol, entry), peer } }];
    });
}

function rangeOf(
  protocol: Permit['protocol'],
  { from, to, icmpType, icmpCode }: NetworkAcl['entries'][number],
): Permit['range'] {
  const given = (n: number | null) => (n === null || n < 0 ? null : n);
  if (protocol === 1 || protocol === 58) return icmpRange(given(icmpType), given(icmpCode));
  if (protocol !== 6 && protocol !== 17) return 'all';
  return from === null || to === null ? 'all' : { first: from, last: to };
}
