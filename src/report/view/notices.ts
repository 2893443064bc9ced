import { wordsOf } from '../../inventory/kinds.ts';
import { capital } from '../../text/capital.ts';
import { count } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import { atMost, listed } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import type { Report } from '../model.ts';

const MOST_NAMED = 12;

/** What a reader has to know of the whole report before its findings, each one sentence. Every format shows them. */
export function noticesOf({ only, warnings, notLookedAt, notes, baseline }: Report): string[] {
  return [
    ...(only === null ? [] : [onlySentence(only)]),
    ...warnings.map(visible),
    ...baselineNotice(baseline),
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

/** A finding of a kind that an earlier run could not read may be new for that reason alone. */
export function baselineNotice(baseline: Report['baseline']): string[] {
  if (!baseline || baseline.complete) return [];
  const unread = baseline.unread.map((kind) => wordsOf(kind)?.many ?? visible(kind));
  const what = unread.length > 0 ? ` could not read ${listed(unread)}` : ' could not read everything';
  return [
    `The baseline is incomplete: its run${what}. What it knew of that from before is kept; other findings about it are new and need not be.`,
  ];
}

/** What is wrong with a setting, or what it leaves out. */
export function noteSentence({ message }: Report['notes'][number]): string {
  return visible(capital(message));
}

export function onlySentence(only: readonly string[]): string {
  return `Restricted with --only to ${count(only.length, 'kind')}: ${only.join(', ')}. Nothing else is reported; what decides the severity of these findings was read nevertheless.`;
}
