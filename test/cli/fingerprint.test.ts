import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ED25519, RSA } from '../inventory/vectors.ts';
import { tool as keyTool } from '../keys/kit.ts';
import { installedTool, modulesOf, runProcess } from './kit/process.ts';
import { cleanEnvironment, type Ran, type RunOptions, run, temporaryFolder } from './kit/run.ts';

let main: string;
const folder = temporaryFolder();
const PASSPHRASE = 'open sesame';
beforeAll(() => {
  main = installedTool().main;
  writeFileSync(join(folder, 'rsa.pub'), `${RSA.line}\n`);
  writeFileSync(join(folder, 'authorized_keys'), `# two\n${RSA.line}\nno-pty ${ED25519.line}\n`);
  keyTool('ssh-keygen', [
    '-q',
    '-t',
    'rsa',
    '-b',
    '2048',
    '-a',
    '2',
    '-N',
    PASSPHRASE,
    '-f',
    join(folder, 'locked'),
  ]);
}, 120_000);
const fingerprint = (args: readonly string[], options: RunOptions = {}) =>
  run(['fingerprint', ...args], { cwd: folder, ...options });

/** In a pseudo-terminal of `script`, with what is typed into it; both streams are one there. */
function onTerminal(args: readonly string[], typed: string): Promise<Ran> {
  const words = [process.execPath, main, 'fingerprint', ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', words, '/dev/null'], {
    cwd: folder,
    env: cleanEnvironment({ NO_COLOR: '1' }),
    stdio: 'pipe',
  });
  let stdout = '';
  let answered = false;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (!answered && /Passphrase for .*: $/.test(stdout)) {
      answered = true;
      child.stdin.write(typed);
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', () => reject(new Error('script is not on this machine: apt-get install bsdutils')));
    child.on('close', (code) => resolve({ code, stdout, stderr: '' }));
  });
}

/** As `feed | ec2-parity fingerprint …`. */
const piped = (args: readonly string[], feed: string | Buffer) => fingerprint(args, { stdin: feed });

describe('fingerprint', () => {
  test('prints every fingerprint of a public key, each with when it is shown', async () => {
    expect(await fingerprint(['rsa.pub'])).toEqual({
      code: 0,
      stderr: '',
      stdout: `rsa.pub:1: RSA 2048, public key (OpenSSH), demo@host
  (needs the private key)                              EC2, RSA key that EC2 created: SHA-1 of the private key (PKCS#8 DER)
  ${RSA.md5OfSpki}      EC2, RSA key that was imported: MD5 of the public key (SPKI DER)
  ${RSA.md5OfBlob}      EC2, imported RSA key as the API reference words it (RFC 4716): MD5 of the SSH blob
  SHA256:${RSA.sha256}   ssh-keygen -l
  MD5:${RSA.md5OfBlob}  ssh-keygen -l -E md5
`,
    });
  });

  test('--json has them by scheme, for every key of every file', async () => {
    const { code, stdout } = await fingerprint(['authorized_keys', 'rsa.pub', '--json']);
    const { keys, problems } = JSON.parse(stdout);
    expect({ code, problems }).toEqual({ code: 0, problems: [] });
    expect(
      keys.map((key: Record<string, unknown>) => [key.file, key.line, key.type, key.bits, key.half]),
    ).toEqual([
      ['authorized_keys', 2, 'rsa', 2048, 'public'],
      ['authorized_keys', 3, 'ed25519', 256, 'public'],
      ['rsa.pub', 1, 'rsa', 2048, 'public'],
    ]);
    const [first, second] = keys.map((key: { fingerprints: { scheme: string; value: string }[] }) =>
      Object.fromEntries(key.fingerprints.map(({ scheme, value }) => [scheme, value])),
    );
    expect(first).toMatchObject({ 'ec2-imported': RSA.md5OfSpki, 'ec2-created': null });
    expect(second).toMatchObject({
      'ec2-ed25519': `${ED25519.sha256}=`,
      'ec2-ed25519-unpadded': ED25519.sha256,
    });
  });

  test('reads standard input for -, among other files and alone', async () => {
    const alone = await piped(['-'], ED25519.line);
    expect({ code: alone.code, first: alone.stdout.split('\n')[0] }).toEqual({
      code: 0,
      first: '(standard input):1: ED25519 256, public key (OpenSSH), demo@host',
    });
    const among = await piped(['rsa.pub', '-', '--json'], ED25519.line);
    expect(JSON.parse(among.stdout).keys.map((key: { file: string }) => key.file)).toEqual([
      'rsa.pub',
      '(standard input)',
    ]);
  });

  test('prints what can be read, says what cannot and ends with 2', async () => {
    const { code, stdout, stderr } = await fingerprint(['none.pub', 'rsa.pub', '.']);
    expect(code).toBe(2);
    expect(stdout).toContain(RSA.md5OfSpki);
    expect(stderr).toBe(
      'error: none.pub cannot be read: it does not exist.\nhint: Name a file with a public or private key.\n' +
        'error: . cannot be read: it is a folder.\nhint: Name a file with a public or private key.\n',
    );
  });

  test('needs a file', async () => {
    const { code, stderr } = await fingerprint([]);
    expect(code).toBe(2);
    expect(stderr).toContain('error: fingerprint needs <file...>.');
  });

  test('loads no SDK and, for a public key, no library of key formats', async () => {
    const { modules } = await modulesOf(main, ['fingerprint', join(folder, 'rsa.pub')]);
    expect(modules).not.toMatch(/@aws-sdk|bcrypt|zod/);
  });
});

describe('a private key with a passphrase', () => {
  test('is refused with 2 where no terminal is there to ask, with what to do', async () => {
    expect(await fingerprint(['locked'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: locked:1 contains a private key with a passphrase, and there is no terminal to enter it.\n' +
        'hint: Run it in a terminal, or give the .pub file, which gives every fingerprint but that of a key that EC2 created.\n',
    });
    const { code } = await piped(['-'], readFileSync(join(folder, 'locked')));
    expect(code).toBe(2);
  });

  test('is opened with what is typed in a terminal, which is not shown', async () => {
    const { code, stdout } = await onTerminal(['locked'], `${PASSPHRASE}\r`);
    expect(code).toBe(0);
    expect(stdout).toContain('Passphrase for locked:1: ');
    expect(stdout).not.toContain(PASSPHRASE);
    const sha256 = keyTool('ssh-keygen', ['-l', '-f', join(folder, 'locked.pub')])
      .toString()
      .split(' ')[1];
    expect(stdout).toContain(sha256);
    expect(stdout).toMatch(/^ {2}([0-9a-f]{2}:){19}[0-9a-f]{2} {2}EC2, RSA key that EC2 created/m);
  });

  test('stays closed after a wrong one, and after Ctrl-D; Ctrl-C interrupts', async () => {
    const wrong = await onTerminal(['locked'], 'guess\r');
    expect(wrong.code).toBe(2);
    expect(wrong.stdout).toContain(
      'error: locked:1 contains a private key that this passphrase does not decrypt.',
    );
    const ended = await onTerminal(['locked'], '\x04');
    expect(ended).toMatchObject({ code: 2, stdout: expect.stringContaining('locked:1') });
    const broken = await onTerminal(['locked'], '\x03');
    expect(broken).toMatchObject({ code: 130, stdout: expect.stringContaining('interrupted by SIGINT') });
  });
});

test('on a Node without MD5 (FIPS) the rest is printed, and the reason', async () => {
  // What OpenSSL's FIPS provider does to a program: asking for MD5 throws.
  const fips = join(folder, 'fips.mjs');
  writeFileSync(
    fips,
    `import crypto from 'node:crypto';
     import { syncBuiltinESMExports } from 'node:module';
     const { createHash } = crypto;
     crypto.createHash = (name, ...rest) => {
       if (/^md5$/i.test(name)) throw new Error('error:0308010C:digital envelope routines::unsupported');
       return createHash(name, ...rest);
     };
     syncBuiltinESMExports();`,
  );
  const { code, stdout, stderr } = await runProcess(main, ['fingerprint', 'authorized_keys'], {
    cwd: folder,
    node: ['--import', fips],
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`SHA256:${RSA.sha256}`);
  expect(stdout).toContain(`${ED25519.sha256}=`);
  expect(stdout).not.toContain(RSA.md5OfSpki);
  expect(stdout.match(/\(this Node has no MD5 \(FIPS\)\)/g)).toHaveLength(4);
});
