import { count } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import { atMost } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import type { Report } from '../model.ts';

const MOST_NAMED = 12;

/** What a reader has to know of the whole report before its findings, each one sentence. Every format shows them. */
export function noticesOf({ only, warnings, notLookedAt, notes }: Report): string[] {
  return [
    ...(only === null ? [] : [onlySentence(only)]),
    ...warnings.map(visible),
    ...notes.map(noteSentence),
    ...[...groupBy(notLookedAt, ({ side, because }) => JSON.stringify([side, because])).values()].flatMap(
      (all) => {
        const [first] = all;
        if (!first) return [];
        const what = atMost(
          all.map((one) => visible(one.what)),
          MOST_NAMED,
        );
        return [`Not looked at on the ${first.side}: ${what}. ${visible(first.because)}`];
      },
    ),
  ];
}

/** What is wrong with a setting, or what it leaves out. */
export function noteSentence({ message }: Report['notes'][number]): string {
  return visible(`${message.slice(0, 1).toUpperCase()}${message.slice(1)}`);
}

export function onlySentence(only: readonly string[]): string {
  return `Restricted with --only to ${count(only.length, 'kind')}: ${only.join(', ')}. Nothing else is reported; what decides the severity of these findings was read nevertheless.`;
}
