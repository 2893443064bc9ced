import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { kindsOfScopes, leftOut } from '../collectors/scopes.ts';
import { assembleSnapshot } from '../inventory/assemble.ts';
import type { Collected } from '../inventory/collected.ts';
import { regionsIn } from '../inventory/regions.ts';
import type { Snapshot, SnapshotKind } from '../inventory/snapshot.ts';
import { isPackedOrUtf16, readTextFile, UnreadableText } from '../inventory/text-file.ts';
import { Unable } from '../inventory/unable.ts';
import { looksLikeListing, noWorkloads, readListing } from '../listing/index.ts';
import type { Scope } from '../report/vocabulary.ts';
import { printable } from '../text/printable.ts';

/** Whether the file begins as a listing does. Of a plain text only the first lines are read, so its size does not matter. */
export async function isListingFile(path: string): Promise<boolean> {
  try {
    // A pipe would be waited on for ever.
    if (!(await stat(path)).isFile()) return false;
    const head = await headOf(path);
    return looksLikeListing(isPackedOrUtf16(head) ? await readTextFile(path) : head.toString('latin1'));
  } catch {
    // The reader of the kind of file says why it cannot be read.
    return false;
  }
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    // The byte order mark of UTF-8 is nothing to a reader of single bytes.
    const start = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
    return buffer.subarray(start, bytesRead);
  } finally {
    await handle.close();
  }
}

export interface ListingFileOptions {
  /** What --source-region or --target-region says. */
  readonly region?: string | undefined;
  /** The name of that option, for messages. */
  readonly flag: string;
  readonly scopes: readonly Scope[];
}

/** @throws Unable when its region is not known, or for a line that cannot be read. */
export async function readListingFile(
  path: string,
  { region: said, flag, scopes }: ListingFileOptions,
): Promise<{ snapshot: Snapshot; notes: readonly string[] }> {
  const name = printable(path, 400);
  const named = regionsIn(basename(path));
  const region = said ?? (named.length === 1 ? named[0] : undefined);
  if (region === undefined) {
    throw new Unable(
      `The region of ${name} is not known: neither the listing nor the name of the file contains it.`,
      `Give ${flag}, for example ${flag} us-east-1.`,
    );
  }
  const { account, notes, gaps, ...kinds } = readListing(await textOf(path, name), { region, name });
  const wanted = kindsOfScopes(scopes);
  const asked = <Item>(kind: SnapshotKind, collected: Collected<Item>) =>
    wanted.has(kind) ? collected : leftOut();
  const none = noWorkloads(name);
  const snapshot = assembleSnapshot({
    region,
    account,
    takenAt: (await stat(path)).mtime.toISOString(),
    origin: 'listing',
    vpcs: asked('vpcs', kinds.vpcs),
    keyPairs: asked('keyPairs', kinds.keyPairs),
    prefixLists: asked('prefixLists', kinds.prefixLists),
    securityGroups: asked('securityGroups', kinds.securityGroups),
    images: asked('images', kinds.images),
    instances: asked('instances', none),
    launchTemplates: asked('launchTemplates', none),
    launchConfigurations: asked('launchConfigurations', none),
    autoScalingGroups: asked('autoScalingGroups', none),
    stacks: asked('stacks', none),
    parameters: asked('parameters', none),
    otherImages: asked('otherImages', none),
    gaps: gaps.filter(({ kind }) => wanted.has(kind === 'image' ? 'images' : 'securityGroups')),
  });
  return { snapshot, notes };
}

async function textOf(path: string, name: string): Promise<string> {
  try {
    return await readTextFile(path);
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    throw new Unable(`The listing ${name} cannot be read: it ${error.message}.`, 'Check the path.', {
      cause: error,
    });
  }
}
