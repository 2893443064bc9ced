import { fileURLToPath } from 'node:url';
import { ImportKeyPairCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { ED25519, RSA } from '../inventory/vectors.ts';
import { clientOf, SOURCE, TARGET } from './estate.ts';
import { type Moto, run, startMoto } from './kit.ts';

const KEYS = { ops: RSA.line, "it's $(id) `x`": ED25519.line };
let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
  const client = clientOf(moto.url, SOURCE);
  for (const [KeyName, line] of Object.entries(KEYS))
    await client.send(new ImportKeyPairCommand({ KeyName, PublicKeyMaterial: Buffer.from(line) }));
  client.destroy();
});
afterAll(() => moto?.stop());

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
async function audit(): Promise<Report> {
  const args = ['audit', SOURCE, TARGET, '--only', 'key-pairs', '-o', 'json', '--fail-on', 'none'];
  const env = { AWS_ENDPOINT_URL: moto.url };
  return JSON.parse((await run(process.execPath, ['--import', 'tsx', MAIN, ...args], env)).stdout);
}

it('the remedy of a missing key, pasted into a shell as it stands, makes it the same on the target', async () => {
  const before = await audit();
  expect(before.findings.map((f) => [f.rule, f.subject.name])).toEqual(
    expect.arrayContaining(Object.keys(KEYS).map((name) => ['key-pair/missing', name])),
  );
  for (const { shell } of before.findings.flatMap((f) => f.commands ?? [])) {
    const ended = await run('sh', ['-c', shell], { AWS_ENDPOINT_URL: moto.url });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
  }
  const after = await audit();
  expect(after.findings).toEqual([]);
  expect(after.pairs.map((pair) => pair.state)).toEqual(['same', 'same']);
});
