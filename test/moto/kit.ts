import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What every process of these tests sees of AWS: keys that mean nothing, and none of the developer's own settings. */
export const AWS_ENV = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
};

export interface Moto {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts `moto_server` on a free port of loopback. One server holds all regions and tells them apart by the signature.
 * @throws when it is not installed: these tests prove nothing without it, so they fail and do not skip.
 */
export function startMoto(): Promise<Moto> {
  return startServer('moto_server', []);
}

/** The same with what plans need of EC2 and moto does not have: see ec2_server.py. */
export function startEc2(): Promise<Moto> {
  return startServer('python3', [join(import.meta.dirname, 'ec2_server.py')]);
}

async function startServer(program: string, args: readonly string[]): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let said = '';
  const server = spawn(program, [...args, '-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A run that is broken off must not leave a server behind.
  process.once('exit', () => server.kill());
  const ended = new Promise<string>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ENOENT' ? 'is not on the PATH' : `does not start: ${error.message}`);
    });
    server.once('exit', (code) => resolve(`ended with ${code}: ${said}`));
  });
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-2000);
    });
  }
  const waiting = new AbortController();
  const failure = await Promise.race([ended, answers(url, waiting.signal)]);
  waiting.abort();
  if (failure !== null) {
    server.kill();
    throw new Error(
      `${[program, ...args].join(' ')} ${failure}. The tests against a real EC2 API need it: pip install 'moto[server]'`,
    );
  }
  return { url, stop: () => stop(server) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Null once it answers; importing moto takes seconds, on a busy machine many. */
async function answers(url: string, signal: AbortSignal): Promise<string | null> {
  for (const end = Date.now() + 90_000; Date.now() < end && !signal.aborted; ) {
    const answer = await fetch(`${url}/moto-api/data.json`).catch(() => null);
    if (answer?.ok) return null;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return 'does not answer within 90 seconds';
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill();
  await ended;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever the end. @throws when there is no such program. */
export async function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const options = { env: { ...process.env, ...AWS_ENV, ...env }, maxBuffer: 2 ** 28 };
  try {
    return { code: 0, ...(await promisify(execFile)(program, args, options)) };
  } catch (error) {
    const {
      code,
      stdout = '',
      stderr = '',
    } = error as { code?: number | string; stdout?: string; stderr?: string };
    if (code === 'ENOENT')
      throw new Error(`${program} is not on the PATH; these tests need it`, { cause: error });
    return { code: Number(code), stdout, stderr };
  }
}
