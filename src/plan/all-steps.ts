import { count } from '../text/counts.ts';
import { groupBy } from '../text/groups.ts';
import type { Draft, PlannedRule } from './model.ts';
import { ordered } from './order.ts';

/**
 * The steps that a plan does by default, and those that it does only when it is allowed to revoke and to open, which come after
 * the first. A rule that both would authorize is one of the first, because EC2 refuses a call with a rule that exists.
 */
export function allSteps(byDefault: readonly Draft[], allowed: readonly Draft[]): Draft[] {
  const known = new Map(byDefault.map((d) => [d.id, d]));
  const authorizing = groupBy(byDefault, groupKey);
  // By id of an allowed step: the ids that it is known by here.
  const ids = new Map<string, readonly string[]>();
  const added: { readonly draft: Draft; readonly before: readonly string[] }[] = [];
  for (const draft of allowed) {
    const same = known.get(draft.id);
    const key = groupKey(draft);
    const first = key === null ? [] : (authorizing.get(key) ?? []);
    if (first.length === 0 || draft.operation.type !== 'authorize-rules') {
      ids.set(draft.id, [draft.id]);
      if (!same) added.push({ draft, before: [] });
      continue;
    }
    const written = new Set(
      first.flatMap(({ operation }) =>
        operation.type === 'authorize-rules' ? operation.rules.map(ruleKey) : [],
      ),
    );
    const rules = draft.operation.rules.filter((rule) => !written.has(ruleKey(rule)));
    const before = first.map((d) => d.id);
    if (rules.length === 0) {
      ids.set(draft.id, before);
      continue;
    }
    const id = `${draft.id}:allowed`;
    ids.set(draft.id, [id]);
    const rest: Draft = {
      ...draft,
      id,
      does: `Authorize ${count(rules.length, 'rule')} of ${draft.operation.direction} on "${draft.operation.name}"`,
      operation: { ...draft.operation, rules },
    };
    added.push({ draft: rest, before });
  }
  const renamed = added.map(({ draft, before }) => ({
    ...draft,
    needs: [...new Set([...draft.needs.flatMap((need) => ids.get(need) ?? [need]), ...before])],
  }));
  return ordered([...byDefault, ...renamed]);
}

/** What the rules of a step are authorized on; null for a step that authorizes none. */
function groupKey({ operation }: Draft): string | null {
  return operation.type === 'authorize-rules' ? JSON.stringify([operation.group, operation.direction]) : null;
}

/** EC2 does not distinguish rules by their description. */
function ruleKey({ protocol, from, to, peer }: PlannedRule): string {
  return JSON.stringify([protocol, from, to, peer]);
}
