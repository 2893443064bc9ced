import { z } from 'zod';
import { type Finding, plainFacts } from '../report/model.ts';
import type { Json } from '../report/rules/shared.ts';
import { denoted, difference, isEmpty } from '../traffic/index.ts';
import { MEASURES, type Measure } from './measures.ts';

/** `more`: proven to be more than before. `no-more`: proven not to be. `unknown`: another content, and nothing measures it. */
export type Extent = 'more' | 'no-more' | 'unknown';

/** What a finding is compared by: all that an accepted state has to hold of it. */
export type Measured = Pick<Finding, 'rule' | 'content' | 'facts'>;

/** Whether a finding is more than it was. `before` may come from a file, of another version too. */
export function extentOf(before: Measured, now: Measured): Extent {
  if (before.content === now.content) return 'no-more';
  const measure: Measure | undefined = Object.hasOwn(MEASURES, now.rule) ? MEASURES[now.rule] : undefined;
  // A report of before `content` existed does not say what was found.
  if (measure === undefined || before.content === '' || before.rule !== now.rule) return 'unknown';
  switch (measure.by) {
    case 'traffic':
      return byTraffic(before, now, measure.keys);
    case 'lists':
      return byLists(before, now, measure.keys);
    case 'content':
      return 'more';
    case 'none':
      return 'unknown';
  }
}

/** Each key for itself: what only the source admits is not made good by what only the target does. */
function byTraffic(before: Measured, now: Measured, keys: readonly string[]): Extent {
  try {
    const more = keys.some((key) => !isEmpty(difference(traffic(now, key), traffic(before, key))));
    return more ? 'more' : 'no-more';
  } catch {
    return 'more'; // facts that this version does not understand
  }
}

function traffic(finding: Measured, key: string) {
  const entries = factAt(finding, key);
  if (!Array.isArray(entries)) throw new Error(`${key} is not a list`);
  return denoted(entries as Parameters<typeof denoted>[0]);
}

const texts = z.array(z.string());

function byLists(before: Measured, now: Measured, keys: readonly string[]): Extent {
  const further = keys.map((key) => {
    const [former, current] = [before, now].map((f) => texts.safeParse(factAt(f, key)).data);
    return former && current ? current.some((text) => !former.includes(text)) : null;
  });
  if (further.includes(true)) return 'more';
  return further.includes(null) ? 'unknown' : 'no-more';
}

/** `rows.source`: the fact `rows`, and `source` in it. */
export function factAt(finding: Pick<Finding, 'facts'>, key: string): Json | undefined {
  let value: Json | undefined = plainFacts(finding);
  for (const part of key.split('.')) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    value = (value as { readonly [key: string]: Json })[part];
  }
  return value;
}
