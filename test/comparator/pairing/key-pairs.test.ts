import { describe, expect, it } from 'vitest';
import type { AwsKeyPair } from '../../../src/inventory/key-pair.ts';
import { audit, finding, found, linesOf, pairOf, stateOf } from '../../kit/estate.ts';

// Test vectors of public keys (throw-away), with the fingerprints that openssl and ssh-keygen show for them.
const RSA =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCaP/Ze5Q812zkbVyml4dmjfQRJ7toa70Kb20ePi8+4TwNikTTt1MW4fbyBIqgt+lxKK9Gs6aJqUYIAyg4kX7khPMtSrQv+yDAXjCmkxrRpjFD9kfASPIJ9cjUvYo9gU0PlVjCPQgm7jcDwBPolMP1PAVR4YWfe2/e3FOF+DSik0kDeyRXensajwh5BbPAHrG+irQTm/K9arWH31v0LBzISpv7ndJ5xzXmbxMgTBfFUiQuSdXKMiWPx8P5JKUuyEPEuc3AcXaL/TEWLEAvmqFhtUwxYS1YpfHE2uyaz0pfdZDKkHKw5+/4s3t7ZVVu5XVoySNRM3EvV2tm4Q7ezK/7n';
const RSA_CREATED = '52:03:ef:cf:92:d7:29:f4:eb:65:fb:bb:36:39:0c:4e:2e:25:34:87';
const RSA_IMPORTED = 'fd:df:92:dd:48:73:b5:a6:c0:4f:16:3d:35:ae:c6:e5';
const RSA_RFC4716 = '47:71:d9:7f:b5:bc:62:b6:70:ee:c0:76:39:8b:89:92';
const ED = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICCsmL2Am788PfJodSvi9qUOlX72Si3efN+kXyKSfy6O';
const ED_PRINT = 'R42hTBr+kfu5p3E++hE9JZPK51MylaNDlRaunwla3ro';
const OTHER = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';

const key = (KeyName: string, more: AwsKeyPair = {}): AwsKeyPair => ({
  KeyName,
  KeyPairId: `key-${KeyName}`,
  ...more,
});
const keys = (source: AwsKeyPair[], target: AwsKeyPair[], options = {}) =>
  audit({ keyPairs: source }, { keyPairs: target }, { scopes: ['key-pairs'], ...options });

describe('one key under one name is the same', () => {
  it.each([
    [
      'however RSA fingerprints were made: created here, imported there',
      { PublicKey: RSA, KeyFingerprint: RSA_CREATED },
      { PublicKey: RSA, KeyFingerprint: RSA_IMPORTED },
    ],
    [
      'whatever the comment and the trailing newline',
      { PublicKey: `${ED} deploy\n` },
      { PublicKey: `${ED} me@laptop` },
    ],
    [
      'when one ED25519 fingerprint is padded and the other is not',
      { KeyType: 'ed25519', KeyFingerprint: `${ED_PRINT}=` },
      { KeyType: 'ed25519', KeyFingerprint: ED_PRINT },
    ],
    [
      'when one fingerprint has the SHA256: prefix',
      { KeyFingerprint: `SHA256:${ED_PRINT}` },
      { KeyFingerprint: `${ED_PRINT}=` },
    ],
    [
      "when one side's public key explains the other's MD5",
      { PublicKey: RSA, KeyFingerprint: RSA_CREATED },
      { KeyType: 'rsa', KeyFingerprint: RSA_IMPORTED },
    ],
    [
      'when that MD5 is of the SSH blob, as the API reference has it',
      { PublicKey: RSA },
      { KeyType: 'rsa', KeyFingerprint: RSA_RFC4716 },
    ],
    [
      'when both fingerprints are of one scheme and equal',
      { KeyFingerprint: RSA_CREATED },
      { KeyFingerprint: RSA_CREATED.toUpperCase() },
    ],
    [
      "when an ED25519 public key explains the other's fingerprint",
      { PublicKey: ED },
      { KeyFingerprint: `${ED_PRINT}=` },
    ],
  ] as [string, AwsKeyPair, AwsKeyPair][])('%s', (_, source, target) => {
    const report = keys([key('deploy', source)], [key('deploy', target)]);
    expect(found(report)).toEqual([]);
    expect(stateOf(report, 'key-pair', 'deploy')).toBe('same');
    expect(report.verdict).toBe('parity');
  });
});

describe('another key under one name is critical', () => {
  it.each([
    ['proven by public keys', { PublicKey: ED }, { PublicKey: OTHER }],
    [
      'proven by public keys although the fingerprints agree',
      { PublicKey: ED, KeyFingerprint: 'x' },
      { PublicKey: OTHER, KeyFingerprint: 'x' },
    ],
    [
      'proven by types',
      { KeyType: 'rsa', KeyFingerprint: RSA_CREATED },
      { KeyType: 'ed25519', KeyFingerprint: ED_PRINT },
    ],
    [
      'proven by fingerprints of one scheme',
      { KeyFingerprint: RSA_IMPORTED },
      { KeyFingerprint: RSA_IMPORTED.replace('fd', 'fe') },
    ],
    [
      "proven by a computed MD5 that is not the other's",
      { PublicKey: RSA },
      { KeyType: 'rsa', KeyFingerprint: RSA_IMPORTED.replace('fd', 'fe') },
    ],
  ] as [string, AwsKeyPair, AwsKeyPair][])('%s', (_, source, target) => {
    const report = keys([key('deploy', source)], [key('deploy', target)]);
    expect(found(report)).toEqual(['key-pair/different-key critical']);
    expect(stateOf(report, 'key-pair', 'deploy')).toBe('different');
  });

  it('says where the right key is on the target', () => {
    const report = keys(
      [key('deploy', { PublicKey: ED })],
      [key('deploy', { PublicKey: OTHER }), key('deploy-2', { PublicKey: ED })],
    );
    expect(finding(report, 'key-pair/different-key').facts).toMatchObject({
      sourceKeyStandsThereAs: ['deploy-2'],
    });
    expect(stateOf(report, 'key-pair', 'deploy-2')).toBe('extra-in-target');
  });
});

describe('what cannot be proven is said to be undetermined', () => {
  it.each([
    [
      'SHA-1 of the private key against MD5 of the public key',
      { KeyType: 'rsa', KeyFingerprint: RSA_CREATED },
      { KeyType: 'rsa', KeyFingerprint: RSA_IMPORTED },
    ],
    [
      "one side's public key does not explain a SHA-1",
      { PublicKey: RSA, KeyFingerprint: RSA_IMPORTED },
      { KeyType: 'rsa', KeyFingerprint: RSA_CREATED },
    ],
    ['no fingerprint at all', {}, {}],
  ] as [string, AwsKeyPair, AwsKeyPair][])('%s', (_, source, target) => {
    const report = keys([key('ops', source)], [key('ops', target)]);
    expect(found(report)).toEqual(['key-pair/undetermined medium']);
    expect(stateOf(report, 'key-pair', 'ops')).toBe('undetermined');
    expect(report.verdict).toBe('differences');
    expect(report.complete).toBe(true);
  });
});

describe('names', () => {
  it('make the pair, and the key says how sure it is', () => {
    const print = { KeyFingerprint: '52:03:ef:cf:92:d7:29:f4:eb:65:fb:bb:36:39:0c:4e:2e:25:34:87' };
    const strength = (source: object, target: object) =>
      pairOf(keys([key('ops', source)], [key('ops', target)]), 'key-pair', 'ops').matchStrength;
    expect(strength({ PublicKey: ED }, { PublicKey: ED })).toBe('strong');
    expect(strength(print, print)).toBe('medium');
    expect(strength({ PublicKey: ED }, { PublicKey: OTHER })).toBe('weak');
    expect(strength({}, {})).toBe('weak');
  });

  it('stand in the report with the key of either side, and with none where no public key is known', () => {
    const id = `ed25519:${ED_PRINT}`;
    const report = keys([key('a', { PublicKey: ED }), key('b')], [key('a', { PublicKey: ED }), key('b')]);
    expect(pairOf(report, 'key-pair', 'a')).toMatchObject({ source: { key: id }, target: { key: id } });
    expect(pairOf(report, 'key-pair', 'b')).toMatchObject({ source: { key: null }, target: { key: null } });
  });

  it('are case-sensitive: Deploy and deploy are two key pairs', () => {
    const report = keys([key('Deploy', { PublicKey: ED })], [key('deploy', { PublicKey: OTHER })]);
    expect(found(report)).toEqual(['key-pair/missing medium', 'key-pair/extra info']);
  });

  it('may differ for one key, which is then renamed and not missing, under all its names at once', () => {
    const report = keys(
      [key('web', { PublicKey: ED })],
      [key('web-b', { PublicKey: ED }), key('web-a', { PublicKey: ED })],
    );
    expect(pairOf(report, 'key-pair', 'web')).toMatchObject({
      state: 'different',
      matchedBy: 'public-key',
      target: { name: 'web-a' },
    });
    expect(finding(report, 'key-pair/renamed')).toMatchObject({
      severity: 'low',
      facts: { targetNames: ['web-a', 'web-b'] },
    });
    expect(found(report)).toEqual(['key-pair/renamed low']);
    expect(stateOf(report, 'key-pair', 'web-b')).toBe('extra-in-target');
  });

  it('of one key that are several on the target are named once by the finding about its other key', () => {
    const report = keys(
      [key('deploy', { PublicKey: ED })],
      [key('deploy', { PublicKey: OTHER }), key('d-2', { PublicKey: ED }), key('d-1', { PublicKey: ED })],
    );
    expect(found(report)).toEqual(['key-pair/different-key critical']);
    expect(finding(report, 'key-pair/different-key').facts).toMatchObject({
      sourceKeyStandsThereAs: ['d-1', 'd-2'],
    });
  });

  it('that are extra for one key are one finding, which says what the key is called on the source', () => {
    const report = keys(
      [key('web', { PublicKey: ED })],
      [key('web', { PublicKey: ED }), key('web-old', { PublicKey: ED }), key('web-new', { PublicKey: ED })],
    );
    expect(finding(report, 'key-pair/extra')).toMatchObject({
      subject: { name: 'web-new' },
      facts: { names: ['web-new', 'web-old'], sourceNames: ['web'] },
      message: expect.stringContaining('in us-east-1 that key is "web"'),
    });
    expect(stateOf(report, 'key-pair', 'web-old')).toBe('extra-in-target');
  });

  it('that are extra for two keys are two findings', () => {
    const report = keys([], [key('x', { PublicKey: ED }), key('y', { PublicKey: OTHER }), key('z')]);
    expect(found(report)).toEqual(['key-pair/extra info', 'key-pair/extra info', 'key-pair/extra info']);
  });

  it('of one key that is two here and one there: the second name is renamed, not missing', () => {
    const report = keys(
      [key('a', { PublicKey: ED }), key('b', { PublicKey: ED })],
      [key('a', { PublicKey: ED })],
    );
    expect(found(report)).toEqual(['key-pair/renamed low']);
    expect(finding(report, 'key-pair/renamed')).toMatchObject({
      subject: { name: 'b' },
      facts: { targetNames: ['a'] },
    });
    expect(stateOf(report, 'key-pair', 'b')).toBe('missing-in-target');
  });

  it('that swapped their keys are two different keys, not two renamed ones', () => {
    const report = keys(
      [key('a', { PublicKey: ED }), key('b', { PublicKey: OTHER })],
      [key('a', { PublicKey: OTHER }), key('b', { PublicKey: ED })],
    );
    expect(found(report)).toEqual(['key-pair/different-key critical', 'key-pair/different-key critical']);
  });

  it('are translated by the config before they are paired', () => {
    const report = keys([key('use1-web', { PublicKey: ED })], [key('euw1-web', { PublicKey: ED })], {
      config: { names: { keyPairs: { 'use1-(.*)': 'euw1-$1' } } },
    });
    expect(found(report)).toEqual([]);
  });
});

it('a missing key names the public key to import when it was read', () => {
  const report = keys([key('ci', { PublicKey: ED, KeyType: 'ed25519' })], []);
  expect(finding(report, 'key-pair/missing')).toMatchObject({
    severity: 'medium',
    facts: { publicKeyKnown: true, key: `ed25519:${ED_PRINT}`, foundIn: 'the snapshot of us-east-1' },
    remedy: 'Import its public key, which is in the snapshot of us-east-1, in eu-west-1.',
    commands: [
      {
        shell: `printf %s '${ED}' | aws ec2 import-key-pair --region eu-west-1 --key-name ci --public-key-material fileb:///dev/stdin`,
        side: 'target',
        does: 'Import the public key "ci"',
      },
    ],
  });
});

it('a missing key is imported under the name that the config gives it', () => {
  const report = keys([key('use1-ci', { PublicKey: ED })], [], {
    config: { names: { keyPairs: { 'use1-(.*)': 'euw1-$1' } } },
  });
  expect(linesOf(finding(report, 'key-pair/missing'))[0]).toContain('--key-name euw1-ci ');
});

it('a missing key whose public key nobody has is not offered an import', () => {
  const report = keys([key('ci', { KeyFingerprint: RSA_CREATED })], []);
  expect(finding(report, 'key-pair/missing')).toMatchObject({
    facts: { publicKey: null, foundIn: null },
    commands: [
      {
        shell:
          "aws ec2 describe-key-pairs --region us-east-1 --include-public-key --key-names ci --query 'KeyPairs[0].PublicKey' --output text",
        side: 'source',
      },
    ],
    remedy: expect.stringContaining('--public-keys'),
  });
});

it('an extra key is info before the migration and medium after it', () => {
  expect(found(keys([], [key('x')]))).toEqual(['key-pair/extra info']);
  expect(found(keys([], [key('x')], { phase: 'verification' }))).toEqual(['key-pair/extra medium']);
});

it('tags that differ are info, and the pair stays the same; aws: tags are nobody’s business', () => {
  const tagged = (Value: string, aws: string) => ({
    PublicKey: ED,
    Tags: [
      { Key: 'team', Value },
      { Key: 'aws:cloudformation:stack-id', Value: aws },
    ],
  });
  const report = keys([key('k', tagged('a', '1'))], [key('k', tagged('b', '2'))]);
  expect(finding(report, 'key-pair/tags-differ')).toMatchObject({
    severity: 'info',
    facts: { keys: ['team'], rows: { source: ['team = a'], target: ['team = b'] } },
  });
  expect(stateOf(report, 'key-pair', 'k')).toBe('same');
});

it('a public key that is no key at all is held against nothing', () => {
  const report = keys([key('k', { PublicKey: 'rubbish' })], [key('k', { PublicKey: ED })]);
  expect(found(report)).toEqual(['key-pair/undetermined medium']);
});
