/** How a key was written down. The words are for people and stable for scripts. */
export type KeyFormat =
  | 'OpenSSH'
  | 'RFC 4716'
  | 'PEM SPKI'
  | 'PEM PKCS#1'
  | 'PEM PKCS#8'
  | 'PEM SEC1'
  | 'PEM DSA'
  | 'DER SPKI'
  | 'DER PKCS#1'
  | 'DER PKCS#8';

/** One key out of a file: its public half, and of its private half nothing but the one hash that EC2 shows. */
export interface SshKey {
  /** Counted from 1; null where the file has no lines (DER). */
  readonly line: number | null;
  readonly half: 'public' | 'private';
  readonly format: KeyFormat;
  /** As in the SSH wire format: "ssh-rsa", "ecdsa-sha2-nistp256". */
  readonly algorithm: string;
  /** The SSH wire blob of the public key. */
  readonly blob: Buffer;
  readonly comment: string | null;
  /** SHA-1 of the PKCS#8 DER of an RSA private key, in hex with colons; null where only the public half is at hand. */
  readonly privateSha1: string | null;
}

/** A part of a file that cannot be read as a key. Never holds a byte of what was read. */
export interface Problem {
  readonly line: number | null;
  /** `FILE:3 holds …`, with a full stop. */
  readonly message: string;
  readonly hint: string;
  /** `kind`: a key, but of a kind that EC2 does not take and that shows no fingerprint. `encrypted`: a passphrase is missing. */
  readonly why: 'rubbish' | 'damaged' | 'encrypted' | 'kind' | 'format';
}

export interface KeysInFile {
  readonly keys: readonly SshKey[];
  readonly problems: readonly Problem[];
}

/** Reads the passphrase of what `label` names from the user. Null where there is no terminal. */
export type AskPassphrase = (label: string) => Promise<string | null>;

/** A stretch of a file that may be a key; what it holds is not judged yet. */
export type Block =
  | { readonly form: 'line'; readonly line: number; readonly text: string }
  | { readonly form: 'rfc4716'; readonly line: number; readonly lines: readonly string[] }
  | { readonly form: 'pem'; readonly line: number; readonly label: string; readonly pem: string }
  | { readonly form: 'cut-short'; readonly line: number; readonly label: string }
  | { readonly form: 'ppk'; readonly line: number }
  | { readonly form: 'der'; readonly bytes: Buffer; readonly line: null };

/** Thrown while one block is read; caught by `readKeys`, which adds the file and the line. */
export class Unreadable extends Error {
  override name = 'Unreadable';
  readonly why: Problem['why'];
  readonly hint: string;
  constructor(why: Problem['why'], message: string, hint: string) {
    super(message);
    this.why = why;
    this.hint = hint;
  }
}
