import { createDecipheriv, createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { algorithmOfBlob } from '../inventory/public-key.ts';
import { Unreadable } from './model.ts';

/** The part of an OpenSSH private key file that is never encrypted (PROTOCOL.key). */
export interface OpensshEnvelope {
  readonly algorithm: string;
  readonly blob: Buffer;
  /** Null where the private part is not encrypted. */
  readonly encryption: Encryption | null;
  /** The private part, as it is in the file. */
  readonly secret: Buffer;
}

interface Encryption {
  readonly cipher: CipherName;
  readonly salt: Buffer;
  readonly rounds: number;
}

/** Those of ssh-keygen but for the AEAD ones: as Node.js calls them, with the bytes of key and initialization vector. */
const CIPHERS = {
  'aes128-ctr': { name: 'aes-128-ctr', key: 16, iv: 16 },
  'aes192-ctr': { name: 'aes-192-ctr', key: 24, iv: 16 },
  'aes256-ctr': { name: 'aes-256-ctr', key: 32, iv: 16 },
  'aes128-cbc': { name: 'aes-128-cbc', key: 16, iv: 16 },
  'aes192-cbc': { name: 'aes-192-cbc', key: 24, iv: 16 },
  'aes256-cbc': { name: 'aes-256-cbc', key: 32, iv: 16 },
  '3des-cbc': { name: 'des-ede3-cbc', key: 24, iv: 8 },
} as const;
type CipherName = keyof typeof CIPHERS;
const isCipher = (name: string): name is CipherName => Object.hasOwn(CIPHERS, name);

const MAGIC = 'openssh-key-v1\0';
/** A key is derived at about 70 ms a round; ssh-keygen's own defaults are 16 and 24. */
const MOST_ROUNDS = 2000;

const damaged = () =>
  new Unreadable(
    'damaged',
    'contains an OpenSSH private key that is damaged',
    'Copy it again completely, with its first and last line.',
  );

/** Reads the envelope, and refuses a cipher of the AEAD kind. @throws Unreadable */
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
  if (plain) {
    if (read.atEnd()) return { algorithm, blob, encryption: null, secret };
    throw damaged();
  }
  if (kdf !== 'bcrypt' || !isCipher(cipher)) {
    throw new Unreadable(
      'format',
      `contains an OpenSSH private key with an encryption that is not supported (${JSON.stringify(cipher.slice(0, 40))})`,
      'Make a copy with `ssh-keygen -p -Z aes256-ctr -f COPY`, or give the .pub file.',
    );
  }
  const { iv: block } = CIPHERS[cipher];
  if (!read.atEnd() || secret.length === 0 || secret.length % block !== 0) throw damaged();
  const options = fieldReader(kdfOptions, 0);
  const salt = options.field();
  const rounds = options.number();
  if (rounds < 1 || rounds > MOST_ROUNDS) {
    throw new Unreadable(
      'format',
      `contains an OpenSSH private key with ${rounds} rounds of bcrypt; at most ${MOST_ROUNDS} are supported`,
      'Give the .pub file.',
    );
  }
  return { algorithm, blob, encryption: { cipher, salt, rounds }, secret };
}

/** The private key itself, RSA or ED25519. Null when the passphrase is wrong, which is also how a damaged one looks. */
export async function opensshPrivateKey(
  { algorithm, encryption, secret }: OpensshEnvelope,
  passphrase: string | null,
): Promise<KeyObject | null> {
  try {
    const plain = encryption ? await decrypted(secret, encryption, passphrase ?? '') : secret;
    const read = fieldReader(plain, 0);
    // The same random number twice: after decryption with another passphrase they differ.
    const check = read.number();
    if (read.number() !== check || read.field().toString('latin1') !== algorithm) return null;
    return algorithm === 'ssh-ed25519' ? ed25519From(read) : rsaFrom(read);
  } catch {
    // Not kept as the cause: what Node.js says of a private key is not ours to vouch for.
    return null;
  }
}

async function decrypted(
  secret: Buffer,
  { cipher, salt, rounds }: Encryption,
  passphrase: string,
): Promise<Buffer> {
  const { default: bcrypt } = await import('bcrypt-pbkdf');
  const { name, key, iv } = CIPHERS[cipher];
  const password = Buffer.from(passphrase, 'utf8');
  const derived = Buffer.alloc(key + iv);
  const failed = bcrypt.pbkdf(password, password.length, salt, salt.length, derived, derived.length, rounds);
  if (failed !== 0) throw damaged();
  const decipher = createDecipheriv(name, derived.subarray(0, key), derived.subarray(key)).setAutoPadding(
    false,
  );
  return Buffer.concat([decipher.update(secret), decipher.final()]);
}

type FieldReader = ReturnType<typeof fieldReader>;

/** The public key, and 64 bytes of which the first 32 are the private one. */
function ed25519From(read: FieldReader): KeyObject {
  const [publicKey, both] = [read.field(), read.field()];
  const [x, d] = [publicKey, both.subarray(0, 32)].map((bytes) => bytes.toString('base64url'));
  return createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x, d } as JsonWebKey, format: 'jwk' });
}

/** The file does not have the two exponents of the Chinese remainder theorem, which the DER of EC2's fingerprint contains. */
function rsaFrom(read: FieldReader): KeyObject {
  const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => read.field()) as [
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
