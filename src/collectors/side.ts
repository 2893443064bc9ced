import type { Scope } from '../inventory/kinds.ts';
import type { Lookups } from '../inventory/lookups.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import type { BlockReader } from './block-reader.ts';
import type { Deadline } from './deadline.ts';
import type { Progress } from './reader.ts';
import type { Pause } from './retries.ts';

/** A live region, as the command line names it. */
export interface LiveSide {
  readonly region: string;
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly endpointUrl?: string | undefined;
}

/** How to send any request. */
export interface Pace {
  /** Calls under way at once. */
  readonly concurrency?: number;
  readonly requestTimeoutMs?: number;
  /** The largest reply that is read; 256 MiB where it is absent. */
  readonly mostReplyBytes?: number;
  /** The page size instead of the largest, within what AWS allows. */
  readonly pageSize?: number;
  /** Tries per call; AWS_MAX_ATTEMPTS, else 8. */
  readonly maxAttempts?: number;
  /** How long to wait before a repeated call, given what the SDK would wait; the SDK's wait where it is absent. */
  readonly pause?: Pause;
  readonly onProgress?: (p: Progress) => void;
  /** Aborted, the reading rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Reached, what was not read is a gap, and the rest of the reading is kept. */
  readonly deadline?: Deadline | undefined;
}

export interface CollectOptions extends Pace {
  readonly scopes: readonly Scope[];
  readonly now: () => Date;
  /**
   * Launch permissions, and the ancestry of copies from elsewhere, take one call per image: with more of them than this, they
   * are left to `lookUp`, which reads them of the images that matter. Without it all are read.
   */
  readonly detailLimit?: number | undefined;
}

export interface BlocksOptions {
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: Deadline | undefined;
  /** The page size instead of the largest of a block list. */
  readonly pageSize?: number | undefined;
}

/** A side whose credentials and endpoint are known, before anything is read. */
export interface OpenSide {
  readonly region: string;
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
  /** Null where STS could not be asked. */
  readonly account: string | null;
  /** The custom endpoint in force (flag, environment or profile); null for AWS's own. */
  readonly endpoint: string | null;
  /** Those of the other services of a region that workloads are read from, where they are not AWS's own. */
  readonly otherEndpoints?: readonly string[];
  /** @throws Unable when AWS refuses the credentials for everything, or there is no such region. */
  collect(options: CollectOptions): Promise<Snapshot>;
  /**
   * The snapshot with what something refers to and no listing holds: parameters, and images of other owners. Where a kind
   * was left out, or could not be read before, it stays so.
   */
  lookUp(snapshot: Snapshot, wanted: Lookups, pace?: Pace): Promise<Snapshot>;
  /** The blocks of its snapshots, for `--verify-content`. */
  blocks(options: BlocksOptions): Promise<BlockReader>;
  close(): void;
}
