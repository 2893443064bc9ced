import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { badDay } from '../kit/bad-days.ts';
import { CERTIFICATES } from '../kit/certificates.ts';
import { installedTool, runProcess } from './kit/process.ts';
import { temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
let main: string;
let server: Server | undefined;
beforeAll(() => {
  main = installedTool().main;
}, 120_000);
afterEach(() => {
  server?.close();
});

/** A snapshot of a region behind the certificate. Node reads whom to trust when it starts. */
async function snapshotBehind(name: keyof typeof CERTIFICATES, trusted: boolean) {
  server = createServer(CERTIFICATES[name], (_, response) => response.end());
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const cwd = mkdtempSync(join(folder, 'run-'));
  writeFileSync(join(cwd, 'ca.pem'), CERTIFICATES[name].cert);
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  const args = ['snapshot', 'us-east-1', '-o', 's.json', '--only', 'key-pairs', '--endpoint-url', url];
  const env = {
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_MAX_ATTEMPTS: '1',
    ...(trusted ? { NODE_EXTRA_CA_CERTS: join(cwd, 'ca.pem') } : {}),
  };
  const { code, stderr } = await runProcess(main, args, { cwd, env });
  return { code, text: stderr.replace(/\s+/g, ' ') };
}

describe('TLS', () => {
  it(badDay('untrusted-certificate'), async () => {
    const { code, text } = await snapshotBehind('good', false);
    expect(code).toBe(3);
    expect(text).toContain('(unreachable)');
    expect(text).toContain(
      'set AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS to the file that holds its certificate authority',
    );
  });

  it(badDay('expired-certificate'), async () => {
    const { code, text } = await snapshotBehind('expired', true);
    expect(code).toBe(3);
    expect(text).toContain('certificate has expired');
    expect(text).toContain('Check the clock of this machine first');
  });

  it(badDay('certificate-of-another'), async () => {
    const { code, text } = await snapshotBehind('other', true);
    expect(code).toBe(3);
    expect(text).toContain('The certificate is for another host name than https://localhost:');
  });

  it('with a certificate that Node.js is made to trust is no matter', async () => {
    const { text } = await snapshotBehind('good', true);
    expect(text).toContain('(malformed)');
    expect(text).not.toContain('certificate');
  });
});
