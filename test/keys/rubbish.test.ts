import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readKeys } from '../../src/keys/read.ts';
import { keysJson, keysText } from '../../src/keys/text.ts';
import { ED25519, RSA } from '../inventory/vectors.ts';
import { keyFolder, tool } from './kit.ts';

const folder = keyFolder();
const PASSPHRASE = 'correct horse battery';

/** Everything that could leave the tool about a file: both outputs and every message. */
async function everythingSaid(bytes: Buffer): Promise<string> {
  const found = await readKeys(bytes, 'file', async () => PASSPHRASE);
  const files = [{ file: 'file', ...found }];
  return keysText(files) + keysJson(files);
}

/** The private numbers of a key in every writing that could leak, cut into windows. */
function secretsOf(pem: string): string[] {
  const text = tool('openssl', ['pkey', '-in', pem, '-text', '-noout']).toString();
  const parts = ['privateExponent', 'prime1', 'prime2', 'coefficient', 'priv'].flatMap((name) => {
    const [, hex] = new RegExp(`^${name}:\\s*\\n((?:\\s+[0-9a-f:]+\\n)+)`, 'm').exec(text) ?? [];
    return hex ? [Buffer.from(hex.replace(/[^0-9a-f]/g, ''), 'hex')] : [];
  });
  if (parts.length === 0) throw new Error('openssl shows no private part');
  return parts.flatMap((bytes) =>
    [0, 1, 2].flatMap((skip) => {
      const shifted = bytes.subarray(skip);
      return [
        shifted.toString('hex').slice(0, 24),
        shifted
          .toString('hex')
          .replace(/..(?=.)/g, '$&:')
          .slice(0, 35),
        shifted.toString('base64').slice(0, 20),
        shifted.toString('base64url').slice(0, 20),
      ];
    }),
  );
}

describe('no byte of a private key ever leaves', () => {
  const files: { path: string; secrets: string[] }[] = [];
  beforeAll(() => {
    for (const type of ['RSA', 'ED25519']) {
      const pem = join(folder, `${type}.pem`);
      tool('openssl', ['genpkey', '-algorithm', type, '-out', pem]);
      const secrets = secretsOf(pem);
      files.push({ path: pem, secrets });
      const encrypted = join(folder, `${type}.enc`);
      tool('openssl', [
        'pkcs8',
        '-topk8',
        '-in',
        pem,
        '-passout',
        `pass:${PASSPHRASE}`,
        '-iter',
        '2',
        '-out',
        encrypted,
      ]);
      files.push({ path: encrypted, secrets });
      const der = join(folder, `${type}.der`);
      tool('openssl', ['pkey', '-in', pem, '-outform', 'DER', '-out', der]);
      files.push({ path: der, secrets });
    }
    const openssh = join(folder, 'openssh');
    const [{ path, secrets } = { path: '', secrets: [] }] = files;
    copyFileSync(path, openssh);
    tool('ssh-keygen', ['-q', '-p', '-N', '', '-f', openssh]);
    files.push({ path: openssh, secrets });
  }, 60_000);

  it('when the key is whole', async () => {
    for (const { path, secrets } of files) {
      const said = await everythingSaid(readFileSync(path));
      expect(said, path).toContain('SHA256:');
      for (const secret of [...secrets, PASSPHRASE]) expect(said).not.toContain(secret);
    }
  });

  it('when the file is cut, changed or doubled anywhere; and nothing but problems comes of it', async () => {
    const damage = fc.record({
      file: fc.nat(),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(40),
      insert: fc.oneof(fc.constant(Buffer.alloc(0)), fc.uint8Array({ maxLength: 8 }).map(Buffer.from)),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, at, length, insert }) => {
        const { path, secrets } = files[file % files.length] ?? { path: '', secrets: [] };
        const whole = readFileSync(path);
        const start = Math.floor(at * whole.length);
        const bytes = Buffer.concat([whole.subarray(0, start), insert, whole.subarray(start + length)]);
        const said = await everythingSaid(bytes);
        for (const secret of [...secrets, PASSPHRASE]) expect(said).not.toContain(secret);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('whatever a file holds, it is keys or problems', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.base64String({ maxLength: 200 }),
    fc.constantFrom(
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      '-----END OPENSSH PRIVATE KEY-----',
      '-----BEGIN RSA PRIVATE KEY-----',
      '-----END RSA PRIVATE KEY-----',
      '-----BEGIN PUBLIC KEY-----',
      '-----END PUBLIC KEY-----',
      '---- BEGIN SSH2 PUBLIC KEY ----',
      '---- END SSH2 PUBLIC KEY ----',
      'Comment: "x\\',
      'ssh-rsa',
      'ssh-ed25519 AAAA',
      'PuTTY-User-Key-File-2: ssh-rsa',
      'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ',
      RSA.line,
      ED25519.line,
      '"',
      '\\',
    ),
  );

  it('for lines put together from the parts of key files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (lines) => {
        await everythingSaid(Buffer.from(lines.join('\n')));
      }),
      { numRuns: 300 },
    );
  });

  it('for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, der) => {
        const body = Buffer.from(bytes);
        const head = Buffer.from([0x30, 0x82, body.length >> 8, body.length & 0xff]);
        await everythingSaid(der ? Buffer.concat([head, body]) : body);
      }),
      { numRuns: 300 },
    );
  });

  it('for an OpenSSH envelope with any fields', async () => {
    const field = fc.oneof(
      fc.uint8Array({ maxLength: 64 }).map(Buffer.from),
      fc.constantFrom('none', 'bcrypt', 'aes256-ctr', 'aes256-cbc', 'ssh-ed25519').map((s) => Buffer.from(s)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(field, { maxLength: 6 }), fc.nat(3), async (fields, count) => {
        const number = (n: number) => Buffer.from([0, 0, 0, n]);
        const bytes = Buffer.concat([
          Buffer.from('openssh-key-v1\0'),
          ...fields.flatMap((f, i) => [...(i === 3 ? [number(count)] : []), number(f.length), f]),
        ]);
        await everythingSaid(
          Buffer.from(
            `-----BEGIN OPENSSH PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`,
          ),
        );
      }),
      { numRuns: 200 },
    );
  });
});
