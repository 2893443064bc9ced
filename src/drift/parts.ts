import { type Finding, isOf } from '../report/model.ts';
import { RESTS_ON, type RestsOn } from './rests-on.ts';

/**
 * What a run did not read, each as one text: `target kind:image`, `source fact:subnets`, `target detail:image:settings`.
 * Parts are compared with those of an earlier run: what is unread in both hides nothing that was found then.
 */
export type Part = string;

/**
 * What this run did not read and the earlier run, or one before it, did.
 * @param lost What the earlier run had lost itself: a part that is unread for several nights hides the same each night.
 */
export function lostParts(
  now: readonly Part[],
  { unreadParts, lost }: { readonly unreadParts: readonly Part[]; readonly lost: readonly Part[] },
): Part[] {
  const known = new Set(unreadParts);
  const still = new Set(lost);
  return now.filter((part) => !known.has(part) || still.has(part));
}

/**
 * Whether a finding says no more than that something was not read. Where an earlier run had read it, neither side need
 * have changed.
 */
export function saysUnread(finding: Finding): boolean {
  return isOf(finding, 'image/undetermined') && finding.facts.actions.length > 0;
}

export function restsOn(rule: string): RestsOn | undefined {
  return Object.hasOwn(RESTS_ON, rule) ? RESTS_ON[rule as keyof typeof RESTS_ON] : undefined;
}

/** Whether one of the parts can hide a finding, or change what is found. */
export function dependsOn({ rule, kind }: Pick<Finding, 'rule' | 'kind'>, parts: readonly Part[]): boolean {
  const needs = restsOn(rule);
  return parts.some((part) => {
    const [, what = '', name = ''] = /^\w+ (\w+):([\w-]+)/.exec(part) ?? [];
    if (needs === undefined || needs.kinds === 'everything') return true;
    if (what === 'fact') return (needs.facts ?? []).some((fact) => fact === name);
    return name === kind || needs.kinds.includes(name);
  });
}
