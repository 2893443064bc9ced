import { itemsOf } from '../inventory/collected.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import { HEADERS, type ListingKind, line } from './columns.ts';
import { groupLines, groupLoss } from './write-groups.ts';
import { imageLines, imageLosses, keyPairLine, keyPairLosses } from './write-others.ts';

export interface ListingOptions {
  /** What -H asks the classic tools for. */
  readonly header: boolean;
  /** Default: security groups. */
  readonly kind?: ListingKind;
}

export interface Listing {
  /** Every line ends in a line feed; empty where there is nothing to list. */
  readonly text: string;
  /** What the format cannot hold, one line each, for people. */
  readonly lost: readonly string[];
}

/**
 * One kind of a snapshot as the classic EC2 tools list it, in the snapshot's order. A kind that was not read gives no
 * items: the caller checks its status first.
 */
export function writeListing(
  snapshot: Snapshot,
  { header, kind = 'security-groups' }: ListingOptions,
): Listing {
  const { lines, lost } = linesOf(snapshot, kind);
  const all = header ? [line(...HEADERS[kind]), ...lines] : lines;
  return { text: all.map((text) => `${text}\n`).join(''), lost };
}

function linesOf(snapshot: Snapshot, kind: ListingKind): { lines: string[]; lost: string[] } {
  switch (kind) {
    case 'security-groups': {
      const groups = itemsOf(snapshot.securityGroups);
      return { lines: groups.flatMap(groupLines), lost: groups.flatMap((group) => groupLoss(group) ?? []) };
    }
    case 'key-pairs': {
      const keyPairs = itemsOf(snapshot.keyPairs);
      return { lines: keyPairs.map(keyPairLine), lost: keyPairLosses(keyPairs) };
    }
    case 'images': {
      const images = itemsOf(snapshot.images);
      return { lines: images.flatMap(imageLines), lost: imageLosses(images) };
    }
  }
}
