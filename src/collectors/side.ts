import type { Snapshot } from '../inventory/snapshot.ts';
import type { Scope } from '../report/vocabulary.ts';
import type { Progress } from './reader.ts';

/** A live region, as the command line names it. */
export interface LiveSide {
  readonly region: string;
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly endpointUrl?: string | undefined;
}

export interface CollectOptions {
  readonly scopes: readonly Scope[];
  readonly now: () => Date;
  /** Calls under way at once. */
  readonly concurrency?: number;
  readonly requestTimeoutMs?: number;
  /** Launch permissions are read when there are at most this many own images. */
  readonly launchPermissionLimit?: number;
  /** Asked for in place of the largest page, within what EC2 allows. */
  readonly pageSize?: number;
  /** Tries per call; AWS_MAX_ATTEMPTS, else 8. */
  readonly maxAttempts?: number;
  readonly onProgress?: (p: Progress) => void;
  /** Aborted, `collect` rejects with its reason. */
  readonly signal?: AbortSignal;
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
  /** @throws Unable when AWS refuses the credentials for everything, or there is no such region. */
  collect(options: CollectOptions): Promise<Snapshot>;
  close(): void;
}
