import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Finding } from '../../report/model.ts';
import { groupByEach } from '../../text/groups.ts';
import { difference, isEmpty } from '../../traffic/index.ts';
import type { GroupDifference } from '../groups/difference.ts';
import { permitted } from '../groups/permitted.ts';
import type { MeantRow } from '../pairing/meant-row.ts';
import { hasCause, type RuleOfCause } from '../rules/effects.ts';
import type { Judged } from '../verdicts/judgements.ts';

/** A finding about the traffic of a group, with the very difference that it reports. */
export interface TrafficFinding {
  readonly finding: Finding<RuleOfCause<'traffic'>>;
  readonly group: SecurityGroup;
  readonly part: 'less' | 'more';
  readonly difference: GroupDifference;
}

const PARTS = {
  'security-group/allows-less': 'less',
  'security-group/allows-more': 'more',
} as const satisfies Record<RuleOfCause<'traffic'>, TrafficFinding['part']>;

export function trafficFindings(judged: readonly Judged[]): TrafficFinding[] {
  return judged.flatMap(({ counterpart, findings, origins }) => {
    const group = counterpart.source as SecurityGroup | null;
    if (counterpart.kind !== 'security-group' || !group) return [];
    return findings.flatMap((finding) => {
      const difference = origins.get(finding)?.difference;
      return hasCause(finding, 'traffic') && difference
        ? [{ finding, group, part: PARTS[finding.rule], difference }]
        : [];
    });
  });
}

/** Whether these rows alone account for all that the finding reports. */
export function explainedBy({ part, difference: d }: TrafficFinding, rows: readonly MeantRow[]): boolean {
  if (rows.length === 0) return false;
  return isEmpty(difference(d[part], permitted(rows)));
}

/** By the id that a row of theirs names as its peer, so that not every group is held against every cause. */
export function byPeer(
  findings: readonly TrafficFinding[],
  type: 'group' | 'prefix-list',
): ReadonlyMap<string, readonly TrafficFinding[]> {
  return groupByEach(findings, ({ difference: { rows } }) =>
    [...rows.source, ...rows.target].flatMap(({ rule: { peer } }) => (peer.type === type ? [peer.id] : [])),
  );
}
