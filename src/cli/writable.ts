import { mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Unable } from '../inventory/unable.ts';

/**
 * Finds out before minutes of collecting what would make a write fail after them. Leaves nothing: a run that ends
 * early makes no folder.
 * @param what What the files are, for the message: "report", "snapshot".
 * @param inputs Files that are read: a report must not take the place of what it is made from.
 * @throws Unable naming the path.
 */
export async function refuseUnwritable(
  paths: readonly string[],
  what: string,
  inputs: readonly string[] = [],
): Promise<void> {
  for (const path of paths) {
    const refused = inputs.some((input) => resolve(input) === resolve(path))
      ? 'it is read in this run'
      : await obstacle(resolve(path));
    if (refused !== null) {
      throw new Unable(`The ${what} cannot be written to ${path}: ${refused}.`, 'Choose another path.');
    }
  }
}

/** Why the file cannot be written, or null. Checked at the nearest existing folder: the others will be created. */
async function obstacle(path: string): Promise<string | null> {
  const existing = await stat(path).catch(() => null);
  if (existing?.isDirectory()) return 'it is a folder';
  // A device or a named pipe takes what it is given.
  if (existing && !existing.isFile()) return null;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (found && !found.isDirectory()) return `${folder} is a file, not a folder`;
    if (found) return notWritable(folder);
    if (folder === dirname(folder)) return null;
  }
}

/** By trying: for root, and in places like /proc, permissions do not show it. */
async function notWritable(folder: string): Promise<string | null> {
  try {
    await rmdir(await mkdtemp(join(folder, '.ec2-parity-')));
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EROFS') return `${folder} is on a read-only file system`;
    if (code === 'EACCES' || code === 'EPERM') return `this user may not write to ${folder}`;
    return `nothing can be created in ${folder} (${message})`;
  }
}
