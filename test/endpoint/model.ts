import type {
  Activity,
  AutoScalingGroup,
  LaunchConfiguration,
  LifecycleHook,
} from '@aws-sdk/client-auto-scaling';
import type { Export, Stack } from '@aws-sdk/client-cloudformation';
import type {
  CapacityReservation,
  GetAllowedImagesSettingsResult,
  Image,
  ImageAncestryEntry,
  ImageRecycleBinInfo,
  Instance,
  InstanceMetadataDefaultsResponse,
  InstanceTypeInfo,
  InstanceTypeOffering,
  InternetGateway,
  KeyPairInfo,
  LaunchPermission,
  LaunchTemplate,
  LaunchTemplateVersion,
  ManagedPrefixList,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  PlacementGroup,
  PrefixListEntry,
  RouteTable,
  SecurityGroup,
  SecurityGroupVpcAssociation,
  Snapshot,
  StaleSecurityGroup,
  Subnet,
  Vpc,
} from '@aws-sdk/client-ec2';
import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Parameter } from '@aws-sdk/client-ssm';

/** One region of the double: what it holds, in the shapes of the SDK, and how it misbehaves. Everything may be left out. */
export interface RegionModel {
  /** The account the caller is; "111122223333" unless said. */
  readonly account?: string;
  readonly vpcs?: readonly Vpc[];
  readonly keyPairs?: readonly KeyPairInfo[];
  readonly prefixLists?: readonly (ManagedPrefixList & { readonly Entries?: readonly PrefixListEntry[] })[];
  readonly securityGroups?: readonly SecurityGroup[];
  readonly staleGroups?: readonly StaleSecurityGroup[];
  readonly images?: readonly (Image & { readonly LaunchPermissions?: readonly LaunchPermission[] })[];
  /** By image id; an image that is not here has itself for its only ancestor. */
  readonly ancestries?: Readonly<Record<string, readonly ImageAncestryEntry[]>>;
  readonly snapshots?: readonly Snapshot[];
  readonly recycleBin?: readonly ImageRecycleBinInfo[];
  /** Disabled unless said. */
  readonly allowedImages?: GetAllowedImagesSettingsResult;
  /** Off unless said. */
  readonly encryptionByDefault?: boolean;
  /** The blocks of snapshots, as the EBS direct APIs give them: by index, filled with the text; '' is a written block of zeros. */
  readonly blocks?: Readonly<Record<string, SnapshotBlocks>>;
  readonly instances?: readonly Instance[];
  readonly launchTemplates?: readonly (LaunchTemplate & {
    readonly Versions?: readonly LaunchTemplateVersion[];
  })[];
  readonly launchConfigurations?: readonly Partial<LaunchConfiguration>[];
  readonly autoScalingGroups?: readonly Partial<AutoScalingGroup>[];
  readonly stacks?: readonly (Partial<Stack> & { readonly TemplateBody?: string })[];
  readonly exports?: readonly Export[];
  /** A parameter is known by name and selector, or by ARN. */
  readonly parameters?: readonly Parameter[];
  /** What launches need besides key pair, groups and image: the rows under the names of EC2's answers. */
  readonly facts?: {
    readonly Subnets?: readonly Subnet[];
    readonly InstanceTypeOfferings?: readonly InstanceTypeOffering[];
    readonly InstanceTypes?: readonly InstanceTypeInfo[];
    readonly RouteTables?: readonly RouteTable[];
    readonly NetworkAcls?: readonly NetworkAcl[];
    readonly InternetGateways?: readonly InternetGateway[];
    readonly NatGateways?: readonly NatGateway[];
    readonly NetworkInterfaces?: readonly NetworkInterface[];
    readonly CapacityReservations?: readonly CapacityReservation[];
    readonly SecurityGroupVpcAssociations?: readonly SecurityGroupVpcAssociation[];
    readonly PlacementGroups?: readonly PlacementGroup[];
    readonly defaultKey?: string;
    readonly TargetGroups?: readonly TargetGroup[];
    readonly LoadBalancerDescriptions?: readonly Partial<LoadBalancerDescription>[];
    readonly LifecycleHooks?: readonly LifecycleHook[];
    readonly Activities?: readonly Partial<Activity>[];
    readonly AccountLevel?: InstanceMetadataDefaultsResponse;
    readonly profiles?: readonly string[];
    readonly keys?: readonly { KeyId: string; Arn?: string; KeyState?: string }[];
    /** Keys that DescribeKey denies. */
    readonly deniedKeys?: readonly string[];
    /** Values by quota code. */
    readonly quotas?: Readonly<Record<string, number>>;
  };
  /** What DescribeRegions says of it. `not-opted-in` also makes every call to the region answer AuthFailure, as AWS does. */
  readonly optIn?: 'opt-in-not-required' | 'opted-in' | 'not-opted-in';
  /** False: the region answers, but DescribeRegions does not know it. */
  readonly listed?: boolean;
  /** Misbehaviour by action, `*` for all; see also `Endpoint.misbehave`. */
  readonly faults?: Readonly<Record<string, Fault>>;
}

export interface SnapshotBlocks {
  readonly sizeGiB: number;
  readonly blocks: Readonly<Record<number, string>>;
}

/** How a region answers an action otherwise than it should. The paging ones always hold, the others for the requests that `after` and `times` leave. */
export interface Fault {
  /** At most this many rows a page, whatever is asked for. */
  readonly pageCap?: number;
  /** This many empty pages with a token before every page with rows. */
  readonly emptyPages?: number;
  /** The token of the first page, on every page. */
  readonly tokenLoop?: boolean;
  /** The first page on every page, each with another token. */
  readonly newTokens?: boolean;
  /** UnauthorizedOperation, 403. */
  readonly deny?: boolean;
  /** AuthFailure, 401. */
  readonly authFailure?: boolean;
  /** RequestLimitExceeded, 503. With `times`, only so often. */
  readonly throttle?: boolean;
  /** RequestLimitExceeded whenever this token bucket is empty, as EC2 throttles (E4: mostly 100 and 20). */
  readonly bucket?: { readonly capacity: number; readonly perSecond: number };
  /** InvalidAction, 400. */
  readonly unsupported?: boolean;
  /** Any other error of AWS. */
  readonly error?: { readonly status: number; readonly code: string; readonly message: string };
  /** The Date of the answer, so many milliseconds from the right time. */
  readonly dateOffMs?: number;
  /** Before anything is answered. */
  readonly delayMs?: number;
  /** 200 and a document whose tags do not match. */
  readonly brokenXml?: boolean;
  /** An HTML page in place of an answer, 200 or this status. */
  readonly html?: boolean | number;
  /** This body in place of the answer, with status 200: `''`, another call's answer, anything. */
  readonly body?: string;
  /** The answer as a proxy compresses it, which nobody asked for; or the first half of that. */
  readonly gzip?: 'whole' | 'half';
  /** One bit of a block is another on arrival; the checksum is that of the right one. */
  readonly corrupt?: boolean;
  /** The connection closes without a byte. */
  readonly dropConnection?: boolean;
  /** The head and half of the body, then the connection closes. */
  readonly dropHalfway?: boolean;
  /** Half of the body, then nothing more, with the connection open. */
  readonly stall?: boolean;
  /** The body with white space before its end, a byte every so many milliseconds and without end. */
  readonly dripMs?: number;
  /** The body with white space before its end, as much as the line carries and without end. */
  readonly endless?: boolean;
  /** A whole HTTP answer around the first half of the document. */
  readonly truncate?: boolean;
  /** Only for requests whose parameters contain this text: "source-image-id". The others are answered properly. */
  readonly naming?: string;
  /** The first so many requests are answered properly. */
  readonly after?: number;
  /** Then only so many are not. */
  readonly times?: number;
}

/** An error as EC2 answers it. */
export class AwsError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
