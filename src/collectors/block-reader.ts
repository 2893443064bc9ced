/** The written blocks of a snapshot, with the tokens to read them by. Every list has new tokens. */
export interface BlockList {
  readonly sizeGiB: number;
  readonly tokens: ReadonlyMap<number, string>;
}

/** One side's snapshots, block by block. */
export interface BlockReader {
  readonly region: string;
  readonly endpoint: string | null;
  /** @throws CallFailed and never returns a part of the list: "not in the list" has to mean a block of zeros. */
  list(snapshotId: string): Promise<BlockList>;
  /** The base64 SHA-256 of a block, taken of the bytes themselves. @throws BrokenBlock for bytes that did not arrive whole, else CallFailed. */
  digest(snapshotId: string, index: number, token: string): Promise<string>;
  /** List requests so far. */
  readonly listed: number;
}
