import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { printable } from '../text/printable.ts';
import { fileLines } from './file-lines.ts';
import { repeatedKey } from './json-duplicates.ts';
import { readDocuments } from './json-text.ts';
import { SharedRules } from './shared-rules.ts';
import { SNAPSHOT_VERSION, type Snapshot } from './snapshot.ts';
import { checkSnapshot } from './snapshot-check.ts';
import { SnapshotFault } from './snapshot-fault.ts';
import { SnapshotLines } from './snapshot-lines.ts';
import { snapshotText } from './snapshot-text.ts';
import { readTextFile, UnreadableText } from './text-file.ts';
import { Unable } from './unable.ts';
import { atOnce, type Working } from './working.ts';
import { writeWholeFile } from './write-file.ts';

export { snapshotText } from './snapshot-text.ts';

/** Down to the fields of an object: root, kind, its list, the object. */
const KEYS_CHECKED = 4;
const TAKE_AGAIN = 'Take it again with: ec2-parity snapshot REGION -o FILE';

/**
 * Reads a snapshot file, `.json` or `.json.gz`.
 * @param shared What other files of the same comparison have in common with this one.
 * @throws Unable with the file, the field and what to do, for anything that is not a whole and valid snapshot.
 */
export async function readSnapshot(
  path: string,
  shared = new SharedRules(),
  working: Working = atOnce,
): Promise<Snapshot> {
  const shown = printable(path, 400);
  const value = (await writtenValue(path, shared)) ?? (await otherValue(path, shown, working));
  refuseOtherFiles(shown, value);
  try {
    return await working(() => checkSnapshot(value, shared));
  } catch (error) {
    if (!(error instanceof SnapshotFault)) throw error;
    throw new Unable(
      `The snapshot ${shown} is not valid: ${error.message}.`,
      `Correct that field, or restore the file. ${TAKE_AGAIN}`,
    );
  }
}

/**
 * Writes a snapshot, gzipped where the name ends in `.gz`. The file is there whole or not at all.
 * @throws Unable when it cannot be written.
 */
export async function writeSnapshot(path: string, snapshot: Snapshot): Promise<void> {
  const text = snapshotText(snapshot);
  await writeWholeFile(path, /\.gz$/i.test(path) ? await promisify(gzip)(text) : text, 'snapshot');
}

/** The value of a file in the form in which this tool writes snapshots; null for any other, and for what cannot be read. */
async function writtenValue(path: string, shared: SharedRules): Promise<unknown> {
  try {
    const written = new SnapshotLines(shared);
    for await (const lines of fileLines(path)) for (const line of lines) written.push(line);
    return written.end();
  } catch {
    // Which fault it is, and in which line, is for the reader of the whole text to say.
    return null;
  }
}

async function otherValue(path: string, shown: string, working: Working): Promise<unknown> {
  const text = await textOf(path, shown);
  return working(() => onlyValue(shown, text));
}

async function textOf(path: string, shown: string): Promise<string> {
  try {
    return await readTextFile(path);
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    throw new Unable(
      `The snapshot ${shown} cannot be read: it ${error.message}.`,
      `Check the path. ${TAKE_AGAIN}`,
      { cause: error },
    );
  }
}

function onlyValue(shown: string, text: string): unknown {
  if (text.trim() === '') throw new Unable(`The snapshot ${shown} is empty.`, TAKE_AGAIN);
  const { documents, fault } = readDocuments(text);
  if (fault) {
    const where = `line ${fault.line}, column ${fault.column}`;
    throw new Unable(
      `The snapshot ${shown} is incomplete or not JSON: ${fault.what} at ${where}.`,
      TAKE_AGAIN,
    );
  }
  if (documents.length > 1) {
    throw new Unable(
      `The file ${shown} contains ${documents.length} JSON values; a snapshot is one value.`,
      TAKE_AGAIN,
    );
  }
  const repeated = repeatedKey(text, KEYS_CHECKED);
  if (repeated) {
    throw new Unable(
      `The snapshot ${shown} has "${printable(repeated.key, 80)}" twice in one object, the second time in line ${repeated.line}.`,
      `Remove the one that is wrong, or restore the file. ${TAKE_AGAIN}`,
    );
  }
  return documents[0];
}

/** Says what the file is, where it is something else that people have lying about. */
function refuseOtherFiles(shown: string, value: unknown): void {
  const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const version = keys.includes('schemaVersion')
    ? (value as { schemaVersion: unknown }).schemaVersion
    : undefined;
  if (['findings', 'pairs', 'verdict'].every((key) => keys.includes(key))) {
    throw new Unable(
      `The file ${shown} is a report of ec2-parity, not a snapshot.`,
      'Give a snapshot here; `ec2-parity render` takes reports.',
    );
  }
  const answer = keys.find((key) => /^[A-Z][A-Za-z]+$/.test(key));
  if (version === undefined && answer) {
    throw new Unable(
      `The file ${shown} is not a snapshot: its "${answer}" looks like one answer of the AWS CLI.`,
      'Put the answers of one region into a separate folder and give the folder.',
    );
  }
  if (typeof version === 'number' && version > SNAPSHOT_VERSION) {
    throw new Unable(
      `The snapshot ${shown} was made by a newer ec2-parity (schema version ${version}; this one reads ${SNAPSHOT_VERSION}).`,
      'Update ec2-parity, or take the snapshot again with this version.',
    );
  }
  if (version === undefined)
    throw new Unable(
      `The file ${shown} is not a snapshot of ec2-parity: it has no "schemaVersion".`,
      TAKE_AGAIN,
    );
}
