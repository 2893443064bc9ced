import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, type Moto, run, startMoto } from './kit.ts';

let moto: Moto;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ec2-parity-credentials-'));
  moto = await startMoto();
});
afterAll(async () => {
  await moto?.stop();
  await rm(root, { recursive: true, force: true });
});

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** A run whose AWS config file is this one; `ENDPOINT` in it is the server. */
async function withConfig(text: string, ...args: string[]): Promise<Ended> {
  const file = join(root, `config-${Math.random()}`);
  await writeFile(file, text.replaceAll('ENDPOINT', moto.url));
  return run(process.execPath, ['--import', 'tsx', MAIN, ...args], { AWS_CONFIG_FILE: file });
}

const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

describe('the accounts of two sides, as STS tells them', () => {
  it('are those of the roles of two profiles, of which one is at the end of a chain', async () => {
    const config = `
[profile keys]
aws_access_key_id = test
aws_secret_access_key = test
[profile prod]
role_arn = ${role('222222222222', 'audit')}
source_profile = keys
endpoint_url = ENDPOINT
[profile hub]
role_arn = ${role('333333333333', 'hub')}
source_profile = keys
[profile dr]
role_arn = ${role('444444444444', 'audit')}
source_profile = hub
services = local
[services local]
ec2 =
  endpoint_url = ENDPOINT
sts =
  endpoint_url = ENDPOINT
`;
    const { code, stdout, stderr } = await withConfig(
      config,
      ...['audit', 'us-east-1@prod', 'eu-west-1@dr', '-o', 'json', '--fail-on', 'none', '--quiet'],
    );
    expect(stderr).toBe('');
    expect([0, 3]).toContain(code);
    const { source, target } = JSON.parse(stdout);
    expect([source.account, target.account]).toEqual(['222222222222', '444444444444']);
  });

  it('are those of the keys that a program prints, and of a role on top of it', async () => {
    const credentials = join(root, 'credentials.mjs');
    await writeFile(
      credentials,
      `console.log(JSON.stringify({ Version: 1, AccessKeyId: 'test', SecretAccessKey: 'test' }));`,
    );
    const config = `
[profile program]
credential_process = ${process.execPath} ${credentials}
endpoint_url = ENDPOINT
`;
    const { code, stdout } = await withConfig(
      config,
      ...['audit', 'us-east-1@program', 'eu-west-1@program', '-o', 'json', '--quiet'],
      ...['--fail-on', 'none', '--target-role-arn', role('555555555555', 'audit')],
    );
    expect([0, 3]).toContain(code);
    const { source, target } = JSON.parse(stdout);
    expect([source.account, target.account]).toEqual(['123456789012', '555555555555']);
  });
});
