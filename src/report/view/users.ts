import { groupBy } from '../../text/groups.ts';
import { visible } from '../../text/printable.ts';
import type { Finding } from '../model.ts';
import type { SideName } from '../vocabulary.ts';
import { kindWord } from './labels.ts';

export interface UserView {
  /** In words: `Auto Scaling group`. */
  readonly kind: string;
  readonly name: string;
  /** `source`, `target` or `both sides`; with `, 4 of them` where that many have the name on one side. */
  readonly side: string;
}

/** Each name once: the counterparts of both sides, and the instances of a fleet, are one object to the reader. */
export function userViews(usedBy: Finding['usedBy']): UserView[] {
  const same = groupBy(usedBy, ({ kind, name }) => JSON.stringify([kind, name]));
  return [...same.values()].flatMap((all): UserView[] => {
    const [first] = all;
    if (!first) return [];
    const on = (side: SideName) => all.filter((u) => u.side === side).length;
    const most = Math.max(on('source'), on('target'));
    const side = on('source') > 0 && on('target') > 0 ? 'both sides' : first.side;
    return [
      {
        kind: kindWord(first.kind),
        name: visible(first.name),
        side: most > 1 ? `${side}, ${most} of them` : side,
      },
    ];
  });
}
