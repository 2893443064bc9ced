import type { Stats } from 'node:fs';
import { type FileHandle, mkdir, open, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { printable } from '../text/printable.ts';
import { removeAbandoned, Temporary } from './temporary-files.ts';
import { Unable } from './unable.ts';

export interface WholeFile {
  readonly path: string;
  /** Texts of several parts are written one after the other. */
  readonly data: string | Uint8Array | Iterable<string>;
  /** What the file is, for the message, where it is not what the others are. */
  readonly what?: string;
}

/**
 * Writes the file whole or not at all; missing folders on the way are made.
 * @param what What the file is, for the message: "snapshot", "report".
 * @throws Unable when it cannot be written.
 */
export async function writeWholeFile(path: string, data: string | Uint8Array, what: string): Promise<void> {
  await writeWholeFiles([{ path, data }], what);
}

/** The sets of files that are being written. */
const underWay = new Set<Promise<void>>();

/** Whether a file is being written: what ends the process then without notice leaves a temporary file. */
export function isUnderWay(): boolean {
  return underWay.size > 0;
}

/** Resolves when no file is being written. */
export async function nothingUnderWay(): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled(underWay);
}

/**
 * Writes all files or none: each is written beside its place, and they are renamed only when all are complete, so
 * that a disk that fills up leaves the former set. Temporary files of runs that were killed are removed first.
 * @param what What the files are, for the message.
 * @throws Unable for the first that cannot be written.
 */
export async function writeWholeFiles(files: readonly WholeFile[], what: string): Promise<void> {
  const writing = writeSet(files, what);
  underWay.add(writing);
  try {
    await writing;
  } finally {
    underWay.delete(writing);
  }
}

async function writeSet(files: readonly WholeFile[], what: string): Promise<void> {
  const places = await Promise.all(files.map(({ path }) => placeOf(path)));
  for (const folder of new Set(places.map(dirname))) await removeAbandoned(folder);
  const all = gate(files.length);
  const written = await Promise.allSettled(
    files.map(async (file) => {
      try {
        await writeOne(file, all.arrive);
      } catch (error) {
        all.fail();
        throw error instanceof OtherFailed ? error : unable(error, file.path, file.what ?? what);
      }
    }),
  );
  const reasons = written.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const reason = reasons.find((one) => !(one instanceof OtherFailed));
  if (reason !== undefined) throw reason;
}

/** Another file of the set cannot be written. */
class OtherFailed extends Error {}

/** What `arrive` returns is settled when all have arrived, and fails when one of them cannot. */
function gate(count: number): { readonly arrive: () => Promise<void>; readonly fail: () => void } {
  let [arrived, open, close] = [0, () => {}, () => {}];
  const all = new Promise<void>((resolve, reject) => {
    open = resolve;
    close = () => reject(new OtherFailed());
  });
  // Where the only file fails, no other one awaits this: without a handler Node would report the rejection.
  all.catch(() => {});
  return {
    arrive: () => {
      arrived += 1;
      if (arrived === count) open();
      return all;
    },
    fail: close,
  };
}

async function writeOne({ path, data }: WholeFile, complete: () => Promise<void>): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  await mkdir(dirname(path), { recursive: true });
  // `-o /dev/stdout`, `-o /dev/null`, a named pipe: renaming a file over them would replace the device itself.
  // It is written before the others are renamed: if it takes no more, they stay as they were.
  if (there && !there.isFile()) {
    await writeFile(path, data);
    return await complete();
  }
  await replace(path, there, data, complete);
}

/** Writes the file beside its place and renames it when all are complete. A symbolic link stays, and its file is replaced. */
async function replace(
  path: string,
  former: Stats | null,
  data: WholeFile['data'],
  complete: () => Promise<void>,
): Promise<void> {
  const place = await placeOf(path);
  const temporary = new Temporary(dirname(place));
  try {
    const file = await open(temporary.path, 'wx', former?.mode ?? 0o666);
    try {
      await writeFile(file, data);
      if (former) await keepRights(file, former);
      await file.sync();
    } finally {
      await file.close();
    }
    await complete();
    await rename(temporary.path, place);
  } finally {
    await temporary.remove();
  }
}

/** The file that a symbolic link resolves to. */
async function placeOf(path: string): Promise<string> {
  return await realpath(path).catch(() => path);
}

/** The owner and the mode of the file that is replaced, as far as this user may set them. */
async function keepRights(file: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const unlessRefused = (error: NodeJS.ErrnoException) => {
    if (!['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP'].includes(error.code ?? '')) throw error;
  };
  await file.chown(uid, gid).catch(unlessRefused);
  // After the owner, since a change of owner clears bits of the mode.
  await file.chmod(mode & 0o7777).catch(unlessRefused);
}

function unable(error: unknown, path: string, what: string): Unable {
  const { code, message } = error as NodeJS.ErrnoException;
  const [reason, hint] = (code && REASONS[code]) || [message, 'Choose another path with -o or --output-dir.'];
  return new Unable(`The ${what} cannot be written to ${printable(path, 400)}: ${reason}.`, hint, {
    cause: error,
  });
}

const ELSEWHERE = 'Choose another path, or change the permissions of that folder.';
const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  EACCES: ['this user may not write there', ELSEWHERE],
  EPERM: ['this user may not write there', ELSEWHERE],
  EROFS: ['that file system is read-only', 'Choose a path on another file system.'],
  ENOSPC: [
    'no space is left on that file system',
    'Free some space there, or choose a path on another file system.',
  ],
  EDQUOT: ['the disk quota is used up', 'Free some space there, or choose a path on another file system.'],
  EFBIG: [
    'it is larger than that file system allows',
    'Choose a path on another file system, or end its name in .gz.',
  ],
  ENOENT: [
    'a folder on the way cannot be created, because a part of the path is a symbolic link to something that does not exist',
    'Create what the link names, or choose another path.',
  ],
  EISDIR: ['it is a folder', 'Give the path of a file.'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'Choose another path.'],
  EEXIST: ['a part of the path is a file, not a folder', 'Choose another path.'],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter path.'],
};
