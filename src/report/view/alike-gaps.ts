import { groupBy } from '../../text/groups.ts';
import { listed } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import type { Gap } from '../model.ts';
import { kindWord } from './labels.ts';

/** Gaps of one side with one reason: what they say is printed once. */
export interface AlikeGaps {
  readonly first: Gap;
  /** As the report names them, each once, in its order. */
  readonly kinds: readonly string[];
}

/** In the order of the first of each. */
export function alikeGaps(gaps: readonly Gap[]): AlikeGaps[] {
  const alike = groupBy(gaps, ({ side, code, message, hint, commands, blocking }) =>
    JSON.stringify([side, code, message, hint, commands, blocking]),
  );
  return [...alike.values()].flatMap((all) => {
    const [first] = all;
    return first ? [{ first, kinds: [...new Set(all.map((gap) => gap.kind))] }] : [];
  });
}

/** "key pair", "key pair and image", "key pair, image and 8 more". */
export function kindsText({ kinds }: AlikeGaps): string {
  return listed(
    kinds.map((kind) => visible(kindWord(kind))),
    3,
  );
}
