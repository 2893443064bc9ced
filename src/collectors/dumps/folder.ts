import { type Stats, statSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, type JsonObject } from '../../inventory/json-text.ts';
import { compareText, firstOf } from '../../inventory/order.ts';
import { isPackedOrUtf16, readTextFile, UnreadableText } from '../../inventory/text-file.ts';
import { Unable } from '../../inventory/unable.ts';
import { atOnce, type Working } from '../../inventory/working.ts';
import { groupBy } from '../../text/groups.ts';
import { printable } from '../../text/printable.ts';
import { type Contents, type Form, jsonContents, looksLikeYaml, yamlContents } from './contents.ts';
import { type AnswerKey, isAnswerKey, keyOfName } from './kinds.ts';

export { isObject, type JsonObject };

/** A file that holds at least one known answer, or that shows it was meant to. */
export interface DumpFile {
  readonly name: string;
  /** As messages write it, with the folder. */
  readonly shown: string;
  readonly modified: Date;
  readonly answers: readonly JsonObject[];
  readonly form: Form;
  /** Top-level keys in it that hold rows of another service. */
  readonly foreign: readonly string[];
  /** The file is broken: what is wrong, and what it would have held. */
  readonly fault: { readonly why: string; readonly key: AnswerKey } | null;
}

export interface Folder {
  /** As it was given, for commands. */
  readonly path: string;
  /** For messages: printable. */
  readonly dir: string;
  /** How long the text of its files is, together. */
  readonly characters: number;
  /** Oldest first, so that what comes later is newer; by name where the times are the same. */
  readonly files: readonly DumpFile[];
  /** Files whose intended kind is not known. They may be any kind that has no other file. */
  readonly suspects: readonly string[];
  /** Each file that was ignored, with the reason. */
  readonly leftAlone: readonly string[];
  readonly notes: readonly string[];
}

/** What one file turned out to be. `note` is the group of files it is named with. */
type Found = DumpFile | { readonly note: Note; readonly why?: string };
const NOTES = {
  folders: 'folders in it are not read',
  special: 'not regular files',
  text: 'neither JSON nor YAML',
  others: 'contains nothing that this tool reads',
  foreign: 'rows of another service',
  stripped: 'a list without its top-level key, as --query writes it; save the whole answer',
  broken: 'not readable',
} as const;
type Note = keyof typeof NOTES;

/**
 * Reads every file of the folder, under any name. Folders in it are not read: they are other dumps.
 * @throws Unable when there is no such folder.
 */
export async function readFolder(dir: string, working: Working = atOnce): Promise<Folder> {
  const files: DumpFile[] = [];
  const aside: { readonly note: Note; readonly text: string }[] = [];
  let characters = 0;
  const counted: Working = (work, length = 0) => {
    characters += length;
    return working(work, length);
  };
  for (const name of (await namesIn(dir)).sort(compareText)) {
    const found = await readOne(dir, name, counted);
    if ('note' in found) {
      const text = found.why ? `${printable(name)} (${found.why})` : printable(name);
      aside.push({ note: found.note, text });
    } else files.push(found);
  }
  const asideFor = groupBy(aside, ({ note }) => note);
  const namesFor = (note: Note) => (asideFor.get(note) ?? []).map(({ text }) => text);
  const shown = printable(dir, 400);
  const groups = Object.keys(NOTES) as Note[];
  const cut = files.filter(({ form }) => form !== 'whole').map(({ name }) => printable(name));
  return {
    path: dir,
    dir: shown,
    characters,
    files: files.sort((a, b) =>
      firstOf(a.modified.getTime() - b.modified.getTime(), compareText(a.name, b.name)),
    ),
    suspects: namesFor('broken'),
    leftAlone: groups.flatMap((note) =>
      namesFor(note).map((name) =>
        // Of a broken file the reason is with its name.
        note === 'broken' ? name : `${name} (${NOTES[note]})`,
      ),
    ),
    notes: [
      ...groups.flatMap((note) => {
        const names = namesFor(note);
        return names.length > 0 ? [`${shown}: ignored (${NOTES[note]}): ${names.join(', ')}`] : [];
      }),
      ...(cut.length > 0
        ? [
            `${shown}: rows without their top-level key, as --query or jq writes them, treated as whole lists: ${cut.join(', ')}`,
          ]
        : []),
      ...files
        .filter(({ foreign }) => foreign.length > 0)
        .map(
          ({ shown: file, foreign }) =>
            `${file}: rows of another service under ${foreign.join(', ')} are ignored`,
        ),
    ],
  };
}

async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'does not exist',
      ENOTDIR: 'is not a folder',
      EACCES: 'may not be read by this user',
    };
    throw new Unable(
      `The folder ${printable(dir, 400)} ${(code && reasons[code]) || `cannot be read: ${message}`}.`,
      'Give a folder of AWS CLI answers, a snapshot file (.json, .json.gz) or a region.',
      { cause: error },
    );
  }
}

/** Null where there is nothing that can be looked at. */
function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

async function readOne(dir: string, name: string, working: Working): Promise<Found> {
  const path = join(dir, name);
  const about = statOf(path);
  if (about?.isDirectory()) return { note: 'folders' };
  // Opening a pipe would wait for ever; a symbolic link may lead nowhere.
  if (!about?.isFile()) return { note: 'special' };
  const file = { name, shown: printable(path, 400), modified: about.mtime };
  const isOne = isJsonName(name) || isYamlName(name);
  let json: string;
  try {
    if (!isOne && !(await mayBeAnswer(path))) return { note: 'text' };
    const text = await readTextFile(path);
    if (isYamlName(name) || (!isJsonName(name) && looksLikeYaml(text))) {
      const contents = await yamlContents(text, name);
      return contents && (isOne || contents.answers.length > 0) ? foundIn(file, contents) : { note: 'text' };
    }
    if (!isOne && !/^\s*[{[]/.test(text)) return { note: 'text' };
    json = text;
  } catch (error) {
    if (error instanceof UnreadableText && !isOne) return { note: 'text' };
    if (!(error instanceof UnreadableText) && !(error as NodeJS.ErrnoException).code) throw error;
    return broken({ ...file, ...NO_ANSWERS }, (error as Error).message, []);
  }
  return working(() => foundIn(file, jsonContents(json, name)), json.length);
}

/** The first bytes decide, so that a disk image beside the dumps is not read into memory. */
async function mayBeAnswer(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
    const head = buffer.subarray(0, bytesRead);
    const start = head.toString('latin1');
    return /^(?:\xef\xbb\xbf)?\s*[{[]/.test(start) || looksLikeYaml(start) || isPackedOrUtf16(head);
  } finally {
    await handle.close();
  }
}

type FileSoFar = Omit<DumpFile, 'fault'>;
const NO_ANSWERS = { answers: [], form: 'whole', foreign: [] } as const;

function foundIn(
  file: Pick<DumpFile, 'name' | 'shown' | 'modified'>,
  { answers, form, foreign, stripped, fault }: Contents,
): Found {
  const found = { ...file, answers, form, foreign };
  if (fault) return broken(found, fault.why, fault.keys);
  if (answers.length > 0) return { ...found, fault: null };
  if (foreign.length > 0) return { note: 'foreign' };
  return { note: stripped ? 'stripped' : 'others' };
}

/** A broken file of a known kind is that kind's failure; of another call it is nothing to us; else it may be anything. */
function broken(file: FileSoFar, why: string, keys: readonly string[]): Found {
  const key = keys.find(isAnswerKey) ?? (keys.length === 0 ? keyOfName(file.name) : null);
  if (key || file.answers.length > 0) return { ...file, fault: key ? { why, key } : null };
  if (keys.length > 0) return { note: 'others' };
  return isJsonName(file.name) ? { note: 'broken', why } : { note: 'text' };
}

function isJsonName(name: string): boolean {
  return /\.json(\.gz)?$/i.test(name);
}

function isYamlName(name: string): boolean {
  return /\.ya?ml(\.gz)?$/i.test(name);
}
