import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type DumpResult, readDumps } from '../../../src/collectors/dumps/index.ts';
import type { Failure } from '../../../src/inventory/collected.ts';
import type { SnapshotKind } from '../../../src/inventory/snapshot.ts';
import { SCOPES, type Scope } from '../../../src/report/vocabulary.ts';

/** What stands in a folder: text or bytes as they are, anything else as JSON. The order is the order in time. */
export type Files = Readonly<Record<string, unknown>>;

/** A folder of dumps of this test's own, called `name`. Each file is a minute newer than the one before. */
export async function dumpFolder(files: Files, name = 'us-east-1'): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'ec2-parity-dumps-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const dir = join(root, name);
  await mkdir(dir);
  for (const [i, [file, content]] of Object.entries(files).entries()) {
    const path = join(dir, file);
    await mkdir(dirname(path), { recursive: true });
    const plain = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(path, plain ? content : JSON.stringify(content, null, 4));
    const time = new Date(Date.UTC(2026, 10, 1, 12, i));
    await utimes(path, time, time);
  }
  return dir;
}

export interface Read extends DumpResult {
  readonly dir: string;
}

export async function read(
  files: Files,
  options: { name?: string; region?: string; scopes?: readonly Scope[] } = {},
): Promise<Read> {
  const dir = await dumpFolder(files, options.name);
  const { region, scopes = SCOPES } = options;
  return { dir, ...(await readDumps(dir, { region, scopes, flag: '--source-region' })) };
}

/** Message and hint of the refusal, with the folder written as DIR. */
export async function refusal(
  files: Files,
  options: { name?: string; region?: string } = {},
): Promise<string> {
  const dir = await dumpFolder(files, options.name);
  const error: unknown = await readDumps(dir, {
    region: options.region,
    scopes: SCOPES,
    flag: '--source-region',
  }).then(
    () => null,
    (thrown) => thrown,
  );
  if (!(error instanceof Error) || error.name !== 'Unable') throw new Error(`expected Unable, got ${error}`);
  return `${error.message} ${(error as Error & { hint: string }).hint}`.replaceAll(dir, 'DIR');
}

/** The failure of a kind in one line, with the folder written as DIR. */
export function failureOf(found: Read, kind: SnapshotKind): string {
  const collected = found.snapshot[kind];
  if (collected.status === 'complete')
    throw new Error(`${kind} is complete with ${collected.items.length} items`);
  return said(collected.failure).replaceAll(found.dir, 'DIR');
}

export function gapsOf({ snapshot, dir }: Read): string[] {
  return snapshot.gaps.map((gap) => `${gap.kind} ${said(gap)}`.replaceAll(dir, 'DIR'));
}

/** Code, message and hint, and each command after a "$". */
function said({ code, message, hint, commands = [] }: Failure): string {
  return [`${code}: ${message} ${hint}`, ...commands.map(({ shell }) => `$ ${shell}`)].join(' ');
}

export function notesOf({ notes, dir }: Read): string[] {
  return notes.map((note) => note.replaceAll(dir, 'DIR'));
}

export function namesOf(
  found: Read,
  kind: 'vpcs' | 'keyPairs' | 'prefixLists' | 'securityGroups' | 'images',
): (string | null)[] {
  const collected = found.snapshot[kind];
  if (collected.status === 'failed') throw new Error(failureOf(found, kind));
  return collected.items.map(({ name }) => name);
}

export const ME = '111122223333';
export const key = (KeyName: string, more: object = {}) => ({
  KeyName,
  KeyPairId: `key-${KeyName}`,
  KeyType: 'rsa',
  ...more,
});
export const group = (GroupId: string, more: object = {}) => ({
  GroupId,
  GroupName: `name of ${GroupId}`,
  Description: '',
  OwnerId: ME,
  VpcId: 'vpc-1',
  IpPermissions: [],
  IpPermissionsEgress: [],
  ...more,
});
export const image = (ImageId: string, more: object = {}) => ({
  ImageId,
  Name: ImageId,
  OwnerId: ME,
  State: 'available',
  ...more,
});
export const CALLER = { UserId: 'AIDAX', Account: ME, Arn: `arn:aws:iam::${ME}:user/me` };
