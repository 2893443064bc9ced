import { keyBits, type PublicKey } from './public-key.ts';

/** The RSA lengths that ImportKeyPair documents (User Guide, "Create a key pair", 2023). */
export const IMPORTABLE_RSA_BITS: readonly number[] = [1024, 2048, 4096];

/** The length of an RSA key that ImportKeyPair does not document; null for a key that it takes. */
export function undocumentedBits(key: PublicKey): number | null {
  const bits = keyBits(key);
  return key.type === 'rsa' && !IMPORTABLE_RSA_BITS.includes(bits) ? bits : null;
}

/** "ED25519 keys are not supported for Windows instances" (CreateKeyPair): their password is encrypted with the key. */
export function opensWindowsPasswords(key: Pick<PublicKey, 'type'>): boolean {
  return key.type === 'rsa';
}
