import { targetRow } from '../../comparator/commands/group-rows.ts';
import { changedBy } from '../../comparator/commands/owners.ts';
import type { MeantRow } from '../../comparator/pairing/meant-row.ts';
import type { Finding } from '../../report/model.ts';
import { count } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import type { PlannedRule } from '../model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import { plannedRule } from './group-rules.ts';
import { changedElsewhere } from './owners.ts';
import { endsOf, NOT_PAIRED } from './pairs.ts';

/**
 * Drafts the descriptions of the source for the rules that both groups have.
 * @returns Why the finding is not resolved by it, or null.
 */
export function addDescriptions(finding: Finding, planning: Planning): Reason | null {
  const { context, drafts } = planning;
  const ends = endsOf('security-group', finding, planning);
  if (!ends) return NOT_PAIRED;
  const { source, target } = ends;
  if (source.description !== target.description) return { type: 'group-description' };
  const by = changedBy(target, 'target', context);
  if (by) return changedElsewhere(by);
  const text = ({ direction, text: row }: MeantRow) => `${direction} ${row}`;
  const here = groupBy(context.meanings.rows('source', source), text);
  const changed = context.meanings.rows('target', target).flatMap((row) => {
    const [meant, ...others] = here.get(text(row)) ?? [];
    if (!meant || others.length > 0 || (meant.description ?? '') === (row.description ?? '')) return [];
    const rule: PlannedRule = {
      ...plannedRule(targetRow(row).written, context),
      description: meant.description,
    };
    return [{ direction: row.direction, rule }];
  });
  for (const direction of ['ingress', 'egress'] as const) {
    const rules = changed.filter((c) => c.direction === direction).map((c) => c.rule);
    if (rules.length === 0) continue;
    drafts.add({
      id: `describe-${direction}:${target.id}`,
      does: `Set the description of ${count(rules.length, 'rule')} of ${direction} of "${target.name}"`,
      side: 'target',
      needs: [],
      aims: [finding.fingerprint],
      operation: { type: 'describe-rules', group: { id: target.id }, name: target.name, direction, rules },
    });
  }
  return null;
}
