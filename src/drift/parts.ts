import type { Finding } from '../report/model.ts';
import { RESTS_ON, type RestsOn } from './rests-on.ts';

/**
 * What a run did not read, each as one text: `target kind:image`, `source fact:subnets`, `target detail:image:settings`.
 * Parts are compared with those of an earlier run: what is unread in both hides nothing that was found then.
 */
export type Part = string;

/** What this run did not read and the earlier run did. */
export function newlyUnread(now: readonly Part[], before: readonly Part[]): Part[] {
  const known = new Set(before);
  return now.filter((part) => !known.has(part));
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
