import { open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Temporary } from '../inventory/temporary-files.ts';
import { Unable } from '../inventory/unable.ts';

/** Refuses files of a plan where a report of the same run goes, also through links: one would replace the other. */
export async function refuseSharedPlace(
  planned: readonly string[],
  reports: readonly string[],
): Promise<void> {
  const places = await Promise.all(reports.map(placeOf));
  for (const path of planned) {
    const to = await placeOf(path);
    if (places.some(({ path, id }) => path === to.path || (id !== null && id === to.id)))
      throw new Unable(
        `The plan cannot be written to ${path}: -o writes a report to the same file.`,
        'Choose another folder for the plan, or another path for the report.',
      );
  }
}

/**
 * Finds out before minutes of collecting what would make a write fail after them. Leaves nothing: a run that ends
 * early makes no folder.
 * @param what What the files are, for the message: "report", "snapshot".
 * @param inputs Files that are read, and folders whose files are: a report must not take the place of what it is made
 *   from, nor be read as a part of it the next time.
 * @throws Unable naming the path.
 */
export async function refuseUnwritable(
  paths: readonly string[],
  what: string,
  inputs: readonly string[] = [],
): Promise<void> {
  const read = await Promise.all(inputs.map(async (path) => ({ path, is: await placeOf(path) })));
  for (const path of paths) {
    const to = await placeOf(path);
    const taken = read.find(({ is }) => is.path === to.path || (is.id !== null && is.id === to.id));
    const around = read.find(({ is }) => is.folder && is.path === dirname(to.path));
    const refused = taken
      ? resolve(taken.path) === resolve(path)
        ? 'it is read in this run'
        : `it is the same file as ${taken.path}, which is read in this run`
      : around
        ? `the files of ${around.path} are read in this run, and in the next one it would be one of them`
        : await obstacle(resolve(path));
    if (refused !== null) {
      throw new Unable(`The ${what} cannot be written to ${path}: ${refused}.`, 'Choose another path.');
    }
  }
}

interface Place {
  /** Without symbolic links, also where the file does not exist yet. */
  readonly path: string;
  /** Of a file that exists: two names of one file have it in common. */
  readonly id: string | null;
  readonly folder: boolean;
}

/** The file or folder that a path resolves to: a link and its file are one place. */
async function placeOf(path: string): Promise<Place> {
  const whole = resolve(path);
  const found = await stat(whole, { bigint: true }).catch(() => null);
  if (found) {
    return {
      path: await realpath(whole).catch(() => whole),
      // A device is no file: /dev/stdout may be written although /dev/stdin is read.
      id: found.isFile() ? `${found.dev}:${found.ino}` : null,
      folder: found.isDirectory(),
    };
  }
  for (let [folder, rest] = [dirname(whole), basename(whole)]; ; ) {
    const real = await realpath(folder).catch(() => null);
    if (real !== null) return { path: join(real, rest), id: null, folder: false };
    if (folder === dirname(folder)) return { path: whole, id: null, folder: false };
    [folder, rest] = [dirname(folder), join(basename(folder), rest)];
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
  const probe = new Temporary(folder);
  try {
    await (await open(probe.path, 'wx')).close();
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EROFS') return `${folder} is on a read-only file system`;
    if (code === 'EACCES' || code === 'EPERM') return `this user may not write to ${folder}`;
    return `nothing can be created in ${folder} (${message})`;
  } finally {
    await probe.remove();
  }
}
