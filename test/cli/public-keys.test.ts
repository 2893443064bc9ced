import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ED25519, RSA } from '../inventory/vectors.ts';
import { tool as keyTool } from '../keys/kit.ts';
import { writeDumps } from './kit/estate.ts';
import { installedTool, runProcess } from './kit/process.ts';
import { run, temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
/** The answers of a CLI that was not asked for public keys. */
function dumps(
  region: string,
  keys: readonly { KeyName: string; KeyType: string; KeyFingerprint: string }[],
) {
  const path = writeDumps(join(folder, region), { region });
  writeFileSync(join(path, 'KeyPairs.json'), JSON.stringify({ KeyPairs: keys }));
}
beforeAll(() => {
  dumps('us-east-1', [
    { KeyName: 'ops', KeyType: 'rsa', KeyFingerprint: RSA.md5OfSpki },
    { KeyName: 'web', KeyType: 'ed25519', KeyFingerprint: `${ED25519.sha256}=` },
  ]);
  dumps('eu-west-1', []);
  mkdirSync(join(folder, 'keys'));
  writeFileSync(
    join(folder, 'keys', 'authorized_keys'),
    `# team\nno-pty ${RSA.line}\n${ED25519.line}\nrubbish\n`,
  );
}, 120_000);
const audit = (...args: string[]) =>
  run(['audit', './us-east-1', './eu-west-1', '--only', 'key-pairs', '-o', 'json', ...args], {
    cwd: folder,
  });
const remedies = (stdout: string): string[] =>
  JSON.parse(stdout).findings.map((f: { remedy: string }) => f.remedy);

test('a key found in a file is named in the remedy, with the line and the command to import it', async () => {
  const { code, stdout, stderr } = await audit('--public-keys', 'keys/authorized_keys');
  expect(code).toBe(0);
  const line = (vector: string) => vector.split(' ').slice(0, 2).join(' ');
  const command = (name: string, vector: string) =>
    `printf %s '${line(vector)}' | aws ec2 import-key-pair --region eu-west-1 --key-name ${name} --public-key-material fileb:///dev/stdin`;
  expect(remedies(stdout)).toEqual([
    'Import its public key, which is in keys/authorized_keys:2, in eu-west-1.',
    'Import its public key, which is in keys/authorized_keys:3, in eu-west-1.',
  ]);
  const lines = JSON.parse(stdout).findings.flatMap((f: { commands: { shell: string }[] }) =>
    f.commands.map((c) => c.shell),
  );
  expect(lines).toEqual([command('ops', RSA.line), command('web', ED25519.line)]);
  expect(stderr).toContain(
    'note: keys/authorized_keys:4 contains no key that can be read. It is not used.\n',
  );
});

test('without the file the remedy says how to get one; several files and the variable work as the option does', async () => {
  expect(remedies((await audit()).stdout)[0]).toContain('an audit with --public-keys');
  writeFileSync(join(folder, 'a.pub'), RSA.line);
  writeFileSync(join(folder, 'b.pub'), ED25519.line);
  const twice = await audit('--public-keys', 'a.pub', '--public-keys', 'b.pub');
  expect(remedies(twice.stdout).map((text) => /is in (\S+):1,/.exec(text)?.[1])).toEqual(['a.pub', 'b.pub']);
  const { stdout } = await run(['audit', './us-east-1', './eu-west-1', '--only', 'key-pairs', '-o', 'json'], {
    cwd: folder,
    env: { EC2_PARITY_PUBLIC_KEYS: 'a.pub,b.pub' },
  });
  expect(remedies(stdout)).toEqual(remedies(twice.stdout));
});

test('a private key is refused, with or without a passphrase, and so is a file without a key', async () => {
  keyTool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'open')]);
  keyTool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret', '-f', join(folder, 'closed')]);
  for (const name of ['open', 'closed']) {
    const { code, stdout, stderr } = await audit('--public-keys', name);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(
        `^error: --public-keys: ${name} contains a private key, .+\nhint: .*ssh-keygen -y -f FILE.+\n$`,
      ),
    );
  }
  writeFileSync(join(folder, 'empty.pub'), '# nothing\n');
  expect((await audit('--public-keys', 'empty.pub')).stderr).toContain(
    'error: --public-keys: empty.pub contains no key.',
  );
  expect((await audit('--public-keys', 'none.pub')).code).toBe(2);
});

test('a kind that EC2 does not take is left out, and said', async () => {
  keyTool('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', join(folder, 'ecdsa')]);
  const { code, stderr } = await audit('--public-keys', 'ecdsa.pub');
  expect(code).toBe(0);
  expect(stderr).toContain(
    'note: ecdsa.pub:1 is not used: EC2 accepts only RSA and ED25519 keys, and this is an ECDSA key',
  );
});

test('on a Node without MD5 (FIPS) an audit still tells what it can, and says why not the rest', async () => {
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
  const sides = ['fips-a', 'fips-b'].map((name, i) => {
    const path = writeDumps(join(folder, name), { region: `eu-west-${i + 1}` });
    const ops = i === 0 ? { PublicKey: RSA.line } : { KeyFingerprint: RSA.md5OfSpki };
    const KeyPairs = [
      { KeyName: 'ops', KeyType: 'rsa', ...ops },
      { KeyName: 'deploy', KeyType: 'rsa', PublicKey: RSA.line },
      { KeyName: 'web', KeyType: 'ed25519', PublicKey: ED25519.line },
    ];
    writeFileSync(join(path, 'KeyPairs.json'), JSON.stringify({ KeyPairs }));
    return `./${name}`;
  });
  const command = ['audit', ...sides, '--only', 'key-pairs', '-o', 'json', '--source-region', 'eu-west-1'];
  const { stdout } = await runProcess(installedTool().main, [...command, '--target-region', 'eu-west-2'], {
    cwd: folder,
    node: ['--import', fips],
  });
  const { pairs, findings } = JSON.parse(stdout);
  expect(pairs.map((p: { name: string; state: string }) => `${p.name} ${p.state}`)).toEqual([
    'deploy same',
    'ops undetermined',
    'web same',
  ]);
  expect(findings[0].message).toContain('This Node has no MD5 (FIPS)');
});
