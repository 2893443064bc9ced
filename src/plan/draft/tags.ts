import { changedBy } from '../../comparator/commands/owners.ts';
import { tagsToCompare } from '../../comparator/ignored.ts';
import { userTags } from '../../inventory/tags.ts';
import type { Finding } from '../../report/model.ts';
import { count } from '../../text/counts.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import { changedElsewhere } from './owners.ts';
import { NOT_PAIRED, pairOf } from './pairs.ts';

type TaggedKind = 'key-pair' | 'security-group' | 'image';

/**
 * Drafts the tags of the source that its counterpart lacks or has with another value.
 * @param keys The tags that differ.
 * @returns Why the finding is not resolved by it, or null.
 */
export function addTags(
  kind: TaggedKind,
  finding: Finding,
  keys: readonly string[],
  planning: Planning,
): Reason | null {
  const { context, drafts } = planning;
  const pair = pairOf(kind, finding, planning);
  if (!pair?.source || !pair.target) return NOT_PAIRED;
  const { id, name } = pair.target;
  if (id === null) return { type: 'key-id-unread' };
  if (kind !== 'key-pair') {
    const by = changedBy(
      {
        name: name ?? '',
        tags: pair.target.tags,
        ownerId: 'ownerId' in pair.target ? pair.target.ownerId : null,
      },
      'target',
      context,
    );
    if (by) return changedElsewhere(by);
  }
  const ends = { source: pair.source, target: pair.target };
  const [source, target] = tagsToCompare(ends, pair, context.config).map(userTags) as [
    Record<string, string>,
    Record<string, string>,
  ];
  const lost = Object.entries(source).filter(([key, value]) => keys.includes(key) && target[key] !== value);
  if (lost.length > 0)
    drafts.add({
      id: `set-tags:${id}`,
      does: `Set ${count(lost.length, 'tag')} of "${name ?? id}"`,
      side: 'target',
      needs: [],
      aims: [finding.fingerprint],
      operation: {
        type: 'set-tags',
        resource: { id },
        of: kind,
        name: name ?? id,
        tags: Object.fromEntries(lost),
      },
    });
  const extra = keys.filter((key) => !Object.hasOwn(source, key));
  return extra.length === 0 ? null : { type: 'extra-tags', tags: extra.length };
}
