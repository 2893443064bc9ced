import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AwsKeyPair } from '../../../src/inventory/key-pair.ts';
import { type PublicKeyInFile, parsePublicKey } from '../../../src/inventory/public-key.ts';
import { sshBlob } from '../../../src/keys/ssh-blob.ts';
import { ED25519, RSA } from '../../inventory/vectors.ts';
import { type AuditOptions, audit, finding, found, linesOf, stateOf } from '../../kit/estate.ts';
import { optionsOf, SHELLS, typed } from '../../kit/shell.ts';

const key = (more: AwsKeyPair): AwsKeyPair => ({ KeyName: 'ops', ...more });
const keys = (source: AwsKeyPair[], target: AwsKeyPair[], options: AuditOptions = {}) =>
  audit({ keyPairs: source }, { keyPairs: target }, { scopes: ['key-pairs'], ...options });
const inFile = (line: string): PublicKeyInFile[] => [
  { publicKey: line.split(' ').slice(0, 2).join(' '), file: 'keys/team.pub', line: 7 },
];
const fresh = (bits: number): string => {
  const blob = sshBlob(generateKeyPairSync('rsa', { modulusLength: bits }).publicKey)?.blob;
  return `ssh-rsa ${blob?.toString('base64')}`;
};

describe('a public key from a file is that of a record', () => {
  it.each([
    ['with its MD5 of the SPKI', RSA.line, { KeyType: 'rsa', KeyFingerprint: RSA.md5OfSpki }],
    ['with its MD5 of the SSH blob', RSA.line, { KeyType: 'rsa', KeyFingerprint: RSA.md5OfBlob }],
    ['with its padded SHA-256', ED25519.line, { KeyFingerprint: `${ED25519.sha256}=` }],
    ['with its bare SHA-256', ED25519.line, { KeyFingerprint: ED25519.sha256 }],
  ])('%s: missing over there, it is what to import', (_, line, record) => {
    const report = keys([key(record)], [], { publicKeys: inFile(line) });
    const missing = finding(report, 'key-pair/missing');
    expect(missing.facts).toMatchObject({ publicKeyKnown: true, foundIn: 'keys/team.pub:7' });
    expect(missing.remedy).toContain('which is in keys/team.pub:7');
    expect(linesOf(missing)).toEqual([
      expect.stringContaining(`printf %s '${inFile(line)[0]?.publicKey}' | aws ec2 import-key-pair `),
    ]);
  });

  it('and decides what two schemes of fingerprints could not', () => {
    const imported = key({ KeyType: 'rsa', KeyFingerprint: RSA.md5OfSpki });
    const asBlob = key({ KeyType: 'rsa', KeyFingerprint: RSA.md5OfBlob });
    expect(found(keys([imported], [asBlob]))).toEqual(['key-pair/different-key critical']);
    expect(found(keys([imported], [asBlob], { publicKeys: inFile(RSA.line) }))).toEqual([]);
  });

  it('and says so where it proves another key', () => {
    const other = fresh(1024);
    const report = keys(
      [key({ KeyType: 'rsa', KeyFingerprint: RSA.md5OfSpki })],
      [key({ PublicKey: other })],
      {
        publicKeys: inFile(RSA.line),
      },
    );
    expect(finding(report, 'key-pair/different-key').facts).toMatchObject({
      provenBy: "public keys, the source's from keys/team.pub:7",
      source: `rsa:${RSA.sha256}`,
    });
  });

  it('but of none with the SHA-1 of a private key: that stays undetermined', () => {
    const report = keys(
      [key({ KeyType: 'rsa', KeyFingerprint: RSA.sha1OfPrivate })],
      [key({ KeyType: 'rsa', KeyFingerprint: RSA.md5OfSpki })],
      { publicKeys: inFile(RSA.line) },
    );
    expect(found(report)).toEqual(['key-pair/undetermined medium']);
    expect(finding(report, 'key-pair/undetermined').facts).toMatchObject({
      source: { publicKeyRead: false },
      target: { publicKeyRead: true },
    });
  });

  it('unless another record shows that SHA-1 with its public key', () => {
    const created = { KeyType: 'rsa', KeyFingerprint: RSA.sha1OfPrivate };
    const report = keys(
      [key(created)],
      [
        key({ KeyType: 'rsa', KeyFingerprint: RSA.md5OfSpki }),
        key({ ...created, KeyName: 'made', PublicKey: RSA.line }),
      ],
      { publicKeys: inFile(RSA.line) },
    );
    expect(stateOf(report, 'key-pair', 'ops')).toBe('same');
  });

  it('and a public key that was read is never put aside for it', () => {
    const report = keys([key({ PublicKey: ED25519.line })], [], { publicKeys: inFile(RSA.line) });
    expect(finding(report, 'key-pair/missing').facts).toMatchObject({
      key: `ed25519:${ED25519.sha256}`,
      foundIn: 'the snapshot of us-east-1',
    });
  });
});

describe('a record that contradicts itself', () => {
  const publicKeys: [string, AwsKeyPair, string[]][] = [
    ['KeyType and public key', { KeyType: 'rsa', PublicKey: ED25519.line }, ['type-and-public-key']],
    [
      'MD5 and public key',
      { PublicKey: RSA.line, KeyFingerprint: RSA.md5OfSpki.replace('fd', 'fe') },
      ['fingerprint-and-public-key'],
    ],
    [
      'SHA-256 and public key',
      { PublicKey: ED25519.line, KeyFingerprint: RSA.sha256 },
      ['fingerprint-and-public-key'],
    ],
    [
      'all of it',
      { KeyType: 'ed25519', PublicKey: RSA.line, KeyFingerprint: ED25519.sha256 },
      ['type-and-public-key', 'fingerprint-and-public-key'],
    ],
  ];
  const saidOf = (report: ReturnType<typeof keys>) =>
    report.findings
      .filter((f) => f.rule === 'key-pair/inconsistent-record')
      .map((f) => f.facts)
      .sort((a, b) => (String(a.side) < String(b.side) ? -1 : 1));

  it.each(publicKeys)('in %s is said to, and equal public keys still prove one key', (_, record, wrong) => {
    const report = keys([key(record)], [key(record)]);
    expect(saidOf(report)).toEqual([
      expect.objectContaining({ side: 'source', wrong }),
      expect.objectContaining({ side: 'target', wrong }),
    ]);
    expect(found(report)).toEqual(saidOf(report).map(() => 'key-pair/inconsistent-record info'));
    expect(stateOf(report, 'key-pair', 'ops')).toBe('same');
  });

  it.each(publicKeys)('in %s does not hide that the public keys differ', (_, record) => {
    const report = keys([key(record)], [key({ PublicKey: fresh(2048) })]);
    expect(found(report)).toContain('key-pair/inconsistent-record medium');
    expect(finding(report, 'key-pair/different-key').severity).toBe('critical');
    expect(stateOf(report, 'key-pair', 'ops')).toBe('different');
  });

  it('in KeyType and fingerprint, where no public key was read, proves nothing', () => {
    const record = { KeyType: 'rsa', KeyFingerprint: `${ED25519.sha256}=` } as const;
    const report = keys([key(record)], [key(record)]);
    expect(saidOf(report)).toEqual([
      expect.objectContaining({ side: 'source', wrong: ['type-and-fingerprint'] }),
      expect.objectContaining({ side: 'target', wrong: ['type-and-fingerprint'] }),
    ]);
    expect(stateOf(report, 'key-pair', 'ops')).toBe('undetermined');
  });

  it('is reported once on its own side too, where the other lacks it', () => {
    const report = keys([key({ KeyType: 'rsa', PublicKey: ED25519.line })], []);
    expect(found(report)).toEqual(['key-pair/inconsistent-record medium', 'key-pair/missing medium']);
  });

  it('does not make two types of one key', () => {
    const report = keys(
      [key({ KeyType: 'rsa', PublicKey: ED25519.line })],
      [key({ KeyType: 'ed25519', KeyFingerprint: `${ED25519.sha256}=` })],
    );
    expect(found(report)).toEqual(['key-pair/inconsistent-record info']);
    expect(stateOf(report, 'key-pair', 'ops')).toBe('same');
  });

  it.each([
    [
      'SHA-1 of the private key, which nobody can work out',
      { PublicKey: RSA.line, KeyFingerprint: RSA.sha1OfPrivate },
    ],
    ['MD5 in either reading', { PublicKey: RSA.line, KeyFingerprint: RSA.md5OfBlob }],
    [
      'hex for an ED25519 key, as emulators show it',
      { PublicKey: ED25519.line, KeyFingerprint: RSA.md5OfSpki },
    ],
    ['a fingerprint of no known shape', { PublicKey: ED25519.line, KeyFingerprint: 'x' }],
  ] as [string, AwsKeyPair][])('is not seen in %s', (_, record) => {
    expect(found(keys([key(record)], [key(record)]))).toEqual([]);
  });
});

describe('an RSA key of a length that ImportKeyPair does not document', () => {
  const odd = fresh(3072);
  it.each<[string, AwsKeyPair[]]>([
    ['missing', []],
    ['there under another name', [key({ KeyName: 'other', PublicKey: odd })]],
    ['there with another key under its name', [key({ PublicKey: RSA.line })]],
  ])('is told where it would have to be imported: %s', (_, target) => {
    const report = keys([key({ PublicKey: odd })], target);
    expect(finding(report, 'key-pair/undocumented-length')).toMatchObject({
      severity: 'low',
      facts: { bits: 3072 },
      message:
        '"ops" has 3072 bits, which is outside what ImportKeyPair documents (1024, 2048, 4096): its import in eu-west-1 may be refused.',
    });
  });

  it('is nothing to say where it stands there already, or on the target alone', () => {
    const record = [key({ PublicKey: odd })];
    expect(found(keys(record, record))).toEqual([]);
    expect(found(keys([], record))).toEqual(['key-pair/extra info']);
  });

  it.each([1024, 2048, 4096])('is not one of %i bits, nor an ED25519 key', (bits) => {
    expect(found(keys([key({ PublicKey: fresh(bits) })], []))).toEqual(['key-pair/missing medium']);
    expect(found(keys([key({ PublicKey: ED25519.line })], []))).toEqual(['key-pair/missing medium']);
  });
});

describe('the command that imports a key', () => {
  const LINE = ED25519.line.split(' ').slice(0, 2).join(' ');
  const missing = (KeyName: string) =>
    linesOf(finding(keys([key({ KeyName, PublicKey: ED25519.line })], []), 'key-pair/missing'));
  /** Names that begin a file or an address the AWS CLI would open, an option, or something to a shell. */
  const NAMES = [
    'ops',
    '-x',
    "it's",
    '$(id) `id` !!',
    'a\nb',
    'file:///etc/passwd',
    'https://example.org/',
    'ü',
  ];

  it('feeds the key as it is, under whatever name', () => {
    for (const shell of SHELLS) {
      const calls = typed(NAMES.flatMap(missing), shell);
      expect(calls.map((c) => c.args.slice(0, 2))).toEqual(NAMES.map(() => ['ec2', 'import-key-pair']));
      expect(calls.map((c) => optionsOf(c)['--key-name'])).toEqual(NAMES);
      expect(calls.map((c) => c.stdin)).toEqual(NAMES.map(() => LINE));
      expect(parsePublicKey(calls[0]?.stdin ?? '')?.blob).toBe(LINE.split(' ')[1]);
    }
  });

  it('gives the key the tags of the source, which an import does not carry', () => {
    const tagged = key({ PublicKey: ED25519.line, Tags: [{ Key: 'team', Value: "it's" }] });
    const [call] = typed(linesOf(finding(keys([tagged], []), 'key-pair/missing')), 'sh');
    expect(call && optionsOf(call)['--tag-specifications']).toEqual([
      { ResourceType: 'key-pair', Tags: [{ Key: 'team', Value: "it's" }] },
    ]);
  });

  it('comes after the one that makes room where the name has another key', () => {
    const report = keys([key({ PublicKey: ED25519.line })], [key({ PublicKey: fresh(2048) })]);
    const lines = linesOf(finding(report, 'key-pair/different-key'));
    expect(lines).toEqual([
      'aws ec2 delete-key-pair --region eu-west-1 --key-name ops',
      expect.stringContaining('aws ec2 import-key-pair --region eu-west-1 --key-name ops '),
    ]);
  });
});
