import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKeys } from '../../src/keys/read.ts';
import { keysText } from '../../src/keys/text.ts';
import { ED25519, RSA } from '../inventory/vectors.ts';
import { keyFolder, nobody, onlyKey, prints, tool } from './kit.ts';

const folder = keyFolder();
const read = (text: string | Buffer) => readKeys(Buffer.from(text), 'file', nobody);
const [, RSA_BLOB = ''] = RSA.line.split(' ');
const [, ED_BLOB = ''] = ED25519.line.split(' ');

describe('authorized_keys', () => {
  it('has keys with options and comments, each with its line; remarks and empty lines are none', async () => {
    const { keys, problems } = await read(
      [
        '# people',
        RSA.line,
        '',
        `from="10.0.0.0/8,!10.0.0.9",command="echo \\"hi there\\" # no",no-pty ssh-ed25519 ${ED_BLOB} Zoë from Graz`,
        `  ssh-ed25519 ${ED_BLOB}`,
      ].join('\r\n'),
    );
    expect(problems).toEqual([]);
    expect(keys.map(({ line, algorithm, comment }) => [line, algorithm, comment])).toEqual([
      [2, 'ssh-rsa', 'demo@host'],
      [4, 'ssh-ed25519', 'Zoë from Graz'],
      [5, 'ssh-ed25519', null],
    ]);
  });

  it('with a key inside of a quoted command has the key behind it', async () => {
    const key = await onlyKey(`command="grep ssh-rsa ${RSA_BLOB} x" ssh-ed25519 ${ED_BLOB} c`);
    expect(key).toMatchObject({ algorithm: 'ssh-ed25519', comment: 'c' });
  });

  it('with a line that is no key still has the others, and says which line', async () => {
    const { keys, problems } = await read(`${RSA.line}\nhello\nssh-rsa AAAAB3NzaC1yc2EAAAADAQAB\n`);
    expect(keys).toHaveLength(1);
    expect(problems.map(({ message }) => message)).toEqual([
      'file:2 contains no key that can be read.',
      'file:3 contains a public key that is damaged: its lengths do not match its bytes.',
    ]);
  });

  it('may be UTF-16 with a byte order mark, as PowerShell writes it, or UTF-8 with one', async () => {
    for (const bytes of [
      Buffer.from(`\ufeff${ED25519.line}\r\n`, 'utf16le'),
      Buffer.from(`\ufeff${ED25519.line}\n`),
    ])
      expect(prints(await onlyKey(bytes))['ssh-keygen-sha256']).toBe(`SHA256:${ED25519.sha256}`);
  });
});

describe('RFC 4716', () => {
  it('has headers that go on in the next line, a comment in quotes, and more than one key in a file', async () => {
    const block = (...headers: string[]) => [
      '---- BEGIN SSH2 PUBLIC KEY ----',
      ...headers,
      ...(RSA_BLOB.match(/.{1,70}/g) ?? []),
      '---- END SSH2 PUBLIC KEY ----',
    ];
    const { keys, problems } = await read(
      [
        ...block('Subject: me', 'Comment: "2048-bit RSA, \\', 'of the host"', 'x-private: a\\', 'b'),
        ...block(),
      ].join('\n'),
    );
    expect(problems).toEqual([]);
    expect(keys.map(({ comment, line, format }) => [comment, line !== null, format])).toEqual([
      ['2048-bit RSA, of the host', true, 'RFC 4716'],
      [null, true, 'RFC 4716'],
    ]);
    expect(keys.map((key) => prints(key)['ec2-imported'])).toEqual([RSA.md5OfSpki, RSA.md5OfSpki]);
  });
});

describe('what is not read is named, with what to do', () => {
  it.each([
    [
      'a PuTTY key',
      'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n',
      /PuTTY key \(PPK\).*puttygen KEY\.ppk -O private-openssh/,
    ],
    [
      'a certificate',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      /"CERTIFICATE".*openssl x509/,
    ],
    ['armour cut short', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n', /without its last line/],
    [
      'a damaged private key',
      '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----\n',
      /private key that is damaged/,
    ],
    [
      'a damaged OpenSSH key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n',
      /OpenSSH private key that is damaged/,
    ],
    ['nothing', '\n# only a remark\n', /contains no key\./],
    [
      'binary that is no key',
      Buffer.from([0x30, 0x0e, 2, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 5, 0]),
      /DER, but not a key/,
    ],
    ['bytes of no encoding', Buffer.from([0xc3, 0x28, 0xff, 0x00]), /neither text nor a key in DER/],
  ] as [string, string | Buffer, RegExp][])('%s', async (_, bytes, said) => {
    const { keys, problems } = await read(bytes);
    expect(keys).toEqual([]);
    expect(problems.map(({ message, hint }) => `${message} ${hint}`)).toEqual([expect.stringMatching(said)]);
  });

  it('a key of a kind that neither EC2 nor SSH knows', async () => {
    const file = join(folder, 'x25519.pem');
    tool('openssl', ['genpkey', '-algorithm', 'X25519', '-out', file]);
    const { problems } = await read(readFileSync(file));
    expect(problems[0]?.message).toBe(
      'file:1 contains a key of the kind X25519: EC2 accepts only RSA and ED25519 keys.',
    );
  });

  it('an OpenSSH key under a cipher that is not read, with the way around', async () => {
    const file = join(folder, 'gcm');
    tool('ssh-keygen', ['-q', '-t', 'ed25519', '-Z', 'aes256-gcm@openssh.com', '-N', 'secret', '-f', file]);
    const { problems } = await read(readFileSync(file));
    expect(problems[0]).toMatchObject({
      why: 'format',
      message: expect.stringContaining('aes256-gcm@openssh.com'),
      hint: expect.stringContaining('ssh-keygen -p -Z aes256-ctr'),
    });
  });

  it('an OpenSSH key that asks for so many rounds that it would take for ever', async () => {
    const file = join(folder, 'rounds');
    tool('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '1', '-N', 'secret', '-f', file]);
    const [, body = ''] = /-----\n([^-]+)-----/.exec(readFileSync(file, 'utf8')) ?? [];
    const bytes = Buffer.from(body, 'base64');
    const at = bytes.indexOf('bcrypt') + 'bcrypt'.length + 4 + 4 + 16;
    bytes.writeUInt32BE(0xffffffff, at);
    const { problems } = await read(
      `-----BEGIN OPENSSH PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`,
    );
    expect(problems[0]?.message).toContain('with 4294967295 rounds');
  });

  it('a passphrase that is wrong', async () => {
    const file = join(folder, 'wrong');
    tool('ssh-keygen', ['-q', '-t', 'rsa', '-a', '1', '-N', 'secret', '-f', file]);
    const { keys, problems } = await readKeys(readFileSync(file), 'file', async () => 'guess');
    expect(keys).toEqual([]);
    expect(problems[0]?.message).toBe('file:1 contains a private key that this passphrase does not decrypt.');
  });
});

describe('a kind that EC2 does not take is shown with the reason', () => {
  const blobOf = (...fields: string[]) =>
    Buffer.concat(
      fields.map((f) => Buffer.concat([Buffer.from([0, 0, 0, f.length]), Buffer.from(f)])),
    ).toString('base64');
  it.each([
    ['ssh-dss', /^EC2 accepts only RSA and ED25519 keys, and this is a DSA key/],
    ['ecdsa-sha2-nistp256', /this is an ECDSA key/],
    ['sk-ssh-ed25519@openssh.com', /hardware authenticator/],
    ['sk-ecdsa-sha2-nistp256@openssh.com', /hardware authenticator/],
    ['ssh-rsa-cert-v01@openssh.com', /a certificate/],
    ['ssh-xmss@openssh.com', /of the kind ssh-xmss/],
  ])('%s', async (algorithm, reason) => {
    const { keys, problems } = await read(`${algorithm} ${blobOf(algorithm, 'abc', 'def')} c`);
    expect(problems).toEqual([]);
    const text = keysText([{ file: 'file', keys, problems }]);
    expect(text).toMatch(/ {2}note: EC2 accepts/);
    expect(text.split('note: ')[1]).toMatch(reason);
    expect(text).not.toContain('EC2, ');
  });
});

it('an RSA key of a length that ImportKeyPair does not document is said to be one', async () => {
  tool('ssh-keygen', ['-q', '-t', 'rsa', '-b', '3072', '-N', '', '-f', join(folder, '3072')]);
  const found = await read(readFileSync(join(folder, '3072.pub')));
  expect(keysText([{ file: 'f', ...found }])).toContain(
    '3072 bits are outside what ImportKeyPair documents (1024, 2048 and 4096)',
  );
});

it('a comment cannot steer the terminal', async () => {
  const found = await read(`${RSA.line.replace('demo@host', 'a\x1b[2J\u202eb')}`);
  expect(keysText([{ file: 'f\x1b', ...found }])).toMatch(
    /^f\\u\{1B\}:1: RSA 2048, public key \(OpenSSH\), a\\u\{1B\}\[2J\\u\{202E\}b\n/,
  );
});
