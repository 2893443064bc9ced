import type { Left, Plan } from '../model.ts';
import type { Next } from '../reasons/next.ts';
import { nextOf } from '../reasons/text.ts';
import { shown, type TextOf } from './words.ts';

const HEADINGS = {
  option: 'What an option of the plan would do',
  person: 'What a person has to do or to decide',
  nothing: 'What needs nothing',
} as const satisfies Record<Next, string>;

/** What the plan does not resolve, with the reasons. */
export function leftSections({ left }: Plan, full: TextOf): string[] {
  if (left.length === 0) return [];
  const line = ({ fingerprint, because }: Left) => `- ${full(fingerprint)}\n  ${shown(because)}`;
  return [
    `## Left by the plan (${left.length})`,
    ...(Object.keys(HEADINGS) as Next[]).flatMap((next) => {
      const all = left.filter(({ reason }) => nextOf(reason) === next);
      return all.length === 0 ? [] : [`### ${HEADINGS[next]} (${all.length})`, all.map(line).join('\n')];
    }),
  ];
}
