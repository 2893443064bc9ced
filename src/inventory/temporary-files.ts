import { createHash, randomBytes } from 'node:crypto';
import { readlinkSync, unlinkSync } from 'node:fs';
import { readdir, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Of another machine or container nothing shows whether its process still runs; it writes no file for as long as this. */
const ABANDONED_AFTER_MS = 3_600_000;
const HOST = createHash('sha256').update(`${hostname()} ${processNamespace()}`).digest('hex').slice(0, 8);
const NAME = /^\.ec2-parity-([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{16}\.tmp$/;

/** Those of this process that may exist. */
const existing = new Set<string>();
let removesAtExit = false;

/** A file that is written beside its final place. It is removed when the process exits, and by a later run if it was killed. */
export class Temporary {
  /**
   * The name says which process of which machine writes it. The random part keeps apart two containers whose processes have
   * the same number.
   */
  readonly path: string;

  constructor(folder: string) {
    const random = randomBytes(8).toString('hex');
    this.path = join(folder, `.ec2-parity-${HOST}-${process.pid}-${random}.tmp`);
    existing.add(this.path);
    if (removesAtExit) return;
    removesAtExit = true;
    process.on('exit', removeAtExit);
  }

  /** Does nothing where it was renamed. */
  async remove(): Promise<void> {
    await unlink(this.path).catch(() => {});
    existing.delete(this.path);
  }
}

function removeAtExit(): void {
  for (const path of existing) {
    try {
      unlinkSync(path);
    } catch {
      // It does not exist yet, or was renamed.
    }
  }
}

/** Removes the temporary files that runs left in a folder because they were killed. Those of a run that may still be alive stay. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, host, pid] = NAME.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    const ended = host === HOST && !isAlive(Number(pid));
    if (!ended && !(await isOld(path))) continue;
    // Another run may have removed it, or it may belong to another user: both are no failure of this run.
    await unlink(path).catch(() => {});
  }
}

/** Containers can have the name of their machine, and each counts its processes from 1. Linux only; elsewhere empty. */
function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS;
}
