import type { Collected } from '../inventory/collected.ts';
import { INVENTORY, SNAPSHOT_KINDS } from '../inventory/kinds.ts';
import { FACT_KINDS } from '../inventory/launch-facts/kinds.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import type { SideName } from '../report/vocabulary.ts';

/** What a snapshot lacks, by whole kinds, launch facts and details. */
export function unreadParts(side: SideName, snapshot: Snapshot): string[] {
  const kinds = SNAPSHOT_KINDS.filter((key) => snapshot[key].status === 'failed');
  const facts = FACT_KINDS.filter((key) => isUnread(snapshot.launchFacts[key]));
  const details = snapshot.gaps.map(
    ({ kind, explains }) => `detail:${kind}${explains ? `:${explains}` : ''}`,
  );
  const settings = Object.entries(snapshot.imageSettings).filter(([, value]) => value === null);
  return [
    ...settings.map(([key]) => `detail:image:${key}`),
    ...(snapshot.recycledImages === null ? ['detail:image:recycled'] : []),
    ...(snapshot.staleReferences === null ? ['detail:security-group:stale'] : []),
    ...kinds.map((key) => `kind:${INVENTORY[key].kind}`),
    ...facts.map((key) => `fact:${key}`),
    ...new Set(details),
  ]
    .map((part) => `${side} ${part}`)
    .sort();
}

/** Whether a kind of fact could not be read, or one object of it. */
function isUnread(facts: Collected<object>): boolean {
  return facts.status === 'failed' || facts.items.some((item) => 'unread' in item && item.unread !== null);
}
