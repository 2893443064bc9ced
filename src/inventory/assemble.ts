import type { Collected } from './collected.ts';
import { type ImageSettings, UNKNOWN_SETTINGS } from './image-settings.ts';
import type { KeyPair } from './key-pair.ts';
import { type LaunchFacts, sortedFacts, UNREAD_FACTS } from './launch-facts/index.ts';
import { compareMaybe, compareText, firstOf } from './order.ts';
import type { RecycledImage } from './recycled-image.ts';
import { type DetailGap, SNAPSHOT_VERSION, type Snapshot } from './snapshot.ts';
import { type StaleVpc, sortedStale } from './stale-groups.ts';

/**
 * The snapshot in one order of fields, items and gaps, independent of the order in which AWS, a folder or a file gave them:
 * two snapshots of an unchanged region differ in `takenAt` (and `origin`) only, as values and as files.
 */
export function assembleSnapshot(
  parts: Omit<
    Snapshot,
    'schemaVersion' | 'imageSettings' | 'launchFacts' | 'recycledImages' | 'staleReferences'
  > & {
    imageSettings?: ImageSettings | undefined;
    staleReferences?: readonly StaleVpc[] | null | undefined;
    recycledImages?: readonly RecycledImage[] | null | undefined;
    launchFacts?: LaunchFacts | undefined;
  },
): Snapshot {
  const { allowedImages, encryptionByDefault } = parts.imageSettings ?? UNKNOWN_SETTINGS;
  return {
    schemaVersion: SNAPSHOT_VERSION,
    region: parts.region,
    account: parts.account,
    takenAt: parts.takenAt,
    origin: parts.origin,
    vpcs: sortCollected(parts.vpcs, byId),
    keyPairs: sortCollected(parts.keyPairs, byNameThenId),
    prefixLists: sortCollected(parts.prefixLists, byId),
    securityGroups: sortCollected(parts.securityGroups, byId),
    images: sortCollected(parts.images, byId),
    instances: sortCollected(parts.instances, byId),
    launchTemplates: sortCollected(parts.launchTemplates, byId),
    launchConfigurations: sortCollected(parts.launchConfigurations, byId),
    autoScalingGroups: sortCollected(parts.autoScalingGroups, byId),
    stacks: sortCollected(parts.stacks, byId),
    parameters: sortCollected(parts.parameters, byId),
    otherImages: sortCollected(parts.otherImages, byId),
    launchFacts: sortedFacts(parts.launchFacts ?? UNREAD_FACTS),
    recycledImages: parts.recycledImages ? sortItems(parts.recycledImages, byId) : null,
    staleReferences: parts.staleReferences ? sortedStale(parts.staleReferences) : null,
    imageSettings: { allowedImages, encryptionByDefault },
    gaps: sortItems(parts.gaps, byKindThenText),
  };
}

/** A sorted copy. Code-unit order, so that it depends on neither locale nor machine. */
export function sortItems<Item>(items: readonly Item[], order: (a: Item, b: Item) => number): Item[] {
  return [...items].sort(order);
}

function sortCollected<Item>(
  collected: Collected<Item>,
  order: (a: Item, b: Item) => number,
): Collected<Item> {
  return collected.status === 'complete'
    ? { status: 'complete', items: sortItems(collected.items, order) }
    : collected;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return compareText(a.id, b.id);
}

/** Key pairs of old dumps have no id; their name is unique per region. */
function byNameThenId(a: KeyPair, b: KeyPair): number {
  return firstOf(compareText(a.name, b.name), compareMaybe(a.id, b.id));
}

function byKindThenText(a: DetailGap, b: DetailGap): number {
  const text = (gap: DetailGap) => JSON.stringify([gap.kind, gap.code, gap.message, gap.hint, gap.explains]);
  return compareText(text(a), text(b));
}
