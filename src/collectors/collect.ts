import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { assembleSnapshot } from '../inventory/assemble.ts';
import { type Collected, complete, itemsOf } from '../inventory/collected.ts';
import { NOT_NAMED, notRead } from '../inventory/launch-facts/index.ts';
import { alwaysOnRegion } from '../inventory/regions.ts';
import type { DetailGap, Snapshot, SnapshotKind } from '../inventory/snapshot.ts';
import { accountFrom, contradictionGap } from './account.ts';
import type { ReadService } from './actions.ts';
import { explain } from './explain.ts';
import { readImageSettings } from './image-settings.ts';
import { readImages } from './images.ts';
import { readKeyPairs } from './key-pairs.ts';
import { collected } from './kind.ts';
import { readPrefixLists } from './prefix-lists.ts';
import { makeReader, type ServiceAccess } from './reader.ts';
import { readRecycleBin } from './recycle-bin.ts';
import { knownRegions } from './regions.ts';
import { kindsOfScopes, leftOut } from './scopes.ts';
import { readSecurityGroups } from './security-groups.ts';
import type { CollectOptions, LiveSide } from './side.ts';
import { readStaleReferences } from './stale-groups.ts';
import { readVpcs } from './vpcs.ts';
import { readWorkloads } from './workloads.ts';

/** Calls at once per side: enough to keep the parser busy, few enough for EC2's bucket of 100 (E4). */
export const CONCURRENCY = 8;

/** How a region's services are reached. */
export type Access = (region: string) => (service: ReadService) => Promise<ServiceAccess>;

export interface Collecting {
  readonly side: LiveSide;
  readonly account: string | null;
  readonly endpoint: string | null;
  readonly options: CollectOptions;
  readonly access: Access;
}

/** Every call under way listens to it for as long as it lasts; Node takes more than ten at once for a leak and warns. */
export function sharedByCalls(signal: AbortSignal): AbortSignal {
  const shared = AbortSignal.any([signal]);
  setMaxListeners(0, shared);
  return shared;
}

/** Everything of one region, each kind on its own: a kind that cannot be read is a stated failure beside the others. */
export async function collect({ side, account, endpoint, options, access }: Collecting): Promise<Snapshot> {
  const { region } = side;
  const takenAt = options.now().toISOString();
  options.signal?.throwIfAborted();
  const signal = options.signal && sharedByCalls(options.signal);
  const { pageSize } = options;
  const reader = makeReader({
    region,
    signal,
    deadline: options.deadline,
    pageSize,
    access: access(region),
    limit: pLimit(options.concurrency ?? CONCURRENCY),
    onProgress: options.onProgress,
  });

  // Asked at once, beside the reading, and used only to explain failures; without a failure the reading does not wait for it.
  const enough = new AbortController();
  const home = alwaysOnRegion(region);
  const regions = makeReader({
    region: home,
    signal: signal ? AbortSignal.any([signal, enough.signal]) : enough.signal,
    deadline: options.deadline,
    pageSize,
    access: access(home),
    limit: pLimit(1),
  });
  const known = knownRegions(regions).catch(() => null);

  const wanted = kindsOfScopes(options.scopes);
  const gaps: DetailGap[] = [];
  const read = <Item>(kind: SnapshotKind, how: () => Promise<Item[]>): Promise<Collected<Item>> =>
    wanted.has(kind) ? collected(how) : Promise.resolve(leftOut());
  const detailed = async <Item>(how: Promise<{ items: Item[]; gaps: DetailGap[] }>): Promise<Item[]> => {
    const { items, gaps: found } = await how;
    gaps.push(...found);
    return items;
  };
  const reservations: string[] = [];
  const detailLimit = options.detailLimit ?? Number.POSITIVE_INFINITY;
  const imageSettings = async () => {
    if (!wanted.has('images')) return undefined;
    const { settings, gaps: found } = await readImageSettings(reader);
    gaps.push(...found);
    return settings;
  };
  const recycleBin = async () => {
    if (!wanted.has('images')) return null;
    const { items, gaps: found } = await readRecycleBin(reader);
    gaps.push(...found);
    return items;
  };
  try {
    const [vpcs, keyPairs, prefixLists, securityGroups, images, settings, recycledImages, workloads] =
      await Promise.all([
        read('vpcs', () => readVpcs(reader)),
        read('keyPairs', () => readKeyPairs(reader)),
        read('prefixLists', () => detailed(readPrefixLists(reader))),
        read('securityGroups', () => readSecurityGroups(reader)),
        read('images', () => detailed(readImages(reader, detailLimit))),
        imageSettings(),
        recycleBin(),
        readWorkloads(reader, read, detailed, (id) => reservations.push(id)),
      ]);
    const { stale, gaps: unknownStale } = await readStaleReferences(reader, securityGroups);
    gaps.push(...unknownStale);
    const explained = await explain({ side, endpoint, stats: reader.stats, known });
    const whose = accountFrom({
      caller: account,
      reservations,
      groups: itemsOf(securityGroups),
      vpcs: itemsOf(vpcs),
      images: itemsOf(images).flatMap(({ ownerId }) => ownerId ?? []),
    });
    if (whose.contradiction) gaps.push(contradictionGap(whose.contradiction, region));
    return assembleSnapshot({
      region,
      account: whose.id,
      takenAt,
      origin: 'live',
      vpcs: explained(vpcs),
      keyPairs: explained(keyPairs),
      prefixLists: explained(prefixLists),
      securityGroups: explained(securityGroups),
      images: explained(images),
      staleReferences: stale,
      imageSettings: settings,
      recycledImages,
      instances: explained(workloads.instances),
      launchTemplates: explained(workloads.launchTemplates),
      launchConfigurations: explained(workloads.launchConfigurations),
      autoScalingGroups: explained(workloads.autoScalingGroups),
      stacks: explained(workloads.stacks),
      // What these contain depends on what is referred to, on either side: `lookUp` reads it.
      parameters: wanted.has('parameters') ? complete([]) : leftOut(),
      otherImages: wanted.has('otherImages') ? complete([]) : leftOut(),
      // The same: `lookUp` reads what launches of either side need.
      launchFacts: notRead(wanted.has('instances') ? NOT_NAMED : leftOut().failure),
      gaps,
    });
  } finally {
    enough.abort();
  }
}
