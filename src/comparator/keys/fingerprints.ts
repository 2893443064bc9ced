import type { KeyPair } from '../../inventory/key-pair.ts';
import { importedRsaFingerprints, keyId, type PublicKey } from '../../inventory/public-key.ts';
import type { KeyContradiction } from '../../report/rules/key-pairs.ts';

/** Fingerprints of one scheme can be held against each other; those of two say nothing about each other. */
export interface Fingerprint {
  readonly scheme: 'sha1-private' | 'md5-public' | 'sha256';
  readonly value: string;
}

/** What EC2 shows of a record, by its shape. ED25519: EC2 may pad with "=", ssh-keygen does not. Null for an unknown shape. */
export function shownFingerprint({ fingerprint }: KeyPair): Fingerprint | null {
  const text = fingerprint ?? '';
  const hex = text.toLowerCase();
  if (/^([0-9a-f]{2}:){19}[0-9a-f]{2}$/.test(hex)) return { scheme: 'sha1-private', value: hex };
  if (/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/.test(hex)) return { scheme: 'md5-public', value: hex };
  const sha256 = /^(?:SHA256:)?([A-Za-z0-9+/]{43})=?$/.exec(text);
  return sha256?.[1] ? { scheme: 'sha256', value: sha256[1] } : null;
}

/** What EC2 may show for a public key. The SHA-1 of its private half is not among it: it cannot be computed from the public key. */
export function computedFingerprints(key: PublicKey): Fingerprint[] {
  if (key.type === 'ed25519') return [{ scheme: 'sha256', value: sha256Of(key) }];
  return importedRsaFingerprints(key).map((value) => ({ scheme: 'md5-public', value }));
}

/** Two statements of one record that cannot both be true. */
export type Contradiction = KeyContradiction;

/**
 * The self-check of a record. `key` is the record's own public key, null where none was read.
 * Not judged: a SHA-1 of the private key, which cannot be worked out; MD5 where Node has none (FIPS); and hex shown for
 * an ED25519 key of which no public key was read, as emulators do.
 */
export function contradictions(record: KeyPair, key: PublicKey | null): Contradiction[] {
  const shown = shownFingerprint(record);
  const type = record.type;
  const known = type === 'rsa' || type === 'ed25519';
  return [
    ...(known && key && type !== key.type ? ['type-and-public-key' as const] : []),
    ...(type === 'rsa' && !key && shown?.scheme === 'sha256' ? ['type-and-fingerprint' as const] : []),
    ...(key && shown && belies(shown, key) ? ['fingerprint-and-public-key' as const] : []),
  ];
}

function belies(shown: Fingerprint, key: PublicKey): boolean {
  if (shown.scheme === 'sha256') return shown.value !== sha256Of(key);
  // EC2 shows MD5 for RSA alone; emulators show MD5 of other bytes for ED25519.
  if (shown.scheme === 'sha1-private' || key.type === 'ed25519') return false;
  const computed = computedFingerprints(key);
  return computed.length > 0 && !computed.some(({ value }) => value === shown.value);
}

function sha256Of(key: PublicKey): string {
  return keyId(key).slice(key.type.length + 1);
}
