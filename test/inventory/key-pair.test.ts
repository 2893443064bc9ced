import { describe, expect, it } from 'vitest';
import { keyPairFrom } from '../../src/inventory/key-pair.ts';
import { ED25519, RSA } from './vectors.ts';

describe('a key pair', () => {
  it('keeps the key and drops the comment, where EC2 writes the name of the pair', () => {
    const [algorithm, blob] = RSA.line.split(' ');
    expect(keyPairFrom({ KeyName: 'deploy', PublicKey: `${algorithm} ${blob} deploy\n` }).publicKey).toBe(
      `${algorithm} ${blob}`,
    );
  });

  it('keeps a public key that cannot be taken apart as it is, so that nothing read is lost', () => {
    expect(keyPairFrom({ KeyName: 'odd', PublicKey: ' ecdsa-sha2-nistp256 AAAA odd\n' }).publicKey).toBe(
      'ecdsa-sha2-nistp256 AAAA odd',
    );
    expect(keyPairFrom({ KeyName: 'none', PublicKey: '' }).publicKey).toBeNull();
  });

  it.each([
    ['what EC2 says', { KeyType: 'ed25519' }, 'ed25519'],
    ['what EC2 says in capitals', { KeyType: 'RSA' }, 'rsa'],
    ['the key, where EC2 says nothing', { PublicKey: ED25519.line }, 'ed25519'],
    ['an MD5 fingerprint', { KeyFingerprint: RSA.md5OfSpki }, 'rsa'],
    ['a SHA-1 fingerprint', { KeyFingerprint: RSA.sha1OfPrivate.toUpperCase() }, 'rsa'],
    ['a SHA-256 fingerprint with padding', { KeyFingerprint: `${ED25519.sha256}=` }, 'ed25519'],
    ['nothing', {}, null],
  ])('has its type from %s', (_, raw, type) => {
    expect(keyPairFrom({ KeyName: 'k', ...raw }).type).toBe(type);
  });

  it('has one time, whether it is from the SDK or the AWS CLI', () => {
    const times = [
      new Date('2026-10-01T12:00:00.123Z'),
      '2026-10-01T12:00:00.123000+00:00',
      '2026-10-01T14:00:00.123+02:00',
    ];
    expect(times.map((CreateTime) => keyPairFrom({ KeyName: 'k', CreateTime }).createdAt)).toEqual(
      times.map(() => '2026-10-01T12:00:00.123Z'),
    );
  });

  it('does not read a time by the clock of the machine', () => {
    expect(keyPairFrom({ KeyName: 'k', CreateTime: '2026-10-01T12:00:00' }).createdAt).toBe(
      '2026-10-01T12:00:00.000Z',
    );
    expect(keyPairFrom({ KeyName: 'k', CreateTime: 'May 5' }).createdAt).toBeNull();
  });
});
