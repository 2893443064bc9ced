import type { SideName } from '../vocabulary.ts';
import type { TagFacts } from './shared.ts';

/** What it takes to have a source's key on the target: the public key, where it was found, and the command. */
export type ImportFacts = {
  /** As one line of an authorized_keys file; null where no public key is known. */
  readonly publicKey: string | null;
  /** "the snapshot of us-east-1", "keys/authorized_keys:3"; null where no public key is known. */
  readonly foundIn: string | null;
  /** The length of an RSA key that ImportKeyPair does not document; null where it is documented or unknown. */
  readonly undocumentedBits: number | null;
};

type RecordRead = { readonly fingerprint: string | null; readonly publicKeyRead: boolean };

/** Which two fields of a key-pair record cannot both be right. */
export type KeyContradiction = 'type-and-public-key' | 'type-and-fingerprint' | 'fingerprint-and-public-key';

export type KeyPairFacts = {
  'key-pair/missing': ImportFacts & {
    readonly key: string;
    readonly type: string | null;
    readonly publicKeyKnown: boolean;
  };
  'key-pair/different-key': ImportFacts & {
    readonly source: string;
    readonly target: string;
    readonly provenBy: string;
    readonly sourceKeyStandsThereAs: readonly string[];
  };
  'key-pair/undetermined': {
    readonly because: string;
    /** Whether this Node can compute MD5, which fingerprints of imported RSA keys need. */
    readonly md5: boolean;
    readonly source: RecordRead;
    readonly target: RecordRead;
  };
  'key-pair/inconsistent-record': {
    readonly side: SideName;
    readonly wrong: readonly KeyContradiction[];
    readonly type: string | null;
    readonly fingerprint: string | null;
    readonly publicKeyId: string | null;
  };
  'key-pair/renamed': ImportFacts & {
    readonly targetNames: readonly string[];
    readonly by: string;
    readonly config: string;
  };
  'key-pair/extra': {
    readonly key: string;
    /** Every name under which the target alone holds the key. */
    readonly names: readonly string[];
    readonly sourceNames: readonly string[];
  };
  'key-pair/undocumented-length': { readonly bits: number; readonly key: string };
  'key-pair/unusable-for-windows': {
    readonly side: SideName;
    readonly type: 'rsa' | 'ed25519';
    readonly workloads: readonly string[];
  };
  'key-pair/tags-differ': TagFacts & { readonly settable: boolean };
};
