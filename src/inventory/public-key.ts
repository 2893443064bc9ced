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

const LINE = /(?:^|[\s,"])(ssh-rsa|ssh-ed25519)\s+([A-Za-z0-9+/]+={0,2})(?=\s|$)/;

/**
 * Reads one OpenSSH public key: options before and a comment after it are no part of the key (RFC 4253, 6.6).
 * Null when the text holds none, or the blob is not what its label says, or bytes are left over.
 */
export function parsePublicKey(text: string): PublicKey | null {
  const found = LINE.exec(text);
  const algorithm = found?.[1] as PublicKey['algorithm'] | undefined;
  const bytes = Buffer.from(found?.[2] ?? '', 'base64');
  const fields = wireFields(bytes);
  if (!algorithm || fields?.[0]?.toString('latin1') !== algorithm) return null;
  const blob = bytes.toString('base64');
  if (algorithm === 'ssh-ed25519') {
    return fields.length === 2 && fields[1]?.length === 32 ? { type: 'ed25519', algorithm, blob } : null;
  }
  const [, e, n] = fields;
  if (fields.length !== 3 || !e || !n) return null;
  return { type: 'rsa', algorithm, blob, rsa: { e: unsigned(e), n: unsigned(n) } };
}

/** The key's identity: equal ids are the same key, different ids are different keys. The hash is what `ssh-keygen -l` prints. */
export function keyId(key: PublicKey): string {
  return `${key.type}:${createHash('sha256').update(Buffer.from(key.blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
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
    return [spki, Buffer.from(key.blob, 'base64')].map((der) =>
      colons(createHash('md5').update(der).digest('hex')),
    );
  } catch {
    return [];
  }
}

function colons(hex: string): string {
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
