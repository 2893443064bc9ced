import { itemsOf } from '../../inventory/collected.ts';
import type { NetworkAcl, RouteTable, Subnet } from '../../inventory/launch-facts/network.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { icmpRange, type OrderedEntry, type Permit, type PrefixRoute } from '../../traffic/index.ts';
import type { NetworkPath, RouteVia } from '../network/path.ts';
import type { FactIndex } from './facts.ts';

/** Whether the launch requests a public IPv4 address and an IPv6 address; null: as its subnet says. */
export interface AddressesAskedFor {
  readonly ipv4: boolean | null;
  readonly ipv6: boolean | null;
}

/**
 * How what was not read is taken: of the target as present (`given`), of the source as absent. `proven`: as `given`, but for
 * an internet gateway that a route names and that is not among those of the region.
 */
type Unknown = 'given' | 'proven' | 'not-given';

/** All of what a stateless filter may admit. Used for a network ACL that was not read. */
const ANYTHING: readonly OrderedEntry[] = ['0.0.0.0/0', '::/0'].map((cidr) => ({
  allow: true,
  matches: { protocol: 'all', range: 'all', peer: { type: 'cidr', cidr } },
}));

/** In place of those of the target, where the source's were not read and may deny as much. */
export const OPEN_ACL: NetworkPath['acl'] = { inbound: ANYTHING, outbound: ANYTHING };

const EVERYWHERE: readonly PrefixRoute<RouteVia>[] = ['0.0.0.0/0', '::/0'].map((cidr) => ({
  cidr,
  via: 'not-followed',
}));

/** Routes that were not read: of the target they are taken to lead everywhere, of the source nowhere. */
const UNREAD_ROUTES: Readonly<Record<Unknown, readonly PrefixRoute<RouteVia>[]>> = {
  given: EVERYWHERE,
  proven: EVERYWHERE,
  'not-given': [],
};

/**
 * What the network around a subnet carries, in the addresses of the target: `moved` takes each range of the side there.
 * What was not read raises no alarm: of the target it carries everything, of the source nothing. A network ACL that was not
 * read counts as the default one, which admits everything; of the source, see `OPEN_ACL`.
 */
export function subnetPath(
  subnet: Subnet,
  asked: AddressesAskedFor,
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
    routes: routesOf(table, subnet, unknown, facts, snapshot).map((r) => ({ ...r, cidr: moved(r.cidr) })),
    subnetCidrs: subnet.cidrs.map(moved),
    publicAddress: {
      ipv4: asked.ipv4 ?? subnet.publicAddresses ?? unknown !== 'not-given',
      ipv6: asked.ipv6 ?? subnet.ipv6OnLaunch ?? unknown !== 'not-given',
    },
    blockPublicAccess: blockOf(subnet),
  };
}

/** A mode that was not read, or that this version does not know, raises no alarm. */
function blockOf({ internetGatewayBlock: mode }: Subnet): NetworkPath['blockPublicAccess'] {
  return mode === 'block-ingress' || mode === 'block-bidirectional' ? mode : 'off';
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

function routesOf(
  table: RouteTable | null,
  subnet: Subnet,
  unknown: Unknown,
  facts: FactIndex,
  snapshot: Snapshot,
): readonly PrefixRoute<RouteVia>[] {
  if (!table) return UNREAD_ROUTES[unknown];
  const routes = table.routes.map(({ destination, to, state }) => ({
    cidrs: cidrsOf(destination, to, snapshot),
    via: state === 'blackhole' ? ('blackhole' as const) : viaOf(to, subnet, unknown, facts),
  }));
  // Where a route of the target leads is not known: then it may carry anything.
  if (unknown !== 'not-given' && routes.some(({ cidrs }) => cidrs === null)) return UNREAD_ROUTES.given;
  return routes.flatMap(({ cidrs, via }) => (cidrs ?? []).map((cidr) => ({ cidr, via })));
}

/** By the id of the target of the route: each kind of gateway has a separate prefix. */
function viaOf(to: string, subnet: Subnet, unknown: Unknown, facts: FactIndex): RouteVia {
  if (to === 'local') return 'local';
  if (unknown === 'proven' && isUnlistedGateway(to, subnet, facts)) return 'blackhole';
  if (to.startsWith('igw-')) return isDetached(to, subnet, facts) ? 'blackhole' : 'internet';
  if (to.startsWith('eigw-')) return 'egress-only';
  return to.startsWith('nat-') ? viaNat(to, facts) : 'not-followed';
}

/** Whether an internet gateway is attached to another VPC, or to none. Of a gateway that was not read, its route's state counts. */
function isDetached(id: string, { vpcId }: Subnet, facts: FactIndex): boolean {
  const gateway = facts.find('internetGateways', id);
  return gateway.is === 'item' && vpcId !== null && !gateway.item.vpcs.includes(vpcId);
}

/** Whether it is not among the internet gateways of the account, which owns the subnet and with it the VPC. */
export function isUnlistedGateway(id: string, { ownerId }: Subnet, facts: FactIndex): boolean {
  // The gateway of a shared subnet is not shown to the account.
  const own = ownerId !== null && ownerId === facts.account;
  return own && id.startsWith('igw-') && facts.find('internetGateways', id).is === 'none';
}

const GONE_NAT: ReadonlySet<string> = new Set(['failed', 'deleting', 'deleted']);

function viaNat(id: string, facts: FactIndex): RouteVia {
  const gateway = facts.find('natGateways', id);
  if (gateway.is !== 'item') return 'nat';
  const { state, connectivity, subnetId } = gateway.item;
  if (state !== null && GONE_NAT.has(state)) return 'blackhole';
  // A private NAT gateway is a path to other networks, which are not followed.
  if (connectivity === 'private') return 'not-followed';
  const subnet = subnetId === null ? null : facts.find('subnets', subnetId);
  const table = subnet?.is === 'item' ? tableOf(subnet.item, facts) : null;
  if (subnet?.is !== 'item' || !table) return 'nat';
  const leads = table.routes.some(({ destination, to, state: of }) => {
    if (of === 'blackhole' || to === 'local' || to.startsWith('nat-')) return false;
    // A gateway endpoint is a path to one service of AWS.
    return (
      !(destination.startsWith('pl-') && to.startsWith('vpce-')) &&
      !(to.startsWith('igw-') && isDetached(to, subnet.item, facts))
    );
  });
  return leads ? 'nat' : 'cut-off-nat';
}

/**
 * The ranges of a destination; null where they are not known. The entries of AWS's own prefix lists are not read: their
 * routes, which are paths to one service of AWS, are left out.
 */
function cidrsOf(destination: string, to: string, { prefixLists }: Snapshot): readonly string[] | null {
  if (isCidr(destination)) return [destination];
  const list = itemsOf(prefixLists).find((l) => l.id === destination);
  if (list?.managedBy === 'aws' || to.startsWith('vpce-')) return [];
  return list?.entries?.map((e) => e.cidr) ?? null;
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
