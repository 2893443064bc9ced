import { createHash } from 'node:crypto';
import { opensWindowsPasswords, undocumentedBits } from '../inventory/ec2-key-limits.ts';
import {
  importedRsaFingerprints,
  keyBits,
  md5Fingerprint,
  publicKeyFromBlob,
} from '../inventory/public-key.ts';
import { unsupportedBecause } from './kinds.ts';
import type { SshKey } from './model.ts';

/** What shows a fingerprint, and when. The ids are stable: scripts read them. */
export const SCHEMES = {
  'ec2-created': 'EC2, RSA key that EC2 created: SHA-1 of the private key (PKCS#8 DER)',
  'ec2-imported': 'EC2, RSA key that was imported: MD5 of the public key (SPKI DER)',
  'ec2-imported-rfc4716':
    'EC2, imported RSA key as the API reference words it (RFC 4716): MD5 of the SSH blob',
  'ec2-ed25519': 'EC2, ED25519 key, created or imported: SHA-256, base64',
  'ec2-ed25519-unpadded': 'EC2, the same without padding',
  'ssh-keygen-sha256': 'ssh-keygen -l',
  'ssh-keygen-md5': 'ssh-keygen -l -E md5',
} as const;
export type Scheme = keyof typeof SCHEMES;

export interface Fingerprint {
  readonly scheme: Scheme;
  /** Null where it cannot be had; `note` says why. */
  readonly value: string | null;
  readonly note?: string;
}

const NO_MD5 = 'this Node has no MD5 (FIPS)';

/** Every fingerprint that EC2 or ssh-keygen could show for a key, in the order of `SCHEMES`. */
export function fingerprintsOf(key: SshKey): Fingerprint[] {
  const sha256 = createHash('sha256').update(key.blob).digest('base64');
  const md5 = md5Fingerprint(key.blob);
  const withMd5 = (scheme: Scheme, value: string | null | undefined): Fingerprint =>
    value ? { scheme, value } : { scheme, value: null, note: NO_MD5 };
  return [
    ...ec2Fingerprints(key, sha256, withMd5),
    { scheme: 'ssh-keygen-sha256', value: `SHA256:${unpadded(sha256)}` },
    withMd5('ssh-keygen-md5', md5 && `MD5:${md5}`),
  ];
}

function ec2Fingerprints(
  key: SshKey,
  sha256: string,
  withMd5: (scheme: Scheme, value: string | undefined) => Fingerprint,
): Fingerprint[] {
  const taken = publicKeyFromBlob(key.blob);
  if (!taken) return [];
  if (taken.type === 'ed25519')
    return [
      { scheme: 'ec2-ed25519', value: sha256 },
      { scheme: 'ec2-ed25519-unpadded', value: unpadded(sha256) },
    ];
  const [ofSpki, ofBlob] = importedRsaFingerprints(taken);
  const created: Fingerprint = key.privateSha1
    ? { scheme: 'ec2-created', value: key.privateSha1 }
    : { scheme: 'ec2-created', value: null, note: 'needs the private key' };
  return [created, withMd5('ec2-imported', ofSpki), withMd5('ec2-imported-rfc4716', ofBlob)];
}

/** What EC2 makes of such a key: remarks, each a sentence without a full stop. Empty where there is nothing to say. */
export function remarksOn(key: SshKey): string[] {
  const because = unsupportedBecause(key.algorithm);
  if (because !== null) return [because];
  const taken = publicKeyFromBlob(key.blob);
  if (!taken) return [];
  const bits = undocumentedBits(taken);
  return [
    ...(bits === null ? [] : [`${bits} bits are outside what ImportKeyPair documents (1024, 2048 and 4096)`]),
    ...(opensWindowsPasswords(taken) ? [] : ['EC2 does not support ED25519 keys for Windows instances']),
  ];
}

/** The length in bits; null for kinds that are not taken apart here. */
export function bitsOf(key: SshKey): number | null {
  const taken = publicKeyFromBlob(key.blob);
  return taken ? keyBits(taken) : null;
}

function unpadded(base64: string): string {
  return base64.replace(/=+$/, '');
}
