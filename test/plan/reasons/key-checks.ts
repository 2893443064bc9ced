import { createHash } from 'node:crypto';
import { itemsOf } from '../../../src/inventory/collected.ts';
import type { KeyPair } from '../../../src/inventory/key-pair.ts';
import type { ReasonType } from '../../../src/plan/reasons/reason.ts';
import { type Checks, keysOf, ofRule } from './case.ts';

const DOCUMENTED = [1024, 2048, 4096];

/** Of an RSA key: the bits of the last field of the blob. */
function bitsOf({ publicKey }: KeyPair): number | null {
  if (!publicKey?.startsWith('ssh-rsa ')) return null;
  const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
  let at = 0;
  let modulus = Buffer.alloc(0);
  while (at < blob.length) {
    const length = blob.readUInt32BE(at);
    modulus = blob.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return BigInt(`0x${modulus.toString('hex')}`).toString(2).length;
}

const digestOf = (key: KeyPair | undefined) =>
  key?.publicKey ? createHash('sha256').update(key.publicKey).digest('hex') : null;

export const KEY_CHECKS = {
  'no-public-key': (_, of) => {
    const { source } = keysOf(of);
    const same = itemsOf(of.target.keyPairs).filter((k) => k.fingerprint === source?.fingerprint);
    return source !== undefined && source.publicKey === null && same.every((k) => k.publicKey === null);
  },
  'undocumented-key-length': ({ bits }, of) => {
    const { source } = keysOf(of);
    return source !== undefined && bitsOf(source) === bits && !DOCUMENTED.includes(bits);
  },
  'key-name-taken': ({ name }, of) => itemsOf(of.target.keyPairs).some((k) => k.name === name),
  'other-key': (_, of) => {
    const { source, target } = keysOf(of);
    if (!source || !target || source.name !== target.name) return false;
    return source.publicKey !== null && target.publicKey !== null
      ? digestOf(source) !== digestOf(target)
      : source.type !== target.type || source.fingerprint !== target.fingerprint;
  },
  'keys-not-identified': (_, of) => {
    const { source, target } = keysOf(of);
    return source?.publicKey == null || target?.publicKey == null;
  },
  'inconsistent-key-record': ofRule('key-pair/inconsistent-record'),
  'key-length-stays': (_, of) =>
    Object.values(keysOf(of)).some((key) => key && !DOCUMENTED.includes(bitsOf(key) ?? 2048)),
  'key-unusable-for-windows': (_, of) => Object.values(keysOf(of)).some((key) => key?.type === 'ed25519'),
  'key-id-unread': (_, of) => keysOf(of).target?.id === null,
} as const satisfies Partial<Checks<ReasonType>>;
