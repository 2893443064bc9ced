import { createHash, createPublicKey } from 'node:crypto';

/** An SSH public key, taken apart. */
export interface PublicKey {
  readonly type: 'rsa' | 'ed25519';
  readonly algorithm: 'ssh-rsa' | 'ssh-ed25519';
  /** The SSH wire blob in standard base64. */
  readonly blob: string;
  /** RSA modulus and exponent without leading zeros; absent for ED25519. */
  readonly rsa?: { readonly n: Buffer; readonly e: Buffer };
}

/** A public key that a person handed over in a file, as plain data. */
export interface PublicKeyInFile {
  /** "<type> <base64>", as in a snapshot. */
  readonly publicKey: string;
  readonly file: string;
  /** Counted from 1; null where the file has no lines (DER). */
  readonly line: number | null;
}

const LINE = /(?:^|[\s,"])(ssh-rsa|ssh-ed25519)\s+([A-Za-z0-9+/]+={0,2})(?=\s|$)/;

/**
 * Reads one OpenSSH public key: options before and a comment after it are no part of the key (RFC 4253, 6.6).
 * Null when the text holds none, or the blob is not what its label says, or bytes are left over.
 */
export function parsePublicKey(text: string): PublicKey | null {
  const found = LINE.exec(text);
  const key = publicKeyFromBlob(Buffer.from(found?.[2] ?? '', 'base64'));
  return key && key.algorithm === found?.[1] ? key : null;
}

/** The key of an SSH wire blob. Null for a kind that EC2 does not take, and for bytes that are not exactly one key. */
export function publicKeyFromBlob(bytes: Uint8Array): PublicKey | null {
  const buffer = Buffer.from(bytes);
  const fields = wireFields(buffer);
  const algorithm = fields?.[0]?.toString('latin1');
  const blob = buffer.toString('base64');
  if (algorithm === 'ssh-ed25519') {
    return fields?.length === 2 && fields[1]?.length === 32 ? { type: 'ed25519', algorithm, blob } : null;
  }
  const [, e, n] = fields ?? [];
  if (algorithm !== 'ssh-rsa' || fields?.length !== 3 || !e || !n) return null;
  return { type: 'rsa', algorithm, blob, rsa: { e: unsigned(e), n: unsigned(n) } };
}

/** The name that an SSH wire blob begins with ("ssh-rsa", "ecdsa-sha2-nistp256"); null for other bytes. */
export function algorithmOfBlob(bytes: Uint8Array): string | null {
  const buffer = Buffer.from(bytes);
  const length = buffer.length >= 4 ? buffer.readUInt32BE(0) : 0;
  const name = length > 64 || 4 + length > buffer.length ? '' : buffer.toString('latin1', 4, 4 + length);
  return /^[a-z0-9][\w.@-]+$/.test(name) ? name : null;
}

/** The key's identity: equal ids are the same key, different ids are different keys. The hash is what `ssh-keygen -l` prints. */
export function keyId(key: PublicKey): string {
  return `${key.type}:${createHash('sha256').update(Buffer.from(key.blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
}

/** "<type> <base64>": the key alone, as a snapshot holds it and ImportKeyPair takes it. */
export function publicKeyLine(key: PublicKey): string {
  return `${key.algorithm} ${key.blob}`;
}

/** The length of an RSA modulus in bits; 256 for ED25519. */
export function keyBits(key: PublicKey): number {
  const [first] = key.rsa?.n ?? [];
  return first === undefined ? 256 : (key.rsa?.n.length ?? 0) * 8 - Math.clz32(first) + 24;
}

/**
 * What EC2 shows for an imported RSA key, in both readings of its documentation: MD5 of the SPKI DER (the User Guide's
 * commands, and what field reports see) and MD5 of the SSH blob (the API reference, "RFC 4716").
 * Empty for ED25519, and where MD5 is not to be had (FIPS builds of OpenSSL).
 */
export function importedRsaFingerprints(key: PublicKey): string[] {
  if (!key.rsa) return [];
  try {
    const jwk = { kty: 'RSA', n: key.rsa.n.toString('base64url'), e: key.rsa.e.toString('base64url') };
    const spki = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' });
    return [spki, Buffer.from(key.blob, 'base64')].flatMap((der) => md5Fingerprint(der) ?? []);
  } catch {
    return [];
  }
}

/** MD5 in lower-case hex with colons; null on a FIPS build of OpenSSL, which has no MD5. */
export function md5Fingerprint(bytes: Uint8Array): string | null {
  try {
    return colonHex(createHash('md5').update(bytes).digest('hex'));
  } catch {
    return null;
  }
}

/** `fd:df:92`, as EC2 writes hashes. */
export function colonHex(hex: string): string {
  return hex.replace(/..(?=.)/g, '$&:');
}

/** `uint32 length | bytes` fields up to the end; null when the lengths do not add up. */
function wireFields(bytes: Buffer): Buffer[] | null {
  const fields: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) return null;
    const length = bytes.readUInt32BE(at);
    if (at + 4 + length > bytes.length) return null;
    fields.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

/** mpints carry a zero byte in front where the top bit is set. */
function unsigned(mpint: Buffer): Buffer {
  return mpint[0] === 0 ? mpint.subarray(1) : mpint;
}
