import type { KeyObject } from 'node:crypto';

/** The SSH wire blob of an RSA, ED25519 or ECDSA key (RFC 4253, 6.6; RFC 8709; RFC 5656); null for other kinds. */
export function sshBlob(key: KeyObject): { algorithm: string; blob: Buffer } | null {
  switch (key.asymmetricKeyType) {
    case 'rsa': {
      const { n = '', e = '' } = key.export({ format: 'jwk' });
      return named('ssh-rsa', mpint(e), mpint(n));
    }
    case 'ed25519': {
      const { x = '' } = key.export({ format: 'jwk' });
      return named('ssh-ed25519', Buffer.from(x, 'base64url'));
    }
    case 'ec':
      return ecdsaBlob(key);
    default:
      return null;
  }
}

const CURVES: Readonly<Record<string, string>> = {
  'P-256': 'nistp256',
  'P-384': 'nistp384',
  'P-521': 'nistp521',
};

function ecdsaBlob(key: KeyObject) {
  const named_ = key.asymmetricKeyDetails?.namedCurve;
  // JWK knows these three curves and secp256k1, which SSH has no name for.
  if (named_ !== 'prime256v1' && named_ !== 'secp384r1' && named_ !== 'secp521r1') return null;
  const { crv = '', x = '', y = '' } = key.export({ format: 'jwk' });
  const curve = CURVES[crv];
  if (curve === undefined) return null;
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return named(`ecdsa-sha2-${curve}`, Buffer.from(curve), point);
}

function named(algorithm: string, ...fields: readonly Buffer[]) {
  const parts = [Buffer.from(algorithm), ...fields].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });
  return { algorithm, blob: Buffer.concat(parts) };
}

/** Unsigned, so a zero byte goes in front of a set top bit. */
function mpint(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
}
