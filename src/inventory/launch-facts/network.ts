import * as z from 'zod';
import { compareText, distinctTexts as texts } from '../order.ts';
import { type AwsTags, nameTag, tagsFrom } from '../tags.ts';

export const subnetSchema = z.strictObject({
  id: z.string(),
  name: z.string().nullable().describe('The Name tag.'),
  vpcId: z.string().nullable(),
  zone: z.string().nullable(),
  zoneId: z.string().nullable().describe('Means the same zone in every account; a zone name does not.'),
  cidrs: z.array(z.string()),
  freeAddresses: z.number().nullable(),
  publicAddresses: z.boolean().nullable().describe('MapPublicIpOnLaunch.'),
  ipv6OnLaunch: z.boolean().nullable(),
  defaultForZone: z.boolean(),
  ownerId: z.string().nullable().describe('A shared subnet has another owner than the account.'),
  state: z.string().nullable(),
  internetGatewayBlock: z
    .string()
    .nullable()
    .default(null)
    .describe(
      'VPC Block Public Access as it applies to the subnet, exclusions considered: "off", "block-ingress" or "block-bidirectional"; null: not in the answer.',
    ),
});
export type Subnet = z.infer<typeof subnetSchema>;

export interface AwsSubnet {
  SubnetId?: string | undefined;
  VpcId?: string | undefined;
  AvailabilityZone?: string | undefined;
  AvailabilityZoneId?: string | undefined;
  CidrBlock?: string | undefined;
  Ipv6CidrBlockAssociationSet?: { Ipv6CidrBlock?: string | undefined }[] | undefined;
  AvailableIpAddressCount?: number | undefined;
  MapPublicIpOnLaunch?: boolean | undefined;
  AssignIpv6AddressOnCreation?: boolean | undefined;
  DefaultForAz?: boolean | undefined;
  OwnerId?: string | undefined;
  State?: string | undefined;
  BlockPublicAccessStates?: { InternetGatewayBlockMode?: string | undefined } | undefined;
  Tags?: AwsTags;
}

export function subnetFrom(raw: AwsSubnet): Subnet {
  const v6 = (raw.Ipv6CidrBlockAssociationSet ?? []).map((a) => a.Ipv6CidrBlock);
  return {
    id: raw.SubnetId ?? '',
    name: nameTag(tagsFrom(raw.Tags)),
    vpcId: raw.VpcId || null,
    zone: raw.AvailabilityZone || null,
    zoneId: raw.AvailabilityZoneId || null,
    cidrs: texts([raw.CidrBlock, ...v6]),
    freeAddresses: raw.AvailableIpAddressCount ?? null,
    publicAddresses: raw.MapPublicIpOnLaunch ?? null,
    ipv6OnLaunch: raw.AssignIpv6AddressOnCreation ?? null,
    defaultForZone: raw.DefaultForAz ?? false,
    ownerId: raw.OwnerId || null,
    state: raw.State || null,
    internetGatewayBlock: raw.BlockPublicAccessStates?.InternetGatewayBlockMode || null,
  };
}

export const routeTableSchema = z.strictObject({
  id: z.string(),
  vpcId: z.string().nullable(),
  main: z.boolean().describe('Serves the subnets of the VPC that are associated with no table.'),
  subnets: z.array(z.string()),
  routes: z.array(
    z.strictObject({
      destination: z.string().describe('A CIDR, or the id of a prefix list.'),
      to: z.string().describe('"local", or the id of a gateway, interface, instance or connection.'),
      state: z.string().nullable(),
    }),
  ),
});
export type RouteTable = z.infer<typeof routeTableSchema>;

export interface AwsRouteTable {
  RouteTableId?: string | undefined;
  VpcId?: string | undefined;
  Associations?: { Main?: boolean | undefined; SubnetId?: string | undefined }[] | undefined;
  Routes?: AwsRoute[] | undefined;
}
export interface AwsRoute {
  DestinationCidrBlock?: string | undefined;
  DestinationIpv6CidrBlock?: string | undefined;
  DestinationPrefixListId?: string | undefined;
  GatewayId?: string | undefined;
  NatGatewayId?: string | undefined;
  EgressOnlyInternetGatewayId?: string | undefined;
  InstanceId?: string | undefined;
  NetworkInterfaceId?: string | undefined;
  TransitGatewayId?: string | undefined;
  LocalGatewayId?: string | undefined;
  CarrierGatewayId?: string | undefined;
  CoreNetworkArn?: string | undefined;
  VpcPeeringConnectionId?: string | undefined;
  State?: string | undefined;
}

export function routeTableFrom(raw: AwsRouteTable): RouteTable {
  const associations = raw.Associations ?? [];
  const routes = (raw.Routes ?? []).map((r) => ({
    destination: r.DestinationCidrBlock || r.DestinationIpv6CidrBlock || r.DestinationPrefixListId || '',
    to:
      r.NatGatewayId ||
      r.EgressOnlyInternetGatewayId ||
      r.TransitGatewayId ||
      r.VpcPeeringConnectionId ||
      r.LocalGatewayId ||
      r.CarrierGatewayId ||
      r.CoreNetworkArn ||
      r.GatewayId ||
      r.NetworkInterfaceId ||
      r.InstanceId ||
      '',
    state: r.State || null,
  }));
  return {
    id: raw.RouteTableId ?? '',
    vpcId: raw.VpcId || null,
    main: associations.some((a) => a.Main === true),
    subnets: texts(associations.map((a) => a.SubnetId)),
    routes: routes.sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b))),
  };
}

export const networkAclSchema = z.strictObject({
  id: z.string(),
  vpcId: z.string().nullable(),
  isDefault: z.boolean(),
  subnets: z.array(z.string()),
  entries: z
    .array(
      z.strictObject({
        direction: z.enum(['ingress', 'egress']),
        number: z.number(),
        protocol: z.string().describe('As EC2 writes it: "-1", "6".'),
        from: z.number().nullable(),
        to: z.number().nullable(),
        icmpType: z.number().nullable(),
        icmpCode: z.number().nullable(),
        cidr: z.string(),
        allows: z.boolean(),
      }),
    )
    .describe('In the order in which EC2 asks them, per direction; the final "*" is left out.'),
});
export type NetworkAcl = z.infer<typeof networkAclSchema>;

export interface AwsNetworkAcl {
  NetworkAclId?: string | undefined;
  VpcId?: string | undefined;
  IsDefault?: boolean | undefined;
  Associations?: { SubnetId?: string | undefined }[] | undefined;
  Entries?:
    | {
        Egress?: boolean | undefined;
        RuleNumber?: number | undefined;
        Protocol?: string | undefined;
        PortRange?: { From?: number | undefined; To?: number | undefined } | undefined;
        IcmpTypeCode?: { Type?: number | undefined; Code?: number | undefined } | undefined;
        CidrBlock?: string | undefined;
        Ipv6CidrBlock?: string | undefined;
        RuleAction?: string | undefined;
      }[]
    | undefined;
}
/** The entry "*" that every ACL ends in. */
const LAST_ENTRIES: ReadonlySet<number> = new Set([32767, 32768]);

export function networkAclFrom(raw: AwsNetworkAcl): NetworkAcl {
  const entries = (raw.Entries ?? [])
    .filter((e) => !LAST_ENTRIES.has(e.RuleNumber ?? 0))
    .map((e) => ({
      direction: e.Egress ? ('egress' as const) : ('ingress' as const),
      number: e.RuleNumber ?? 0,
      protocol: e.Protocol ?? '-1',
      from: e.PortRange?.From ?? null,
      to: e.PortRange?.To ?? null,
      icmpType: e.IcmpTypeCode?.Type ?? null,
      icmpCode: e.IcmpTypeCode?.Code ?? null,
      cidr: e.CidrBlock || e.Ipv6CidrBlock || '',
      allows: e.RuleAction === 'allow',
    }));
  return {
    id: raw.NetworkAclId ?? '',
    vpcId: raw.VpcId || null,
    isDefault: raw.IsDefault ?? false,
    subnets: texts((raw.Associations ?? []).map((a) => a.SubnetId)),
    entries: entries.sort(
      (a, b) => compareText(a.direction, b.direction) || a.number - b.number || compareText(a.cidr, b.cidr),
    ),
  };
}

export const internetGatewaySchema = z.strictObject({ id: z.string(), vpcs: z.array(z.string()) });
export interface AwsInternetGateway {
  InternetGatewayId?: string | undefined;
  Attachments?: { VpcId?: string | undefined }[] | undefined;
}
export function internetGatewayFrom(raw: AwsInternetGateway): z.infer<typeof internetGatewaySchema> {
  return { id: raw.InternetGatewayId ?? '', vpcs: texts((raw.Attachments ?? []).map((a) => a.VpcId)) };
}

export const natGatewaySchema = z.strictObject({
  id: z.string(),
  vpcId: z.string().nullable(),
  subnetId: z.string().nullable(),
  state: z.string().nullable(),
  connectivity: z.string().nullable().describe('"public" or "private".'),
});
export interface AwsNatGateway {
  NatGatewayId?: string | undefined;
  VpcId?: string | undefined;
  SubnetId?: string | undefined;
  State?: string | undefined;
  ConnectivityType?: string | undefined;
}
export function natGatewayFrom(raw: AwsNatGateway): z.infer<typeof natGatewaySchema> {
  return {
    id: raw.NatGatewayId ?? '',
    vpcId: raw.VpcId || null,
    subnetId: raw.SubnetId || null,
    state: raw.State || null,
    connectivity: raw.ConnectivityType || null,
  };
}

export const networkInterfaceSchema = z.strictObject({
  id: z.string(),
  type: z.string().nullable(),
  requesterId: z.string().nullable(),
  description: z.string(),
  vpcId: z.string().nullable(),
  subnetId: z.string().nullable(),
  instanceId: z.string().nullable(),
  status: z.string().nullable(),
  groups: z.array(z.string()).describe('Ids of security groups.'),
  addresses: z
    .array(z.string())
    .default(() => [])
    .describe('Its private addresses.'),
});
export interface AwsNetworkInterface {
  NetworkInterfaceId?: string | undefined;
  InterfaceType?: string | undefined;
  RequesterId?: string | undefined;
  Description?: string | undefined;
  VpcId?: string | undefined;
  SubnetId?: string | undefined;
  Attachment?: { InstanceId?: string | undefined } | undefined;
  Status?: string | undefined;
  PrivateIpAddresses?: { PrivateIpAddress?: string | undefined }[] | undefined;
  Groups?: { GroupId?: string | undefined }[] | undefined;
}
export function networkInterfaceFrom(raw: AwsNetworkInterface): z.infer<typeof networkInterfaceSchema> {
  return {
    id: raw.NetworkInterfaceId ?? '',
    type: raw.InterfaceType || null,
    requesterId: raw.RequesterId || null,
    description: raw.Description ?? '',
    vpcId: raw.VpcId || null,
    subnetId: raw.SubnetId || null,
    instanceId: raw.Attachment?.InstanceId || null,
    status: raw.Status || null,
    groups: texts((raw.Groups ?? []).map((g) => g.GroupId)),
    addresses: texts((raw.PrivateIpAddresses ?? []).map((a) => a.PrivateIpAddress)),
  };
}

export const groupVpcSchema = z.strictObject({
  id: z.string().describe('"<group id> <VPC id>"'),
  groupId: z.string(),
  vpcId: z.string(),
  state: z.string().nullable(),
});
export interface AwsGroupVpc {
  GroupId?: string | undefined;
  VpcId?: string | undefined;
  State?: string | undefined;
}
export function groupVpcFrom(raw: AwsGroupVpc): z.infer<typeof groupVpcSchema> {
  const [groupId, vpcId] = [raw.GroupId ?? '', raw.VpcId ?? ''];
  return { id: `${groupId} ${vpcId}`, groupId, vpcId, state: raw.State || null };
}
