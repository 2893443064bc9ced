import { itemsOf } from '../inventory/collected.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import { Unable } from '../inventory/unable.ts';
import { atMost } from '../text/lists.ts';
import { printable } from '../text/printable.ts';

/** The kinds whose ids exist in one region only; AWS never gives the same one twice. */
const WITH_IDS = ['vpcs', 'securityGroups', 'images', 'instances', 'launchTemplates'] as const;

/** An id as AWS makes them: 8 digits before 2016 to 2018, 17 since. Others were written manually, and may repeat. */
const ID = /^[a-z]+-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/**
 * Two sides that are called two regions and hold the same objects are one region, read or saved twice: no difference
 * between them would mean anything, and "parity" would be false.
 * @throws Unable naming the objects
 */
export function refuseOneRegionTwice(source: Snapshot, target: Snapshot, labels: [string, string]): void {
  if (source.region === target.region) return;
  const [ours, theirs] = [idsIn(source), idsIn(target)];
  const shared = [...ours].filter((id) => theirs.has(id)).sort();
  // One id alone may have been copied into a file manually.
  if (shared.length === 0 || shared.length * 2 < Math.min(ours.size, theirs.size)) return;
  throw new Unable(
    `${printable(labels[0], 400)} (${source.region}) and ${printable(labels[1], 400)} (${target.region}) contain the same objects: ${atMost(shared, 3)}. Ids exist in one region only, so both are of the same region.`,
    'Read one of the two again from its own region. The usual cause is a --region or AWS_REGION that was the same for both.',
  );
}

function idsIn(snapshot: Snapshot): ReadonlySet<string> {
  const ids = WITH_IDS.flatMap((kind) =>
    itemsOf<{ readonly id: string }>(snapshot[kind]).map(({ id }) => id),
  );
  return new Set(ids.filter((id) => ID.test(id)));
}
