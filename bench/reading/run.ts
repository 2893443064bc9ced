import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Within `node_modules`, so that the bundles find the packages. */
const BUILT = `${ROOT}node_modules/.cache/ec2-parity-bench`;

/** Of every reader: credentials that no server checks, and no look for others. */
export const ENV = {
  PATH: process.env.PATH,
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** A script of `bench/` in JavaScript: a reader that is compiled first would be slower by that. */
export function built(name: string): string {
  mkdirSync(BUILT, { recursive: true });
  const outfile = `${BUILT}/${name.replaceAll('/', '-')}.mjs`;
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: [`bench/${name}.ts`],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  return outfile;
}

/** What a process took. Processor time is more reliable than the clock where the machine has other work. */
export interface Cost {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly megabytes: number;
}

/** Starts a process, which writes its usage as its last line, and waits for its end. @throws Error where it fails. */
export async function costOf(command: string, args: readonly string[]): Promise<Cost> {
  const began = performance.now();
  const child = spawn(command, args, { env: ENV, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  const seconds = (performance.now() - began) / 1000;
  const [processorSeconds = 0, megabytes = 0] = said.trim().split(' ').map(Number);
  return { seconds, processorSeconds, megabytes };
}

export interface Server {
  readonly port: string;
  readonly stop: () => void;
}

/** A script of `bench/` that writes the port on which it answers. */
export async function startServer(name: string, args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, [built(name), ...args], {
    env: ENV,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  const port = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', () => reject(new Error(`${name} ended before it answered`)));
  });
  return { port, stop: () => child.kill() };
}

/** Whether a command can be started and ends with 0. */
export async function works(command: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(command, args, { env: ENV, stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}
