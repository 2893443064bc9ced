import { describe, expect, it } from 'vitest';
import {
  importedRsaFingerprints,
  keyId,
  type PublicKey,
  parsePublicKey,
} from '../../src/inventory/public-key.ts';
import { ED25519, RSA } from './vectors.ts';

const parsed = (text: string): PublicKey => {
  const key = parsePublicKey(text);
  if (!key) throw new Error(`not a key: ${text}`);
  return key;
};

describe('a public key', () => {
  it('has the identity that ssh-keygen -l prints', () => {
    expect(keyId(parsed(RSA.line))).toBe(`rsa:${RSA.sha256}`);
    expect(keyId(parsed(ED25519.line))).toBe(`ed25519:${ED25519.sha256}`);
  });

  it('has the fingerprints that EC2 may show for an imported RSA key: of the SPKI first, of the SSH blob second', () => {
    expect(importedRsaFingerprints(parsed(RSA.line))).toEqual([RSA.md5OfSpki, RSA.md5OfBlob]);
    expect(importedRsaFingerprints(parsed(ED25519.line))).toEqual([]);
  });

  it('is the same key whatever stands around it', () => {
    const [algorithm, blob] = RSA.line.split(' ');
    const bare = `${algorithm} ${blob}`;
    const spellings = [
      bare,
      `${bare}\n`,
      `  ${bare} other@host with spaces`,
      `from="10.0.0.0/8",no-pty ${bare} c`,
      `\ufeff${bare}`,
    ];
    expect(spellings.map((text) => keyId(parsed(text)))).toEqual(spellings.map(() => `rsa:${RSA.sha256}`));
    expect(parsed(RSA.line).blob).toBe(blob);
  });

  it.each([
    ['nothing', ''],
    ['a label alone', 'ssh-rsa'],
    ['a label that is not what the blob says', ED25519.line.replace('ssh-ed25519', 'ssh-rsa')],
    ['a blob cut short', ED25519.line.split(' ')[1]?.slice(0, 60).replace(/^/, 'ssh-ed25519 ') ?? ''],
    [
      'bytes left over',
      `ssh-ed25519 ${Buffer.concat([Buffer.from(ED25519.line.split(' ')[1] ?? '', 'base64'), Buffer.alloc(4)]).toString('base64')}`,
    ],
    ['a kind of key that EC2 does not take', 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY='],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----'],
  ])('is not read from %s', (_, text) => {
    expect(parsePublicKey(text)).toBeNull();
  });
});
