import { createPrivateKey, type KeyObject } from 'node:crypto';
import { algorithmOfBlob } from '../inventory/public-key.ts';
import { Unreadable } from './model.ts';

/** The part of an OpenSSH private key file that is never encrypted (PROTOCOL.key). */
export interface OpensshEnvelope {
  readonly algorithm: string;
  readonly blob: Buffer;
  readonly encrypted: boolean;
}

const MAGIC = 'openssh-key-v1\0';
/** sshpk derives a key at about 70 ms a round; ssh-keygen's own defaults are 16 and 24. */
const MOST_ROUNDS = 2000;

const damaged = () =>
  new Unreadable(
    'damaged',
    'contains an OpenSSH private key that is damaged',
    'Copy it again completely, with its first and last line.',
  );

/**
 * Reads the envelope, and refuses here what sshpk would answer with an error outside of its call: a cipher of the AEAD
 * kind, or a length that is no multiple of the block. @throws Unreadable
 */
export function opensshEnvelope(pem: string): OpensshEnvelope {
  const bytes = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) throw damaged();
  const read = fieldReader(bytes, MAGIC.length);
  const [cipher, kdf, kdfOptions] = [
    read.field().toString('latin1'),
    read.field().toString('latin1'),
    read.field(),
  ];
  const count = read.number();
  const blob = read.field();
  const secret = read.field();
  const algorithm = algorithmOfBlob(blob);
  if (count !== 1 || algorithm === null) throw damaged();
  const plain = cipher === 'none' && kdf === 'none';
  if (plain && read.atEnd()) return { algorithm, blob, encrypted: false };
  const block = cipher === '3des-cbc' ? 8 : 16;
  if (!plain && (kdf !== 'bcrypt' || !/^(aes(128|192|256)-(ctr|cbc)|3des-cbc)$/.test(cipher))) {
    throw new Unreadable(
      'format',
      `contains an OpenSSH private key with an encryption that is not supported (${JSON.stringify(cipher.slice(0, 40))})`,
      'Make a copy with `ssh-keygen -p -Z aes256-ctr -f COPY`, or give the .pub file.',
    );
  }
  if (plain || !read.atEnd() || secret.length === 0 || secret.length % block !== 0) throw damaged();
  const options = fieldReader(kdfOptions, 0);
  options.field();
  const rounds = options.number();
  if (rounds < 1 || rounds > MOST_ROUNDS) {
    throw new Unreadable(
      'format',
      `contains an OpenSSH private key with ${rounds} rounds of bcrypt; at most ${MOST_ROUNDS} are supported`,
      'Give the .pub file.',
    );
  }
  return { algorithm, blob, encrypted: true };
}

/**
 * The private key itself, RSA or ED25519. Null when the passphrase is wrong, which is also how a damaged one looks.
 * The CRT exponents are worked out here: those that sshpk 1.18 writes are wrong (it subtracts a number from a jsbn).
 */
export async function opensshPrivateKey(pem: string, passphrase: string | null): Promise<KeyObject | null> {
  const { default: sshpk } = await import('sshpk');
  try {
    const key = sshpk.parsePrivateKey(pem, 'ssh-private', {
      filename: 'key',
      ...(passphrase === null ? {} : { passphrase }),
    });
    const part = (name: string): Buffer => {
      const found = key.parts.find((p) => p.name === name);
      if (!found) throw damaged();
      return found.data;
    };
    if (key.type === 'ed25519') {
      const text = (name: string) => part(name).subarray(0, 32).toString('base64url');
      return createPrivateKey({
        key: { kty: 'OKP', crv: 'Ed25519', x: text('A'), d: text('k') },
        format: 'jwk',
      });
    }
    const [n, e, d, p, q, qi] = ['n', 'e', 'd', 'p', 'q', 'iqmp'].map(part) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ];
    const number = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`);
    const exponent = (prime: Buffer) => {
      const hex = (number(d) % (number(prime) - 1n)).toString(16);
      return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
    };
    const jwk = { n, e, d, p, q, qi, dp: exponent(p), dq: exponent(q) };
    const texts = Object.entries(jwk).map(([name, bytes]) => [name, unsigned(bytes).toString('base64url')]);
    return createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(texts) }, format: 'jwk' });
  } catch {
    // Not kept as the cause: what a library says of a private key is not ours to vouch for.
    return null;
  }
}

function unsigned(bytes: Buffer): Buffer {
  let at = 0;
  while (at < bytes.length - 1 && bytes[at] === 0) at++;
  return bytes.subarray(at);
}

/** `uint32 length | bytes` fields. @throws Unreadable where the bytes end first. */
function fieldReader(bytes: Buffer, start: number) {
  let at = start;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw damaged();
    at += length;
    return bytes.subarray(at - length, at);
  };
  const number = () => take(4).readUInt32BE(0);
  return { number, field: () => take(number()), atEnd: () => at === bytes.length };
}
