import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { keyFolder, onlyKey, prints, tool } from './kit.ts';

const folder = keyFolder();
const PASSPHRASE = 'correct horse';
const CIPHERS = [
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
  'aes128-cbc',
  'aes192-cbc',
  'aes256-cbc',
  '3des-cbc',
];

const digest = (der: Buffer, hash: 'md5' | 'sha1') =>
  tool('openssl', [hash, '-c'], der).toString().trim().replace(/^.*= /, '');

/** What the tools show: the commands of the User Guide (verify-keys) and of the fact sheet. `pem` null: an ED25519 key. */
function shown(pub: string, pem: string | null) {
  const keygen = (...args: string[]) =>
    tool('ssh-keygen', ['-l', ...args, '-f', pub])
      .toString()
      .split(' ')[1];
  const [sha256, md5] = [keygen(), keygen('-E', 'md5')];
  const common = { 'ssh-keygen-sha256': sha256, 'ssh-keygen-md5': md5 };
  const unpadded = sha256?.replace('SHA256:', '');
  if (pem === null) return { ...common, 'ec2-ed25519': `${unpadded}=`, 'ec2-ed25519-unpadded': unpadded };
  return {
    ...common,
    'ec2-created': digest(
      tool('openssl', ['pkcs8', '-in', pem, '-outform', 'DER', '-topk8', '-nocrypt']),
      'sha1',
    ),
    'ec2-imported': digest(tool('openssl', ['rsa', '-in', pem, '-pubout', '-outform', 'DER']), 'md5'),
    'ec2-imported-rfc4716': md5?.replace('MD5:', ''),
  };
}

describe.each([
  ['RSA', 1024],
  ['RSA', 2048],
  ['RSA', 3072],
  ['RSA', 4096],
  ['ED25519', 256],
] as const)(
  'the fingerprints of a fresh %s key of %i bits are those of ssh-keygen and openssl',
  (type, bits) => {
    const rsa = type === 'RSA';
    const at = (ending: string) => join(folder, `${type}-${bits}.${ending}`);
    const openssl = (...args: string[]) => tool('openssl', args);
    const seen = async (ending: string, passphrase?: string) =>
      prints(await onlyKey(readFileSync(at(ending)), passphrase));
    const withoutCreated = (all: ReturnType<typeof shown>) => (rsa ? { ...all, 'ec2-created': null } : all);
    let expected: ReturnType<typeof shown>;

    beforeAll(() => {
      openssl(
        'genpkey',
        '-algorithm',
        type,
        ...(rsa ? ['-pkeyopt', `rsa_keygen_bits:${bits}`] : []),
        '-out',
        at('pem'),
      );
      openssl('pkey', '-in', at('pem'), '-pubout', '-out', at('spki.pem'));
      if (rsa) writeFileSync(at('pub'), tool('ssh-keygen', ['-i', '-m', 'PKCS8', '-f', at('spki.pem')]));
      else {
        // ssh-keygen converts no ED25519 key: its 32 bytes stand at the end of the SPKI.
        const spki = openssl('pkey', '-in', at('pem'), '-pubout', '-outform', 'DER');
        const head = Buffer.from('AAAAC3NzaC1lZDI1NTE5AAAAIA==', 'base64');
        writeFileSync(
          at('pub'),
          `ssh-ed25519 ${Buffer.concat([head, spki.subarray(-32)]).toString('base64')}\n`,
        );
      }
      expected = shown(at('pub'), rsa ? at('pem') : null);
    }, 60_000);

    it('from its private half in PKCS#8, PEM and DER', async () => {
      openssl('pkey', '-in', at('pem'), '-outform', 'DER', '-out', at('der'));
      expect(await seen('pem')).toEqual(expected);
      expect(await seen('der')).toEqual(expected);
    });

    it('from PKCS#8 with a passphrase, PEM and DER', async () => {
      for (const form of ['PEM', 'DER']) {
        const out = `encrypted.${form}`;
        openssl(
          'pkcs8',
          '-topk8',
          '-in',
          at('pem'),
          '-outform',
          form,
          '-passout',
          `pass:${PASSPHRASE}`,
          '-out',
          at(out),
        );
        expect(await seen(out, PASSPHRASE)).toEqual(expected);
      }
    });

    it('from its public half in SPKI, PEM, DER and bare base64, and in OpenSSH', async () => {
      const der = openssl('pkey', '-in', at('pem'), '-pubout', '-outform', 'DER');
      writeFileSync(at('spki.der'), der);
      writeFileSync(at('spki.base64'), `${der.toString('base64').replace(/.{64}/g, '$&\n')}\n`);
      for (const ending of ['spki.pem', 'spki.der', 'spki.base64', 'pub'])
        expect(await seen(ending), ending).toEqual(withoutCreated(expected));
    });

    if (rsa)
      it('from PKCS#1: private in PEM and DER, with a passphrase, and public', async () => {
        const traditional = ['rsa', '-in', at('pem'), '-traditional'];
        openssl(...traditional, '-out', at('pkcs1.pem'));
        openssl(...traditional, '-outform', 'DER', '-out', at('pkcs1.der'));
        openssl(
          ...traditional,
          '-aes128',
          '-passout',
          `pass:${PASSPHRASE}`,
          '-out',
          at('pkcs1-encrypted.pem'),
        );
        openssl('rsa', '-in', at('pem'), '-RSAPublicKey_out', '-out', at('pkcs1-public.pem'));
        openssl(
          'rsa',
          '-in',
          at('pem'),
          '-RSAPublicKey_out',
          '-outform',
          'DER',
          '-out',
          at('pkcs1-public.der'),
        );
        expect(await seen('pkcs1.pem')).toEqual(expected);
        expect(await seen('pkcs1.der')).toEqual(expected);
        expect(await seen('pkcs1-encrypted.pem', PASSPHRASE)).toEqual(expected);
        expect(await seen('pkcs1-public.pem')).toEqual(withoutCreated(expected));
        expect(await seen('pkcs1-public.der')).toEqual(withoutCreated(expected));
      });

    it('from RFC 4716', async () => {
      writeFileSync(at('ssh2'), tool('ssh-keygen', ['-e', '-m', 'RFC4716', '-f', at('pub')]));
      expect(await seen('ssh2')).toEqual(withoutCreated(expected));
    });

    it('from an OpenSSH private key, with and without a passphrase', async () => {
      // ssh-keygen reads no ED25519 key of openssl's: there it makes the key anew.
      if (rsa) copyFileSync(at('pem'), at('openssh'));
      else tool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at('openssh')]);
      tool('ssh-keygen', ['-q', '-p', '-N', '', '-f', at('openssh')]);
      const wanted = rsa ? expected : shown(at('openssh.pub'), null);
      expect(readFileSync(at('openssh'), 'utf8')).toContain('BEGIN OPENSSH PRIVATE KEY');
      expect(await seen('openssh')).toEqual(wanted);
      for (const cipher of CIPHERS) {
        copyFileSync(at('openssh'), at(cipher));
        tool('ssh-keygen', ['-q', '-p', '-a', '2', '-Z', cipher, '-N', PASSPHRASE, '-f', at(cipher)]);
        expect(await seen(cipher, PASSPHRASE), cipher).toEqual(wanted);
        await expect(seen(cipher, 'wrong'), cipher).rejects.toThrow();
      }
      // With the rounds that ssh-keygen chooses, and a passphrase of more than ASCII.
      tool('ssh-keygen', ['-q', '-p', '-N', 'Füße 🔑', '-f', at('openssh')]);
      expect(await seen('openssh', 'Füße 🔑')).toEqual(wanted);
    }, 60_000);
  },
);

describe('a kind that EC2 does not take', () => {
  it.each([
    ['ecdsa', 256],
    ['ecdsa', 384],
    ['ecdsa', 521],
  ])('%s of %i bits has the fingerprints of ssh-keygen and none of EC2', async (type, bits) => {
    const file = join(folder, `${type}-${bits}`);
    tool('ssh-keygen', ['-q', '-t', type, '-b', String(bits), '-N', '', '-m', 'PEM', '-f', file]);
    const { 'ssh-keygen-sha256': sha256, 'ssh-keygen-md5': md5 } = shown(`${file}.pub`, null);
    for (const path of [file, `${file}.pub`])
      expect(prints(await onlyKey(readFileSync(path))), path).toEqual({
        'ssh-keygen-sha256': sha256,
        'ssh-keygen-md5': md5,
      });
  });
});
