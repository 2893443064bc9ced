import type {
  Image,
  KeyPairInfo,
  LaunchPermission,
  ManagedPrefixList,
  PrefixListEntry,
  SecurityGroup,
  Vpc,
} from '@aws-sdk/client-ec2';

/** One region of the double: what it holds, in the shapes of the SDK, and how it misbehaves. Everything may be left out. */
export interface RegionModel {
  /** The account the caller is; "111122223333" unless said. */
  readonly account?: string;
  readonly vpcs?: readonly Vpc[];
  readonly keyPairs?: readonly KeyPairInfo[];
  readonly prefixLists?: readonly (ManagedPrefixList & { readonly Entries?: readonly PrefixListEntry[] })[];
  readonly securityGroups?: readonly SecurityGroup[];
  readonly images?: readonly (Image & { readonly LaunchPermissions?: readonly LaunchPermission[] })[];
  /** What DescribeRegions says of it. `not-opted-in` also makes every call to the region answer AuthFailure, as AWS does. */
  readonly optIn?: 'opt-in-not-required' | 'opted-in' | 'not-opted-in';
  /** False: the region answers, but DescribeRegions does not know it. */
  readonly listed?: boolean;
  /** Misbehaviour by action, `*` for all; see also `Endpoint.misbehave`. */
  readonly faults?: Readonly<Record<string, Fault>>;
}

/** How a region answers an action otherwise than it should. The paging ones always hold, the others for the requests that `after` and `times` leave. */
export interface Fault {
  /** At most this many rows a page, whatever is asked for. */
  readonly pageCap?: number;
  /** This many empty pages with a token before every page with rows. */
  readonly emptyPages?: number;
  /** The token of the first page, on every page. */
  readonly tokenLoop?: boolean;
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
  /** Before anything is answered. */
  readonly delayMs?: number;
  /** 200 and a document whose tags do not match. */
  readonly brokenXml?: boolean;
  /** An HTML page in place of an answer, 200 or this status. */
  readonly html?: boolean | number;
  /** This body in place of the answer, with status 200: `''`, another call's answer, anything. */
  readonly body?: string;
  /** The connection closes without a byte. */
  readonly dropConnection?: boolean;
  /** The head and half of the body, then the connection closes. */
  readonly dropHalfway?: boolean;
  /** Half of the body, then nothing more, with the connection open. */
  readonly stall?: boolean;
  /** A whole HTTP answer around the first half of the document. */
  readonly truncate?: boolean;
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
