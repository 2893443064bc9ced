import type { MatchStrength } from '../vocabulary.ts';
import type { Rows, TagFacts } from './shared.ts';

/** How an image gets to the target, and what to know before. */
export type TransferFacts = {
  /**
   * `share`: the image has to be shared with another account first. `store`: through S3, between partitions. `build`: EC2 copies no such
   * image to the target.
   */
  readonly by: 'copy' | 'share' | 'store' | 'build';
  /** Where the snapshots are stored that keep EC2 from copying it; null where nothing does. */
  readonly storedIn: { readonly kind: 'outpost' | 'local-zone'; readonly place: string } | null;
  /** Whose KMS key encrypts its snapshots, where all keys were read: AWS's own cannot be shared. Null: not read. */
  readonly keyManager: 'aws' | 'customer' | null;
  readonly nameTaken: boolean;
  readonly targetAccount: string | null;
  /** Whether its launch permissions already allow the account of the target to launch it; its snapshots are shared separately. Of `share` only. */
  readonly shared?: boolean;
  readonly encrypted: boolean;
  /** Those that keep another account from copying it. */
  readonly productCodes: readonly string[];
  readonly permissionsRead: boolean;
  /** Whether the source lets others launch it, which a copy does not. */
  readonly grants: boolean;
  /** Others launch the copy, and it becomes encrypted: the default key cannot be shared with them. */
  readonly needsSharedKey: boolean;
};
type CopyFacts = { readonly transfer: TransferFacts };

export type ImageFacts = {
  'image/missing-copy': CopyFacts & {
    readonly imageId: string;
    readonly state: string;
    /** An image of the name that the copy would have, in the target's Recycle Bin; null where there is none, or where it was not read. */
    readonly recycled: { readonly imageId: string; readonly until: string | null } | null;
    /** The family, where older builds of it have no copy either and nothing uses them; null otherwise. */
    readonly family: string | null;
    readonly older: readonly string[];
    /** The name of a newer build of the family that has a copy; null where this is the newest that could be launched. */
    readonly newerCopied: string | null;
    /** The target's account, where it was not looked up which copies other accounts share with it; else absent. */
    readonly among?: string;
  };
  'image/undetermined': {
    /** `name-alone`: paired by nothing but the name; `not-read`: without a counterpart, and what decides was not read. */
    readonly reason: 'name-alone' | 'not-read';
    readonly imageId: string;
    readonly targetId: string | null;
    readonly because: string;
    /** What was not read: "ec2:DescribeSnapshots on the target". */
    readonly actions: readonly string[];
  };
  'image/owned-by-another-account': {
    readonly imageId: string;
    readonly owner: string;
    /** The account of the target. */
    readonly account: string;
    readonly encrypted: boolean;
  };
  'image/stale-copy': CopyFacts & {
    readonly reason: 'newer-source' | 'rebuilt';
    readonly former: string | null;
    /** What the finding is based on, and how sure that is. */
    readonly by: string;
    readonly strength: MatchStrength;
    /** What may hide the former image from the listing. */
    readonly hidden: string | null;
    readonly newer: readonly string[];
    readonly family: string | null;
    readonly orderedBy: 'version' | 'creation date' | null;
    readonly versionsBehind: number | null;
    readonly daysBehind: number | null;
  };
  'image/not-a-copy': CopyFacts & {
    readonly because: string;
    readonly strength: MatchStrength;
    /** The image that has the name, and the copy where that has another name. */
    readonly imageId: string | null;
    readonly bears: string | null;
    readonly copy: string | null;
  };
  'image/unusable-copy': CopyFacts & {
    readonly state: string;
    readonly reason: string | null;
    readonly deprecatedAt: string | null;
    readonly since: string | null;
    readonly by: string;
    readonly strength: MatchStrength;
    /** Whether the deprecation of the copy can be made that of the source. */
    readonly renewable: boolean;
    /** The account that owns it, where that is not the target's. */
    readonly owner: string | null;
  };
  'image/source-gone': {
    readonly sourceImageId: string;
    readonly by: string;
    readonly strength: MatchStrength;
    readonly hidden: string | null;
  };
  'image/renamed-copy': { readonly targetName: string; readonly config: string };
  'image/content-differs': CopyFacts & {
    readonly devices: readonly {
      readonly device: string;
      readonly sourceGiB: number | null;
      readonly targetGiB: number | null;
      readonly compared: number;
      readonly different: number;
      readonly firstDifferent: readonly number[];
    }[];
  };
  'image/attributes-differ': CopyFacts & { readonly attributes: readonly string[]; readonly rows: Rows };
  'image/launch-permissions-differ': {
    readonly rows: Rows;
    /** Of the copy: whether volumes are encrypted, and who manages their KMS keys; null where these were not read. */
    readonly encrypted: boolean;
    readonly keyManager: 'aws' | 'customer' | null;
  };
  'image/encryption-differs': CopyFacts & {
    readonly targetUnencrypted: boolean;
    readonly encryptionByDefault: boolean | null;
    readonly rows: Rows;
  };
  'image/lifecycle-differs': {
    readonly attributes: readonly string[];
    /** Whether a command can make the copy as the source is. */
    readonly settable: boolean;
    readonly rows: Rows;
  };
  'image/written-size-differs': {
    readonly by: string;
    readonly strength: MatchStrength;
    readonly rows: Rows;
  };
  'image/tags-differ': TagFacts & { readonly settable: boolean };
  'image/extra': {
    readonly imageId: string;
    readonly copyOf: string | null;
    readonly copyOfRegion: string | null;
    readonly copyOfOwner: string | null;
  };
};
