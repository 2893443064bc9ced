import { groupBy } from '../text/groups.ts';
import type { Draft, OperationType } from './model.ts';

/**
 * The order of kinds of step, where needs leave a choice: what others name first, rules before revocations, sharing before
 * copies, and what launches use by default last.
 */
const RANKS = {
  'create-prefix-list': 0,
  'resize-prefix-list': 1,
  'change-prefix-list': 2,
  'create-security-group': 3,
  'authorize-rules': 4,
  'describe-rules': 5,
  'revoke-rules': 6,
  'import-key-pair': 7,
  'set-tags': 8,
  'grant-key': 9,
  'share-image': 10,
  'share-snapshot': 11,
  'copy-image': 12,
  'wait-for-image': 13,
  'grant-launch': 14,
  'deprecate-image': 15,
  'protect-image': 16,
  'put-parameter': 17,
  'create-launch-template': 18,
  'copy-template-version': 19,
  'create-template-version': 20,
  'set-default-version': 21,
} as const satisfies Record<OperationType, number>;

/**
 * The steps so that each comes after all that it needs, and otherwise by kind and in the order in which they were drafted.
 * A step that needs one that is not among them is left out.
 */
export function ordered(drafts: readonly Draft[]): Draft[] {
  const queue = complete(drafts)
    .map((draft, i) => ({ draft, i }))
    .sort((a, b) => RANKS[a.draft.operation.type] - RANKS[b.draft.operation.type] || a.i - b.i)
    .map(({ draft }) => draft);
  const byId = new Map(queue.map((d) => [d.id, d]));
  const done = new Set<string>();
  const result: Draft[] = [];
  const visit = (draft: Draft): void => {
    if (done.has(draft.id)) return;
    done.add(draft.id);
    for (const need of draft.needs) {
      const before = byId.get(need);
      if (before) visit(before);
    }
    result.push(draft);
  };
  for (const draft of queue) visit(draft);
  return result;
}

/**
 * Those whose needs are all among them, and of what they make all that completes it.
 * @param all Every step that was drafted.
 */
export function complete(drafts: readonly Draft[], all: readonly Draft[] = drafts): readonly Draft[] {
  const completing = groupBy(all, (d) => d.completes ?? null);
  let kept = drafts;
  for (;;) {
    const ids = new Set(kept.map((d) => d.id));
    const next = kept.filter(
      (d) =>
        d.needs.every((need) => ids.has(need)) && (completing.get(d.id) ?? []).every((c) => ids.has(c.id)),
    );
    if (next.length === kept.length) return kept;
    kept = next;
  }
}

/** The steps that `isWanted`, all that they need, and all that completes what they make. */
export function closure(drafts: readonly Draft[], isWanted: (draft: Draft) => boolean): Draft[] {
  const byId = new Map(drafts.map((d) => [d.id, d]));
  const completing = groupBy(drafts, (d) => d.completes ?? null);
  const kept = new Set<string>();
  const keep = (draft: Draft): void => {
    if (kept.has(draft.id)) return;
    kept.add(draft.id);
    for (const need of draft.needs) {
      const before = byId.get(need);
      if (before) keep(before);
    }
    for (const after of completing.get(draft.id) ?? []) keep(after);
  };
  for (const draft of drafts) if (isWanted(draft)) keep(draft);
  return drafts.filter((d) => kept.has(d.id));
}
