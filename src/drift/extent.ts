import * as z from 'zod';
import { type Finding, plainFacts } from '../report/model.ts';
import type { Json } from '../report/rules/shared.ts';
import { denoted, difference, isEmpty, type Traffic } from '../traffic/index.ts';
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
      return bySets(before, now, measure.keys, traffic);
    case 'addresses':
      return bySets(before, now, measure.keys, addresses);
    case 'grants':
      return byLists(before, now, measure.keys, ['everyone']);
    case 'lists':
      return byLists(before, now, measure.keys, []);
    case 'content':
      return 'more';
    case 'none':
      return 'unknown';
  }
}

/** Each key for itself: what only the source admits is not made good by what only the target does. */
function bySets(
  before: Measured,
  now: Measured,
  keys: readonly string[],
  setOf: (fact: Json) => Traffic,
): Extent {
  const extents = keys.map((key): Extent => {
    const [former, current] = [before, now].map((f) => factAt(f, key) ?? null);
    // An earlier version did not say it, or what decides it was not read.
    if (former == null || current == null) return 'unknown';
    try {
      return isEmpty(difference(setOf(current), setOf(former))) ? 'no-more' : 'more';
    } catch {
      return 'more'; // facts that this version does not understand
    }
  });
  return (['more', 'unknown'] as const).find((extent) => extents.includes(extent)) ?? 'no-more';
}

function traffic(fact: Json): Traffic {
  if (!Array.isArray(fact)) throw new Error('traffic is a list of entries');
  return denoted(fact as Parameters<typeof denoted>[0]);
}

const EXCEPT = /^except /;

function addresses(fact: Json): Traffic {
  const all = texts.parse(fact);
  const except = all.filter((text) => EXCEPT.test(text)).map((text) => text.replace(EXCEPT, ''));
  const peers = all.filter((text) => !EXCEPT.test(text));
  return denoted([{ protocol: 'all', peers, ...(except.length > 0 ? { except } : {}) }]);
}

const texts = z.array(z.string());

/** @param includesAll Texts that include every other one. */
function byLists(
  before: Measured,
  now: Measured,
  keys: readonly string[],
  includesAll: readonly string[],
): Extent {
  const further = keys.map((key) => {
    const [former, current] = [before, now].map((f) => texts.safeParse(factAt(f, key)).data);
    if (!former || !current) return null;
    return !includesAll.some((all) => former.includes(all)) && current.some((text) => !former.includes(text));
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

/** No more of the facts than is needed later to see whether the finding has become more. */
export function measuredFacts(finding: Finding): Record<string, Json> {
  const measure: Measure | undefined = Object.hasOwn(MEASURES, finding.rule)
    ? MEASURES[finding.rule]
    : undefined;
  if (measure === undefined || !('keys' in measure)) return {};
  const tops = [...new Set(measure.keys.map((key) => key.split('.')[0] ?? key))];
  return Object.fromEntries(
    tops.flatMap((key) => {
      const value = factAt(finding, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
