import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withHistory } from '../drift/history.ts';
import { LEDGER_VERSION, type Ledger, ledgerSchema } from '../drift/ledger.ts';
import { filledFrom } from '../drift/mover.ts';
import { assembleSnapshot } from '../inventory/assemble.ts';
import { nestsDeeperThan } from '../inventory/json-depth.ts';
import { repeatedKey } from '../inventory/json-duplicates.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import { snapshotText } from '../inventory/snapshot-text.ts';
import { readSnapshot, writeSnapshot } from '../inventory/store.ts';
import { readTextFile, UnreadableText } from '../inventory/text-file.ts';
import { Unable } from '../inventory/unable.ts';
import { atOnce, type Working } from '../inventory/working.ts';
import { writeWholeFile } from '../inventory/write-file.ts';
import type { Report, ReportSide } from '../report/model.ts';

export interface HistoryRequest {
  /** The folder of the ledger. */
  readonly folder: string;
  /** The option, variable or setting that names it, for messages. */
  readonly by: string;
}

/** Down to the fields of a run or of a finding: JSON.parse would keep the last of two equal keys. */
const KEYS_CHECKED = 4;
/** So many earlier runs are looked through for what the last one could not read. */
const MOST_BACK = 30;

/**
 * Adds to the report what earlier runs of the same two sides found, and adds this run to the ledger. A snapshot is kept under a
 * digest of its content, so that a day without change adds no file.
 * @throws Unable where the ledger is not valid, is of another account, or cannot be written.
 */
export async function recordedRun(
  { folder, by }: HistoryRequest,
  report: Report,
  sides: { readonly source: Snapshot; readonly target: Snapshot },
  settings: unknown,
  auditOf: (source: Snapshot, target: Snapshot) => Report,
  working: Working = atOnce,
): Promise<Report> {
  const path = join(folder, `${fileName(report.source)}..${fileName(report.target)}.json`);
  const ledger = await readLedger(path, by);
  if (ledger) refuseOthers(ledger, report, path, by);
  const [source, target] = await working(() => [keyed(sides.source), keyed(sides.target)] as const);
  const before = ledger && (await lastRead(folder, ledger));
  const { report: told, ledger: next } = await working(() =>
    withHistory(
      { report, source, target, settings: digest(JSON.stringify(settings)), before, auditOf },
      ledger,
    ),
  );
  for (const { hash, snapshot } of [source, target]) {
    const file = snapshotFile(folder, hash);
    if (!(await stat(file).catch(() => null))) await writeSnapshot(file, snapshot);
  }
  await writeWholeFile(path, `${JSON.stringify(next, null, 1)}\n`, 'ledger');
  return told;
}

/** Regions hold no other characters; a folder of dumps may say anything of itself. */
function fileName({ region }: ReportSide): string {
  return region.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80) || 'side';
}

function snapshotFile(folder: string, hash: string): string {
  return join(folder, 'snapshots', `${hash}.json.gz`);
}

/** In canonical order, and by what it holds: not by when or how it was taken. */
function keyed(taken: Snapshot): { snapshot: Snapshot; hash: string } {
  const snapshot = assembleSnapshot(taken);
  return { snapshot, hash: digest(snapshotText({ ...snapshot, takenAt: '', origin: '' })) };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

async function readLedger(path: string, by: string): Promise<Ledger | null> {
  const hint = 'Name another folder, or move that file away to begin a new ledger.';
  const text = await readTextFile(path).catch((error: unknown) => {
    if (!(error instanceof UnreadableText)) throw error;
    if (error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ENOENT') return null;
    throw new Unable(`${by}: ${path} cannot be read: it ${error.message}.`, hint, { cause: error });
  });
  if (text === null) return null;
  const value = json(text);
  const parsed = ledgerSchema.safeParse(nestsDeeperThan(value) ? undefined : value);
  if (parsed.success) return parsed.data;
  const version = typeof value === 'object' && value !== null && 'ledger' in value ? value.ledger : undefined;
  const what =
    typeof version === 'number' && version > LEDGER_VERSION
      ? `is a ledger of version ${version}; this ec2-parity reads version ${LEDGER_VERSION}`
      : 'is not a ledger of ec2-parity';
  throw new Unable(`${by}: ${path} ${what}.`, hint);
}

function json(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return repeatedKey(text, KEYS_CHECKED) ? undefined : value;
  } catch {
    return undefined;
  }
}

function refuseOthers(ledger: Ledger, report: Report, path: string, by: string): void {
  for (const side of ['source', 'target'] as const) {
    const [then, now] = [ledger[side].account, report[side].account];
    if (then !== null && now !== null && then !== now)
      throw new Unable(
        `${by}: ${path} is of another account; its ${side} is account ${then}, this run's is ${now}.`,
        'Name another folder for the runs of this account.',
      );
  }
}

/** Both sides as the last run read them; null where a file is missing. */
async function lastRead(
  folder: string,
  ledger: Ledger,
): Promise<{ source: Snapshot; target: Snapshot } | null> {
  const source = await lastOf(folder, ledger, 'source');
  const target = await lastOf(folder, ledger, 'target');
  return source && target ? { source, target } : null;
}

async function lastOf(folder: string, ledger: Ledger, side: 'source' | 'target'): Promise<Snapshot | null> {
  const runs = ledger.runs.slice(-MOST_BACK).reverse();
  let snapshot: Snapshot | null = null;
  for (const run of runs) {
    const read: Snapshot | null = await readSnapshot(snapshotFile(folder, run[side].hash)).catch(() => null);
    if (read === null) return snapshot;
    snapshot = snapshot === null ? read : filledFrom(snapshot, read);
    if (run[side].unread.length === 0) break;
  }
  return snapshot;
}
